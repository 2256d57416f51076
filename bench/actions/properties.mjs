// What every action must do, checked on each text; a proposal that fails a check counts as failed, and no proposal is
// told apart from a wrong one.
import { correctTexts } from './texts/correct.mjs';
import {
  diffs,
  fourPassages,
  lists,
  longTexts,
  longWishes,
  namedWishes,
  passages,
  questions,
  tables,
  wishes,
  words,
} from './texts/passages.mjs';
import { freshSlips, knownSlips } from './texts/slips.mjs';

const wordCount = (/** @type {string} */ text) => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
const flat = (/** @type {string} */ text) => text.replace(/\s+/gu, ' ');

const kept = ({ lost, invented }) => lost.length === 0 && invented.length === 0;
const shorter =
  (share) =>
  ({ text }, source) =>
    wordCount(text) <= share * wordCount(source);
const changed = ({ text }, source) => text !== source;
const isQuoted = ({ text }, source) =>
  text
    .replace(/^[->] ?/gmu, '')
    .split(/(?<=[.!?])\s+/u)
    .every((sentence) => flat(source).includes(sentence.trim()));
const startsWithAll = ({ text }, source) => text.startsWith(source);
const keepsAll = ({ text }, source) => source.split(/(?<=\.)\s/u).every((sentence) => text.includes(sentence));
const passed = (check) => (proposal) => proposal.checks.find((result) => result.check === check)?.passed !== false;
const all =
  (...properties) =>
  (proposal, source) =>
    properties.every((property) => property(proposal, source));

const onPassages = (property, more = {}) => passages.map(({ text }) => ({ request: { text, ...more }, property }));
const rewriting = all(changed, kept, passed('faithful'));

function mended(slips) {
  return slips.map(([text, right]) => ({ request: { text }, property: (proposal) => proposal.text === right }));
}

const passage = (wanted) => passages.find(({ name }) => name === wanted).text;

