import { languageOfText } from '../../../text/language.ts';
import { type ModelDrafter, type ModelRun, noDraft } from '../actionRun.ts';
import { note } from '../notes.ts';
import { modelTexts } from '../prompting/modelText.ts';
import type { Candidate } from '../selectionAction.ts';
import { isFunctionWord, stem } from '../text/contentWords.ts';

const maxWords = 3;
const contextChars = 240;
const followingChars = 80;
const listTokens = 24;
const lists = 5;
const maxCandidates = 7;
/** Scored: each costs a run over the rest of the sentence. */
const maxNamed = 16;
/** How much less likely the sentence may become, in natural logarithms: beyond it the word does not fit. */
const tolerance = 10;

/**
 * Other words for the selected one: named by the model in several draws, then ranked by how likely the sentence is with
 * each of them in its place, as a sum: a mean would favor words of many tokens.
 */
export const betterWordByModel: ModelDrafter = async (run) => {
  const { text, before = '', after = '', textLanguage } = run.request;
  const word = text.trim();
  if (word.split(/\s+/u).length > maxWords || !/^[\p{L}][\p{L}\p{M}'’ -]*$/u.test(word)) {
    return noDraft('notAWord', note('selectWord', maxWords));
  }
  if (!/\p{L}/u.test(before.slice(-contextChars) + after.slice(0, followingChars)))
    return noDraft('notAWord', note('wordAlone'));
  const left = before.slice(-contextChars).replace(/^\S*\s/u, '');
  const right = after.slice(0, followingChars).split(/\n\s*\n/u)[0]!;
  if (isFunctionWord(word.toLowerCase())) return noDraft('nothingToChange', note('noWordFits'));
  if ((textLanguage ?? languageOfText(before + text + after) ?? 'en') !== 'en')
    return noDraft('nothingGood', note('noWordFits'));
  const start = text.indexOf(word);
  const chosen = (candidates: readonly Candidate[]) => ({
    kind: 'draft' as const,
    edits: candidates.slice(0, 1).map(({ text: best }) => ({ start, end: start + word.length, replacement: best })),
    candidates,
  });
  const named = await namedWords(run, word);
  const names = named.filter((name) => !standsIn(left + right, name)).slice(0, maxNamed);
  const texts = [word, ...names].map((each) => left + each + right);
  const scores = await run.engine.scoreEach({ texts }, run.token);
  if (scores.kind === 'cancelled') {
    const unranked = names.map((name) => ({ text: name, score: Number.NEGATIVE_INFINITY }));
    return { ...chosen(unranked), notes: [], stopped: true };
  }
  const [own, ...others] = scores.logprobs as [number, ...number[]];
  const good = names
    .map((name, i): Candidate => ({ text: name, score: others[i]! }))
    .filter(({ score }) => score >= own - tolerance)
    .sort((a, b) => b.score - a.score)
    .slice(0, maxCandidates);
  if (good.length === 0) return noDraft('nothingGood', note('noWordFits'));
  return { ...chosen(good), notes: [note('rankedWords', own.toFixed(1))] };
};

/** What stands beside it already would be said twice. */
const standsIn = (text: string, name: string): boolean =>
  (text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).some((word) => stem(word) === stem(name.toLowerCase()));

/** Each is shown as soon as it is named; stopped early, these are those that were. */
async function namedWords(run: ModelRun, word: string): Promise<string[]> {
  const shown = new Set<string>();
  const show = (list: string) => {
    const before = shown.size;
    for (const name of candidatesIn(list.split(separator).slice(0, -1), word)) shown.add(name); // the last one may grow
    if (shown.size > before) run.listener.onCandidates?.([...shown]);
  };
  const written = await modelTexts(run, {
    prompt: { kind: 'continue', text: `${thesaurus(word)}${word.toLowerCase()}:`, heal: false },
    maxNewTokens: listTokens,
    stop: ['\n'],
    attempt: 0,
    sequences: lists,
    onPartial: show,
  });
  if (!written) return [...shown];
  const names = written.flatMap(({ text, finishReason }) => {
    const list = text.split(separator);
    return finishReason === 'length' ? list.slice(0, -1) : list; // the last one is half a word
  });
  return candidatesIn(names, word);
}

const separator = /[,;]/u;

function candidatesIn(names: readonly string[], word: string): string[] {
  const words = names.map((name) => inCaseOf(word, name.trim().replace(/[.]$/u, '').toLowerCase()));
  return [...new Set(words)].filter((name) => isCandidate(name, word));
}

/** A page that goes on with the word: small models continue better than they follow. */
function thesaurus(word: string): string {
  const own = endings.find(([ending]) => ending.test(word.toLowerCase()))?.[1] ?? [];
  return `Thesaurus\n\n${[...entries, ...own].join('\n')}\n`;
}

const entries: readonly string[] = [
  'large: big, huge, great, enormous, vast, spacious',
  'road: street, way, path, lane, route, track',
  'begins: starts, opens, commences, sets in, gets going',
  'said: replied, answered, declared, remarked, stated, announced',
  'quickly: fast, rapidly, swiftly, hastily, promptly, speedily',
  'sad: unhappy, gloomy, sorrowful, miserable, downcast, glum',
  'help: assist, support, aid, serve, back, encourage',
];

/** More entries in the form of the word, so that what is named can stand in its place. */
const endings: readonly (readonly [RegExp, readonly string[]])[] = [
  [/ed$/u, ['ran: rushed, raced, dashed, hurried, sped', 'looked: gazed, stared, glanced, peered, peeked']],
  [/ing$/u, ['talking: speaking, chatting, conversing, discussing', 'running: rushing, racing, dashing, hurrying']],
  [
    /ly$/u,
    ['quickly: rapidly, swiftly, hastily, promptly, speedily', 'nearly: almost, roughly, virtually, practically'],
  ],
  [/[^s]s$/u, ['says: states, claims, notes, remarks', 'gifts: presents, donations, offerings, tokens']],
];

export function isCandidate(name: string, word: string): boolean {
  return (
    /^[\p{L}][\p{L}'’ -]{1,24}$/u.test(name) &&
    name.split(' ').length <= maxWords &&
    !isFunctionWord(name.toLowerCase()) &&
    stem(name.toLowerCase()) !== stem(word.toLowerCase()) &&
    sameEnding(name, word)
  );
}

/** `walked` wants `strolled`, `houses` wants `buildings`: an inflected word is not exchanged for a bare one. */
function sameEnding(name: string, word: string): boolean {
  for (const ending of ['ing', 'ly', 'ed'])
    if (word.length > 5 && word.endsWith(ending) !== name.endsWith(ending)) return false;
  return !/[^s]s$/u.test(word) || /s$/u.test(name) || word.length < 5;
}

export const inCaseOf = (word: string, name: string) =>
  /^\p{Lu}/u.test(word) ? name.slice(0, 1).toUpperCase() + name.slice(1) : name;
