import type { TextGenerator } from '../../protocol/inference.ts';
import { type ReplayOptions, replay } from './replay.ts';
import type { CaretRecord } from './simulatedWriter.ts';
import { type CallMeasures, type SimulationReport, simulationReport } from './simulationReport.ts';
import { gapsOf, stretchesOf } from './stretches.ts';
import { addTextTally, emptyTextTally, type TextTally } from './tally.ts';
import type { WrittenText } from './writtenText.ts';

export interface SimulationOptions extends ReplayOptions {
  /** bound on the carets that are asked; undefined: every text is typed from its beginning to its end */
  readonly maxCarets?: number | undefined;
  /** of the choice of carets and of the intervals */
  readonly seed: number;
}

/**
 * Replays texts as a writer would type them with the product's own completer, and counts what the writer has of it.
 * The same texts, options and model give the same report, but for `latencyMs`.
 * @throws InklingError when the model fails
 */
export async function simulate(
  generator: TextGenerator,
  texts: readonly WrittenText[],
  { maxCarets, seed, onCaret, ...options }: SimulationOptions,
): Promise<SimulationReport> {
  const calls: CallMeasures = { answersMs: [], promptTokens: 0, reusedTokens: 0 };
  const contents = texts.map(({ text }) => text);
  const chosen = stretchesOf(contents, maxCarets, seed);
  const stretches = options.midLine ? gapsOf(contents, chosen) : chosen;
  const count = (caret: CaretRecord) => {
    countCall(calls, caret);
    onCaret?.(caret);
  };
  const tallies = new Map<WrittenText, TextTally>();
  let done = 0;
  for await (const tally of replay(generator, { texts, stretches }, { ...options, onCaret: count })) {
    const text = texts[stretches[done++]!.text]!;
    const sum = tallies.get(text) ?? emptyTextTally();
    tallies.set(text, sum);
    addTextTally(sum, tally);
  }
  const counted = [...tallies].map(([{ path }, tally]) => ({ path, tally }));
  return simulationReport(counted, calls, seed);
}

function countCall(calls: CallMeasures, { usage, answerMs }: CaretRecord): void {
  if (usage === undefined) return; // the answer was known, or nothing was asked
  calls.answersMs.push(answerMs);
  calls.promptTokens += usage.promptTokens;
  calls.reusedTokens += usage.reusedTokens;
}
