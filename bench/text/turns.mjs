// How long an action by rules keeps the thread that types: the longest stretch without a turn of the event loop.
//   node bench/text/turns.mjs LANGUAGE FILE [SIZE] [ACTION…]
// The file's text is repeated up to SIZE characters (1,000,000). Prints one JSON line per action: milliseconds of
// processor time of the longest stretches and of all, and how many turns there were.
import { readFileSync } from 'node:fs';
import { bundle } from '../bundle.mjs';

const [languageId, file, size = '1000000', ...given] = process.argv.slice(2);
const all = [
  'fix',
  'shorten',
  'simplify',
  'formal',
  'friendly',
  'bullets',
  'prose',
  'table',
  'summarize',
  'headings',
  'ask',
];
const actions = given.length > 0 ? given : all;
const { runAction, CancellationToken } = await bundle(
  'text/turns',
  `
  export { runAction } from './src/writing/selection/runAction.ts';
  export { CancellationToken } from 'vscode-jsonrpc';
`,
);
const source = readFileSync(file, 'utf8');
const text = source.repeat(Math.ceil(Number(size) / source.length)).slice(0, Number(size));
const turn = () => new Promise((resolve) => setImmediate(resolve));
const processorMs = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;

for (const action of actions) {
  const engine = { knownParameters: () => 135e6 };
  const stretches = [];
  let isRunning = true;
  let last = processorMs();
  const beat = (async () => {
    while (isRunning) {
      await turn();
      const now = processorMs();
      stretches.push(now - last);
      last = now;
    }
  })();
  const request = { action, languageId, text, instruction: 'Which river is named?' };
  const outcome = await runAction(request, engine, CancellationToken.None, { onProgress: turn });
  isRunning = false;
  await beat;
  const longest = stretches
    .sort((a, b) => b - a)
    .slice(0, 5)
    .map(Math.round);
  const allMs = Math.round(stretches.reduce((a, b) => a + b, 0));
  const what = outcome.kind === 'proposal' ? `${outcome.changes.length} changes` : (outcome.reason ?? outcome.kind);
  console.log(JSON.stringify({ action, what, longest, allMs, turns: stretches.length }));
}
