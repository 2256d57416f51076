// node bench/actions/fix.mjs [--wording NAME] [--every N] [--from I] [--source PACKAGE] [--out FILE]
// What `fix` changes in published English, which hardly needs it: every change, to be judged by a person. With another
// wording (tightWording, plainWording …) what that one changes.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../bundle.mjs';
import { outFolder } from '../product.mjs';
import { publishedEnglish } from './publishedEnglish.mjs';

const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    wording: { type: 'string', default: 'fixText' },
    source: { type: 'string' },
    out: { type: 'string', default: path.join(outFolder, 'results', 'fix.txt') },
  },
});
const context = 60;
const product = await bundle(
  'fix',
  `
  export { contentOf } from './src/text/sentences.ts';
  export { readText } from './src/text/readText.ts';
  export { changedAround } from './src/writing/selection/protection/hidden.ts';
  export { loadTagger } from './src/writing/selection/checks/tagger.ts';
  export { fixText } from './src/writing/selection/rules/fixText.ts';
  export * from './src/writing/selection/rules/wordingRules.ts';
  export { proseBlocks } from './src/writing/selection/text/reading.ts';
  export { refine } from './src/writing/selection/wordChanges.ts';
`,
);

mkdirSync(path.dirname(values.out), { recursive: true });
writeFileSync(values.out, '');
const tag = await product.loadTagger();
const counts = new Map();
let index = 0;
for await (const document of publishedEnglish(values.source && new Set([values.source]))) {
  if (index++ % Number(values.every) !== Number(values.from)) continue;
  const words = document.text.match(/\p{L}+/gu)?.length ?? 0;
  const count = counts.get(document.kind) ?? { words: 0, changes: 0 };
  count.words += words;
  const found = changesIn(document);
  count.changes += found.length;
  counts.set(document.kind, count);
  appendFileSync(values.out, found.map((change) => `${document.source}: ${change}\n`).join(''));
}
for (const [kind, { words, changes: count }] of counts) process.stdout.write(`| ${kind} | ${words} | ${count} |\n`);

/** As the action does it: paragraph by paragraph, around what is no prose. */
function changesIn({ text, languageId }) {
  const reading = product.readText(text, languageId);
  return product.proseBlocks(reading).flatMap((block) => {
    const piece = product.contentOf(block);
    const before = text.slice(piece.start, piece.end);
    const after = product.changedAround(text, piece, {
      spans: reading.spansOf(block),
      change: (words) => product[values.wording](words, { language: 'en', raw: before, tag }),
    });
    return product.refine(before, after).map(({ start, end, replacement }) => {
      const left = before.slice(Math.max(0, start - context), start);
      const right = before.slice(end, end + context);
      return `${left}[${before.slice(start, end)} → ${replacement}]${right}`.replace(/\s+/g, ' ');
    });
  });
}
