// The model's answers of typing.mjs, and the texts that the engine looked at for them: asked for once, with a gate that lets
// much through, and kept.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outFolder } from '../bundle.mjs';
import { loadEngine } from '../calibration/loadWriting.mjs';
import { MemoDecoder } from '../calibration/memoDecoder.mjs';
import { gatedAnswer } from '../gatedAnswer.mjs';
import { modelFolder } from '../product.mjs';

/** What the model is asked with, whatever the settings: `gatedAnswer` makes of it what the product's gate leaves. */
const looseGate = { minFirstWordProbability: 0.35, minWordProbability: 0.2, minTotalProbability: 0.08 };
const maxContextTokens = 1024;
/** Kept free for new and healed tokens. */
const room = 32;

/**
 * A generator that asks the model what has not been asked before. Its answers say what the engine did for them, as `work`.
 * @param {{ FirstWord: any, doubtOf: any }} product
 */
export function openAnswers(product) {
  const file = path.join(outFolder, 'typing', 'asked.jsonl');
  mkdirSync(path.dirname(file), { recursive: true });
  const known = new Map(existsSync(file) ? linesOf(file) : []);
  /** Opened when the first answer is not there yet. */
  let asking;
  /** The first one of the model: a completer takes it for silence. */
  let failure;

  async function ask(question) {
    asking ??= openModel();
    try {
      return await (await asking)(question);
    } catch (error) {
      failure ??= error;
      throw error;
    }
  }

  return {
    async generate({ gate, ...question }, _token, onPartial) {
      const key = createHash('sha1').update(JSON.stringify(question)).digest('hex');
      if (!known.has(key)) {
        known.set(key, await ask(question));
        appendFileSync(file, `${JSON.stringify([key, known.get(key)])}\n`);
      }
      const said = gatedOutcome(known.get(key), gate, product);
      for (const { tells } of said.work.looked) for (const text of tells) onPartial(text);
      return said;
    },
    throwIfFailed() {
      if (failure) throw failure;
    },
  };
}

/** The engine in this process. */
async function openModel() {
  const engine = await loadEngine();
  const request = { modelFolder, device: 'cpu', threads: 1, precision: 'default', idleUnloadMs: 0, maxContextTokens };
  const model = await engine.openModel(request, undefined, () => undefined);
  const { tokenizer, folder } = model;
  const decoder = new LoggedDecoder(model.decoder, model.caches.completion);
  const turn = () => Promise.resolve();
  const limits = { maxTokens: maxContextTokens - room, emptyPromptToken: tokenizer.specialId('<|endoftext|>') ?? 0 };
  return async (question) => {
    const { tokenIds, ...prompt } = engine.assemblePrompt(question.prompt, { tokenizer }, limits);
    const looked = decoder.log(tokenIds.length);
    const onPartial = (text) => looked.at(-1).tells.push(text);
    const parts = { decoder, cache: decoder, tokenizer, calibration: folder.calibration, turn, onPartial };
    const options = engine.resolveGenerationOptions(question.options);
    const whole = { ...question, id: 1, stream: true, options, gate: looseGate };
    const outcome = await engine.generate(whole, { ...prompt, tokenIds }, parts, engine.CancellationToken.None);
    const remembersOfAnswer = looked.filter(({ isOfAnswer, isKept }) => isOfAnswer && isKept).length;
    return { outcome, work: { prompt: tokenIds, looked, remembersOfAnswer } };
  };
}

/** Notes the texts whose logits are asked for. */
class LoggedDecoder extends MemoDecoder {
  #looked = [];
  #promptTokens = 0;

  /** @returns what is filled from now on: the tokens behind the prompt, and the partial texts told after each */
  log(promptTokens) {
    this.#promptTokens = promptTokens;
    this.#looked = [];
    return this.#looked;
  }

  async run(state, tokenIds, wanted, room) {
    const logits = await super.run(state, tokenIds, wanted, room);
    const stem = this.tokenIds.slice(this.#promptTokens);
    if (wanted.length > 0) this.#looked.push({ stem, isOfAnswer: room !== undefined, isKept: false, tells: [] });
    return logits;
  }

  remember() {
    this.#looked.at(-1).isKept = true;
  }
}

/** What the gate leaves of an answer, and of the work on it. */
function gatedOutcome({ outcome, work }, gate, product) {
  if (outcome.kind !== 'text') return { ...outcome, work };
  const [loose] = outcome.sequences;
  const { sequence, firstWordProbability, steps } = gatedAnswer(loose, gate, product);
  const usage = { ...outcome.usage, newTokens: outcome.usage.newTokens - loose.tokens.length + steps };
  const isCut = !sequence || steps < loose.tokens.length;
  const said = { usage, work: isCut ? cut(work, steps) : work };
  if (sequence) return { ...outcome, ...said, sequences: [sequence] };
  return { ...said, kind: 'none', reason: 'lowConfidence', firstWordProbability };
}

/** The token that the gate stops at is chosen, and not told. */
function cut(work, tokens) {
  const beforeAnswer = work.looked.filter(({ isOfAnswer }) => !isOfAnswer).length;
  const looked = work.looked.slice(0, beforeAnswer + tokens - 1);
  return { ...work, looked: looked.with(-1, { ...looked.at(-1), tells: [] }) };
}

/** The whole lines of a file: the last may have been broken off. */
function linesOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
