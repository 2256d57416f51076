// node bench/typingCost.mjs --before CHECKOUT [--authors git,austen] [--carets 200] [--seed 5] [--precision fp32]
// What suggestions cost while somebody types: stretches of texts typed by the simulated writer with the engine of another checkout and with
// this one, in turn, in this process: runs of the graph, processor time, and whether the answers are the same. Both engines answer
// the same requests in the same order; answers that mostly read a new text (the first of a stretch) are left out of the times.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, root } from './bundle.mjs';
import { fetchAuthor } from './calibration/authors.mjs';
import { loadReplay } from './calibration/loadWriting.mjs';
import { stretchesIn, textsIn } from './calibration/stretches.mjs';
import { modelFolder } from './product.mjs';
import { median } from './statistics.mjs';
import { markdownTable, percent } from './table.mjs';

const { values } = parseArgs({
  options: {
    before: { type: 'string' },
    authors: { type: 'string', default: 'git,austen' },
    carets: { type: 'string', default: '200' },
    seed: { type: 'string', default: '5' },
    precision: { type: 'string', default: 'default' },
  },
});
/** Read anew for one answer: more than a word that has just been typed. */
const newText = 20;

const modules = `
  export { openModel } from './src/inference/runningModel.ts';
  export { assemblePrompt } from './src/inference/prompt.ts';
  export { generate } from './src/inference/generate.ts';
  export { resolveGenerationOptions } from './src/protocol/generationOptions.ts';
`;
/** Both in one folder, so that they share the runtime, which can be loaded once. */
const engineOf = (name, checkout) =>
  bundle(`typingCost-${name}`, modules, { stdin: { contents: modules, resolveDir: checkout, loader: 'ts' } });

const writing = await loadReplay();
const sides = [
  await sideOf('before', await engineOf('before', path.resolve(values.before))),
  await sideOf('now', await engineOf('now', root)),
];
for (const author of values.authors.split(',')) {
  const texts = textsIn((await fetchAuthor(author)).typed);
  for (const stretch of stretchesIn(texts, values, writing)) {
    for (const side of sides) await side.type(texts[stretch.text], stretch);
    sides.reverse(); // in turn
  }
}
sides.sort((a, b) => a.name.localeCompare(b.name));
const [before, now] = sides;
const both = [...before.answers].filter(([prompt]) => now.answers.has(prompt));
const same = both.filter(([prompt, answer]) => answer === now.answers.get(prompt)).length;
process.stdout.write(
  `${markdownTable([
    ['', 'answers', 'runs of the graph', 'processor time', 'an answer', '95th percentile', 'shown', 'right', 'net'],
    ...sides.map((side) => side.row()),
  ])}\n\n${same} of ${both.length} questions that both were asked have the same answer.\n`,
);
process.exit();

async function sideOf(name, engine) {
  const request = { modelFolder, device: 'cpu', threads: 1, precision: values.precision };
  const options = { idleUnloadMs: 0, maxContextTokens: 1024 };
  const model = await engine.openModel({ ...request, ...options }, undefined, () => undefined);
  const { tokenizer, caches } = model;
  const counted = { runs: 0, all: 0 };
  const run = (...given) => {
    counted.all++;
    return model.decoder.run(...given);
  };
  const parts = { decoder: { config: model.decoder.config, run }, tokenizer, cache: caches.completion };
  const turn = () => Promise.resolve();
  const [times, tallies, answers] = [[], [], new Map()];
  const generator = {
    async generate(asked, token) {
      const prompt = engine.assemblePrompt(
        asked.prompt,
        { tokenizer, chatTemplate: undefined },
        { maxTokens: 992, emptyPromptToken: 0 },
      );
      const whole = { ...asked, id: 1, stream: false, options: engine.resolveGenerationOptions(asked.options) };
      const runsBefore = counted.all;
      const cpuBefore = process.cpuUsage();
      const answer = await engine.generate(whole, prompt, { ...parts, turn, onPartial: () => undefined }, token);
      const { user, system } = process.cpuUsage(cpuBefore);
      if (answer.usage.promptTokens - answer.usage.reusedTokens < newText) {
        times.push((user + system) / 1000);
        counted.runs += counted.all - runsBefore;
      }
      answers.set(asked.prompt.text, JSON.stringify([answer.kind, answer.sequences?.map(({ text }) => text)]));
      return answer;
    },
  };
  return {
    name,
    answers,
    async type({ name: file, text }, { start, end }) {
      const tally = writing.emptyTextTally();
      const written = new writing.SimulatedWriter(
        generator,
        { path: file, languageId: writing.languageOf(file), text },
        {
          settings: writing.resolveCompletionSettings({}),
          midLine: false,
          losesPatience: true,
          stopwatch: { now: () => 0 },
          onCaret: (caret) => writing.countCaret(tally, caret),
        },
      );
      const { characters, keys } = await written.write(start, end);
      tally.all.characters += characters;
      tally.all.keys += keys;
      tallies.push(tally.all);
    },
    row() {
      const sum = writing.sumOf(tallies);
      const { precisionWhenShown, netKeystrokesSaved } = writing.textFigures(sum);
      const ms = (value) => `${value.toFixed(1)} ms`;
      return [
        name,
        String(times.length),
        String(counted.runs),
        ms(times.reduce((a, b) => a + b, 0)),
        ms(median(times)),
        ms(times.toSorted((a, b) => a - b)[Math.floor(0.95 * times.length)]),
        String(sum.shown),
        percent(precisionWhenShown),
        percent(netKeystrokesSaved),
      ];
    },
  };
}
