import type { TextGenerator } from '../../protocol/inference.ts';
import {
  type CompletionSettings,
  defaultCompletionSettings,
  resolveCompletionSettings,
} from '../completion/completionSettings.ts';
import { type CaretRecord, SimulatedWriter } from './simulatedWriter.ts';
import type { Stretch } from './stretches.ts';
import { countCaret, emptyTextTally, type TextTally } from './tally.ts';
import type { WrittenText } from './writtenText.ts';

/** `gated`: the editor's defaults; `always`: whatever the model says is shown; `off`: nothing ever is. */
export const simulationPolicies = ['gated', 'always', 'off'] as const;
export type SimulationPolicy = (typeof simulationPolicies)[number];

const settingsOf: Readonly<Record<SimulationPolicy, CompletionSettings>> = {
  gated: defaultCompletionSettings,
  always: resolveCompletionSettings({ minFirstWordProbability: 0 }),
  off: resolveCompletionSettings({ enabled: false }),
};

export interface ReplayOptions {
  readonly policy: SimulationPolicy;
  /** what follows a stretch stands right of the caret while it is written */
  readonly midLine?: boolean | undefined;
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
  { policy, midLine = false, stopwatch, onCaret }: ReplayOptions,
): AsyncGenerator<TextTally> {
  for (const { text, start, end } of stretches) {
    const tally = emptyTextTally();
    const writer = new SimulatedWriter(generator, texts[text]!, {
      settings: settingsOf[policy],
      midLine,
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
    yield tally;
  }
}
