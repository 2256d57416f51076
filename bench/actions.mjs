// node bench/actions.mjs [--only LABEL …] [--half tuning] [--timing [--rounds N] [--threads N]]
// node bench/actions.mjs --summaries [--half tuning]
// node bench/actions.mjs --asking shaping|fresh|fresh2|fresh3|fresh4|fresh5
// node bench/actions.mjs --read [--only ACTION …] [--model FOLDER --into NAME] [--way model] [--passages N]
// node bench/actions.mjs --table [--models small|medium|large|NAME --into NAME]
// node bench/actions.mjs --blind FOLDER, then --unblind
// What the actions do to text with the bundled model: properties on texts of our own, what `fix` changes in published
// text, and summaries against the first three sentences on documents with a summary by their author; `--summaries` the
// last alone, `--asking` how often Ask is right. `--timing` measures instead how long a person waits, `--read` writes every
// output on the reading set into docs/lab/actions, `--table` makes of what was read there (actions/reading/verdicts.json)
// the table that decides what is offered. `--blind` writes the outputs that differ from those in another folder as a
// shuffled sheet into out/bench/blind; `--unblind` counts what was written into verdicts.txt beside it. Prints Markdown
// tables; details go to out/bench/results/actions.json. Run `npm run build` first.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { evaluateAsking } from './actions/asking.mjs';
import { evaluateProperties, evaluations } from './actions/properties.mjs';
import { changesInPublishedText } from './actions/publishedText.mjs';
import { unblinded, writeSheet } from './actions/reading/blind.mjs';
import { writeMeasurements } from './actions/reading/measure.mjs';
import { writeOutputs } from './actions/reading/read.mjs';
import { evaluateSummaries, nodeModules } from './actions/summaries.mjs';
import { timeActions } from './actions/timing.mjs';
import { bundle } from './bundle.mjs';
import { distFolder, modelFolder, outFolder, root } from './product.mjs';
import { markdownTable } from './table.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    half: { type: 'string', default: 'held out' },
    summaries: { type: 'boolean', default: false },
    asking: { type: 'string' },
    read: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
    blind: { type: 'string' },
    unblind: { type: 'boolean', default: false },
    models: { type: 'string', default: 'small' },
    model: { type: 'string', default: modelFolder },
    into: { type: 'string', default: '' },
    way: { type: 'string' },
    passages: { type: 'string', default: '1000' },
    timing: { type: 'boolean', default: false },
    threads: { type: 'string', default: '0' },
    rounds: { type: 'string', default: '3' },
  },
});
/** What the model in the box makes, and below it what larger ones make. */
const outputs = path.join(root, 'docs', 'lab', 'actions', values.into);
const blindFolder = path.join(outFolder, 'blind');
const product = await bundle(
  'actions',
  `
  export { InferenceClient } from './src/client/inferenceClient.ts';
  export { Completer } from './src/writing/completion/completer.ts';
  export { defaultCompletionSettings } from './src/writing/completion/completionSettings.ts';
  export { readAhead } from './src/writing/selection/readAhead.ts';
  export { defaultGenerationOptions } from './src/protocol/generationOptions.ts';
  export { isGoodEnough } from './src/writing/selection/offer.ts';
  export { runAction } from './src/writing/selection/runAction.ts';
  export { answersTo } from './src/writing/selection/asking/answers.ts';
  export { extractiveSummary, keyTerms } from './src/writing/selection/summary/extractiveSummary.ts';
  export { sectionsOf } from './src/writing/selection/summary/sections.ts';
  export { contentStems } from './src/writing/selection/text/contentWords.ts';
  export { readWhole } from './src/writing/selection/text/reading.ts';
  export { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node.js';
`,
);
const client = new product.InferenceClient({ modulePath: path.join(distFolder, 'inference.js'), log: () => undefined });
client.use({
  modelFolder: values.model,
  device: 'cpu',
  threads: Number(values.threads),
  precision: 'default',
  idleUnloadMs: 0,
  maxContextTokens: 2048,
});
try {
  if (values.timing) {
    await client.load();
    const { rounds, only } = values;
    process.stdout.write(`${await timeActions(product, client, { rounds: Number(rounds), only })}\n`);
  } else if (values.asking) {
    const { rows, markdown } = evaluateAsking(product, values.asking);
    for (const { question, answer } of rows.filter(({ isRight }) => !isRight))
      process.stdout.write(`${question}\n> ${answer}\n\n`);
    process.stdout.write(`${markdown}\n`);
  } else if (values.summaries) {
    const folder = path.join(outFolder, 'prose');
    const { markdown } = await evaluateSummaries(product, { folder, half: values.half });
    process.stdout.write(`${markdown}\n`);
  } else if (values.blind) {
    const count = await writeSheet({ before: values.blind, after: outputs, folder: blindFolder });
    process.stdout.write(`${count} pairs in ${path.join(blindFolder, 'sheet.txt')}\n`);
  } else if (values.unblind) {
    process.stdout.write(`${await unblinded(blindFolder)}\n`);
  } else if (values.table) {
    const isClass = ['small', 'medium', 'large'].includes(values.models); // of one model by its name only the page is made
    const dataFile = isClass ? path.join(root, 'src', 'writing', 'selection', 'actionMeasurements.json') : undefined;
    const { isGoodEnough } = product;
    await writeMeasurements({ folder: outputs, models: values.models, dataFile, isGoodEnough });
  } else if (values.read) {
    const folder = outputs;
    await mkdir(folder, { recursive: true });
    const { only, model, passages, way } = values; // by default the way that the product would go
    const actThatWay = (request) => act({ ...request, ...(way && { way }) });
    await writeOutputs(actThatWay, { folder, only, model: path.basename(model), most: Number(passages) });
  } else await evaluate();
} finally {
  await client.dispose();
}

function act(request) {
  return product.runAction(request, client, product.CancellationToken.None);
}

async function evaluate() {
  const chosen = evaluations.filter(({ label }) => !values.only || values.only.includes(label));
  const properties = await evaluateProperties(act, chosen);
  const rows = properties.map(({ label, property, cases, passed, none }) => [
    label,
    property,
    `${passed} of ${cases}`,
    String(none),
  ]);
  process.stdout.write(`${markdownTable([['action', 'property', 'passed', 'no proposal'], ...rows])}\n\n`);
  const folder = path.join(outFolder, 'prose');
  const published = values.only ? undefined : await changesInPublishedText({ act }, { folder, nodeModules });
  if (published) {
    const { words, changes } = published;
    process.stdout.write(`fix: ${changes.length} changes in ${words} words of published text\n\n`);
  }
  const summaries = values.only ? undefined : await evaluateSummaries(product, { folder, half: values.half });
  if (summaries) process.stdout.write(`${summaries.markdown}\n`);
  await mkdir(path.join(outFolder, 'results'), { recursive: true });
  await writeFile(
    path.join(outFolder, 'results', 'actions.json'),
    `${JSON.stringify({ properties, published, summaries: summaries?.rows }, null, 2)}\n`,
  );
}
