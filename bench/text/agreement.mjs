// Compares what each line of real documents is to Inkling with what the language's reference implementation says:
//   node bench/text/agreement.mjs markdown|html FOLDER… [--show N]
// Prints one JSON line, and with --show the first N lines on which they differ.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../bundle.mjs';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { show: { type: 'string' } } });
const [languageId = 'markdown', ...folders] = positionals;

const { readText, judges } = await bundle(
  'text/agreement',
  `
  export { readText } from './src/text/readText.ts';
  export { judges } from './bench/text/judges.ts';
`,
);
const judge = judges[languageId];
if (judge === undefined) throw new Error(`No reference implementation is known for ${languageId}.`);

function* filesIn(folder) {
  if (!statSync(folder).isDirectory()) return yield folder;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(file);
    else if (entry.isFile() && judge.files.test(entry.name)) yield file;
  }
}

let shown = Number(values.show ?? 0);
const total = { files: 0, bytes: 0, lines: 0, same: 0, extensions: 0 };
const seen = new Set();
for (const folder of folders) {
  for (const file of filesIn(folder)) {
    const text = readFileSync(file, 'utf8');
    if (seen.has(text)) continue;
    seen.add(text);
    const ours = judge.ours(readText(text, languageId));
    const theirs = judge.theirs(text);
    const source = text.split(judge.lineBreak);
    total.files++;
    total.bytes += text.length;
    for (const [index, line] of source.entries()) {
      if (line.trim() === '' || (theirs[index] === '' && ours[index] === '')) continue;
      total.lines++;
      if (ours[index] === theirs[index]) total.same++;
      else if (judge.extension(ours[index])) total.extensions++;
      else if (shown-- > 0)
        console.error(`${file}:${index + 1}: ${ours[index]}, not ${theirs[index]}: ${line.slice(0, 100)}`);
    }
  }
}
const compared = total.lines - total.extensions;
console.log(JSON.stringify({ languageId, ...total, agreement: Number((total.same / compared).toFixed(5)) }));
