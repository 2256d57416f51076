// From what was read of docs/lab/actions (verdicts.json) to the table that decides what is offered.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { markdownTable } from '../../table.mjs';
import { laterQuestions, questions } from './questions.mjs';
import { readingTasks } from './read.mjs';

/**
 * Verdicts count what was read elsewhere (commit messages: docs/lab/actions/commit-messages.md), or name the outputs that are wrong: `worse` grammar, another `meaning`, or `not` what the action's name says.
 * @typedef {{ worse?: string[], meaning?: string[], not?: string[] | 'all' }} Verdict
 * @typedef {{ action: string, models: string, language: string, read: number, proposed: number, grammarWorse: number,
 *   meaningChanged: number, does: number }} Row
 */

const languageOf = (/** @type {string} */ name) =>
  name.startsWith('Chinese') ? 'zh' : name.startsWith('German') ? 'other' : 'en';

/**
 * @param {{ folder: string, models: string, dataFile?: string, isGoodEnough: (row: Row) => boolean }} options `folder`: of
 *   the outputs; `models`: the class of models that made them, or the name of one; `dataFile`: of the product, for a class
 */
export async function writeMeasurements({ folder, models, dataFile, isGoodEnough }) {
  const verdicts = JSON.parse(await readFile(new URL('./verdicts.json', import.meta.url), 'utf8'))[models] ?? {};
  const tasks = await readingTasks();
  const rows = [];
  for (const [action, asked] of Object.entries(tasks)) {
    const file = path.join(folder, `${action}.txt`);
    if (!existsSync(file) || !verdicts[action]) continue;
    const outputs = outputsIn(await readFile(file, 'utf8'), asked);
    for (const [language, verdict] of Object.entries(verdicts[action])) {
      const own = outputs.filter(({ name }) => language === 'any' || languageOf(name) === language);
      rows.push(rowOf({ action, models, language }, own, action === 'ask' ? asAnswered(own, verdict) : verdict));
    }
  }
  for (const [action, verdict] of Object.entries(verdicts)) {
    for (const [language, counted] of Object.entries(verdict))
      if (counted.read !== undefined) rows.push({ action, models, language, ...counted });
  }
  if (dataFile) {
    const all = [...(await otherRows(dataFile, models)), ...rows].sort(
      (a, b) => classes.indexOf(a.models) - classes.indexOf(b.models),
    );
    await writeFile(dataFile, `${JSON.stringify(all, null, 2)}\n`);
  }
  await writeFile(path.join(folder, 'table.md'), pageOf(rows, models, isGoodEnough));
}

/** @returns {{ name: string, question?: string, text: string, isProposal: boolean }[]} of those that were made so far */
export function outputsIn(/** @type {string} */ page, /** @type {{ name: string, request: any }[]} */ asked) {
  const found = [];
  let at = 0;
  for (const { name, request } of asked) {
    const label = `\n${name}${request.instruction ? ` “${request.instruction}”` : ''}: `;
    const start = page.indexOf(label, at);
    if (start < 0) continue; // not asked of this model
    found.push({ name, question: request.instruction, start, from: start + label.length });
    at = start + label.length;
  }
  return found.map(({ name, question, from }, i) => {
    const text = page.slice(from, found[i + 1]?.start ?? page.length).trim();
    return { name, question, text, isProposal: !/^(?:–|failed)/u.test(text) };
  });
}

/** @returns {Row} */
function rowOf(key, outputs, /** @type {Verdict} */ { worse = [], meaning = [], not = [] }) {
  const proposed = outputs.filter(({ isProposal }) => isProposal).length;
  const wrong = new Set([...worse, ...meaning, ...(not === 'all' ? [] : not)]).size;
  return {
    ...key,
    read: outputs.length,
    proposed,
    grammarWorse: worse.length,
    meaningChanged: meaning.length,
    does: not === 'all' ? 0 : proposed - wrong,
  };
}

/** An answer is right when it holds what the question's author expects. */
const asAnswered = (outputs, verdict) => ({
  ...verdict,
  not: outputs
    .filter(({ name, question, text, isProposal }) => {
      const { right } = [...questions, ...laterQuestions].find(
        (each) => each.passage === name && each.question === question,
      );
      return isProposal && !right?.test(text);
    })
    .map(({ name, question }) => `${name} ${question}`),
});

/** Classes of models in the order of the data file. */
const classes = ['small', 'medium', 'large'];

/** What other models were measured to do stays. */
async function otherRows(/** @type {string} */ dataFile, /** @type {string} */ models) {
  /** @type {Row[]} */
  const known = existsSync(dataFile) ? JSON.parse(await readFile(dataFile, 'utf8')) : [];
  return known.filter((row) => row.models !== models);
}

function pageOf(/** @type {Row[]} */ rows, models, isGoodEnough) {
  const head = ['action', 'language', 'read', 'proposals', 'grammar worse', 'meaning changed', 'does what it says', ''];
  const cells = rows.map((row) => [
    row.action,
    row.language,
    ...[row.read, row.proposed, row.grammarWorse, row.meaningChanged, row.does].map(String),
    isGoodEnough(row) ? 'offered' : 'needs a larger model',
  ]);
  return `# What is offered with ${models} models

Outputs on the reading set that were read, not blind, by those who wrote rules and checks; no proposal is an honest refusal. Offered: no grammar worse, at
most one meaning changed of 60 read, four of five proposals do what the action's name says.

${markdownTable([head, ...cells])}
`;
}
