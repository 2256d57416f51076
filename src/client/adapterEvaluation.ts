import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CancellationToken } from 'vscode-jsonrpc/node.js';
import type { HeldOutComparison, TextFit, UnrelatedComparison } from '../protocol/adapters.ts';
import { InklingError, messageOf, sentence } from '../protocol/errors.ts';
import type { LoadedAdapter, LoadRequest } from '../protocol/inference.ts';
import type { InferenceClient } from './inferenceClient.ts';

/** Each window's first token is not scored; longer ones make little difference to what comes out. */
const windowTokens = 256;
/** Under a budget texts are scored in pieces: about a window each. */
const pieceChars = 1000;
/** Pieces that are scored however small the budget is. */
const fewestPieces = 4;

interface ComparedTexts {
  /** of the model, without an adapter */
  readonly load: LoadRequest;
  readonly adapter: LoadedAdapter;
  /** that it has not learned from */
  readonly texts: readonly string[];
  /** of other people, for what it may spoil; [] : not compared on them */
  readonly unrelated: readonly string[];
}

/** How likely texts are without an adapter and with it. */
interface TextComparison {
  readonly heldOut: HeldOutComparison;
  readonly unrelated?: UnrelatedComparison;
  /** 0 … 1 of the texts: less than 1 when the time was up, or somebody stopped it */
  readonly comparedShare: number;
}

type Kind = 'heldOut' | 'unrelated';
type Side = 'base' | 'adapted';
interface Piece {
  readonly kind: Kind;
  readonly text: string;
}

/**
 * Scores texts without and with an adapter on the graph that runs while writing. Under a budget both sides score a few
 * pieces from all over the texts, then more of them: whenever it ends, what is known of both sides counts.
 * @param onProgress 0 … 1
 * @returns undefined when nothing could be scored
 * @throws InklingError
 */
export async function compareOnTexts(
  client: Pick<InferenceClient, 'use' | 'score'>,
  { load, adapter, texts, unrelated }: ComparedTexts,
  budget = new ProofBudget(),
  onProgress: (fraction: number) => void = () => undefined,
): Promise<TextComparison | undefined> {
  const request = { ...load, maxContextTokens: Math.max(load.maxContextTokens, windowTokens) };
  const cut = budget.isUnlimited ? (text: string) => [text] : piecesOf;
  const all = [
    ...texts.flatMap(cut).map((text): Piece => ({ kind: 'heldOut', text })),
    ...unrelated.flatMap(cut).map((text): Piece => ({ kind: 'unrelated', text })),
  ];
  const pieces = budget.isUnlimited ? all : spread(all);
  const scored = { heldOut: { base: [], adapted: [] }, unrelated: { base: [], adapted: [] } } as Losses;
  let done = 0;
  let sides: readonly Side[] = ['base', 'adapted'];
  let size = budget.isUnlimited ? pieces.length : fewestPieces;
  const isOver = () => (done === 0 ? budget.isStopped : budget.isOver);
  while (done < pieces.length && size > 0 && !isOver()) {
    const round = pieces.slice(done, done + size);
    const losses: Record<Side, number[][]> = { base: [], adapted: [] };
    for (const side of sides) {
      client.use(side === 'base' ? request : { ...request, adapter });
      for (const { text } of round) {
        if (isOver()) break;
        const ofPiece = await tokenLosses(client, text).catch(unlessStopped(budget));
        if (!ofPiece) break;
        losses[side].push(ofPiece);
        const ofRound = (losses.base.length + losses.adapted.length) / (2 * round.length);
        onProgress(progress((done + ofRound * round.length) / pieces.length, budget));
      }
    }
    const both = Math.min(losses.base.length, losses.adapted.length);
    for (const [i, { kind }] of round.slice(0, both).entries()) {
      for (const side of sides) for (const loss of losses[side][i]!) scored[kind][side].push(loss);
    }
    done += both;
    if (both < round.length) break;
    sides = sides.toReversed(); // the model that is loaded goes on
    size = Math.min(2 * round.length, Math.floor(budget.leftMs / (budget.spentMs / done)));
  }
  const heldOut = comparison(scored.heldOut);
  if (!heldOut) return undefined;
  const others = comparison(scored.unrelated);
  const comparedShare = done / pieces.length;
  return { heldOut, ...(others && { unrelated: asUnrelated(others) }), comparedShare };
}

type Losses = Record<Kind, Record<Side, number[]>>;

/** Who stops it may end the process, too. */
const unlessStopped = (budget: ProofBudget) => (error: unknown) => {
  if (!budget.isStopped) throw error;
  return undefined;
};

const progress = (done: number, { leftMs, spentMs, isUnlimited }: ProofBudget): number =>
  Math.min(1, isUnlimited ? done : Math.max(done, spentMs / (spentMs + leftMs)));

