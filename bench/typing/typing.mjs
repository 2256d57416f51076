// node bench/typing/typing.mjs [--texts letter,story | --part development|aside] [--showing calm,normal,eager]
//   [--hand steady|thinking] [--list] [--each]
// Types texts at a person's pace into the product's provider and completer, with the bundled model's answers, and measures
// what comes up on screen and how long it stays. Time is simulated: keys come when the hand's rhythm says, and an answer
// takes the graph runs that the engine makes for it times what a quiet machine takes for one (--step-ms, --read-ms), so that
// the figures depend on no machine. Answers of the model are asked for once, with a gate that lets much through, and kept in
// out/bench/typing/asked.jsonl.
// Rules and thresholds are set on the development part; the texts in texts/aside are for judging them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, root } from '../bundle.mjs';
import { markdownTable } from '../table.mjs';
import { openAnswers } from './answers.mjs';
import { engineSteps } from './engineSteps.mjs';
import { handOf } from './hands.mjs';
import { textFilesOf } from './texts.mjs';

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'development' },
    texts: { type: 'string' },
    showing: { type: 'string', default: 'calm,normal,eager' },
    hand: { type: 'string', default: 'steady' },
    'step-ms': { type: 'string', default: '25' },
    'read-ms': { type: 'string', default: '3.5' },
    seed: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
    each: { type: 'boolean', default: false },
  },
});

/** Of the bundled model. */
const modelLanguages = ['en'];
/** Gone sooner than this, a suggestion was flicker. */
const flickerMs = 300;

const product = await bundle(
  'typing/product',
  `
  export { passTime, performance as clock } from './bench/typing/clock.mjs';
  export { EditorAtCaret, EditedDocument } from './test/support/editorAtCaret.ts';
  export { PacedGenerator } from './test/support/pacedGenerator.ts';
  export { Suggestions } from './test/support/suggestions.ts';
  export { DecoderState } from './src/inference/decoderState.ts';
  export { resolveCompletionSettings } from './src/writing/completion/completionSettings.ts';
  export { visibleLength, wordPieces } from './src/writing/completion/segment.ts';
  export { doubtOf, FirstWord } from './src/protocol/firstWord.ts';
  export { seededRandom } from './src/protocol/seededRandom.ts';
  export { isForeign } from './src/text/documentLanguage.ts';
  export { languageOfFile } from './src/text/languages.ts';
  `,
  {
    alias: { vscode: path.join(root, 'test', 'support', 'fakeVscode.ts') },
    inject: [path.join(root, 'bench', 'typing', 'clock.mjs')],
  },
);
const answers = openAnswers(product);

const rows = [];
for (const showing of values.showing.split(',')) {
  const all = [];
  for (const file of textFilesOf(values)) all.push(await typed(file, showing));
  if (values.list) for (const one of all) list(one);
  if (values.each) for (const one of all) rows.push(rowOf(one.file, [one]));
  rows.push(rowOf(showing, all));
}
console.log(
  markdownTable([
    [
      '',
      'new a minute',
      'gone within 0.3 s',
      'of these written over',
      'under 3 characters',
      'several words, right to the end',
      'shown',
      'right characters',
      'of these there for 0.3 s',
      'keys that taking them would save, net of glances in vain',
      'model calls',
    ],
    ...rows,
  ]),
);

