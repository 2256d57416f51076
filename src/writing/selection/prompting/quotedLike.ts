/** No quotation mark of a sentence: in code, in a tag, in the target of a link, behind a figure (5' 10"). */
const asItStands = /`[^`\n]*`|<[a-z/][^<>\n]*>|\]\([^()\s]*\)|(?<=\d)['"]/giu;
const curly = /[‘’“”]/u;
const straight = /['"]/u;

/**
 * A text that a model wrote, with the quotation marks and apostrophes that its source has: models write straight ones, or
 * curly ones, out of habit. Where the source has both kinds, or neither, the text stays as it is.
 */
export function quotedLike(text: string, source: string): string {
  const prose = source.replace(asItStands, '');
  const [hasCurly, hasStraight] = [curly.test(prose), straight.test(prose)];
  if (hasCurly === hasStraight || (hasCurly && /[„«»]/u.test(prose))) return text;
  let at = 0;
  let done = '';
  for (const { index, 0: kept } of text.matchAll(asItStands)) {
    done += marked(text.slice(at, index), done, hasCurly) + kept;
    at = index + kept.length;
  }
  return done + marked(text.slice(at), done, hasCurly);
}

/** @param before what stands in front of the piece */
function marked(piece: string, before: string, isCurly: boolean): string {
  if (!isCurly) return piece.replace(/[‘’]/gu, "'").replace(/[“”]/gu, '"');
  const whole = before + piece;
  return piece.replace(/['"]/gu, (mark, offset: number) => {
    const at = before.length + offset;
    const isBehindOpening = /(?:^|[\s([{—–/“‘'"])$/u.test(whole.slice(0, at).slice(-1));
    const opens = isBehindOpening && /^['"“‘]{0,2}[^\s\p{P}]/u.test(whole.slice(at + 1));
    if (mark === '"') return opens ? '“' : '”';
    return opens && !elision.test(whole.slice(at + 1)) ? '‘' : '’';
  });
}

/** ’90s, ’tis */
const elision = /^(?:\d\ds?|tis|twas|em|til|cause)\b/iu;
