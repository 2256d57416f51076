import { lazy } from '../../../text/lazy.ts';
import { cutAt, type Rule } from './rule.ts';

/** What an instruction-tuned model says about itself and its task instead of going on with the text. */
const phrases = lazy(
  [
    String.raw`\b(?:Sure|Certainly|Of course|Absolutely)[,!.] (?:here|I|let)\b`,
    String.raw`\bAs an? (?:AI|artificial intelligence|(?:large )?language model)\b`,
    String.raw`\bI(?:'m| am|’m) (?:sorry, but|unable to|an AI|just an AI|a language model)\b`,
    String.raw`\bI (?:cannot|can't|can’t) (?:assist|help|fulfill|provide)\b`,
    String.raw`\bHere(?:'s|’s| is| are) (?:the|a|an|your|some|my) (?:\w+ )?(?:version|continuation|text|rewrite|rewritten|completed|revised|response|summary|possible)\b`,
    String.raw`\b(?:I hope this helps|Let me know if you|Feel free to ask|Is there anything else)\b`,
  ].join('|'),
  'u',
);

/**
 * Assistant talk ends a suggestion. The beginning of the phrase may already stand before the caret. A document that
 * contains the phrase elsewhere is about assistants.
 */
export const chatter: Rule = (text, { before }) => {
  const behind = before.slice(-60);
  const found = phrases().exec(behind + text);
  if (!found || found.index + found[0].length <= behind.length || before.includes(found[0])) return text;
  return cutAt(text, Math.max(0, found.index - behind.length), 'chatter');
};
