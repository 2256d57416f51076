// The simulated writer over recorded answers: what src/writing/simulator does with the model, at thousands of carets a
// second. The gate and the cut to confident words are the product's; post-processing behind them is the recorded one.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outFolder } from '../product.mjs';

const minVisibleCharacters = 2;

const folder = path.join(outFolder, 'calibration');

/** @returns {any[][]} the carets of each stretch that was recorded for a part with any seed, in order */
export function readStretches(part) {
  const files = readdirSync(folder).filter((name) => name.startsWith(`${part}-`) && name.endsWith('.jsonl'));
  return files.sort().flatMap((name) => {
    const lines = readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n');
    const stretches = new Map();
    for (const record of lines.map((line) => JSON.parse(line))) {
      stretches.set(record.stretch, [...(stretches.get(record.stretch) ?? []), record]);
    }
    return [...stretches.values()];
  });
}

/**
 * What would be shown at a recorded caret with these thresholds; '' = nothing.
 * @param writing the product's writing logic
 * @param thresholds as src/writing/completion/gate.ts makes them
 */
export function shownAt(record, thresholds, writing) {
  if (record.text === undefined) return '';
  const tokens = record.tokens.map(([text, logprob]) => ({ text, logprob }));
  const decoded = tokens.map(({ text }) => text).join('');
  const caret = { place: record.place };
  const context = { thresholds, caret, tokens, firstWordProbability: record.probability };
  const cut = writing.confidence(decoded, context);
  if (typeof cut !== 'string') return '';
  const shown = decoded.startsWith(record.text) ? record.text.slice(0, cut.length).trimEnd() : record.text;
  return writing.visibleLength(shown) < minVisibleCharacters ? '' : shown;
}

/**
 * Writes one stretch again.
 * @param {(record: any) => string} shown
 * @param {(show: { record: any, text: string, run: any }) => void} onShow
 * @returns counts; `beyond`: of the characters, those that its last suggestion won beyond its end
 */
export function replayStretch(records, shown, writing, onShow = () => {}) {
  const sum = { characters: 0, keys: 0, carets: 0, shown: 0, right: 0, whole: 0, beyond: 0 };
  const [{ offset: start }] = records;
  const end = start + records.length;
  let visible = '';
  let offset = start;
  while (offset < end) {
    const record = records[offset - start];
    const text = shown(record);
    let run = { chars: 0, keys: 0, words: 0 };
    if (text === '' || text !== visible) {
      sum.carets++;
      visible = text;
      if (text !== '') {
        run = writing.rightRun(text, record.following);
        sum.shown++;
        if (run.words > 0) sum.right++;
        if (run.chars === text.length) sum.whole++;
        onShow({ record, text, run });
      }
    }
    const typed = run.chars > 0 ? text.slice(0, run.chars) : record.following[0];
    visible = visible.startsWith(typed) ? visible.slice(typed.length) : '';
    offset += typed.length;
    sum.keys += run.chars > 0 ? run.keys : 1;
    sum.characters += typed.length;
  }
  return { ...sum, beyond: offset - end };
}

/** The sums of counts with the same names. */
export function total(runs) {
  const sum = {};
  for (const run of runs) for (const [name, value] of Object.entries(run)) sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

/** Writes all stretches again. */
export function replay(stretches, shown, writing, onShow) {
  const { beyond, ...sum } = total(stretches.map((records) => replayStretch(records, shown, writing, onShow)));
  return {
    ...sum,
    precisionWhenShown: sum.right / sum.shown,
    wrongShow: (sum.shown - sum.right) / sum.carets,
    keystrokesSaved: 1 - sum.keys / sum.characters,
    netKeystrokesSaved: 1 - (sum.keys + sum.shown - sum.right) / sum.characters,
    wholeWhenShown: sum.whole / sum.shown,
  };
}
