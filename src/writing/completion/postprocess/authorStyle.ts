import { languageById } from '../../../text/languages.ts';
import { inVariety, withDash } from '../documentHabits.ts';
import type { Rule } from './rule.ts';

/** The document's quotation marks, dashes and spelling bind what is suggested; code and formulas stay as they are. */
export const authorStyle: Rule = (text, { habits, before, zone, languageId }) => {
  if (zone === 'codeSpan' || zone === 'code' || zone === 'math') return text;
  let styled = text;
  const latex = languageById(languageId)?.grammar === 'latex'; // ``quotes'' are made of other characters there
  if (habits.quotes === 'curly' && !latex) styled = curlyQuotes(styled, before);
  if (habits.quotes === 'straight') styled = styled.replace(/[“”]/gu, '"').replace(/[‘’]/gu, "'");
  if (habits.dash !== undefined) styled = withDash(styled, habits.dash);
  if (habits.spelling === undefined) return styled;
  // The word under the caret is whole only together with what is typed of it; that part cannot change.
  const typed = /\p{L}{0,40}$/u.exec(before.slice(-40))![0];
  const spelt = inVariety(typed + styled, habits.spelling);
  return spelt.startsWith(typed) ? spelt.slice(typed.length) : styled;
};

/** Titles and subjects end without a full stop, unless this author's have one; an abbreviation keeps its own. */
export const titleEnd: Rule = (text, { zone, before }) => {
  if (zone !== 'heading' && zone !== 'commitSubject') return text;
  if (!text.endsWith('.') || text.endsWith('..') || hasTitleWithStop(before)) return text;
  const word = /[\p{L}.]{1,40}$/u.exec((before.slice(-40) + text).slice(-40))![0];
  const isAbbreviated = abbreviation.test(word) || word.indexOf('.') < word.length - 1;
  return isAbbreviated ? text : text.slice(0, -1);
};

const abbreviation = /^(?:etc|Inc|Ltd|Co|Corp|Jr|Sr|St|vs|al|No|vol|ed|p{1,2}|\p{L})\.$/u;

/** The titles above the line of the caret. */
const hasTitleWithStop = (before: string): boolean =>
  [...before.slice(0, before.lastIndexOf('\n') + 1).matchAll(/^[#=]{1,9}[ \t][^\n]*/gmu)].some(([title]) =>
    /\p{L}\.$/u.test(title.trimEnd().slice(-3)),
  );

function curlyQuotes(text: string, before: string): string {
  return text.replace(/["']/gu, (quote, index: number) => {
    const previous = index === 0 ? before.at(-1) : text[index - 1];
    const opens = previous === undefined || /[\s([{—–-]/u.test(previous);
    if (quote === '"') return opens ? '“' : '”';
    return opens ? '‘' : '’';
  });
}
