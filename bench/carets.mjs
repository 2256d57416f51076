// Do healing and the rules of spaces hold with this model? 300 carets in prose (--carets N), a third each within a word,
// after a space and at a word's end; the rules are counted, and how often the first word is right with healing and without.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { continueText, root, startClient } from './product.mjs';
import { fetchProse } from './prose.mjs';
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
  const rows = [];
  for (const kind of Object.keys(kinds)) {
    const carets = Array.from({ length: caretsOfKind }, (_, i) => caretIn(texts[i % texts.length], kind, i));
    const [healed, plain] = [await runAll(client, carets, true), await runAll(client, carets, false)];
    rows.push({ kind, healed: countsOf(carets, healed), plain: countsOf(carets, plain) });
    process.stderr.write(`${kind}: ${JSON.stringify(rows.at(-1))}\n`);
  }
  await client.dispose();
  const cells = rows.map(({ kind, healed, plain }) => [
    kind,
    ...[healed.right, plain.right, healed.doubledSpace, healed.notWhatTokensSay, healed.empty].map(String),
  ]);
  const head = [
    '',
    'first word right',
    'without healing',
    'space doubled',
    'text is not that of its tokens',
    'nothing',
  ];
  return { figures: { rows }, markdown: markdownTable([head, ...cells]) };
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

function countsOf(carets, sequences) {
  const count = (of) => sequences.filter((sequence, i) => of(sequence, carets[i])).length;
  return {
    right: count(({ text }, { next }) => firstWord(text) !== undefined && firstWord(text) === firstWord(next)),
    doubledSpace: count(({ text }, { prefix }) => prefix.endsWith(' ') && text.startsWith(' ')),
    notWhatTokensSay: count(({ text, tokens }) => tokens.map((token) => token.text).join('') !== text),
    empty: count(({ text }) => text === ''),
  };
}
