// One process of the product, from its start through typing, a fresh caret and a cancel to silence.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuTicks, memoryMb } from './procfs.mjs';
import { continueText, openTokenizer, product, root, startClient } from './product.mjs';
import { median } from './statistics.mjs';

const contextTokens = 500;
const suggestionTokens = 8;
const typedCharacters = 60;
const idleSeconds = 20;

const { threads } = JSON.parse(process.argv[2] ?? '{"threads":1}');
const prose = readFileSync(path.join(root, 'test', 'golden', 'texts', 'prose.txt'), 'utf8');
const tokenizer = openTokenizer();
const ids = tokenizer.encode(prose);
/** Text of about 500 tokens in front of token `end`, ending at a word's end. */
const contextBefore = (end) => tokenizer.decode(ids.slice(end - contextTokens, end)).trimEnd();

/**
 * What the completer reads in front of token `end` at a caret where it has not been before.
 * @param {number} end
 * @param {'cold'} [last] when the process has just been started
 */
function windowBefore(end, last) {
  const { promptWindow, defaultCompletionSettings } = product();
  return promptWindow(
    tokenizer.decode(ids.slice(0, end)).trimEnd(),
    defaultCompletionSettings.promptTokens,
    () => [],
    last,
  ).text;
}

const client = startClient({ threads });
const startedAt = performance.now();
await suggest(windowBefore(520, 'cold'));
const firstSuggestionMs = performance.now() - startedAt;

const typing = await typeOn(contextBefore(600));
const fresh = [];
const freshWhole = [];
for (const end of [700, 800, 900, 1000]) {
  fresh.push((await suggest(windowBefore(end))).ms);
  freshWhole.push((await suggest(contextBefore(end - 50))).ms);
}
const decodeStepMs = await stepAt([740, 750, 760].map(contextBefore));
const cancel = await cancelMidway(contextBefore(850));
await fillSlots();
await sleep(3000);
const { residentMb, peakMb } = memoryMb(client.processId);
const ticks = cpuTicks(client.processId);
await sleep(idleSeconds * 1000);
const idleCpuPercent = cpuTicks(client.processId) - ticks; // a tick is 10 ms: percent of a core over one second
const figures = {
  decodeStepMs,
  firstSuggestionMs,
  nextCharacterMs: median(typing),
  nextCharacterP95Ms: typing.toSorted((a, b) => a - b)[Math.floor(0.95 * typing.length)],
  nextCharacterSteps: median(typing) / decodeStepMs,
  freshCaretMs: median(fresh),
  freshCaretSteps: median(fresh) / decodeStepMs,
  freshWholeMs: median(freshWhole),
  freshWholeSteps: median(freshWhole) / decodeStepMs,
  ...cancel,
  steadyMb: residentMb,
  peakMb,
  idleCpuPercent: idleCpuPercent / idleSeconds,
};
await client.dispose();
process.stdout.write(`${JSON.stringify(figures)}\n`);

/** As the completer asks: the word under the caret healed, eight tokens. */
function suggest(text) {
  return continueText(client, text, { maxNewTokens: suggestionTokens, heal: true });
}

/** Types what follows in the text, one character after the other; ms until each suggestion. */
async function typeOn(context) {
  const from = prose.indexOf(context.slice(-60)) + 60;
  await suggest(context);
  const waits = [];
  for (let typed = 1; typed <= typedCharacters; typed++) {
    waits.push((await suggest(context + prose.slice(from, from + typed))).ms);
  }
  return waits;
}

/** @param {string[]} contexts that differ: what was just decoded is known */
async function stepAt(contexts) {
  const steps = [];
  for (const context of contexts) {
    const { outcome } = await continueText(client, context, { maxNewTokens: 33 });
    steps.push(outcome.usage.decodeMs / 32);
  }
  return median(steps);
}

/** Cancels as soon as ten tokens are out. What was decoded later than that is what the cancel could not save. */
async function cancelMidway(context) {
  const { CancellationTokenSource } = product();
  const afterCancel = [];
  const waits = [];
  for (let run = 0; run < 5; run++) {
    const source = new CancellationTokenSource();
    let partials = 0;
    let cancelledAt = 0;
    const { outcome } = await continueText(client, context, {
      maxNewTokens: 200,
      token: source.token,
      onPartial() {
        if (++partials !== 10) return;
        cancelledAt = performance.now();
        source.cancel();
      },
    });
    if (outcome.kind !== 'cancelled') throw new Error(`cancelled, but answered ${outcome.kind}`);
    waits.push(performance.now() - cancelledAt);
    afterCancel.push(outcome.usage.newTokens - 10);
  }
  return { tokensAfterCancel: Math.max(...afterCancel), cancelMs: median(waits) };
}

/** Both slots hold as many tokens as they may: a document, just not cut for want of room, and a long conversation about it. */
async function fillSlots() {
  const { CancellationToken, defaultGenerationOptions } = product();
  await continueText(client, tokenizer.decode(ids.slice(0, 970)), { maxNewTokens: 16 });
  const outcome = await client.generate(
    {
      slot: 'action',
      prompt: { kind: 'chat', messages: [{ role: 'user', content: tokenizer.decode(ids.slice(0, 960)) }] },
      options: { ...defaultGenerationOptions, temperature: 0, maxNewTokens: 16 },
      ignoreEndOfText: true,
    },
    CancellationToken.None,
  );
  if (outcome.kind !== 'text') throw new Error(`no answer but ${outcome.kind}`);
  const { cacheTokens } = await client.memory();
  if (cacheTokens.completion < 980 || cacheTokens.action < 980) throw new Error('the slots are not full');
}
