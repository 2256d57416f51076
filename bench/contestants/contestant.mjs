// A contestant is a script that runs one engine once, in a process of its own, and prints what it saw as one line of JSON.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { outFolder } from '../product.mjs';
import { median } from '../statistics.mjs';

/** @type {{ threads: number, decodeTokens: number }} */
export const options = JSON.parse(process.argv[2] ?? '{"threads":1,"decodeTokens":64}');

/** What `makePrompts` of ../prompts.mjs wrote. */
const prompts = JSON.parse(readFileSync(path.join(outFolder, 'prompts.json'), 'utf8'));

/**
 * @typedef {object} Engine
 * @property {(prompt: import('../prompts.mjs').Prompt) => Promise<number>} prefill ms until the logits after a prompt that shares nothing with the last one
 * @property {(prompt: import('../prompts.mjs').Prompt, tokens: number) => Promise<{ stepMs: number, text: string }>} decode mean over the steps after the first token
 * @property {() => { residentMb: number, peakMb: number }} memory
 * @property {() => number} processorMs of the process that computes, since it started
 *
 * @param {Engine} engine
 * @param {{ loadMs: number, readyMs: number }} start
 */
export async function report(engine, start) {
  const { residentMb } = engine.memory();
  await engine.prefill(prompts.warmUp);
  const prefills = [];
  const decodes = [];
  const readFrom = engine.processorMs();
  for (const prompt of prompts.prefill) prefills.push(await engine.prefill(prompt));
  const prefillProcessorMs = (engine.processorMs() - readFrom) / prompts.prefill.length;
  for (const prompt of prompts.decode) decodes.push(await engine.decode(prompt, options.decodeTokens));
  const figures = {
    ...start,
    prefillTokensPerSecond: (1000 * prompts.prefill[0].ids.length) / median(prefills),
    prefillProcessorMs,
    decodeTokensPerSecond: 1000 / median(decodes.map(({ stepMs }) => stepMs)),
    residentMb,
    peakMb: engine.memory().peakMb,
  };
  process.stdout.write(`${JSON.stringify({ ...figures, text: decodes[0].text })}\n`);
}
