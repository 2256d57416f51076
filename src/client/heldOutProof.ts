import type { AdapterReport, HeldOutComparison, TextFit, UnrelatedComparison } from '../protocol/adapters.ts';
import type { LoadedAdapter, LoadRequest } from '../protocol/inference.ts';
import type { InferenceClient } from './inferenceClient.ts';
import { readUnrelatedTexts } from './unrelatedTexts.ts';

/** Each window's first token is not scored; longer ones make little difference to what comes out. */
const windowTokens = 256;

/** How likely texts that an adapter has not learnt from are without it and with it. */
export type TextProof = Pick<AdapterReport, 'strength' | 'heldOut' | 'unrelated'>;

interface ComparedTexts {
  /** of the model, without an adapter */
  readonly load: LoadRequest;
  readonly adapter: LoadedAdapter;
  readonly texts: readonly string[];
}

/**
 * Scores texts without and with an adapter, and, for what it may spoil, the bundled texts of other people. Afterwards
 * the client uses the model with the adapter.
 * @param compared `unrelatedIn`: the folder that holds `media` and `dist`; undefined: no texts of other people
 * @param onProgress 0 … 1
 * @returns undefined when the texts are too short to score anything
 * @throws InklingError
 */
export async function proveOnTexts(
  client: InferenceClient,
  { unrelatedIn, ...compared }: ComparedTexts & { readonly unrelatedIn: string | undefined },
  onProgress: (fraction: number) => void = () => undefined,
): Promise<TextProof | undefined> {
  const parts = unrelatedIn === undefined ? 1 : 2;
  const heldOut = await compareOnTexts(client, compared, (done) => onProgress(done / parts));
  const { strength } = compared.adapter;
  if (!heldOut || unrelatedIn === undefined) return heldOut && { strength, heldOut };
  const unrelatedTexts = { ...compared, texts: await readUnrelatedTexts(unrelatedIn) };
  const unrelated = await compareOnTexts(client, unrelatedTexts, (done) => onProgress((1 + done) / parts));
  return { strength, heldOut, ...(unrelated && { unrelated: asUnrelated(unrelated) }) };
}

/** On the graph that runs while writing. @returns undefined when the texts are too short to score anything */
async function compareOnTexts(
  client: InferenceClient,
  { load, adapter, texts }: ComparedTexts,
  onProgress: (fraction: number) => void,
): Promise<HeldOutComparison | undefined> {
  const total = 2 * texts.length;
  const request = { ...load, maxContextTokens: Math.max(load.maxContextTokens, windowTokens) };
  client.use(request);
  const base = await tokenLosses(client, texts, (done) => onProgress(done / total));
  client.use({ ...request, adapter });
  const adapted = await tokenLosses(client, texts, (done) => onProgress((texts.length + done) / total));
  if (base.length === 0) return undefined;
  const differences = base.map((loss, i) => loss - adapted[i]!);
  const gain = mean(differences);
  const variance = mean(differences.map((difference) => (difference - gain) ** 2));
  const standardError = Math.sqrt(variance / differences.length);
  const isBetter = gain > 2 * standardError;
  return { tokens: base.length, base: fit(base), adapted: fit(adapted), standardError, isBetter };
}

/** A comparison on texts of other people, read for what the adapter spoils. */
function asUnrelated(comparison: HeldOutComparison): UnrelatedComparison {
  const { base, adapted, standardError } = comparison;
  return { ...comparison, isWorse: adapted.loss - base.loss > 2 * standardError };
}

/** How likely the texts are to the model that the client uses. @returns undefined when nothing could be scored */
export async function fitOfTexts(
  client: InferenceClient,
  texts: readonly string[],
): Promise<(TextFit & { tokens: number }) | undefined> {
  const losses = await tokenLosses(client, texts);
  return losses.length === 0 ? undefined : { tokens: losses.length, ...fit(losses) };
}

/** In nats, of every token that has something before it. */
async function tokenLosses(
  client: InferenceClient,
  texts: readonly string[],
  onText: (done: number) => void = () => undefined,
): Promise<number[]> {
  const losses: number[] = [];
  for (const [i, text] of texts.entries()) {
    const { logprobs } = await client.score({ text, windowTokens, withTokens: true });
    for (const logprob of logprobs ?? []) if (logprob !== null) losses.push(-logprob);
    onText(i + 1);
  }
  return losses;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function fit(losses: readonly number[]): TextFit {
  const loss = mean(losses);
  return { loss, perplexity: Math.exp(loss) };
}