/** @type {{ label: string, action: string, property: string, cases: { request: object, property: Function, none?: boolean }[] }[]} */
export const evaluations = [
  {
    label: 'summarize, sentence',
    action: 'summarize',
    property: 'one sentence of the text',
    cases: onPassages(all(isQuoted, passed('form')), { form: 'sentence' }),
  },
  {
    label: 'summarize, paragraph',
    action: 'summarize',
    property: 'shorter; only sentences of the text',
    cases: onPassages(all(isQuoted, shorter(0.7))),
  },
  {
    label: 'summarize, bullets',
    action: 'summarize',
    property: 'bullets; only sentences of the text',
    cases: onPassages(all(isQuoted, passed('form')), { form: 'bullets' }),
  },
  {
    label: 'summarize, outline',
    action: 'summarize',
    property: 'a nested list; only sentences of the text',
    cases: longTexts.map((text) => ({ request: { text, form: 'outline' }, property: all(isQuoted, passed('form')) })),
  },
  {
    label: 'shorten',
    action: 'shorten',
    property: '≥ 20 % shorter, protected parts kept',
    cases: onPassages(all(shorter(0.8), kept)),
  },
  {
    label: 'shorten, by the model',
    action: 'shorten',
    property: '≥ 20 % shorter, protected parts kept',
    cases: onPassages(all(shorter(0.8), kept), { way: 'model' }),
  },
  {
    label: 'rewrite',
    action: 'rewrite',
    property: 'changed, faithful, protected parts kept',
    cases: onPassages(rewriting),
  },
  {
    label: 'simplify',
    action: 'simplify',
    property: 'changed, protected parts kept',
    cases: onPassages(all(changed, kept)),
  },
  {
    label: 'formal',
    action: 'formal',
    property: 'changed, protected parts kept',
    cases: onPassages(all(changed, kept)),
  },
  {
    label: 'friendly',
    action: 'friendly',
    property: 'changed, protected parts kept',
    cases: onPassages(all(changed, kept)),
  },
  {
    label: 'fix, correct text',
    action: 'fix',
    property: 'not a character changed',
    cases: correctTexts.map((text) => ({ request: { text }, none: true, property: () => false })),
  },
  {
    label: 'fix, 20 slips',
    action: 'fix',
    property: 'exactly as it should be',
    cases: mended(knownSlips),
  },
  {
    label: 'fix, 36 more slips',
    action: 'fix',
    property: 'exactly as it should be',
    cases: mended(freshSlips),
  },
  {
    label: 'bullets',
    action: 'bullets',
    property: 'bullets with every word of the text',
    cases: onPassages(all(kept, passed('form'))),
  },
  {
    label: 'prose',
    action: 'prose',
    property: 'no bullets, every item',
    cases: lists.map((text) => ({ request: { text }, property: all(kept, passed('form')) })),
  },
  {
    label: 'table',
    action: 'table',
    property: 'a table with every cell',
    cases: tables.map((text) => ({ request: { text }, property: all(kept, passed('form')) })),
  },
  {
    label: 'expand',
    action: 'expand',
    property: 'longer, every sentence kept, no number or name made up',
    cases: onPassages(all(changed, keepsAll, kept)),
  },
  {
    label: 'continue',
    action: 'continue',
    property: 'goes on, whole sentences, no number or name made up',
    cases: onPassages(all(changed, startsWithAll, kept, ({ text }) => /[.!?”"]$/u.test(text))),
  },
  {
    label: 'title',
    action: 'title',
    property: 'one line, at most ten words, about the text',
    cases: onPassages(({ candidates }) => candidates.length > 0 && wordCount(candidates[0].text) <= 10),
  },
  {
    label: 'headings',
    action: 'headings',
    property: 'headings of at most eight words, every paragraph kept',
    cases: longTexts.map((text) => ({
      request: { text },
      property: ({ text: result }, source) =>
        source.split('\n\n').every((paragraph) => result.includes(paragraph)) &&
        (result.match(/^## .+$/gmu) ?? []).length >= 2 &&
        (result.match(/^## .+$/gmu) ?? []).every((heading) => wordCount(heading) <= 8),
    })),
  },
  {
    label: 'custom, what an action does',
    action: 'custom',
    property: 'changed, number, name or link neither lost nor made up',
    cases: namedWishes.map(([name, instruction]) => ({
      request: { text: passage(name), instruction },
      property: all(changed, kept),
    })),
  },
  {
    label: 'custom, anything else',
    action: 'custom',
    property: 'changed, no chatter, no loop, number or name lost or made up',
    cases: wishes.map(([name, instruction]) => ({
      request: { text: passage(name), instruction },
      property: all(changed, kept, passed('chatter'), passed('repetition')),
    })),
  },
  {
    label: 'custom, 300 words',
    action: 'custom',
    property: 'changed, no chatter, no loop, number or name lost or made up',
    cases: longWishes.map((instruction, i) => ({
      request: { text: fourPassages(4 * i), instruction },
      property: all(changed, kept, passed('chatter'), passed('repetition')),
    })),
  },
  {
    label: 'translate',
    action: 'translate',
    property: 'refused: the model is too small',
    cases: passages.slice(0, 3).map(({ text }) => ({
      request: { text, instruction: 'French' },
      none: true,
      property: () => false,
    })),
  },
  {
    label: 'commitMessage',
    action: 'commitMessage',
    property: 'a subject of at most 72 characters that names what changed',
    cases: diffs.map((text) => ({
      request: { text, languageId: 'diff' },
      property: ({ text: message }) =>
        message.split('\n')[0].length <= 72 && /^(?:Add|Update|Rename|Delete|Remove)\b/u.test(message),
    })),
  },
  {
    label: 'ask',
    action: 'ask',
    property: 'the quoted sentences hold the answer',
    cases: questions.map(([name, instruction, answer]) => ({
      request: { text: passage(name), instruction },
      property: ({ text }) => text.includes(answer),
    })),
  },
  {
    label: 'betterWord',
    action: 'betterWord',
    property: 'at least three other words',
    cases: words.map(([before, text, after]) => ({
      request: { text, before, after },
      property: ({ candidates }) => candidates.length >= 3,
    })),
  },
];

/**
 * @param {(request: object) => Promise<any>} act
 * @returns {Promise<{ label: string, property: string, cases: number, passed: number, none: number, failures: object[] }[]>}
 */
export async function evaluateProperties(act, chosen = evaluations) {
  const rows = [];
  for (const { label, action, property, cases } of chosen) {
    const row = { label, property, cases: cases.length, passed: 0, none: 0, failures: [] };
    for (const one of cases) {
      const outcome = await act({ action, languageId: 'markdown', ...one.request });
      if (outcome.kind === 'none') row.none++;
      const good =
        outcome.kind === 'proposal'
          ? one.property(outcome, one.request.text)
          : outcome.kind === 'none' && one.none === true;
      if (good) row.passed++;
      else row.failures.push({ source: one.request.text, instruction: one.request.instruction, outcome });
    }
    rows.push(row);
  }
  return rows;
}
