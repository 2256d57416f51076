// Every output of the actions on the reading set beside its input, to be read by a person: docs/lab/actions/*.txt.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lists, tables } from './lists.mjs';
import { laterQuestions, questions } from './questions.mjs';
import { requests } from './requests.mjs';

/** @typedef {{ name: string, author: string, source: string, licence: string, text: string }} ReadingPassage */

/** @returns {Promise<ReadingPassage[]>} */
const readingSet = async () => JSON.parse(await readFile(new URL('./passages.json', import.meta.url), 'utf8'));

/** Five passages with some 300 words: what the cost of an action is measured on. */
export async function threeHundredWords() {
  const passages = await readingSet();
  return ['report 1', 'report 2', 'essay 1', 'blog 1', 'guide 1']
    .map((wanted) => passages.find(({ name }) => name === wanted).text)
    .join('\n\n');
}

/** Passages put together: what headings and longer summaries need. */
const togetherCount = 5;

/** @returns {Promise<Record<string, { name: string, request: object }[]>>} what each action is asked, in this order */
export async function readingTasks() {
  const passages = await readingSet();
  const textOf = (name) => passages.find((passage) => passage.name === name).text;
  const each = (more = {}) => passages.map(({ name, text }) => ({ name, request: { text, ...more } }));
  const whole = passages.filter(({ name }) => !name.startsWith('odd'));
  const together = Array.from({ length: Math.floor(whole.length / togetherCount) }, (_, i) => {
    const chosen = whole.slice(i * togetherCount, (i + 1) * togetherCount);
    return { name: chosen.map(({ name }) => name).join(', '), text: chosen.map(({ text }) => text).join('\n\n') };
  });
  const longer = (more = {}) => together.map(({ name, text }) => ({ name, request: { text, ...more } }));
  const listed = (texts) => texts.map((text, i) => ({ name: `list ${i + 1}`, request: { text } }));
  return {
    fix: each(),
    shorten: each(),
    simplify: each(),
    formal: each(),
    friendly: each(),
    rewrite: each(),
    expand: each(),
    continue: each(),
    bullets: each(),
    numbered: [...each(), ...listed([...lists, ...tables])],
    prose: listed(lists),
    table: listed(tables),
    title: each(),
    headings: longer(),
    betterWord: passages.flatMap(({ name, text }) => wordIn(name, text)),
    summarize: [...longer(), ...longer({ form: 'sentence' }), ...longer({ form: 'bullets' })],
    translate: each({ instruction: 'German' }).slice(0, 3),
    ask: [...questions, ...laterQuestions].map(({ passage, question }) => ({
      name: passage,
      request: { text: textOf(passage), instruction: question },
    })),
    custom: requests.map(({ passage, request }) => ({
      name: passage,
      request: { text: textOf(passage), instruction: request },
    })),
  };
}

/** The middle one of the words of a passage that have six letters or more and no capital. */
function wordIn(name, text) {
  const found = [...text.matchAll(/(?<=[a-z,] )\p{Ll}{6,}(?=[ ,.])/gu)];
  const word = found[found.length >> 1];
  if (!word) return [];
  const [start, end] = [word.index, word.index + word[0].length];
  return [{ name, request: { text: word[0], before: text.slice(0, start), after: text.slice(end) } }];
}

/**
 * @param {(request: object) => Promise<any>} act
 * @param {{ folder: string, only?: readonly string[], model: string, most: number }} options `most`: of each action, evenly
 *   spread
 */
export async function writeOutputs(act, { folder, only, model, most }) {
  const tasks = await readingTasks();
  for (const [action, asked] of Object.entries(tasks)) {
    if (only && !only.includes(action)) continue;
    const parts = [`${action}: what ${model} made of the reading set; [-out-] {+in+}\n`];
    const step = Math.max(1, asked.length / most);
    for (const { name, request } of asked.filter((_, i) => Math.floor((i + 1) / step) > Math.floor(i / step))) {
      const outcome = await act({ action, languageId: 'markdown', ...request });
      parts.push(`${name}${request.instruction ? ` “${request.instruction}”` : ''}: ${shown(request, outcome)}\n`);
      await writeFile(path.join(folder, `${action}.txt`), parts.join('\n')); // what was made so far can be read
    }
    process.stderr.write(`${action}: ${asked.length}\n`);
  }
}

/** With changes marked: [-out-] {+in+}; what is inserted or shown stands for itself. */
function shown({ text, before = '', after = '' }, outcome) {
  if (outcome.kind === 'failed') return `failed: ${outcome.error.message}`;
  if (outcome.kind === 'none') return `– ${outcome.detail}`;
  if (outcome.kind !== 'proposal') return `– ${outcome.kind}`;
  const notes = outcome.notes.length > 0 ? ` (${outcome.way})` : '';
  if (outcome.candidates.length > 0) {
    const place = before ? `…${before.slice(-60)}[${text}]${after.slice(0, 30)}… ` : '';
    return `${place}${outcome.candidates.map((candidate) => candidate.text).join(' · ')}${notes}`;
  }
  if (outcome.changes.length === 0) return `\n\n${quoted(outcome.text)}\n${notes}`;
  let marked = '';
  let at = 0;
  for (const { start, end, original, replacement } of outcome.changes) {
    marked += text.slice(at, start);
    if (original.trim()) marked += `[-${original.trim()}-]`;
    if (replacement.trim()) marked += `{+${replacement.trim()}+}`;
    marked += /\s$/u.test(replacement || original) ? ' ' : '';
    at = end;
  }
  return `\n\n${quoted(marked + text.slice(at))}\n${notes}`;
}

const quoted = (text) => text.replace(/^/gmu, '> ');
