/** What the wording of a sentence says about its place in a summary. English; other languages give no cues. */

const kinds =
  'paper|article|chapter|package|document|vignette|manual|module|library|tool|command|book|guide|plugin|project|introduction|report|page|study|work|text|note|letter|section';
const namesItself = new RegExp(
  String.raw`^["“(]?(?:this|the present|our) (?:\w+ )?(?:${kinds})\b|\bin this (?:${kinds})\b`,
  'iu',
);
const saysWhatItDoes =
  /\b(?:we|I) (?:present|describe|propose|show|introduce|study|discuss|develop|report|explain|illustrate|demonstrate|find|argue)\b/iu;
const openings =
  'this|that|these|those|it|its|they|them|their|he|she|his|her|such|so|but|and|or|yet|however|therefore|thus|then|also|instead|otherwise|similarly|likewise|moreover|furthermore|additionally|nevertheless|consequently|hence|both|another|for example|for instance|in addition|as a result|on the other hand|in this|at this|by doing|of these|here|there|note';
const leaning = new RegExp(String.raw`^["“(]?(?:${openings})\b`, 'iu');
const links = /\]\([^)]*\)|https?:\S+/gu;

/** `This paper describes …`, `We propose …`: the text says what it is about. */
export const speaksOfItself = (sentence: string): boolean =>
  namesItself.test(sentence) || saysWhatItDoes.test(sentence);

/** Begins with a word that means something said before; `This paper` means the text itself. */
export const leansOnPrevious = (sentence: string): boolean => leaning.test(sentence) && !namesItself.test(sentence);

/** Share of the characters that are addresses, doubled, at most 1: such a sentence sends its reader elsewhere. */
export function linkShare(sentence: string): number {
  const length = (sentence.match(links) ?? []).reduce((sum, link) => sum + link.length, 0);
  return Math.min(1, (2 * length) / Math.max(1, sentence.length));
}
