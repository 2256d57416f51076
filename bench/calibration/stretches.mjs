// What the scripts share that ask at every caret of some stretches of text.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The stretches are taken in this many rounds, so that a run that is broken off has seen something of every text. */
const rounds = 3;

/** @param {string} folder */
export const textsIn = (folder) =>
  readdirSync(folder)
    .sort()
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));

/**
 * @param {{ name: string, text: string }[]} texts
 * @param {{ carets: string, seed: string }} asked
 * @param writing the product's writing logic
 * @param {(index: number, text: { name: string, text: string }, stretch: any) => Promise<void>} collect
 */
export async function collectStretches(texts, { carets, seed }, writing, collect) {
  const stretches = writing.stretchesOf(
    texts.map(({ text }) => text),
    Number(carets),
    Number(seed),
  );
  for (let round = 0; round < rounds; round++) {
    for (let index = round; index < stretches.length; index += rounds) {
      const started = performance.now();
      await collect(index, texts[stretches[index].text], stretches[index]);
      const ms = Math.round(performance.now() - started);
      process.stderr.write(`stretch ${index + 1} of ${stretches.length}: ${ms} ms\n`);
    }
  }
}

/** What the editor asks when a text has just been typed as far as `offset`. */
export const requestAt = ({ name, text }, offset, writing) => ({
  documentId: name,
  fileName: name,
  languageId: writing.languageOf(name),
  prefix: text.slice(0, offset),
  suffix: '',
  trigger: 'automatic',
  lastEdit: 'insert',
});
