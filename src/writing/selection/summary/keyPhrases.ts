import { isFunctionWord, stem } from '../text/contentWords.ts';
import { bareWords, escaped } from '../text/words.ts';

export interface KeyPhrase {
  /** as the text writes it */
  readonly text: string;
  readonly score: number;
}

const maxPhraseWords = 4;

/**
 * The phrases that a text comes back to (RAKE, Rose et al. 2010: runs of content words, weighed by how often their
 * words occur and with how many others), best first. Earlier phrases win ties.
 */
export function keyPhrases(text: string): KeyPhrase[] {
  const runs = contentRuns(text);
  const frequency = new Map<string, number>();
  for (const run of runs)
    for (const word of run) frequency.set(stem(word.toLowerCase()), (frequency.get(stem(word.toLowerCase())) ?? 0) + 1);
  const phrases = new Map<string, { text: string; count: number; score: number; first: number }>();
  for (const [first, run] of runs.entries()) {
    const key = run.map((word) => stem(word.toLowerCase())).join(' ');
    const known = phrases.get(key);
    if (known) known.count++;
    else {
      const weights = key.split(' ').map((word) => frequency.get(word)!);
      const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
      phrases.set(key, { text: run.join(' '), count: 1, first, score: mean * (run.length > 1 ? 1.6 : 1) });
    }
  }
  return [...phrases.values()]
    .map(({ text: phrase, count, score, first }) => ({
      text: phrase,
      score: score * Math.sqrt(count) * (1 + 1 / (first + 2)),
    }))
    .sort((a, b) => b.score - a.score);
}

/** Runs of content words between function words and punctuation. */
function contentRuns(text: string): string[][] {
  const plain = text.replace(/`[^`\n]*`|\]\([^)]*\)|https?:\/\/\S+|[*_#>|[\]]/gu, ' ');
  const runs: string[][] = [];
  let run: string[] = [];
  let end = 0;
  for (const { word, start } of bareWords(plain)) {
    const gap = plain.slice(end, start);
    const isContent = !isFunctionWord(word) && word.length > 2 && !/^\d+$/u.test(word) && !/(?:ly|ing)$/u.test(word);
    if (run.length > 0 && (!isContent || !/^[ \t]*$/u.test(gap) || run.length === maxPhraseWords)) {
      runs.push(run);
      run = [];
    }
    if (isContent) run.push(plain.slice(start, start + word.length));
    end = start + word.length;
  }
  return run.length > 0 ? [...runs, run] : runs;
}

const maxHeadingWords = 3;
const determiner =
  /(?<![\p{L}\p{N}])(?:the|an?|this|that|these|those|its|their|our|your|his|her|my|each|every|no|any|some|of|der|die|das|den|dem|des|eine?[nmrs]?)\s+$/iu;

/** A heading for a text: the strongest phrase that it names at least twice, a word three times, and as a thing. Undefined where there is none. */
export const namedTwice = (text: string): string | undefined => namedThings(text, { ofPhrase: 2, ofWord: 3 })[0];

/** Titles for a text: the things that it names, a single word at least twice; the strongest first. */
export const titlePhrases = (text: string): string[] => namedThings(text, { ofPhrase: 1, ofWord: 2 });

/** @param wanted how often a phrase of several words, or a single one, is to be named */
function namedThings(text: string, wanted: { readonly ofPhrase: number; readonly ofWord: number }): string[] {
  const found = keyPhrases(text)
    .slice(0, mostCompared)
    .filter(({ text: phrase }) => {
      if (phrase.split(' ').length > maxHeadingWords || /(?:ed|ies)$/u.test(phrase)) return false;
      const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(phrase)}(?:e?s)?(?![\\p{L}\\p{N}])`, 'giu');
      const places = [...text.matchAll(pattern)].map(({ index }) => index);
      const least = phrase.includes(' ') ? wanted.ofPhrase : wanted.ofWord;
      const things = places.filter((at) => determiner.test(text.slice(Math.max(0, at - 12), at))).length;
      const isThing = things >= Math.min(least, phrase.includes(' ') ? 1 : 2) || !/\p{Script=Latin}/u.test(phrase);
      return places.length >= least && isThing;
    })
    .map(({ text: phrase }) => phrase.slice(0, 1).toUpperCase() + phrase.slice(1));
  return [...new Set(found)];
}

/** The others say little of a text. */
const mostCompared = 30;
