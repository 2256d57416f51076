import { join } from 'node:path';
import { proveOnTexts, type TextProof } from '../client/heldOutProof.ts';
import type { InferenceClient } from '../client/inferenceClient.ts';
import type { AdapterReport, PairedFigure, TextFit, WritingComparison } from '../protocol/adapters.ts';
import type { LoadedAdapter, LoadRequest } from '../protocol/inference.ts';
import { compareWriting } from '../writing/simulator/adapterComparison.ts';
import type { WrittenText } from '../writing/simulator/writtenText.ts';
import type { Invocation } from './invocation.ts';
import { print, table } from './output.ts';

/** What an adapter does to texts that it has not learnt from. */
export type AdapterProof = TextProof & Pick<AdapterReport, 'writing'>;

export interface ProofRequest {
  /** of the model, without an adapter */
  readonly load: LoadRequest;
  readonly adapter: LoadedAdapter;
  readonly texts: readonly WrittenText[];
  /** carets that the simulated writer passes on each side; 0 = nothing is typed */
  readonly maxCarets: number;
  readonly seed: number;
  /** also on the bundled texts of other people */
  readonly withUnrelated: boolean;
}

/** @returns undefined when the texts are too short to compare on */
export async function proveAdapter(
  invocation: Invocation,
  client: InferenceClient,
  { withUnrelated, ...request }: ProofRequest,
): Promise<AdapterProof | undefined> {
  const texts = request.texts.map(({ text }) => text);
  const unrelatedIn = withUnrelated ? join(invocation.distFolder, '..') : undefined;
  const proof = await proveOnTexts(client, { ...request, texts, unrelatedIn });
  if (!proof) return undefined;
  const writing = request.maxCarets > 0 ? await typeBothWays(client, request) : undefined;
  return { ...proof, ...(writing && { writing }) };
}

function typeBothWays(
  client: InferenceClient,
  { load, adapter, texts, maxCarets, seed }: Omit<ProofRequest, 'withUnrelated'>,
): Promise<WritingComparison | undefined> {
  const generatorOf = (side: 'base' | 'adapted') => {
    client.use(side === 'base' ? load : { ...load, adapter });
    return client;
  };
  return compareWriting(generatorOf, texts, { maxCarets, seed });
}

/** The proof as tables, for a person. */
export function printProof({ strength, heldOut, unrelated, writing }: AdapterProof): void {
  const fit = (name: string, tokens: number, base: TextFit, adapted: TextFit) => [
    name,
    String(tokens),
    base.perplexity.toFixed(2),
    adapted.perplexity.toFixed(2),
  ];
  const rows = [fit('held-out texts', heldOut.tokens, heldOut.base, heldOut.adapted)];
  if (unrelated) rows.push(fit('unrelated texts', unrelated.tokens, unrelated.base, unrelated.adapted));
  const adapted = strength === undefined ? 'with the adapter' : `with the adapter at ${strength}`;
  print(table([['perplexity', 'tokens', 'model', adapted], ...rows]));
  if (writing) printWriting(writing);
}

function printWriting(writing: WritingComparison): void {
  const { stretches, carets, wordCarets, nextWords } = writing;
  const row = (name: string, { base, adapted, difference, interval }: PairedFigure) => [
    name,
    percent(base),
    percent(adapted),
    percent(difference),
    interval ? `${percent(interval[0])} to ${percent(interval[1])}` : '',
  ];
  print(`${stretches} stretches typed without and with it: ${carets} carets, ${wordCarets} beginnings of words`);
  print(
    table([
      ['share', 'model', 'with the adapter', 'difference', '95 %'],
      row('keystrokes saved', writing.keystrokesSaved),
      row('net of wrong shows', writing.netKeystrokesSaved),
      row('right when shown', writing.precisionWhenShown),
      row('wrong shows', writing.wrongShow),
      row('next word right', nextWords[1]),
      row('next 2 words', nextWords[2]),
      row('next 3 words', nextWords[3]),
    ]),
  );
}

const percent = (value: number | null) => (value === null ? '-' : `${(100 * value).toFixed(1)} %`);
