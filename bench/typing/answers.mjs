// The model's answers of typing.mjs: asked for once, with a gate that lets much through, and kept.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outFolder } from '../bundle.mjs';
import { gatedAnswer } from '../gatedAnswer.mjs';
import { startClient } from '../product.mjs';

/** What the model is asked with, whatever the settings: `gatedAnswer` makes of it what the product's gate leaves. */
const looseGate = { minFirstWordProbability: 0.35, minWordProbability: 0.2, minTotalProbability: 0.08 };

/**
 * A generator that asks the model what has not been asked before.
 * @param {{ FirstWord: any, doubtOf: any }} product
 */
export function openAnswers(product) {
  const file = path.join(outFolder, 'typing', 'answers.jsonl');
  mkdirSync(path.dirname(file), { recursive: true });
  const known = new Map(existsSync(file) ? linesOf(file) : []);
  /** Started when the first answer is not there yet. */
  let client;
  /** The first one of the model: a completer takes it for silence. */
  let failure;

  async function ask(question, token) {
    const partials = [];
    client ??= startClient({ threads: 1, maxContextTokens: 1024 });
    const outcome = await client.generate({ ...question, gate: looseGate }, token, (partial) => partials.push(partial));
    if (outcome.kind !== 'failed') return { outcome, partials };
    failure ??= outcome.error;
    throw failure;
  }

  return {
    async generate({ gate, ...question }, token, onPartial) {
      const key = createHash('sha1').update(JSON.stringify(question)).digest('hex');
      if (!known.has(key)) {
        known.set(key, await ask(question, token));
        appendFileSync(file, `${JSON.stringify([key, known.get(key)])}\n`);
      }
      const { outcome, partials } = known.get(key);
      const { said, chars } = gatedOutcome(outcome, gate, product);
      for (const partial of partials) if (partial.length <= chars) onPartial(partial);
      return said;
    },
    throwIfFailed() {
      if (failure) throw failure;
    },
    dispose: () => client?.dispose(),
  };
}

/** @returns what the gate leaves of an answer, and how many characters were decoded before it said so */
function gatedOutcome(outcome, gate, product) {
  if (outcome.kind !== 'text') return { said: outcome, chars: 0 };
  const [loose] = outcome.sequences;
  const { sequence, firstWordProbability, steps } = gatedAnswer(loose, gate, product);
  const chars = loose.tokens.slice(0, steps - 1).reduce((sum, { text }) => sum + text.length, 0);
  const usage = { ...outcome.usage, newTokens: outcome.usage.newTokens - loose.tokens.length + steps };
  if (sequence) return { said: { ...outcome, sequences: [sequence], usage }, chars };
  return { said: { kind: 'none', reason: 'lowConfidence', firstWordProbability, usage }, chars };
}

/** The whole lines of a file: the last may have been broken off. */
function linesOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}
