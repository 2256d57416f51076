// node bench/typing/typing.mjs [--texts letter,story] [--showing calm,normal,eager] [--hand steady|thinking] [--list]
// Types texts at a person's pace into the product's provider and completer, with the bundled model's answers, and measures
// what comes up on screen and how long it stays. Time is simulated: keys come when the hand's rhythm says, and an answer
// takes its tokens times what a quiet machine takes for one (--step-ms, --read-ms), so that the figures depend on no
// machine. Answers of the model are kept in out/bench/typing/answers.jsonl and not asked for again.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, outFolder, root } from '../bundle.mjs';
import { bundleProduct, startClient } from '../product.mjs';
import { markdownTable } from '../table.mjs';
import { handOf } from './hands.mjs';

const { values } = parseArgs({
  options: {
    texts: { type: 'string', default: 'letter,story,readme,article' },
    showing: { type: 'string', default: 'calm,normal,eager' },
    hand: { type: 'string', default: 'steady' },
    'step-ms': { type: 'string', default: '25' },
    'read-ms': { type: 'string', default: '3.5' },
    seed: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
  },
});

/** Gone sooner than this, a suggestion was flicker. */
const flickerMs = 300;

const textFolder = path.join(root, 'bench', 'typing', 'texts');
const answersFile = path.join(outFolder, 'typing', 'answers.jsonl');

const product = await bundle(
  'typing/product',
  `
  export { passTime, performance as clock } from './bench/typing/clock.mjs';
  export { EditorAtCaret, EditedDocument } from './test/support/editorAtCaret.ts';
  export { PacedGenerator } from './test/support/pacedGenerator.ts';
  export { Suggestions } from './test/support/suggestions.ts';
  export { resolveCompletionSettings } from './src/writing/completion/completionSettings.ts';
  export { visibleLength, wordPieces } from './src/writing/completion/segment.ts';
  export { seededRandom } from './src/protocol/seededRandom.ts';
  export { languageOfFile } from './src/text/languages.ts';
  `,
  {
    alias: { vscode: path.join(root, 'test', 'support', 'fakeVscode.ts') },
    inject: [path.join(root, 'bench', 'typing', 'clock.mjs')],
  },
);
await bundleProduct();
mkdirSync(path.dirname(answersFile), { recursive: true });
const answers = new Map(
  existsSync(answersFile)
    ? readFileSync(answersFile, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [],
);
/** The first one of the model: a completer takes it for silence. */
let failure;
/** Started when the first answer is not there yet. */
let client;

try {
  const rows = [];
  for (const showing of values.showing.split(',')) {
    const all = [];
    for (const name of values.texts.split(',')) all.push(await typed(name, showing));
    if (values.list) for (const one of all) list(one);
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
} finally {
  await client?.dispose();
}

/** Types one of the texts, from an empty document. */
async function typed(name, showing) {
  const file = fileOf(name);
  const text = readFileSync(path.join(textFolder, file), 'utf8');
  const random = product.seededRandom(Number(values.seed));
  const inner = { generate: answerOf };
  const paced = new product.PacedGenerator(inner, {
    stepMs: Number(values['step-ms']),
    readMs: Number(values['read-ms']),
  });
  let last;
  const suggestions = new product.Suggestions(paced, product.resolveCompletionSettings({ showing }), (outcome) => {
    last =
      outcome.kind === 'text'
        ? {
            p: outcome.suggestions[0].firstWordProbability,
            total: Math.exp(outcome.suggestions[0].logprob),
            source: outcome.source,
          }
        : undefined;
  });
  const document = new product.EditedDocument(file, product.languageOfFile(file)?.id ?? 'plaintext', '');
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
  if (failure) throw failure;
  return { name, text, shown, minutes: (atMs - startedAt) / 60_000, calls: paced.calls };
}

function fileOf(name) {
  const named = ['md', 'txt', 'tex', 'rst'].map((extension) => `${name}.${extension}`);
  return named.find((file) => existsSync(path.join(textFolder, file))) ?? name;
}

/** What the model says, once for each question. */
async function answerOf(request, token, onPartial) {
  const key = JSON.stringify(request);
  if (!answers.has(key)) {
    const partials = [];
    client ??= startClient({ threads: 0, maxContextTokens: 1024 });
    const outcome = await client.generate(request, token, (partial) => partials.push(partial));
    if (outcome.kind === 'failed') {
      failure ??= outcome.error;
      throw failure;
    }
    answers.set(key, { outcome, partials });
    appendFileSync(answersFile, `${JSON.stringify([key, { outcome, partials }])}\n`);
  }
  const { outcome, partials } = answers.get(key);
  for (const partial of partials) onPartial(partial);
  return outcome;
}

/** Everything has been done that needs no time of the simulated clock. */
async function settled(paced) {
  do await new Promise((resolve) => setImmediate(resolve));
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

function list({ name, text, shown }) {
  console.log(`\n## ${name}\n`);
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