/** Cut at the ends of lines where there are some. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    const window = text.slice(from, from + pieceChars);
    const line = window.lastIndexOf('\n') + 1;
    const isLast = from + pieceChars >= text.length;
    const length = isLast || line < pieceChars / 2 ? wholeCharacters(window) : line;
    pieces.push(window.slice(0, length));
    from += length;
  }
  return pieces.filter((piece) => piece.trim() !== '');
}

/** A pair of surrogates is not cut. */
const wholeCharacters = (window: string): number =>
  window.length > 1 && /[\uD800-\uDBFF]$/u.test(window) ? window.length - 1 : window.length;

/** In an order of which every beginning is from all over the list: by the fractional parts of i · φ. */
function spread<T>(items: readonly T[]): T[] {
  const place = (i: number) => (i * 0.6180339887498949) % 1;
  return items
    .map((item, i) => ({ item, i }))
    .sort((a, b) => place(a.i) - place(b.i))
    .map(({ item }) => item);
}

/** @returns undefined without a token */
function comparison({ base, adapted }: Record<Side, readonly number[]>): HeldOutComparison | undefined {
  if (base.length === 0) return undefined;
  const differences = base.map((loss, i) => loss - adapted[i]!);
  const gain = mean(differences);
  const variance = mean(differences.map((difference) => (difference - gain) ** 2));
  const standardError = Math.sqrt(variance / differences.length);
  const isBetter = gain > 2 * standardError;
  return { tokens: base.length, base: fit(base), adapted: fit(adapted), standardError, isBetter };
}

/** A comparison on texts of other people, read for what the adapter spoils. */
function asUnrelated(compared: HeldOutComparison): UnrelatedComparison {
  const { base, adapted, standardError } = compared;
  return { ...compared, isWorse: adapted.loss - base.loss > 2 * standardError };
}

/** How likely the texts are to the model that the client uses. @returns undefined when nothing could be scored */
export async function fitOfTexts(
  client: InferenceClient,
  texts: readonly string[],
): Promise<(TextFit & { tokens: number }) | undefined> {
  const losses: number[] = [];
  for (const text of texts) for (const loss of await tokenLosses(client, text)) losses.push(loss);
  return losses.length === 0 ? undefined : { tokens: losses.length, ...fit(losses) };
}

/** In nats, of every token that has something before it. */
async function tokenLosses(client: Pick<InferenceClient, 'score'>, text: string): Promise<number[]> {
  const { logprobs } = await client.score({ text, windowTokens, withTokens: true });
  return (logprobs ?? []).flatMap((logprob) => (logprob === null ? [] : [-logprob]));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function fit(losses: readonly number[]): TextFit {
  const loss = mean(losses);
  return { loss, perplexity: Math.exp(loss) };
}

/**
 * The bundled texts of several kinds on which every adapter is checked for what it spoils. They are the same for all, so
 * that adapters can be compared by them, and nothing is ever learned from them.
 * @param productFolder the one that holds `media` and `dist`
 * @throws InklingError `fileAccess`
 */
export async function readUnrelatedTexts(productFolder: string): Promise<string[]> {
  const folder = join(productFolder, 'media', 'unrelated');
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
    return await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  } catch (error) {
    const reason = messageOf(error);
    throw new InklingError('fileAccess', sentence`${folder} cannot be read: ${reason}`, { cause: error });
  }
}

interface ProofBudgetOptions {
  /** undefined: as long as it takes */
  readonly ms?: number | undefined;
  /** a person wants no more of it: what is known then is kept */
  readonly token?: CancellationToken;
  /** in ms */
  readonly now?: () => number;
}

/** How long a comparison may take. It begins when it is made. */
export class ProofBudget {
  readonly #ms: number;
  readonly #token: CancellationToken | undefined;
  readonly #now: () => number;
  readonly #start: number;

  constructor({ ms = Number.POSITIVE_INFINITY, token, now }: ProofBudgetOptions = {}) {
    this.#ms = ms;
    this.#token = token;
    this.#now = now ?? (() => performance.now());
    this.#start = this.#now();
  }

  /** No time is set: texts are compared as they are, in one go, unless somebody stops it. */
  get isUnlimited(): boolean {
    return this.#ms === Number.POSITIVE_INFINITY;
  }

  /** Nothing will ever end it. */
  get isEndless(): boolean {
    return this.isUnlimited && this.#token === undefined;
  }

  get isStopped(): boolean {
    return this.#token?.isCancellationRequested ?? false;
  }

  /** The time is up, or it was stopped. */
  get isOver(): boolean {
    return this.isStopped || this.leftMs <= 0;
  }

  get spentMs(): number {
    return this.#now() - this.#start;
  }

  get leftMs(): number {
    return this.#ms - this.spentMs;
  }

  /** The first part of it, for one of several comparisons; it has begun when the whole has. */
  firstPart(share: number): ProofBudget {
    const parts = { ms: this.#ms * share - this.spentMs, now: this.#now };
    return new ProofBudget({ ...parts, ...(this.#token && { token: this.#token }) });
  }
}