/** Types one of the texts, from an empty document. */
async function typed(textFile, showing) {
  const file = path.basename(textFile);
  const text = readFileSync(textFile, 'utf8');
  const random = product.seededRandom(Number(values.seed));
  const pace = { stepMs: Number(values['step-ms']), readMs: Number(values['read-ms']) };
  const paced = new product.PacedGenerator(answers, engineSteps(pace, product));
  let last;
  const onOutcome = (outcome) => {
    last =
      outcome.kind === 'text'
        ? {
            p: outcome.suggestions[0].firstWordProbability,
            total: Math.exp(outcome.suggestions[0].logprob),
            source: outcome.source,
          }
        : undefined;
  };
  const languageId = product.languageOfFile(file)?.id ?? 'plaintext';
  const isForeign = await product.isForeign({ text, languageId }, modelLanguages);
  const settings = product.resolveCompletionSettings({ showing });
  const suggestions = new product.Suggestions(paced, settings, onOutcome, isForeign);
  const document = new product.EditedDocument(file, languageId, '');
  const shown = [];
  let standing;
  const end = () => {
    if (standing) shown.push({ ...standing, ms: product.clock.now() - standing.atMs });
    standing = undefined;
  };
  const editor = new product.EditorAtCaret(suggestions.provider, document, (visible, cause) => {
    if (standing && visible !== '' && (cause === 'edit' || visible.startsWith(standing.rest))) standing.rest = visible;
    else {
      end();
      if (visible !== '')
        standing = {
          text: visible,
          rest: visible,
          restAt: [],
          ...last,
          offset: document.text.length,
          atMs: product.clock.now(),
        };
    }
    if (standing) standing.restAt.push([product.clock.now(), standing.rest]);
  });
  const startedAt = product.clock.now();
  const hand = handOf(values.hand, random);
  let atMs = startedAt + 1000;
  for (const key of text) {
    atMs += hand(document.text, key);
    await product.passTime(atMs, () => settled(paced));
    editor.type(key);
  }
  await product.passTime(atMs + 2000, () => settled(paced));
  end();
  editor.dispose();
  suggestions.dispose();
  answers.throwIfFailed();
  return { file, text, shown, minutes: (atMs - startedAt) / 60_000, calls: paced.calls };
}

/** Everything has been done that needs no time of the simulated clock. */
async function settled(paced) {
  do await new Promise((resolve) => (paced.pending > 0 ? setTimeout(resolve, 1) : setImmediate(resolve)));
  while (paced.pending > 0);
  await new Promise((resolve) => setImmediate(resolve));
}

/** How much of a suggestion is what was typed; line breaks and blanks are one. */
function rightChars({ text: suggestion, offset }, text) {
  const [a, b] = [suggestion, text.slice(offset)].map((one) => one.replace(/\s/gu, ' '));
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function rowOf(showing, all) {
  const shown = all.flatMap(({ shown, text }) => shown.map((one) => ({ ...one, right: rightChars(one, text) })));
  const minutes = all.reduce((sum, one) => sum + one.minutes, 0);
  const gone = shown.filter(({ ms }) => ms < flickerMs);
  const several = shown.filter(({ text }) => product.wordPieces(text).length > 1);
  const share = (part, whole) =>
    `${part.length} of ${whole.length} (${((100 * part.length) / Math.max(1, whole.length)).toFixed(0)} %)`;
  const sum = (of) => shown.reduce((total, one) => total + of(one), 0);
  return [
    showing,
    (shown.length / minutes).toFixed(1),
    share(gone, shown),
    share(
      gone.filter(({ right, text }) => right < text.length),
      shown,
    ),
    share(
      shown.filter(({ text }) => product.visibleLength(text) < 3),
      shown,
    ),
    share(
      several.filter(({ right, text }) => right === text.length),
      several,
    ),
    String(shown.length),
    String(sum(({ right }) => right)),
    String(sum((one) => Math.max(0, one.right - typedBy(one, flickerMs)))),
    String(sum(savedAfterAGlance)),
    String(all.reduce((total, { calls }) => total + calls, 0)),
  ];
}

/** Keys that whoever takes what is right 0.3 s after it came up saves; a suggestion that saves none costs a key. */
function savedAfterAGlance(one) {
  const keys = one.right - typedBy(one, flickerMs) - 1;
  return keys > 0 ? keys : -1;
}

/** Characters of a suggestion that had been typed so long after it came. */
function typedBy({ text, restAt, atMs }, ms) {
  const [, rest] = restAt.filter(([at]) => at <= atMs + ms).at(-1);
  return text.length - rest.length;
}

function list({ file, text, shown }) {
  console.log(`\n## ${file}\n`);
  for (const one of shown) {
    const before = JSON.stringify(text.slice(Math.max(0, one.offset - 40), one.offset)).slice(1, -1);
    const right = rightChars(one, text);
    const verdict =
      right === one.text.length
        ? 'right'
        : `${right} right, then “${text.slice(one.offset + right, one.offset + right + 12).replace(/\n/gu, '⏎')}”`;
    console.log(
      `${before} | ${JSON.stringify(one.text)}  ${Math.round(one.ms)} ms  ${one.source} ${one.p?.toFixed(2)} ${one.total?.toFixed(2)}  ${verdict}`,
    );
  }
}
