import type { GenerateRequest } from '../../protocol/inference.ts';
import { decodedClauseEnd, decodedSentenceEnd } from '../../text/sentenceEnd.ts';
import { ruleOf, type ZoneKind } from '../../text/zone.ts';
import type { Caret } from './caret.ts';
import type { CaretRequest } from './completionRequest.ts';
import type { CompletionSettings } from './completionSettings.ts';
import type { DocumentHabits } from './documentHabits.ts';
import { earlyThreshold, type GateThresholds } from './gate.ts';
import { isWithinPair } from './postprocess/openMarks.ts';
import { asPromptText, type LastWindow, type PromptWindow, promptWindow } from './promptWindow.ts';
import { withoutWraps } from './wrappedLines.ts';

interface PromptContext {
  readonly caret: Caret;
  readonly zone: ZoneKind;
  readonly settings: CompletionSettings;
  readonly thresholds: GateThresholds;
  readonly habits: DocumentHabits;
  /** lines of the headings that enclose an offset of the prefix, outermost first */
  readonly headingsAt: (offset: number) => readonly string[];
  readonly lastWindow: LastWindow;
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
  const { wrapping } = habits;
  const text = wrapping.kind === 'column' ? withoutWraps(window.text, wrapping.column) : window.text;
  const request: CompletionPrompt['request'] = {
    slot: 'completion',
    prompt: { kind: 'continue', text, heal: true },
    options: { ...sampling, maxNewTokens: caret.follows !== 'nothing' ? Math.min(tokens, midLineTokens) : tokens },
    stopPattern: stopPattern({
      length,
      zone,
      hardWrapped: wrapping.kind === 'column',
      language: habits.language,
    }),
    ...(minFirstWordProbability > 0 && {
      gate: {
        ...{ minFirstWordProbability, minWordProbability, minTotalProbability },
        ...(habits.language !== undefined && { language: habits.language }),
      },
    }),
    // A pair whose end the editor put there is not written yet: how it would go on says nothing.
    ...(caret.follows === 'text' &&
      !isWithinPair(caret) && { scoreSuffix: asPromptText(caret.lineSuffix.slice(0, scoredSuffixChars)) }),
    ignoreEndOfText: true,
  };
  return { request, window };
}

/** What decides where decoding may stop. */
export interface StopContext {
  readonly length: CompletionSettings['length'];
  readonly zone: ZoneKind;
  /** the author breaks lines within a paragraph */
  readonly hardWrapped: boolean;
  /** whose sentences end there; a code such as `de` */
  readonly language?: string | undefined;
}

/** A blank line, or the marker of a new block: the end of a paragraph whose lines are broken by hand. */
const paragraphEnd = String.raw`\n[ \t>]*\n|\n[ \t]*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|\||\\[a-z]+\{)`;

/**
 * The regular expression (source, flag `u`) at whose first match decoding ends. It only saves decode steps: what is
 * shown is cut by post-processing, which knows the whole text.
 */
export function stopPattern({ length, zone, hardWrapped, language }: StopContext): string {
  const { wraps, end } = ruleOf(zone);
  const parts = [wraps && hardWrapped ? paragraphEnd : String.raw`\n`];
  if (end !== '') parts.push(end);
  if (length === 'sentence') parts.push(decodedSentenceEnd(language));
  if (length === 'short') parts.push(decodedClauseEnd(language));
  return parts.map((part) => `(?:${part})`).join('|');
}
