// node bench/calibration/fit.mjs PART… [--precision 0.68] [--wrong-show 0.14]
// Finds the table of src/writing/completion/gate.ts that saves most keystrokes on recorded carets (collect.mjs) while
// enough of what is shown is right, and prints what the table as it stands does on them. The default asks for a little
// more than the 0.65 that held-out texts must reach.
import { parseArgs } from 'node:util';
import { loadWriting } from './loadWriting.mjs';
import { readStretches, replay, shownAt } from './replay.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { precision: { type: 'string', default: '0.68' }, 'wrong-show': { type: 'string', default: '0.14' } },
});
const writing = await loadWriting();
const parts = positionals.length > 0 ? positionals : ['calibration'];
const stretches = parts.flatMap(readStretches);
const standing = writing.gateThresholds({ showing: 'normal', minFirstWordProbability: 0.5 }, { trigger: 'automatic' });

print('as it stands', standing.firstWord, standing);
const bounds = { precision: Number(values.precision), wrongShow: Number(values['wrong-show']) };
const fitted = fit(bounds);
if (fitted) print('fitted', fitted.firstWord, fitted);
else process.stdout.write(`no table reaches ${bounds.precision}\n`);

/** Tries every table of a grid; a place that is worth nothing may stay silent (1). */
function fit({ precision, wrongShow }) {
  let best;
  for (const midWord of steps(0.3, 0.8)) {
    for (const wordEnd of [...steps(0.35, 0.9), 1]) {
      for (const afterSpace of [...steps(0.3, 0.9), 1]) {
        const firstWord = { ...standing.firstWord, midWord, wordEnd, afterSpace };
        const thresholds = { ...standing, firstWord };
        const figures = figuresOf(thresholds);
        const allowed = figures.precisionWhenShown >= precision && figures.wrongShow <= wrongShow;
        if (allowed && (best === undefined || figures.keystrokesSaved > best.figures.keystrokesSaved)) {
          best = { thresholds, figures };
        }
      }
    }
  }
  return best?.thresholds;
}

function steps(from, to) {
  return Array.from({ length: Math.round((to - from) / 0.05) + 1 }, (_, i) => Number((from + i * 0.05).toFixed(2)));
}

/** The cut of a suggestion to its confident words depends on the later words' thresholds only, so it is made once. */
function figuresOf(thresholds) {
  return replay(stretches, (record) => (passes(record, thresholds) ? cutOf(record) : ''), writing);
}

function passes(record, { firstWord }) {
  return record.text !== undefined && record.probability >= firstWord[kindOf(record)];
}

function kindOf(record) {
  record.kind ??= writing.kindOf(record.place, record.tokens.map(([text]) => text).join(''));
  return record.kind;
}

function cutOf(record) {
  const everyFirstWord = { midWord: 0, wordEnd: 0, afterSpace: 0, sentenceStart: 0 };
  record.cut ??= shownAt(record, { ...standing, firstWord: everyFirstWord }, writing);
  return record.cut;
}

function print(title, table, thresholds) {
  const byKind = new Map();
  const figures = replay(
    stretches,
    (record) => shownAt(record, thresholds, writing),
    writing,
    ({ record, run }) => {
      const kind = byKind.get(kindOf(record)) ?? { shown: 0, right: 0, saved: 0 };
      byKind.set(kindOf(record), kind);
      kind.shown++;
      if (run.words > 0) kind.right++;
      kind.saved += run.chars - run.keys;
    },
  );
  process.stdout.write(`${title}: ${JSON.stringify(table)}\n  ${JSON.stringify(rounded(figures))}\n`);
  for (const [kind, counts] of byKind) process.stdout.write(`  ${kind}: ${JSON.stringify(counts)}\n`);
}

function rounded(figures) {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(4))]));
}
