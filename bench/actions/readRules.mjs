// node bench/actions/readRules.mjs [--mails] [--out FILE]
// Every sentence that a rule changes in the reading set, beside what it becomes, with what an independent checker
// (Harper) finds in the new sentence and not in the old one. To be read by a person.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { LocalLinter } from 'harper.js';
import { binary } from 'harper.js/binary';
import { bundle } from '../bundle.mjs';
import { outFolder } from '../product.mjs';
import { markdownTable } from '../table.mjs';
import { readingSet } from './readingSet.mjs';

const actions = ['shorten', 'simplify', 'formal', 'friendly', 'fix'];
const { values } = parseArgs({
  options: { out: { type: 'string', default: path.join(outFolder, 'results', 'rules.md') } },
});
const product = await bundle(
  'readRules',
  `
  export { runAction } from './src/writing/selection/runAction.ts';
  export { readText } from './src/text/readText.ts';
  export { allSentences } from './src/text/sentences.ts';
  export { applyEdits } from './src/writing/selection/wordChanges.ts';
  export { CancellationToken } from 'vscode-jsonrpc/node.js';
`,
);
const linter = new LocalLinter({ binary });
await linter.setup();
/** Style and readability are no faults of grammar. */
const wantedKinds =
  /Agreement|BoundaryError|Capitalization|Eggcorn|Grammar|Malapropism|Miscellaneous|Nonstandard|Punctuation|Repetition|Spelling|Typo|Usage/;
const engine = { knownParameters: () => 135e6 };

const lines = [];
const rows = [];
const passages = await readingSet();
for (const action of actions) {
  const count = { passages: passages.length, changed: 0, sentences: 0, faults: 0, wordsBefore: 0, wordsAfter: 0 };
  for (const { source, languageId, text } of passages) {
    const request = { action, text, languageId, way: 'rules' };
    const outcome = await product.runAction(request, engine, product.CancellationToken.None);
    if (outcome.kind !== 'proposal') continue;
    const after = product.applyEdits(text, outcome.changes);
    if (after === text) continue;
    count.changed++;
    count.wordsBefore += text.split(/\s+/).length;
    count.wordsAfter += after.split(/\s+/).length;
    for (const [before, now] of changedSentences(text, after, languageId)) {
      count.sentences++;
      const found = now === '' ? [] : await newLints(before, now);
      count.faults += found.length;
      lines.push(
        `${action} | ${source}`,
        `- ${before}`,
        `+ ${now || '(left out)'}`,
        ...found.map((each) => `! ${each}`),
        '',
      );
    }
  }
  const shorter = count.changed === 0 ? '–' : `${Math.round(100 * (1 - count.wordsAfter / count.wordsBefore))} %`;
  rows.push([action, count.passages, count.changed, count.sentences, shorter, count.faults].map(String));
}
mkdirSync(path.dirname(values.out), { recursive: true });
writeFileSync(values.out, lines.join('\n'));
process.stdout.write(
  `${markdownTable([['action', 'passages', 'changed', 'sentences changed', 'shorter', 'new findings of Harper'], ...rows])}\n`,
);

/** Sentences that are no longer there, each with the one that stands in its place. */
function changedSentences(before, after, languageId) {
  const sentencesOf = (text) =>
    product
      .allSentences(product.readText(text, languageId))
      .map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ' '));
  const [old, now] = [sentencesOf(before), sentencesOf(after)];
  const gone = old.filter((each) => !now.includes(each));
  const fresh = now.filter((each) => !old.includes(each));
  const pairs = [];
  for (const each of gone) {
    const best = fresh
      .map((other, i) => ({ i, shared: sharedWords(each, other) }))
      .sort((a, b) => b.shared - a.shared)[0];
    const isSame = best !== undefined && best.shared > 0.4;
    pairs.push([each, isSame ? fresh[best.i] : '']);
    if (isSame) fresh.splice(best.i, 1);
  }
  for (const each of fresh) pairs.push(['', each]);
  return pairs;
}

function sharedWords(a, b) {
  const [left, right] = [a, b].map((text) => new Set(text.toLowerCase().match(/\p{L}+/gu) ?? []));
  return [...left].filter((word) => right.has(word)).length / Math.max(1, Math.min(left.size, right.size));
}

async function newLints(before, after) {
  const lintsOf = async (text) =>
    (await linter.lint(text, { language: 'plaintext' }))
      .filter((lint) => wantedKinds.test(lint.lint_kind_pretty().replace(/\s/g, '')))
      .map((lint) => ({ message: `${lint.lint_kind_pretty()}: ${lint.message()}`, text: lint.get_problem_text() }));
  const known = (await lintsOf(before)).map(({ message }) => message);
  return (await lintsOf(after))
    .filter(({ message }) => !known.includes(message))
    .map(({ message, text }) => `${message} [${text}]`);
}
