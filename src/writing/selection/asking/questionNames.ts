import { contentStems } from '../text/contentWords.ts';
import type { QuestionKind } from './questionKind.ts';
import { isAmong, isSameWord, type Word } from './wordForms.ts';

/** Words that stand for something named in the sentence before. */
export const pointing = /\b(?:it|its|they|them|their|there|he|him|his|she|her|this|these|those)\b/iu;
/** Names, days and figures of a question, but for its first word; of a language that capitalizes all nouns none. */
const namedIn = /(?<=\s)(?:\p{Lu}[\p{L}’'-]+(?:\s\p{Lu}[\p{L}’'-]+)*|\d[\d.,:]*)/gu;
const days = /\b(?:daily|every ?day|all week|each day|seven days)\b/iu;

/** What the question names, the sentence has, or what it points back to: `on Sunday` is not answered with weekdays. */
export function isAboutNamed(question: string, text: string, before: string): boolean {
  if (/[äöüß]|\b(?:der|die|das|wer|wann|wie|wo|ist|sind|hat)\b/u.test(question)) return true;
  const context = (pointing.test(text) ? `${text} ${before}` : text).toLowerCase();
  return [...question.matchAll(namedIn)].every(([name]) => {
    if (/^I(?:['’]\p{L}+)?$/u.test(name)) return true;
    if (/day$/u.test(name) && days.test(text)) return true;
    return name
      .toLowerCase()
      .split(/\s+/u)
      .some((word) => context.includes(word.replace(/['’]s$|(?<=\p{L}{3})s$|[.,:]$/u, '')));
  });
}

/** `for the first time`, `the largest room`: which one of several is meant. */
const ranks =
  /\b(?:the|his|her|its|their|our|my|your)\s+(first|last|next|previous|former|second|third|final|(?!(?:guest|forest|west|east|rest|test|request|harvest|interest|contest|chest|nest|priest|protest|latest)\b)\p{Ll}{2,}est)\b(?:\s+([\p{L}’'-]+))?/giu;

/** Which one a question is about, the sentence says, too: what was there last is no answer about the first. */
export const hasRank = (question: string, text: string): boolean =>
  [...question.matchAll(ranks)].every(([, rank, thing = '']) => {
    const own = contentStems(thing)[0];
    return [...text.matchAll(new RegExp(`\\b${rank}\\b(?:[ -]([\\p{L}’'-]+))?(?: ([\\p{L}’'-]+))?`, 'giu'))].some(
      ([, ...next]) => {
        const stems = next.map((word) => contentStems(word ?? '')[0]);
        return own === undefined || stems[0] === undefined || stems.some((stem) => stem && isSameWord(own, stem));
      },
    );
  });

/** The words of a question that are names, and the others. */
interface QuestionParts {
  readonly named: readonly string[];
  readonly others: readonly string[];
}

/** A question, and what it is about. */
export interface Asked extends QuestionParts {
  readonly question: string;
  readonly kind: QuestionKind;
  /** of its content words, but for those that say what kind of answer is wanted */
  readonly stems: readonly string[];
}

export const bareQuestion = ({ question }: Pick<Asked, 'question'>): string => question.split('?', 1)[0]!.trim();

export const isAsked = (stems: readonly string[], { stem }: Word): boolean => stem !== '' && isAmong(stems, stem);

export function partsOf(question: string, stems: readonly string[]): QuestionParts {
  const names = new Set([...question.matchAll(namedIn)].flatMap(([name]) => contentStems(name)));
  return { named: stems.filter((stem) => names.has(stem)), others: stems.filter((stem) => !names.has(stem)) };
}

/** Another one than the one who is asked for: `the last mayor`, `the deputy mayor`. */
const otherOne = /\b(last|former|first|previous|next|future|late|deputy|vice|acting|assistant|ex)[ -]$/iu;

/** What stands before somebody's office makes it another one, and the question does not say so. */
export function isOtherOne(question: string, before: string): boolean {
  const rank = otherOne.exec(before)?.[1]?.toLowerCase();
  return rank !== undefined && !question.toLowerCase().includes(rank);
}

/** Verbs that say little beside how long or how much. */
export const lightVerbs: ReadonlySet<string> = new Set(
  contentStems('take takes took last lasts lasted need needed buy get pay'),
);
