import type { CancellationToken } from 'vscode-jsonrpc';
import type { GenerationParts } from './generationParts.ts';
import { logitsAfter } from './logitsAfter.ts';
import { logPartition, logSumExp } from './sampling/logitsProcessors.ts';

/** Where decoding starts: after the stem, with a token whose bytes begin with `rest`. */
export interface Healed {
  /** tokens that lie wholly within the forced bytes */
  readonly stem: readonly number[];
  /** forced bytes that the next token must begin with; empty when nothing was forced */
  readonly rest: Uint8Array;
  /** (vocabulary) after prompt and stem */
  readonly logits: Float32Array;
  /** natural logarithm of the probability of the forced bytes, over the ways of writing them that were looked at */
  readonly logprob: number;
  /** of that probability, the part that lies on the way that was taken */
  readonly share: number;
}

interface Path {
  readonly stem: readonly number[];
  readonly rest: Uint8Array;
  /** log-probability of the stem: no way through it can be likelier */
  readonly logprob: number;
}

interface Candidate extends Path {
  readonly logits: Float32Array;
  /** log-probability of the stem and of any token that covers the rest */
  readonly covered: number;
}

const furtherPaths = 5; // looked at beyond the first that works; each costs a decode step
const longestSearch = 40;

/**
 * Token healing. The forced bytes can be written as tokens in many ways, and taking the likeliest token each time goes
 * wrong: after "to the", " super" is likelier than " supermarket", yet the model never writes "market" after it. So
 * the likeliest way is searched for: the path whose stem times its covering tokens has the greatest probability,
 * best first (a stem's own probability bounds what can come of it). The cache ends up holding prompt and stem.
 * @param logits (vocabulary) after the prompt
 * @returns undefined when cancelled
 */
export async function heal(
  forced: string,
  logits: Float32Array,
  promptIds: readonly number[],
  parts: GenerationParts,
  token: CancellationToken,
): Promise<Healed | undefined> {
  const rest = new TextEncoder().encode(forced.toWellFormed());
  if (rest.length === 0) return { stem: [], rest, logits, logprob: 0, share: 1 };
  const open: Path[] = [];
  let best = look({ stem: [], rest, logprob: 0 }, logits, parts, open);
  const covered = [best.covered]; // of each way; the logits after it are kept of the best one only
  for (let steps = 0; open.length > 0 && steps < longestSearch; steps++) {
    open.sort((a, b) => b.logprob - a.logprob);
    const next = open.shift()!;
    const isSettled = next.logprob <= best.covered || (steps >= furtherPaths && Number.isFinite(best.covered));
    if (isSettled) break;
    const after = await logitsAfter([...promptIds, ...next.stem], parts, token);
    if (!after) return undefined;
    const candidate = look(next, after, parts, open);
    covered.push(candidate.covered);
    if (candidate.covered > best.covered) best = candidate;
  }
  if (!Number.isFinite(best.covered)) {
    const canonical = canonicalPath(forced, parts);
    const after = await logitsAfter([...promptIds, ...canonical.stem], parts, token);
    if (!after) return undefined;
    best = look(canonical, after, parts, []);
  }
  parts.cache.moveTo([...promptIds, ...best.stem]);
  const logprob = logSumExp(Float32Array.from(covered));
  const share = Number.isFinite(best.covered) ? Math.exp(best.covered - logprob) : 1;
  return { stem: best.stem, rest: best.rest, logits: best.logits, logprob, share };
}

/** The way in which the tokenizer writes the forced text: for what the model finds too strange to search. */
function canonicalPath(forced: string, { tokenizer }: GenerationParts): Path {
  const tokenIds = tokenizer.encodeFurther(forced);
  const last = tokenIds.at(-1); // none when the tokenizer drops all of it
  const rest = last === undefined ? new Uint8Array() : tokenizer.tokenBytes(last);
  return { stem: tokenIds.slice(0, -1), rest, logprob: Number.NEGATIVE_INFINITY };
}

/** Sums up the tokens that cover the rest, and opens a path for each that is a beginning of it. */
function look(path: Path, logits: Float32Array, { tokenizer }: GenerationParts, open: Path[]): Candidate {
  const total = logPartition(logits);
  const covering: number[] = [];
  for (let id = 0; id < logits.length; id++) {
    if (!tokenizer.agreesWith(id, path.rest)) continue;
    const length = tokenizer.tokenBytes(id).length;
    if (length >= path.rest.length) covering.push(logits[id]!);
    else {
      const logprob = path.logprob + logits[id]! - total;
      open.push({ stem: [...path.stem, id], rest: path.rest.subarray(length), logprob });
    }
  }
  return { ...path, logits, covered: path.logprob + logSumExp(Float32Array.from(covering)) - total };
}
