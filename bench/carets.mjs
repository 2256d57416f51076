// Do healing and the rules of spaces hold with this model? 300 carets in prose (--carets N), a third each within a word,
// after a space and at a word's end; the rules are counted, and how often the first word is right with healing and without.
// Then the same carets through `inkling complete --batch`: what a writer is shown. All answers go into a file, to be read.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { continueText, distFolder, modelFolder, openTokenizer, outFolder, root, startClient } from './product.mjs';
import { fetchProse } from './prose.mjs';
import { runCommand } from './runScript.mjs';
import { markdownTable } from './table.mjs';

const contextChars = 240;
const maxNewTokens = 6;
const kinds = { 'within a word': /\p{L}\p{L}$/u, 'after a space': /\p{L} $/u, 'at the end of a word': /\p{L}$/u };

/** @param {{ threads: number[], carets: number }} options */
export async function runCarets({ threads, carets: wanted }) {
  const own = readFileSync(path.join(root, 'test', 'golden', 'texts', 'prose.txt'), 'utf8');
  const texts = [own, ...(await fetchProse()).map(({ text }) => text)];
  const caretsOfKind = Math.ceil(wanted / Object.keys(kinds).length);
  const client = startClient({ threads: threads[0] });
  const { specialTokens } = openTokenizer();
  const rows = [];
  const told = [];
  for (const kind of Object.keys(kinds)) {
    const carets = Array.from({ length: caretsOfKind }, (_, i) => caretIn(texts[i % texts.length], kind, i));
    const [healed, plain] = [await runAll(client, carets, true), await runAll(client, carets, false)];
    const shown = await showAll(carets);
    const counts = (sequences) => countsOf(carets, sequences, specialTokens);
    rows.push({
      kind,
      healed: counts(healed),
      plain: counts(plain),
      shown: { carets: shown.length, ...counts(shown) },
    });
    told.push(...carets.map((caret, i) => lineOf(kind, caret, healed[i].text, shown[i].text)));
    process.stderr.write(`${kind}: ${JSON.stringify(rows.at(-1))}\n`);
  }
  await client.dispose();
  await writeFile(path.join(outFolder, `carets-${path.basename(modelFolder)}.txt`), `${told.join('\n')}\n`);
  const cells = rows.map(({ kind, healed, plain, shown }) => [
    kind,
    ...[healed.right, plain.right, healed.doubledSpace, healed.controlToken].map(String),
    ...[healed.notWhatTokensSay, healed.empty].map(String),
    ...[`${shown.carets - shown.empty}`, shown.right, shown.doubledSpace, shown.controlToken].map(String),
  ]);
  const head = [
    '',
    'first word right',
    'without healing',
    'space doubled',
    'control token',
    'text is not that of its tokens',
    'nothing',
    'shown',
    'of these right',
    'space doubled',
    'control token',
  ];
  return { figures: { rows }, markdown: markdownTable([head, ...cells]) };
}

/** To be read by a person: what stands before the caret, what the model goes on with, what is shown, what was written. */
function lineOf(kind, { prefix, next }, continued, shown) {
  const oneLine = (text) => JSON.stringify(text).slice(1, -1);
  const before = oneLine(prefix.slice(-50));
  return `${kind}\t${before}|\t${oneLine(continued)}\t${oneLine(shown)}\t${oneLine(next.slice(0, 40))}`;
}

/** What a writer is shown at each caret, '' for nothing. */
async function showAll(carets) {
  const lines = carets.map(({ prefix }, id) => JSON.stringify({ id, prefix, languageId: 'markdown' }));
  const args = ['complete', '--batch', '--reset', '--model', modelFolder, '--device', 'cpu'];
  const stdout = await runCommand(process.execPath, [path.join(distFolder, 'cli.js'), ...args], {
    input: lines.join('\n'),
  });
  return stdout
    .trim()
    .split('\n')
    .map((line) => ({ text: JSON.parse(line).text ?? '' }));
}

/** The caret of that kind that is nearest behind a place spread over the text. */
function caretIn(text, kind, i) {
  const from = contextChars + Math.floor(((i * 0.618) % 1) * (text.length - 2 * contextChars));
  for (let at = from; at < text.length - 40; at++) {
    const [prefix, next] = [text.slice(at - contextChars, at), text.slice(at)];
    const isWithin = /^\p{L}/u.test(next);
    const fits = kind === 'at the end of a word' ? /^[ ]\p{L}/u.test(next) : isWithin;
    if (fits && kinds[kind].test(prefix)) return { prefix, next };
  }
  return caretIn(text, kind, i + 1);
}

async function runAll(client, carets, heal) {
  const sequences = [];
  for (const { prefix } of carets) {
    const { outcome } = await continueText(client, prefix, { maxNewTokens, heal });
    sequences.push(outcome.sequences[0]);
  }
  return sequences;
}

const firstWord = (text) => /^\s*[\p{L}\p{N}'’-]+/u.exec(text)?.[0];

function countsOf(carets, sequences, specialTokens) {
  const count = (of) => sequences.filter((sequence, i) => of(sequence, carets[i])).length;
  return {
    right: count(({ text }, { next }) => firstWord(text) !== undefined && firstWord(text) === firstWord(next)),
    doubledSpace: count(({ text }, { prefix }) => prefix.endsWith(' ') && text.startsWith(' ')),
    controlToken: count(({ text }) => text.includes('\uFFFD') || specialTokens.some((token) => text.includes(token))),
    notWhatTokensSay: count(
      ({ text, tokens }) => tokens !== undefined && tokens.map((token) => token.text).join('') !== text,
    ),
    empty: count(({ text }) => text === ''),
  };
}
