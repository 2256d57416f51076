// Runs every action that works by rules on whole documents and random selections, and looks whether each line that the
// language's reference implementation calls no prose is still there byte for byte, and whether undoing restores the rest:
//   npm ci --prefix bench/text/markup
//   node bench/text/blocksStay.mjs LANGUAGE [--selections N] [--every N [--from K]] [--chars N] [--python PYTHON] [FILE…]
// Every Nth file from the Kth on is taken, so that N runs (K from 0 to N − 1) take everything in slices.
// LANGUAGE: markdown, html, typst (FILE… needed), restructuredtext, asciidoc, latex; org is judged by the product's own
// reader. Prints one line for each fault and a row of figures.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundle } from '../bundle.mjs';
import { judgeOf } from './markup/judges.mjs';
import { readSource, sources } from './markup/sources.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    selections: { type: 'string', default: '2' },
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    chars: { type: 'string', default: '60000' },
    python: { type: 'string', default: 'python3' },
  },
});
const [languageId = 'markdown', ...given] = positionals;
const actions = ['fix', 'shorten', 'simplify', 'formal', 'friendly', 'bullets', 'prose', 'table'];
const maxChars = Number(values.chars);
const { runAction, applyEdits, CancellationToken, seededRandom } = await bundle(
  'text/blocksStay',
  `
  export { runAction } from './src/writing/selection/runAction.ts';
  export { applyEdits } from './src/writing/selection/wordChanges.ts';
  export { seededRandom } from './src/protocol/seededRandom.ts';
  export { CancellationToken } from 'vscode-jsonrpc';
`,
);

const all = given.length > 0 ? given : await sources[languageId].files();
const files = all.filter((_, index) => index % Number(values.every) === Number(values.from));
const judge = await judgeOf(languageId, files, values.python);
const random = seededRandom(7);
const engine = { knownParameters: () => 135e6 };
const counts = { files: 0, bytes: 0, runs: 0, proposals: 0, changes: 0, kept: 0, faults: 0, failed: 0 };
const words = new Set(['W', '.', '?']); // prose, blank, and what nobody can tell
/** What makes a list of its items goes and comes with it. */
const listMarkup = /^\s*(?:\\(?:begin|end)\{(?:itemize|enumerate|description)\}|<\/?(?:[uod]l|li)>)\s*$/;

for (const file of files) {
  const page = given.length > 0 ? readFileSync(file, 'utf8') : readSource(file);
  if (page.length > maxChars) continue;
  const kinds = await Promise.resolve(judge(file, page)).catch(() => undefined);
  if (kinds === undefined) continue;
  counts.files++;
  counts.bytes += Buffer.byteLength(page);
  const others = otherLines(page, kinds);
  for (const action of actions) {
    for (let round = 0; round <= Number(values.selections); round++) {
      const ends = round === 0 ? [0, page.length] : [0, 0].map(() => Math.floor(random() * page.length));
      await tryOne(file, page, { action, others, start: Math.min(...ends), end: Math.max(...ends) });
    }
  }
}
const share = ((100 * counts.kept) / (counts.kept + counts.faults)).toFixed(4);
console.log(JSON.stringify({ languageId, ...counts, share }));

async function tryOne(file, page, { action, others, start, end }) {
  const request = { action, languageId, way: 'rules', text: page.slice(start, end) };
  const around = { before: page.slice(0, start), after: page.slice(end) };
  const outcome = await runAction({ ...request, ...around }, engine, CancellationToken.None);
  counts.runs++;
  if (outcome.kind === 'failed') {
    counts.failed++;
    console.log(`${file} ${action} ${start}–${end}: ${outcome.error.cause ?? outcome.error}`);
  }
  if (outcome.kind !== 'proposal') return;
  counts.proposals++;
  counts.changes += outcome.changes.length;
  const changes = outcome.changes.map((change) => ({
    ...change,
    start: start + change.start,
    end: start + change.end,
  }));
  const accepted = applyEdits(page, changes);
  let shift = 0;
  const undo = changes.map(({ start: from, end: to, original, replacement }) => {
    const edit = { start: from + shift, end: from + shift + replacement.length, replacement: original };
    shift += replacement.length - (to - from);
    return edit;
  });
  if (applyEdits(accepted, undo) !== page) fault(file, action, start, end, 'undoing does not restore the page');
  let next = 0;
  for (const line of others) {
    if (line.end <= start || line.start >= end) continue;
    while (next < changes.length && changes[next].end <= line.start) next++;
    let behind = next;
    while (changes[behind]?.start < line.end) behind++;
    if (isThere(page, line, changes.slice(next, behind))) counts.kept++;
    else fault(file, action, start, end, `${line.number} ${page.slice(line.start, line.end)}`);
  }
}

/**
 * What changes of the paragraph around it take of a line of HTML is there again; blanks between tags are nobody's, and the tags of
 * a paragraph itself go where it becomes points of a list.
 */
function isThere(page, line, touching) {
  if (touching.length === 0 || languageId !== 'html') return touching.length === 0;
  const from = Math.min(line.start, touching[0].start);
  const place = page.slice(from, Math.max(line.end, touching.at(-1).end));
  const moved = touching.map((change) => ({ ...change, start: change.start - from, end: change.end - from }));
  return own(applyEdits(place, moved)).includes(own(page.slice(line.start, line.end)));
}

function fault(file, action, start, end, what) {
  counts.faults++;
  console.log(`${file} ${action} ${start}–${end}: ${what}`);
}

function otherLines(page, kinds) {
  const lines = [];
  let start = 0;
  for (const [index, line] of page.split('\n').entries()) {
    if (line.trim() !== '' && !listMarkup.test(line) && !words.has(kinds[index] ?? '?'))
      lines.push({ start, end: start + line.length, number: index + 1 });
    start += line.length + 1;
  }
  return lines;
}

function own(html) {
  return html.replaceAll(/<\/?p(?:\s[^<>]*)?>|\s+/giu, '');
}
