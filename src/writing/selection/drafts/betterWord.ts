import { type ModelDrafter, type ModelRun, noDraft } from '../actionRun.ts';
import { note } from '../notes.ts';
import { modelTexts } from '../prompting/modelText.ts';
import type { Candidate } from '../selectionAction.ts';
import { isFunctionWord, stem } from '../text/contentWords.ts';

const maxWords = 3;
const contextChars = 240;
const followingChars = 80;
const listTokens = 48;
const lists = 2;
const maxCandidates = 7;
/** Scored: each costs a run over the sentence. */
const maxNamed = 14;
/** Mean log-probability per token of the sentence: how much less likely than with the writer's own word is too much. */
const tolerance = 0.35;

/**
 * Other words for the selected one: named by the model in several draws, then ranked by how likely the sentence is with
 * each of them in its place.
 */
export const betterWordByModel: ModelDrafter = async (run) => {
  const { text, before = '', after = '' } = run.request;
  const word = text.trim();
  if (word.split(/\s+/u).length > maxWords || !/^[\p{L}][\p{L}\p{M}'’ -]*$/u.test(word)) {
    return noDraft('notAWord', note('selectWord', maxWords));
  }
  const left = before.slice(-contextChars).replace(/^\S*\s/u, '');
  const right = after.slice(0, followingChars).split(/\n\s*\n/u)[0]!;
  const named = await namedWords(run, word, left, right);
  if (!named) return { kind: 'draft', notes: [], stopped: true };
  const own = await likelihood(run, left, word, right);
  const candidates: Candidate[] = [];
  for (const candidate of named.slice(0, maxNamed)) {
    if (run.token.isCancellationRequested) return { kind: 'draft', notes: [], stopped: true };
    candidates.push({ text: candidate, score: await likelihood(run, left, candidate, right) });
  }
  const good = candidates
    .filter(({ score }) => score >= own - tolerance)
    .sort((a, b) => b.score - a.score)
    .slice(0, maxCandidates);
  if (good.length === 0) return noDraft('nothingGood', note('noWordFits'));
  const start = text.indexOf(word);
  return {
    kind: 'draft',
    edits: [{ start, end: start + word.length, replacement: good[0]!.text }],
    candidates: good,
    notes: [note('rankedWords', own.toFixed(2))],
  };
};

async function namedWords(run: ModelRun, word: string, left: string, right: string): Promise<string[] | undefined> {
  const sentence = `${left.split(/(?<=[.!?])\s/u).at(-1)}${word}${right.split(/(?<=[.!?])\s/u)[0]}`.trim();
  const written = await modelTexts(run, {
    prompt: {
      kind: 'chat',
      messages: [
        { role: 'system', content: 'Name synonyms of the given word that fit into the sentence, separated by commas.' },
        { role: 'user', content: 'Word: big\nSentence: They live in a big house near the sea.' },
        { role: 'assistant', content: 'large, huge, spacious, great, enormous, grand, vast, sizeable' },
        { role: 'user', content: 'Word: said\nSentence: “We will win,” said the captain.' },
        { role: 'assistant', content: 'replied, declared, answered, announced, remarked, stated, added, insisted' },
        { role: 'user', content: `Word: ${word}\nSentence: ${sentence}` },
      ],
    },
    maxNewTokens: listTokens,
    stop: ['\n'],
    attempt: 0,
    sequences: lists,
  });
  if (!written) return undefined;
  const words = written.flatMap(({ text }) => text.split(/[,;]/u)).map((name) => name.trim().replace(/[.]$/u, ''));
  return [...new Set(words.map((name) => inCaseOf(word, name.toLowerCase())))].filter((name) =>
    isCandidate(name, word),
  );
}

function isCandidate(name: string, word: string): boolean {
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

const inCaseOf = (word: string, name: string) =>
  /^\p{Lu}/u.test(word) ? name.slice(0, 1).toUpperCase() + name.slice(1) : name;

async function likelihood({ engine, model }: ModelRun, left: string, word: string, right: string): Promise<number> {
  const text = left + word + right;
  const { logprob, tokens } = await engine.score({
    text,
    windowTokens: Math.min(256, model.contextTokens),
    withTokens: false,
  });
  return logprob / Math.max(1, tokens);
}
