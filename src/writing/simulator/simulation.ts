import type { TextGenerator } from '../../protocol/inference.ts';
import {
  type CompletionSettings,
  defaultCompletionSettings,
  resolveCompletionSettings,
} from '../completion/completionSettings.ts';
import { type CaretRecord, SimulatedWriter, type WrittenText } from './simulatedWriter.ts';
import { type CallMeasures, type SimulationReport, simulationReport } from './simulationReport.ts';
import { stretchesOf } from './stretches.ts';
import { countCaret, emptyTextTally, type TextTally } from './tally.ts';

/** `gated`: the editor's defaults; `always`: whatever the model says is shown; `off`: nothing ever is. */
export const simulationPolicies = ['gated', 'always', 'off'] as const;
export type SimulationPolicy = (typeof simulationPolicies)[number];

const settingsOf: Readonly<Record<SimulationPolicy, CompletionSettings>> = {
  gated: defaultCompletionSettings,
  always: resolveCompletionSettings({ minFirstWordProbability: 0 }),
  off: resolveCompletionSettings({ enabled: false }),
};

export interface SimulationOptions {
  readonly policy: SimulationPolicy;
  /** bound on the carets that are asked; undefined: every text is typed from its beginning to its end */
  readonly maxCarets?: number | undefined;
  /** of the choice of carets and of the intervals */
  readonly seed: number;
  /** measures answers, in ms; nothing but `latencyMs` depends on it */
  readonly stopwatch: { now(): number };
  readonly onCaret?: ((caret: CaretRecord) => void) | undefined;
}

/**
 * Replays texts as a writer would type them with the product's own completer, and counts what the writer has of it.
 * The same texts, options and model give the same report, but for `latencyMs`.
 * @throws InklingError when the model fails
 */
export async function simulate(
  generator: TextGenerator,
  texts: readonly WrittenText[],
  options: SimulationOptions,
): Promise<SimulationReport> {
  const { policy, maxCarets, seed, stopwatch, onCaret } = options;
  const tallies = new Map<WrittenText, TextTally>();
  const calls: CallMeasures = { answersMs: [], promptTokens: 0, reusedTokens: 0 };
  const stretches = stretchesOf(
    texts.map(({ text }) => text),
    maxCarets,
    seed,
  );
  for (const { text: index, start, end } of stretches) {
    const text = texts[index]!;
    const tally = tallies.get(text) ?? emptyTextTally();
    tallies.set(text, tally);
    const writer = new SimulatedWriter(generator, text, {
      settings: settingsOf[policy],
      losesPatience: policy === 'gated',
      stopwatch,
      onCaret: (caret) => {
        countCaret(tally, caret);
        countCall(calls, caret);
        onCaret?.(caret);
      },
    });
    const written = await writer.write(start, end);
    tally.all.characters += written.characters;
    tally.all.keys += written.keys;
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
