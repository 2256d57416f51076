import type { TextGenerator } from '../../protocol/inference.ts';
import {
  type CompletionSettings,
  defaultCompletionSettings,
  resolveCompletionSettings,
} from '../completion/completionSettings.ts';
import { type CaretRecord, SimulatedWriter } from './simulatedWriter.ts';
import { type CallMeasures, type SimulationReport, simulationReport } from './simulationReport.ts';
import type { Slips } from './slips.ts';
import { gapsOf, type Stretch, stretchesOf } from './stretches.ts';
import { addTextTally, countCaret, emptyTextTally, type TextTally } from './tally.ts';
import type { WrittenText } from './writtenText.ts';

/** `gated`: the editor's defaults; `always`: whatever the model says is shown; `off`: nothing ever is. */
export const simulationPolicies = ['gated', 'always', 'off'] as const;
export type SimulationPolicy = (typeof simulationPolicies)[number];

const settingsOf: Readonly<Record<SimulationPolicy, CompletionSettings>> = {
  gated: defaultCompletionSettings,
  always: resolveCompletionSettings({ minFirstWordProbability: 0 }),
  off: resolveCompletionSettings({ enabled: false }),
};

interface ReplayOptions {
  readonly policy: SimulationPolicy;
  /** in place of the policy's, for each text */
  readonly settings?: ((text: WrittenText) => CompletionSettings) | undefined;
  /** what follows a stretch stands right of the caret while it is written */
  readonly midLine?: boolean | undefined;
  /** of the writer; left out: none */
  readonly slips?: Slips | undefined;
  /** measures answers, in ms; what is written does not depend on it */
  readonly stopwatch: { now(): number };
  /** told of every caret that was asked afresh, in the order of the texts */
  readonly onCaret?: ((caret: CaretRecord) => void) | undefined;
}

/**
 * Types stretches of some texts, each by a writer who has not seen the others.
 * @returns one tally per stretch, in their order
 * @throws InklingError when the model fails
 */
export async function* replay(
  generator: TextGenerator,
  { texts, stretches }: { readonly texts: readonly WrittenText[]; readonly stretches: readonly Stretch[] },
  { policy, settings, midLine = false, slips, stopwatch, onCaret }: ReplayOptions,
): AsyncGenerator<TextTally> {
  for (const { text, start, end } of stretches) {
    const tally = emptyTextTally();
    const writer = new SimulatedWriter(generator, texts[text]!, {
      settings: settings?.(texts[text]!) ?? settingsOf[policy],
      midLine,
      slips,
      losesPatience: policy === 'gated',
      stopwatch,
      onCaret: (caret) => {
        countCaret(tally, caret);
        onCaret?.(caret);
      },
    });
    const written = await writer.write(start, end);
    tally.all.characters += written.characters;
    tally.all.keys += written.keys;
    tally.all.slipKeys += written.slipKeys;
    yield tally;
  }
}

export interface SimulationOptions extends ReplayOptions {
  /** bound on the carets that are asked; undefined: every text is typed from its beginning to its end */
  readonly maxCarets?: number | undefined;
  /** of the choice of carets and of the intervals */
  readonly seed: number;
  /** told how much of what is to be typed has been, 0 … 1 */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Replays texts as a writer would type them with the product's own completer, and counts what the writer has of it.
 * The same texts, options and model give the same report, but for `latencyMs`.
 * @throws InklingError when the model fails
 */
export async function simulate(
  generator: TextGenerator,
  texts: readonly WrittenText[],
  { maxCarets, seed, onCaret, onProgress, ...options }: SimulationOptions,
): Promise<SimulationReport> {
  const calls: CallMeasures = { answersMs: [], promptTokens: 0, reusedTokens: 0 };
  const contents = texts.map(({ text }) => text);
  const chosen = stretchesOf(contents, maxCarets, seed);
  const stretches = options.midLine ? gapsOf(contents, chosen) : chosen;
  const total = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
  let done = 0;
  let typed = 0; // characters of the stretches that are done
  const count = (caret: CaretRecord) => {
    countCall(calls, caret);
    onCaret?.(caret);
    onProgress?.((typed + caret.offset - stretches[done]!.start) / total);
  };
  const tallies = new Map<WrittenText, TextTally>();
  for await (const tally of replay(generator, { texts, stretches }, { ...options, onCaret: count })) {
    const { text: index, start, end } = stretches[done++]!;
    typed += end - start;
    const text = texts[index]!;
    const sum = tallies.get(text) ?? emptyTextTally();
    tallies.set(text, sum);
    addTextTally(sum, tally);
  }
  onProgress?.(1);
  const counted = [...tallies].map(([{ path }, tally]) => ({ path, tally }));
  return simulationReport(counted, calls, seed);
}

function countCall(calls: CallMeasures, { usage, answerMs }: CaretRecord): void {
  if (usage === undefined) return; // the answer was known, or nothing was asked
  calls.answersMs.push(answerMs);
  calls.promptTokens += usage.promptTokens;
  calls.reusedTokens += usage.reusedTokens;
}
