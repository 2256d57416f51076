import { describe, expect, test } from 'vitest';
import { InklingError } from '../../../src/protocol/errors.ts';
import { promptOf } from './support/scriptedGenerator.ts';
import { seen, Typist } from './support/typist.ts';

const brownFox = () => ['brown', ' fox', ' jumps'];
/** Lets everything run that waits for nothing but promises. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('typing through a suggestion', () => {
  test('shows its rest after every key, with one model call and no flicker', async () => {
    const typist = new Typist('Once the quick |', { script: brownFox });
    expect(await typist.sees()).toBe('brown fox jumps');
    expect(await typist.typesThrough('brown fo')).toEqual([
      'rown fox jumps',
      'own fox jumps',
      'wn fox jumps',
      'n fox jumps',
      ' fox jumps',
      'fox jumps',
      'ox jumps',
      'x jumps',
    ]);
    expect(typist.calls).toBe(1);
  });

  test('goes back into it, too', async () => {
    const typist = new Typist('Once the quick |', { script: brownFox });
    await typist.sees();
    await typist.typesThrough('br');
    expect(await typist.backspace().sees()).toBe('rown fox jumps');
    expect(await typist.backspace().sees()).toBe('brown fox jumps');
    expect(typist.calls).toBe(1);
  });

  test('asks the model again as soon as something else is typed', async () => {
    const typist = new Typist('Once the quick |', {
      script: (prompt) => (prompt.endsWith('r') ? ['ed', ' fox'] : brownFox()),
    });
    expect(await typist.sees()).toBe('brown fox jumps');
    expect(await typist.edit('r').sees()).toBe('ed fox');
    expect(typist.calls).toBe(2);
  });

  test('asks again at its end', async () => {
    const typist = new Typist('Once the quick |', { script: brownFox });
    await typist.sees();
    await typist.edit('brown fox jumps ').sees();
    expect(typist.calls).toBe(2);
  });

  test('keeps to the text, not to the place: the same words elsewhere in a document are another caret', async () => {
    const typist = new Typist('Once the quick |', { script: brownFox });
    await typist.sees();
    expect(await typist.sees({ suffix: 'cat' })).not.toBe('brown fox jumps');
    await typist.sees({ documentId: 'file:///other.md' });
    expect(typist.calls).toBe(3);
  });

  test('remembers a known nothing, but not against somebody who asks', async () => {
    const typist = new Typist('Once the quick |', { script: () => [['brown', 0.2], ' fox'] });
    expect(await typist.sees()).toBe('–lowConfidence');
    expect(await typist.sees()).toBe('–lowConfidence');
    expect(typist.calls).toBe(1);
    expect(await typist.sees({ trigger: 'explicit' })).toBe('brown fox');
    expect(typist.calls).toBe(2);
  });

  test('starts anew after a reset', async () => {
    const typist = new Typist('Once the quick |', { script: brownFox });
    await typist.sees();
    typist.completer.reset();
    await typist.sees();
    expect(typist.calls).toBe(2);
  });
});

describe('a running answer', () => {
  test('serves the next keystroke when it says what was typed', async () => {
    const typist = new Typist('Once the quick |');
    const first = typist.ask();
    typist.generator.last.say('brown');
    const second = typist.edit('b').ask();
    expect(seen(await first)).toBe('–cancelled');
    typist.generator.last.say(' fox').end();
    const outcome = await second;
    expect(seen(outcome)).toBe('rown fox');
    expect(outcome).toMatchObject({ source: 'running' });
    expect(typist.calls).toBe(1);
  });

  test('is waited for while it has not said enough to tell', async () => {
    const typist = new Typist('Once the quick |');
    void typist.ask();
    const second = typist.edit('b').ask();
    await settled();
    expect(typist.calls).toBe(1);
    typist.generator.last.say('brown').end();
    expect(seen(await second)).toBe('rown');
  });

  test('is stopped by the next keystroke that contradicts it', async () => {
    const typist = new Typist('Once the quick |');
    void typist.ask();
    const call = typist.generator.last.say('brown');
    const second = typist.edit('r').ask();
    expect(call.cancelled).toBe(true);
    await settled();
    expect(typist.calls).toBe(2);
    typist.generator.last.say('ed', ' fox').end();
    expect(seen(await second)).toBe('ed fox');
  });

  test('is stopped by the token that turns away from what was typed meanwhile', async () => {
    const typist = new Typist('Once the quick |');
    void typist.ask();
    const second = typist.edit('r').ask();
    const call = typist.generator.last.say('brown');
    await settled();
    expect(call.cancelled).toBe(true);
    expect(typist.calls).toBe(2);
    typist.generator.last.say('ed', ' fox').end();
    expect(seen(await second)).toBe('ed fox');
  });

  test('that found nothing sure enough is asked again with what was typed since', async () => {
    const typist = new Typist('Once the quick |');
    void typist.ask();
    const second = typist.edit('b').ask();
    typist.generator.last.say(['brown', 0.3]).end();
    await settled();
    expect(typist.calls).toBe(2);
    typist.generator.last.say('rown', ' fox').end();
    expect(seen(await second)).toBe('rown fox');
  });

  test('lives on without a request for a moment, then ends with the next token', async () => {
    const typist = new Typist('Once the quick |');
    void typist.ask();
    const call = typist.generator.last;
    typist.edit('b'); // and no request follows
    await settled();
    typist.nowMs += 100;
    expect(call.say('bro').cancelled).toBe(false);
    typist.nowMs += 100;
    expect(call.say('wn').cancelled).toBe(true);
  });

  test('that ends without a request is found by the next one', async () => {
    const typist = new Typist('Once the quick |');
    void typist.ask();
    typist.edit('b');
    typist.generator.last.say('brown', ' fox').end();
    await settled();
    expect(await typist.sees()).toBe('rown fox');
    expect(typist.calls).toBe(1);
  });

  test('yields to the newest request of another document', async () => {
    const typist = new Typist('Once the quick |');
    const first = typist.ask();
    const call = typist.generator.last;
    const second = typist.ask({ documentId: 'file:///other.md' });
    expect(call.cancelled).toBe(true);
    expect(seen(await first)).toBe('–cancelled');
    typist.generator.last.say('brown').end();
    expect(seen(await second)).toBe('brown');
  });

  test('is shared by two requests at the same caret', async () => {
    const typist = new Typist('Once the quick |');
    const both = [typist.ask(), typist.ask()];
    typist.generator.last.say('brown', ' fox').end();
    expect((await Promise.all(both)).map(seen)).toEqual(['brown fox', 'brown fox']);
    expect(typist.calls).toBe(1);
  });

  test('with a gate does not serve somebody who asks', async () => {
    const typist = new Typist('Once the quick |');
    void typist.ask();
    void typist.ask({ trigger: 'explicit' });
    await settled();
    expect(typist.generator.calls.map(({ request }) => request.gate === undefined)).toEqual([false, true]);
  });

  test('that fails is an outcome, and the next keystroke tries again', async () => {
    const typist = new Typist('Once the quick |');
    const first = typist.ask();
    typist.generator.last.fail({ kind: 'failed', error: new InklingError('processDied', 'gone') });
    expect(seen(await first)).toBe('–failed');
    const second = typist.ask();
    await settled();
    typist.generator.last.say('brown').end();
    expect(seen(await second)).toBe('brown');
  });

  test('is not started for a request that was given up before', async () => {
    const typist = new Typist('Once the quick |');
    const asked = typist.ask();
    typist.edit('b');
    expect(seen(await asked)).toBe('–cancelled');
    const { CancellationToken } = await import('vscode-jsonrpc');
    const outcome = await typist.completer.complete(
      {
        documentId: 'x',
        fileName: 'x.md',
        languageId: 'markdown',
        prefix: 'A new text of ',
        suffix: '',
        trigger: 'automatic',
      },
      typist.settings,
      CancellationToken.Cancelled,
    );
    expect(outcome.kind).toBe('cancelled');
    expect(typist.calls).toBe(1);
  });
});

describe('the back-off after rejections', () => {
  const shownAfter = async (typist: Typist) => (await typist.ask()).showDelayMs;

  test('waits longer after slow answers and twice as long after five rejections', async () => {
    const typist = new Typist('Once the quick |');
    const delayAfter = async (ms: number) => {
      typist.completer.reset();
      const asked = typist.ask();
      typist.nowMs += ms;
      typist.generator.last.say('brown').end();
      return (await asked).showDelayMs;
    };
    expect([await delayAfter(20), await delayAfter(200), await delayAfter(900)]).toEqual([15, 25, 55]);
    for (let i = 0; i < 5; i++) typist.completer.rejected();
    expect(await delayAfter(20)).toBe(30);
    typist.completer.accepted();
    expect(await delayAfter(20)).toBe(15);
  });

  test('does not delay what is on screen already', async () => {
    const typist = new Typist('Once the quick |', { script: brownFox });
    await typist.ask();
    expect(await shownAfter(typist.edit('b'))).toBeUndefined();
  });

  test('pauses for 30 s after ten rejections, except for somebody who asks', async () => {
    const typist = new Typist('Once the quick |', { script: brownFox });
    for (let i = 0; i < 10; i++) typist.completer.rejected();
    expect(await typist.sees()).toBe('–snoozed');
    expect(await typist.sees({ trigger: 'explicit' })).toBe('brown fox jumps');
    typist.nowMs += 30_000;
    expect(await typist.sees()).toBe('brown fox jumps');
  });
});

test('several sequences become several suggestions, each once', async () => {
  const typist = new Typist('Once the quick |', {
    settings: { sampling: { ...new Typist('a|').settings.sampling, temperature: 1, numReturnSequences: 3 } },
  });
  const generator = typist.generator;
  generator.generate = async () => ({
    kind: 'text',
    usage: { promptTokens: 1, reusedTokens: 0, newTokens: 1, waitMs: 0, prefillMs: 0, decodeMs: 0, firstTokenMs: 0 },
    sequences: ['red fox', 'brown fox', 'red fox', 'x'].map((text) => ({
      text,
      tokens: [{ id: 1, text, logprob: -0.1 }],
      logprob: -0.1,
      firstWordProbability: 0.9,
      healedLogprob: 0,
      finishReason: 'length',
    })),
  });
  expect(await typist.sees()).toBe('red fox / brown fox');
});

test('the prompt is the text up to the caret, to be healed; its answer may not end the text', async () => {
  const typist = new Typist('\uFEFFOnce the\r\nquick bro|', { script: () => ['wn'] });
  await typist.ask();
  const { request } = typist.generator.last;
  expect(promptOf(request)).toBe('Once the\nquick bro');
  expect(request).toMatchObject({ slot: 'completion', prompt: { heal: true }, ignoreEndOfText: true });
  expect(request.scoreSuffix).toBeUndefined();
});

test.each(['Once (the quick |) jumps over', 'Once “the quick|” jumps over'])(
  'the end of a pair is not scored: %s',
  async (drawn) => {
    const typist = new Typist(drawn, { script: () => ['brown'] });
    await typist.ask();
    expect(typist.generator.last.request.scoreSuffix).toBeUndefined();
  },
);

test('mid-line the suffix is scored', async () => {
  const typist = new Typist('Once the quick | jumps over the lazy dog\nand on', { script: () => ['brown'] });
  await typist.ask();
  expect(typist.generator.last.request).toMatchObject({
    scoreSuffix: ' jumps over the lazy dog',
    options: { maxNewTokens: 8 },
  });
});
