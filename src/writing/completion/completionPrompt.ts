import type { GenerateRequest } from '../../protocol/inference.ts';
import type { ZoneKind } from '../../text/zone.ts';
import type { Caret } from './caret.ts';
import type { CaretRequest } from './completionRequest.ts';
import type { CompletionSettings } from './completionSettings.ts';
import { earlyThreshold, type GateThresholds } from './gate.ts';
import type { DocumentHabits } from './habits/documentHabits.ts';
import { asPromptText, type PromptWindow, promptWindow, type WindowStart } from './promptWindow.ts';
import { stopPattern } from './stopPattern.ts';

export interface PromptContext {
  readonly caret: Caret;
  readonly zone: ZoneKind;
  readonly settings: CompletionSettings;
  readonly thresholds: GateThresholds;
  readonly habits: DocumentHabits;
  /** lines of the headings that enclose an offset of the prefix, outermost first */
  readonly headingsAt: (offset: number) => readonly string[];
  /** of the last request in this document; `nothingRead` when the model has just been started */
  readonly lastWindow: WindowStart | 'nothingRead' | undefined;
}

export interface CompletionPrompt {
  readonly request: Omit<GenerateRequest, 'id' | 'stream'>;
  readonly window: PromptWindow;
}

/** Tokens decoded, in parts of the setting `maxNewTokens`. */
const lengthFactor: Readonly<Record<CompletionSettings['length'], number>> = { short: 0.5, sentence: 1, paragraph: 4 };
/** Four words at most are shown before anything on the same line. */
const midLineTokens = 8;
/** Characters right of the caret that the suggestion must leave likely. */
const scoredSuffixChars = 40;

/** What the model is asked at a caret. */
export function completionPrompt(
  { prefix }: CaretRequest,
  { caret, zone, settings, thresholds, habits, headingsAt, lastWindow }: PromptContext,
): CompletionPrompt {
  const { length, sampling, promptTokens } = settings;
  const tokens = Math.ceil(settings.maxNewTokens * lengthFactor[length]);
  const { minWordProbability, minTotalProbability } = thresholds;
  const minFirstWordProbability = earlyThreshold(thresholds, caret.place);
  const window = promptWindow(prefix, promptTokens, headingsAt, lastWindow);
  const request: CompletionPrompt['request'] = {
    slot: 'completion',
    prompt: { kind: 'continue', text: window.text, heal: true },
    options: { ...sampling, maxNewTokens: caret.follows !== 'nothing' ? Math.min(tokens, midLineTokens) : tokens },
    stopPattern: stopPattern({
      length,
      zone,
      hardWrapped: habits.wrapping.kind === 'column',
      language: habits.language,
    }),
    ...(minFirstWordProbability > 0 && { gate: { minFirstWordProbability, minWordProbability, minTotalProbability } }),
    ...(caret.follows === 'text' && { scoreSuffix: asPromptText(caret.lineSuffix.slice(0, scoredSuffixChars)) }),
    ignoreEndOfText: true,
  };
  return { request, window };
}
