import { decodedClauseEnd, decodedSentenceEnd } from '../../text/sentenceEnd.ts';
import { ruleOf, type ZoneKind } from '../../text/zone.ts';
import type { CompletionSettings } from './completionSettings.ts';

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
