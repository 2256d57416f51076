import { languageOfText } from '../../text/language.ts';
import { sentenceEnd } from '../../text/sentenceEnd.ts';

const languageChars = 1_500;

/** What accept-sentence takes: up to and with the end of the sentence; all of the text when it does not end. */
export function nextSentence(text: string, before = ''): string {
  const language = languageOfText(before.slice(-languageChars) + text);
  return text.slice(0, sentenceEnd(text, before, language) ?? text.length);
}
