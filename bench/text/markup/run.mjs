// Compares what each line of real documents is to Inkling with what the language's reference implementation says:
//   npm ci --prefix bench/text/markup
//   node bench/text/markup/run.mjs restructuredtext|asciidoc|latex|typst|org [--show N] [--python PYTHON] [FILE…]
// Typst needs files. PYTHON is one that has docutils. Prints the pairs of kinds that differ, N lines of each, and the share
// that agrees.
import { parseArgs } from 'node:util';
import { bundle } from '../../bundle.mjs';
import { Agreement } from './agreement.mjs';
import { judgeOf } from './judges.mjs';
import { kindsOfLines } from './ourKinds.mjs';
import { readSource, sources } from './sources.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'string', default: '3' }, python: { type: 'string', default: 'python3' } },
});
const [languageId = 'restructuredtext', ...given] = positionals;
const source = sources[languageId];
if (source === undefined && given.length === 0) throw new Error(`No documents are known for ${languageId}.`);

const { readText } = await bundle('text/readText', `export { readText } from './src/text/readText.ts';`);
const files = given.length > 0 ? given : await source.files();
const judge = await judgeOf(languageId, files, values.python);
const agreement = new Agreement();
for (const file of files) {
  const text = readSource(file);
  const judged = await Promise.resolve(judge(file, text)).catch(() => undefined);
  if (judged === undefined) console.error(`${file}: not read by the reference implementation`);
  else agreement.add({ file, text, judged, ours: kindsOfLines(readText(text, languageId)) });
}
agreement.print(Number(values.show));
