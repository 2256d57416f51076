// What a keystroke costs the zone reader: typing at one place in documents of three sizes.
//   node bench/text/keystroke.mjs LANGUAGE FILE [SIZE] [--behind TEXT]
// The file's text is repeated up to each size, and the words are typed behind it and TEXT (a blank line; `\n- ` for an
// item). Prints one JSON line per size: milliseconds on a clock, which only a quiet machine gives a meaning, and of
// processor time.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundle } from '../bundle.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { behind: { type: 'string', default: '\\n\\n' } },
});
const [languageId, file, onlySize] = positionals;
const behind = values.behind.replaceAll('\\n', '\n');
const { CaretReader, caretOf } = await bundle(
  'text/keystroke',
  `
  export { CaretReader } from './src/text/caretReader.ts';
  export { caretOf } from './src/writing/completion/caret.ts';
`,
);

const text = readFileSync(file, 'utf8');
const typed = 'The committee met on Tuesday and agreed that the new bridge should be opened in the spring. '.repeat(2);

for (const size of onlySize ? [Number(onlySize)] : [50_000, 200_000, 1_000_000]) {
  const before = `${text.repeat(Math.ceil(size / text.length)).slice(0, size)}${behind}`;
  const reader = new CaretReader();
  const document = { documentId: 'a', languageId };
  const times = [];
  let cpu;
  for (let length = 1; length <= typed.length; length++) {
    const prefix = before + typed.slice(0, length);
    const line = caretOf({ prefix, suffix: '' });
    if (length === 11) cpu = process.cpuUsage();
    const start = performance.now();
    reader.zoneAt(document, prefix, line, '');
    reader.headingsAt(document, prefix, Math.max(0, prefix.length - 2_000));
    times.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(cpu);
  const sorted = times.slice(10).toSorted((a, b) => a - b);
  const at = (part) => Number(sorted[Math.floor(part * sorted.length)].toFixed(2));
  const cpuMs = Number(((user + system) / 1_000 / sorted.length).toFixed(2));
  console.log(
    JSON.stringify({ languageId, size, first: Number(times[0].toFixed(1)), p50: at(0.5), p95: at(0.95), cpuMs }),
  );
}
