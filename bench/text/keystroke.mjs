// What a keystroke costs the zone reader: typing at one place in documents of three sizes.
//   node bench/text/keystroke.mjs LANGUAGE FILE   (the file's text is repeated up to each size)
// Prints one JSON line per size, milliseconds; only a quiet machine gives figures that mean something.
import { readFileSync } from 'node:fs';
import { bundle } from '../bundle.mjs';

const [languageId, file] = process.argv.slice(2);
const { CaretReader, caretOf } = await bundle(
  'text/keystroke',
  `
  export { CaretReader } from './src/text/caretReader.ts';
  export { caretOf } from './src/writing/completion/caret.ts';
`,
);

const text = readFileSync(file, 'utf8');
const typed = 'The committee met on Tuesday and agreed that the new bridge should be opened in the spring. '.repeat(2);

for (const size of process.argv[4] ? [Number(process.argv[4])] : [50_000, 200_000, 1_000_000]) {
  const before = `${text.repeat(Math.ceil(size / text.length)).slice(0, size)}\n\n`;
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
