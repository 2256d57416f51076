/** No quotation mark of a sentence: in code, in a tag, in the target of a link. */
const asItStands = /`[^`\n]*`|<[a-z/][^<>\n]*>|\]\([^()\s]*\)/giu;
/** Feet and inches: 5' 10". */
const measure = /(?<=\d)['"]/gu;
const curly = /[‘’“”]/u;
const straight = /['"]/u;

/**
 * A text that a model wrote, with the quotation marks and apostrophes that its source has: models write straight ones, or
 * curly ones, out of habit. Where the source has both kinds, or neither, the text stays as it is.
 */
export function quotedLike(text: string, source: string): string {
  const prose = source.replace(asItStands, '').replace(measure, '');
  const [hasCurly, hasStraight] = [curly.test(prose), straight.test(prose)];
  if (hasCurly === hasStraight || (hasCurly && /[„«»]/u.test(prose))) return text;
  return hasCurly ? withCurly(text) : text.replace(markOrKept, (found) => straightOf[found] ?? found);
}

const markOrKept = new RegExp(`${asItStands.source}|['"‘’“”]`, asItStands.flags);
const straightOf: Readonly<Record<string, string>> = { '‘': "'", '’': "'", '“': '"', '”': '"' };

function withCurly(text: string): string {
  let isQuoted = false; // behind a double mark that opens and that nothing has closed
  return text.replace(markOrKept, (found, at: number) => {
    if (found === '“' || found === '”') isQuoted = found === '“';
    if (found !== '"' && found !== "'") return found;
    const behind = text.slice(at + 1, at + 12);
    const isBehindFigure = /\d/u.test(text[at - 1] ?? '');
    const opens = opensBehind.test(text[at - 1] ?? '') && /^['"“‘]{0,2}[^\s\p{P}]/u.test(behind);
    if (found === "'") {
      if (isBehindFigure && !/^\p{L}/u.test(behind)) return found;
      return opens && !elision.test(behind) ? '‘' : '’';
    }
    if (isBehindFigure && !isQuoted) return found;
    isQuoted = opens;
    return opens ? '“' : '”';
  });
}

/** What stands before a mark that opens; nothing at the beginning. */
const opensBehind = /^$|[\s([{—–/“‘'"]/u;
/** ’90s, ’tis */
const elision = /^(?:\d\ds?|tis|twas|em|til|cause)\b/iu;
