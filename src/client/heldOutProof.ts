import type { HeldOutComparison, TextFit, UnrelatedComparison } from '../protocol/adapters.ts';
import type { LoadedAdapter, LoadRequest } from '../protocol/inference.ts';
import type { InferenceClient } from './inferenceClient.ts';

/** Each window's first token is not scored; longer ones make little difference to what comes out. */
const windowTokens = 256;

/**
 * Scores texts without and with an adapter, on the graph that runs while writing.
 * @param load of the model, without an adapter; afterwards the client uses it with the adapter
 * @param onProgress 0 … 1
 * @returns undefined when the texts are too short to score anything
 */
export async function compareOnTexts(
  client: InferenceClient,
  { load, adapter, texts }: { load: LoadRequest; adapter: LoadedAdapter; texts: readonly string[] },
  onProgress: (fraction: number) => void = () => undefined,
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
export function asUnrelated(comparison: HeldOutComparison): UnrelatedComparison {
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
