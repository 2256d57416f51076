// node bench/calibration/collect.mjs PART [--carets N] [--seed N]
// Asks the product's completer at every caret of some stretches of a part's texts, with a gate that lets nearly
// everything through and nothing accepted, and writes what fit.mjs needs to try any gate on it:
// out/bench/calibration/PART-SEED.jsonl, one line per caret.
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { distFolder, modelFolder, outFolder } from '../product.mjs';
import { loadWriting } from './loadWriting.mjs';
import { fetchTexts } from './sources.mjs';
import { collectStretches, requestAt, stretchesIn, textsIn } from './stretches.mjs';

/** First words less likely than about this are never worth showing; not decoding them to their end saves hours. */
const looseGate = 0.2;
/** What passes the gate is rarely longer; the product decodes up to 16. */
const maxNewTokens = 10;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { carets: { type: 'string', default: '1200' }, seed: { type: 'string', default: '1' } },
});
const part = positionals[0] ?? 'calibration';
const writing = await loadWriting();
const texts = textsIn(await fetchTexts(part));
const file = path.join(outFolder, 'calibration', `${part}-${values.seed}.jsonl`);
writeFileSync(file, '');

const client = new writing.InferenceClient({ modulePath: path.join(distFolder, 'inference.js'), log: () => undefined });
client.use({
  modelFolder,
  device: 'cpu',
  threads: 0,
  precision: 'default',
  idleUnloadMs: 0,
  maxContextTokens: 1024,
});
try {
  await collectStretches(texts, { stretches: stretchesIn(texts, values, writing) }, collect);
} finally {
  await client.dispose();
}

async function collect(stretch, { name, text }, { start, end }) {
  let sequence;
  const generator = {
    async generate(request, token, onPartial) {
      const answer = await client.generate(request, token, onPartial);
      sequence = answer.kind === 'text' ? answer.sequences[0] : undefined;
      return answer;
    },
  };
  const settings = writing.resolveCompletionSettings({ minFirstWordProbability: looseGate, maxNewTokens });
  const completer = new writing.Completer(generator, performance);
  const zones = new writing.CaretReader();
  for (let offset = start; offset < end; offset++) {
    const request = requestAt({ name, text }, offset, writing);
    sequence = undefined;
    completer.reset();
    const outcome = await completer.complete(request, settings, writing.CancellationToken.None);
    if (outcome.kind === 'failed') throw outcome.error;
    const caret = writing.caretOf(request);
    const shown = outcome.kind === 'text' ? outcome.suggestions[0] : undefined;
    const record = {
      file: name,
      stretch,
      offset,
      end,
      zone: zones.zoneAt(request, request.prefix, caret),
      place: caret.place,
      before: text.slice(Math.max(0, offset - 60), offset),
      following: text.slice(offset, offset + 200),
      reason: outcome.reason,
      text: shown?.text,
      probability: shown?.firstWordProbability,
      healedLogprob: sequence?.healedLogprob,
      tokens: shown && sequence?.tokens.map((token) => [token.text, token.logprob]),
    };
    appendFileSync(file, `${JSON.stringify(record)}\n`);
  }
}
