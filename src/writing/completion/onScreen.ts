/** What of the completer's answers reaches the screen, and what stands there: docs/adr/0034. */
import type { Reason } from '../../protocol/reasons.ts';
import { type CaretRequest, type CompletionOutcome, pickUsage } from './completionRequest.ts';
import type { CompletionSettings } from './completionSettings.ts';
import { gateThresholds } from './gate.ts';
import { unseenRest } from './unseenRest.ts';

type TextOutcome = Extract<CompletionOutcome, { kind: 'text' }>;

/**
 * What is shown of an answer where nothing is on screen, and how long it waits. Nobody reads what is gone with the next
 * key: under a running hand a fresh answer waits for that key, which it may foretell or not, or for the hand to rest.
 */
export function comingUp(
  answer: TextOutcome,
  request: CaretRequest,
  { settings, untilRestMs }: { readonly settings: CompletionSettings; readonly untilRestMs: number },
): { readonly outcome: CompletionOutcome; readonly waitMs: number } {
  const [first] = answer.suggestions;
  if (!first!.typedChars) return { outcome: answer, waitMs: untilRestMs }; // no key has foretold it, found now or ahead
  const thresholds = gateThresholds(settings, request, answer.zone);
  const circumstances = { before: request.prefix.slice(-longestChars), thresholds };
  const now = unseenRest(first!, { ...circumstances, isRunning: untilRestMs > 0 });
  const rest = now ?? unseenRest(first!, { ...circumstances, isRunning: false });
  if (!rest) return { outcome: { ...pickUsage(answer), kind: 'none', reason: 'tooShort' }, waitMs: 0 };
  const suggestions = rest === first ? answer.suggestions : [rest];
  return { outcome: { ...answer, suggestions }, waitMs: now ? 0 : untilRestMs };
}

/** No suggestion has more characters. */
const longestChars = 2_000;

/**
 * What is on screen stays or grows under the eye, whatever is found now: a change elsewhere in the text can make the model
 * say something else at the same caret, and what was suggested may lead to a place where nothing would be suggested.
 */
export function keeping(standing: string | undefined, outcome: CompletionOutcome): CompletionOutcome {
  if (standing === undefined) return outcome;
  const stays = { text: standing, firstWordProbability: 1, logprob: 0 };
  if (outcome.kind === 'none' && !takesAway.has(outcome.reason))
    return { ...pickUsage(outcome), kind: 'text', suggestions: [stays], source: 'cache' };
  if (outcome.kind !== 'text') return outcome;
  const going = outcome.suggestions.find(({ text }) => text.startsWith(standing));
  if (!going) return { ...outcome, suggestions: [stays] };
  // An answer that was there before may go on with what was not worth showing.
  const first = outcome.source === 'model' ? going : { ...going, text: standing };
  return { ...outcome, suggestions: [first, ...outcome.suggestions.filter((one) => one !== going)] };
}

/** For these what is on screen goes. Any other says only that nothing new was found. */
const takesAway: ReadonlySet<Reason> = new Set([
  'off',
  'paused',
  'unsupportedDocument',
  'tooLarge',
  'justDeleted',
  'modelUnavailable',
  'repeatsSuffix',
  'unlikelySuffix',
]);
