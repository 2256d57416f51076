// node bench/calibration/collectChoices.mjs AUTHOR [--carets N] [--seed N] [--document]
// Asks, at every caret of some stretches of an author's texts, the model alone, the model with own words blended in, and
// the author's own words, and writes what fitChoice.mjs needs to try any choice between them:
// out/bench/calibration/choices/AUTHOR-SEED.jsonl, one line per caret. In this process: the engine's own parts, so that
// words can be scored that the model would not have said. With --document also with the document's own tokens blended in.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { modelFolder, outFolder } from '../product.mjs';
import { fetchAuthor } from './authors.mjs';
import { loadEngine } from './loadWriting.mjs';
import { collectStretches, requestAt, stretchesIn, textsIn } from './stretches.mjs';
import { WordCounts, wordCandidates } from './wordTable.mjs';

const looseGate = 0.15;
const maxNewTokens = 6;
/** Own words that the model is asked about. */
const candidates = 2;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    carets: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    document: { type: 'boolean', default: false },
  },
});
const author = positionals[0];
const writing = await loadEngine();
const folders = await fetchAuthor(author);
mkdirSync(path.join(outFolder, 'calibration', 'choices'), { recursive: true });
const file = path.join(outFolder, 'calibration', 'choices', `${author}-${values.seed}.jsonl`);
writeFileSync(file, '');

const model = await writing.openModel(
  { modelFolder, device: 'cpu', threads: 1, precision: 'default', idleUnloadMs: 0, maxContextTokens: 1024 },
  undefined,
  () => undefined,
);
const { tokenizer, decoder } = model;
const cache = model.caches.completion;
const turn = () => Promise.resolve();
const mostTokens = 1_000_000;
const elsewhere = new WordCounts();
const tokens = [];
for (const { name, text } of textsIn(folders.workspace)) {
  if (tokens.reduce((sum, text) => sum + text.tokens.length, 0) > mostTokens) break;
  elsewhere.add(text);
  tokens.push({ name, tokens: tokenizer.encode(text) });
}
const words = await writing.OwnWords.of(tokens, turn);
const parts = { decoder, tokenizer, cache, turn, onPartial: () => undefined };
const never = writing.CancellationToken.None;
process.stderr.write(`${author}: ${words.tokens} tokens, ${elsewhere.length} words\n`);

const typedTexts = textsIn(folders.typed);
await collectStretches(typedTexts, { stretches: stretchesIn(typedTexts, values, writing) }, collect);

async function collect(stretch, { name, text }, { start, end }) {
  const loose = { minFirstWordProbability: looseGate, maxNewTokens };
  const settings = writing.resolveCompletionSettings(loose);
  const thresholds = writing.gateThresholds(settings, { trigger: 'automatic' });
  const document = new WordCounts();
  const documentWords = await writing.OwnWords.of([{ name, tokens: tokenizer.encode(text.slice(0, start)) }], turn);
  const withDocument = {
    blend(logits, ids) {
      words.blend(logits, ids);
      documentWords.blend(logits, ids);
    },
  };
  document.add(text.slice(0, start));
  const zones = new writing.CaretReader();
  let lastWindow = 'none';
  for (let offset = start; offset < end; offset++) {
    const request = requestAt({ name, text }, offset, writing);
    const caret = writing.caretOf(request);
    const zone = zones.zoneAt(request, request.prefix, caret);
    const record = {
      author,
      file: name,
      stretch,
      offset,
      end,
      zone,
      place: caret.place,
      before: text.slice(Math.max(0, offset - 200), offset),
      following: text.slice(offset, offset + 200),
    };
    const place = { caret, zone, settings, thresholds };
    const refusal =
      writing.refusalOfDocument(request, settings) ??
      writing.refusalOfCaret(request, place) ??
      writing.refusalToAsk(request, place);
    if (refusal) record.reason = refusal.reason;
    else {
      const habits = writing.documentHabits(request.prefix, '');
      const headingsAt = (at) => zones.headingsAt(request, request.prefix, at).map(({ line }) => line);
      const prompt = writing.completionPrompt(request, { ...place, habits, headingsAt, lastWindow });
      lastWindow = { start: prompt.window.start, opening: prompt.window.opening };
      const context = {
        ...place,
        ...writing.surroundings(request.prefix, ''),
        habits,
        languageId: request.languageId,
        length: settings.length,
      };
      Object.assign(record, await answers(prompt.request, context, values.document ? { withDocument } : {}));
      record.own = await scored(wordCandidates(request.prefix, { document, elsewhere }, candidates), prompt.request);
    }
    appendFileSync(file, `${JSON.stringify(record)}\n`);
  }
}

async function answers(request, context, further) {
  const assembled = assemble(request);
  const found = {};
  for (const [name, more] of [
    ['plain', {}],
    ['blended', { words }],
    ...Object.entries(further).map(([name, words]) => [name, { words }]),
  ]) {
    const options = writing.resolveGenerationOptions(request.options);
    const answer = await writing.generate(
      { ...request, id: 1, stream: false, options },
      assembled,
      { ...parts, ...more },
      never,
    );
    if (answer.kind === 'text') {
      const [sequence] = answer.sequences;
      const shown = writing.postprocess(sequence, context);
      found[name] = {
        text: shown.text,
        drop: shown.drop,
        probability: sequence.firstWordProbability,
        tokens: sequence.tokens.map(({ text, logprob }) => [text, Number(logprob.toFixed(3))]),
      };
      if (name === 'plain') found.healed = sequence.healedLogprob;
    } else found[name] = { drop: answer.reason, probability: answer.firstWordProbability };
  }
  return found;
}

function assemble(request) {
  const limits = { maxTokens: 1024 - maxNewTokens - 16, emptyPromptToken: 0 };
  return writing.assemblePrompt(request.prompt, { tokenizer, chatTemplate: undefined }, limits);
}

/** How likely the model finds the author's words, without and with own words blended in; natural logarithms. */
async function scored(candidates, request) {
  const { tokenIds, forced } = assemble(request);
  const all = [];
  for (const candidate of candidates) {
    const ids = tokenizer.encodeFurther(forced + candidate.text);
    let [plain, blended] = [0, 0];
    const so = [...tokenIds];
    for (const id of ids) {
      const logits = await writing.logitsAfter(so, parts, never);
      plain += logits[id] - writing.logSumExp(logits);
      words.blend(logits, so);
      blended += logits[id] - writing.logSumExp(logits);
      so.push(id);
    }
    all.push({ ...candidate, plain: round(plain), blended: round(blended), tokens: ids.length });
  }
  return all;
}

function round(value) {
  return Number(value.toFixed(3));
}
