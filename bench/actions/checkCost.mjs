// node bench/actions/checkCost.mjs [--rounds N]
// Processor time of an action's own process on 300 words: what rules and checks take, all that is not the model. The
// model's answers are given at once here, each sentence with a word exchanged, so every check runs on every sentence.
import { parseArgs } from 'node:util';
import { bundle } from '../bundle.mjs';
import { median } from '../statistics.mjs';
import { markdownTable } from '../table.mjs';
import { threeHundredWords } from './reading/read.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const product = await bundle(
  'checkCost',
  `
  export { runAction } from './src/writing/selection/runAction.ts';
  export { ScriptedEngine } from './test/unit/writing/selection/scriptedEngine.ts';
  export { CancellationToken } from 'vscode-jsonrpc/node.js';
`,
);
const text = await threeHundredWords();
const write = (_, sentence) => sentence.replace(/\b(the|a)\b/, 'this');
const actions = ['fix', 'shorten', 'simplify', 'formal', 'friendly', 'bullets', 'rewrite', 'expand'];

const spent = new Map(actions.map((action) => [action, []]));
for (let round = 0; round < Number(values.rounds); round++) {
  for (const action of actions) {
    const engine = Object.assign(new product.ScriptedEngine({ write }), { knownParameters: () => 135e6 });
    const before = process.cpuUsage();
    await product.runAction({ action, text, languageId: 'markdown' }, engine, product.CancellationToken.None);
    const { user, system } = process.cpuUsage(before);
    if (round > 0) spent.get(action).push((user + system) / 1000); // the first one loads and compiles
  }
}
const rows = actions.map((action) => [action, median(spent.get(action)).toFixed(0)]);
process.stdout.write(
  `${text.split(/\s+/).length} words\n\n${markdownTable([['action', 'ms of processor time'], ...rows])}\n`,
);
