import { describe, expect, test } from 'vitest';
import type { CompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import { atCaret } from './support/atCaret.ts';
import { promptOf } from './support/scriptedGenerator.ts';
import { seen, Typist } from './support/typist.ts';

const sentence = (i: number) => `Sentence ${i} tells of the weather, which was fine.\n`;
const story = `${Array.from({ length: 80 }, (_, i) => sentence(i)).join('')}The quick `;

const promptLength = (typist: Typist) => promptOf(typist.generator.last.request).length;

describe('before the first key', () => {
  function reader(drawn: string, settings: Partial<CompletionSettings> = {}) {
    const typist = new Typist(drawn, { settings });
    typist.completer.readAhead(atCaret(drawn), typist.settings);
    return typist;
  }

  test('the model reads what the first suggestion will be asked from, and decodes next to nothing', async () => {
    const typist = reader(`${story}|`);
    const { request } = typist.generator.last;
    expect(request.options.maxNewTokens).toBe(1);
    typist.generator.last.say('b').end();
    void typist.edit('b').ask();
    expect(promptOf(typist.generator.last.request)).toBe(`${promptOf(request)}b`);
    expect(typist.calls).toBe(2);
  });

  test('a key ends the reading, and what was read counts', () => {
    const typist = reader(`${story}|`);
    const reading = typist.generator.last;
    void typist.edit('b').ask();
    expect(reading.cancelled).toBe(true);
    expect(promptOf(typist.generator.last.request)).toBe(`${promptOf(reading.request)}b`);
  });

  test('nothing of it is shown', async () => {
    const typist = reader(`${story}|`);
    typist.generator.last.say('brown').end();
    const asked = typist.ask();
    typist.generator.last.say('red').end();
    expect(seen(await asked)).toBe('red');
  });

  test('nothing is read where looking ahead is off, or no suggestion would be given', () => {
    expect(reader(`${story}|`, { lookAhead: false }).calls).toBe(0);
    expect(reader('half a wo|rd').calls).toBe(0);
  });

  test('nothing is read while a suggestion is on its way', () => {
    const typist = new Typist(`${story}|`);
    void typist.ask();
    typist.completer.readAhead(atCaret('Another text|'), typist.settings);
    expect(typist.calls).toBe(1);
    expect(typist.generator.last.cancelled).toBe(false);
  });
});

describe('when the model has just been started', () => {
  test('the first answer reads less, the next one as much as always', async () => {
    const warm = new Typist(`${story}|`);
    void warm.ask();
    const cold = new Typist(`${story}|`);
    cold.completer.engineIsCold();
    const first = cold.ask();
    expect(promptLength(cold)).toBeLessThan(0.5 * promptLength(warm));
    expect(promptLength(cold)).toBeGreaterThan(200);
    cold.generator.last.say('brown').end();
    await first;
    void cold.edit('x').ask();
    expect(promptLength(cold)).toBeGreaterThanOrEqual(promptLength(warm));
  });

  test('who types on while it is loaded still waits for a short one', () => {
    const typist = new Typist(`${story}|`);
    typist.completer.engineIsCold();
    void typist.ask();
    const length = promptLength(typist);
    void typist.edit('b').ask();
    expect(promptLength(typist)).toBeLessThanOrEqual(length + 1);
  });

  test('reading ahead reads everything: nobody waits', () => {
    const typist = new Typist(`${story}|`);
    typist.completer.engineIsCold();
    typist.completer.readAhead(atCaret(`${story}|`), typist.settings);
    expect(promptLength(typist)).toBeGreaterThan(900);
  });
});
