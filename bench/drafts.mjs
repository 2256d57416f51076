// node bench/drafts.mjs [--rounds N] [--threads N] [--precision default|fp32] [--actions rewrite,formal] [--model FOLDER]
// Text written with drafts that are verified in one run against one token after the other: what actions ask on 300 words,
// and completions at carets. Every request is answered both ways in turn, in this process, from an empty cache. Clock and
// processor time hold for the machine as it is; ratios and graph runs travel.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { threeHundredWords } from './actions/reading/read.mjs';
import { bundle, root } from './bundle.mjs';
import { markdownTable } from './table.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
    precision: { type: 'string', default: 'default' },
    actions: { type: 'string', default: 'rewrite,fix,formal,simplify' },
    model: { type: 'string', default: path.join(root, 'dist', 'models', 'smollm2-135m-instruct') },
    carets: { type: 'string', default: '24' },
    verbose: { type: 'boolean', default: false },
  },
});
const product = await bundle(
  'drafts',
  `
  export { runAction } from './src/writing/selection/runAction.ts';
  export { generate } from './src/inference/generate.ts';
  export { Decoder } from './src/inference/decoder.ts';
  export { assemblePrompt } from './src/inference/prompt.ts';
  export { scoreEach, scoreText } from './src/inference/scoreText.ts';
  export { ChatTemplate } from './src/model/chatTemplate.ts';
  export { openModelFolder } from './src/model/modelFolder.ts';
  export { openTokenizer } from './src/model/openTokenizer.ts';
  export { defaultGenerationOptions } from './src/protocol/generationOptions.ts';
  export { CancellationToken } from 'vscode-jsonrpc/node.js';
`,
);
const never = product.CancellationToken.None;
const contextTokens = 2048;
const folder = product.openModelFolder(values.model);
const tokenizer = product.openTokenizer(folder);
const chatTemplate =
  folder.chatTemplate && new product.ChatTemplate(folder.chatTemplate, tokenizer, folder.tokenizerConfig);
const decoder = await product.Decoder.create(folder, {
  device: 'cpu',
  threads: Number(values.threads),
  precision: values.precision,
  dialect: 'fused',
  maxPositions: contextTokens,
});
let runs = 0;
const counted = {
  config: decoder.config,
  newCache: (...given) => decoder.newCache(...given),
  run: (...given) => {
    runs++;
    return decoder.run(...given);
  },
};
const cache = decoder.newCache(contextTokens);

/** @param {object} request @param {'plain' | 'drafts'} way */
async function answer(request, way) {
  const prompt = product.assemblePrompt(
    request.prompt,
    { tokenizer, chatTemplate },
    { maxTokens: 1500, emptyPromptToken: 0 },
  );
  const parts = {
    decoder: counted,
    tokenizer,
    cache,
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    onPartial: () => undefined,
    calibration: folder.calibration,
    drafts: way === 'drafts',
  };
  runs = 0;
  const processor = process.cpuUsage();
  const answered = await product.generate({ ...request, id: 0, stream: false, freshCache: true }, prompt, parts, never);
  const { user, system } = process.cpuUsage(processor);
  const { newTokens, prefillMs, decodeMs } = answered.usage;
  const prefillRuns = Math.ceil(prompt.tokenIds.length / 64);
  const tokens = (answered.sequences ?? []).map((sequence) => sequence.tokens.map(({ id }) => id));
  return {
    answered,
    tokens,
    newTokens,
    runs: runs - prefillRuns,
    prefillMs,
    decodeMs,
    processorMs: (user + system) / 1000,
  };
}

/** What an action asks of the model while it works on a text. */
async function requestsOf(action, text) {
  const requests = [];
  const parts = { decoder, tokenizer, cache: decoder.newCache(contextTokens), turn: async () => undefined };
  const engine = {
    knownParameters: () => 2e9, // so that the model is asked where rules would do
    load: async () => ({ ...folder, parameters: 2e9, contextTokens, hasChatTemplate: true, languages: ['en'] }),
    tokenize: async (of) => ({ tokens: tokenizer.encode(of) }),
    score: (request) => product.scoreText(request, parts, never),
    scoreEach: (request) => product.scoreEach(request, contextTokens, parts, never),
    async generate(request) {
      requests.push(request);
      return (await answer(request, 'drafts')).answered;
    },
  };
  await product.runAction({ action, text, languageId: 'markdown', way: 'model' }, engine, never);
  return requests;
}

/** As the completer asks: eight tokens behind some 300, the last word healed. */
function completions() {
  const prose = readFileSync(path.join(root, 'test', 'golden', 'texts', 'prose.txt'), 'utf8');
  const ids = tokenizer.encode(prose);
  return Array.from({ length: Number(values.carets) }, (_, i) => ({
    slot: 'completion',
    prompt: { kind: 'continue', text: tokenizer.decode(ids.slice(100 * i, 100 * i + 300)), heal: true },
    options: { ...product.defaultGenerationOptions, temperature: 0, maxNewTokens: 8 },
    ignoreEndOfText: true,
  }));
}

const text = await threeHundredWords();
const tasks = [];
if (Number(values.carets) > 0) tasks.push(['completions', async () => completions()]);
for (const action of values.actions.split(',').filter(Boolean)) tasks.push([action, () => requestsOf(action, text)]);

const sum = (of, key) => of.reduce((total, one) => total + one[key], 0);
const rows = [];
for (const [name, asked] of tasks) {
  const requests = await asked();
  const answers = { plain: [], drafts: [] };
  let same = 0;
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [i, request] of requests.entries()) {
      const ways = (round + i) % 2 === 0 ? ['plain', 'drafts'] : ['drafts', 'plain'];
      const of = {};
      for (const way of ways) {
        of[way] = await answer(request, way);
        answers[way].push(of[way]);
      }
      if (JSON.stringify(of.plain.tokens) === JSON.stringify(of.drafts.tokens)) same++;
    }
  }
  if (values.verbose)
    for (const [i, { newTokens, runs: of, answered }] of answers.drafts.entries())
      process.stderr.write(
        `${newTokens} tokens, ${of} runs: ${answered.sequences?.[0].text} (${answers.plain[i].newTokens})\n`,
      );
  const perSecond = (way, key) => sum(answers[way], 'newTokens') / sum(answers[way], key);
  const of = answers.drafts;
  rows.push([
    name,
    String(requests.length),
    String(sum(of, 'newTokens') / Number(values.rounds)),
    (sum(of, 'runs') / sum(answers.plain, 'runs')).toFixed(2),
    (perSecond('drafts', 'decodeMs') / perSecond('plain', 'decodeMs')).toFixed(2),
    (perSecond('drafts', 'processorMs') / perSecond('plain', 'processorMs')).toFixed(2),
    `${same} of ${answers.plain.length}`,
  ]);
  process.stderr.write(`${rows.at(-1).join(' | ')}\n`);
}
const head = [
  'asked by',
  'requests',
  'tokens',
  'runs, ratio',
  'tokens per second, ratio',
  'with reading, processor time, ratio',
  'the same text',
];
process.stdout.write(`${markdownTable([head, ...rows])}\n`);
await decoder.release();
