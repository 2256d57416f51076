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

/** What a model cannot know: a name in the middle of a sentence, a month or a day of the week. */
const facts = {
  names: /(?<=[\p{Ll},] )\p{Lu}\p{Ll}{4,}(?!\p{L})/gu,
  dates:
    /\b(?:January|February|March|April|May(?= \d)|(?<=\d )May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b/gu,
};
/** Letters of such a word after which is asked. */
const factLetters = 3;

/** After the first letters of such words, evenly from all over the texts. */
function factsOf(texts, kind, carets) {
  const all = texts.flatMap((text, index) =>
    [...text.matchAll(facts[kind])].map((match) => ({
      text: index,
      start: match.index + 1,
      end: match.index + Math.min(factLetters, match[0].length - 1) + 1,
    })),
  );
  const every = Math.max(1, (all.length * factLetters) / carets);
  return all.filter((_, index) => Math.floor(index / every) > Math.floor((index - 1) / every));
}

/** Stretches from all over the texts whose middle stands in code. */
function codeOf(texts, { carets, seed }, writing) {
  const zones = new writing.CaretReader();
  const isInCode = ({ text, start, end }) => {
    const request = requestAt(texts[text], Math.floor((start + end) / 2), writing);
    return zones.zoneAt(request, request.prefix, writing.caretOf(request)) === 'code';
  };
  const contents = texts.map(({ text }) => text);
  const found = [];
  let wanted = Number(carets);
  for (const stretch of writing.spreadStretches(contents, Number(seed))) {
    if (wanted <= 0) break;
    if (!isInCode(stretch)) continue;
    found.push(stretch);
    wanted -= stretch.end - stretch.start;
  }
  return found;
}

/**
 * Where is asked. The same texts, number and seed give the same places, in the same order.
 * @param {{ name: string, text: string }[]} texts
 * @param {{ carets: string, seed: string, at?: 'names' | 'dates' | 'code' }} asked
 * @param writing the product's writing logic
 * @returns {{ text: number, start: number, end: number }[]}
 */
export function stretchesIn(texts, asked, writing) {
  const { carets, seed, at } = asked;
  const contents = texts.map(({ text }) => text);
  if (at === 'code') return codeOf(texts, asked, writing);
  return at ? factsOf(contents, at, Number(carets)) : writing.stretchesOf(contents, Number(carets), Number(seed));
}

/**
 * @param {{ name: string, text: string }[]} texts
 * @param {{ text: number, start: number, end: number }[]} stretches
 * @param {ReadonlySet<number>} done indices of those that need not be collected again
 * @param {(index: number, text: { name: string, text: string }, stretch: any) => Promise<void>} collect
 */
export async function collectStretches(texts, { stretches, done = new Set() }, collect) {
  for (let round = 0; round < rounds; round++) {
    for (let index = round; index < stretches.length; index += rounds) {
      if (done.has(index)) continue;
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

/** Every kind of place switched on. */
export const everywhere = ({ zoneKinds }) => Object.fromEntries(zoneKinds.map((zone) => [zone, true]));
