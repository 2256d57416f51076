import { bareWords } from './words.ts';

const functionWords = new Set(
  `a about above after again against all also although always am an and another any are aren as at be became because
   become been before being below between both but by can cannot could couldn did didn do does doesn doing don down
   during each either else enough etc even ever every few for from further get gets got had hadn has hasn have haven
   having he hence her here hers herself him himself his how however i if in indeed instead into is isn it its itself
   just least less let like ll many may me might mine more moreover most much must my myself need
   neither never no nor not nothing now of off often on once one only or other others otherwise ought our ours
   ourselves out over own per perhaps quite rather re really s same say says see seem seems several shall she should
   shouldn since so some something sometimes soon still such t than that the their theirs them themselves then there
   therefore these they thing things this those though through thus to too toward towards under until up upon us use
   used using usually ve very via was wasn we well were weren what whatever when where whether which while who whole
   whom whose why will with within without would wouldn yes yet you your yours yourself`.split(/\s+/u),
);

export const isFunctionWord = (word: string): boolean => functionWords.has(word);

/** The words that carry meaning, cut to their stems, in order and with repetitions. */
export function contentStems(text: string): string[] {
  return [...bareWords(text.replace(/[’']s\b|\bwon[’']t\b/giu, ''))]
    .map(({ word }) => word)
    .filter((word) => !functionWords.has(word) && (word.length > 2 || /\p{N}|[^\p{ASCII}]/u.test(word)))
    .map(stem);
}

/** Takes endings off English words, as little as matching needs; words of other languages stay as they are. */
export function stem(word: string): string {
  if (word.length <= 3 || !/^[a-z]+$/u.test(word)) return word;
  const base = word
    .replace(/(?<=ss|x|ch|sh)es$|(?<=i)es$|(?<![su])s$/u, '')
    .replace(/(?<=[a-z]{3})(?:ingly|edly|ing|ed|ly)$/u, '')
    .replace(/(?<=[a-z]{3})(?:ation|ition|ment|ness|isation|ization)$/u, '');
  return base
    .replace(/([bdfgmnprt])\1$/u, '$1')
    .replace(/(?:i|y|e)$/u, '')
    .replace(/is$/u, 'iz');
}
