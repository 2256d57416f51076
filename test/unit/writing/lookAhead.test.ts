import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import type { CompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import { atCaret } from './support/atCaret.ts';
import { promptOf, type ScriptedToken } from './support/scriptedGenerator.ts';
import { seen, Typist } from './support/typist.ts';

/** Answers to the end of the word that is on screen, so that a sentence can go on behind it. */
const words = ['brown', ' fox', ' jumps', ' over'];
const oneWord = (prompt: string) => [words[prompt.trim().split(' ').length - 3]!];

/** Somebody who sees `brown` and reads it. */
async function reader(drawn = 'Once the quick |', settings: Partial<CompletionSettings> = {}) {
  const typist = new Typist(drawn, { settings });
  const asked = typist.ask();
  typist.generator.last.say('brown').end();
  const outcome = await asked;
  expect(seen(outcome)).toBe('brown');
  typist.reads(outcome);
  return typist;
}

describe('while a suggestion is read', () => {
  test('what follows an accept is computed, and is there at once after it', async () => {
    const typist = await reader();
    expect(promptOf(typist.generator.last.request)).toBe('Once the quick brown ');
    typist.generator.last.say('fox').end();
    await new Promise(setImmediate);
    expect(await typist.edit('brown ').sees()).toBe('fox');
    expect(typist.calls).toBe(2);
  });

  test('an accept before that is done waits for it, and asks nothing anew', async () => {
    const typist = await reader();
    const asked = typist.edit('brown ').ask();
    typist.generator.last.say('fox').end();
    expect(seen(await asked)).toBe('fox');
    expect(typist.calls).toBe(2);
  });

  test('the next key ends it, also one of the suggestion’s own', async () => {
    for (const key of ['r', 'b', '\n']) {
      const typist = await reader();
      const ahead = typist.generator.last;
      void typist.edit(key).ask();
      expect(ahead.cancelled).toBe(true);
    }
  });

  test('a suggestion further on is computed as far ahead again', async () => {
    const typist = new Typist('Once the quick |', { script: oneWord });
    typist.reads(await typist.ask());
    const next = await typist.edit('brown ').ask();
    expect(seen(next)).toBe('fox');
    typist.reads(next);
    expect(typist.calls).toBe(3);
  });

  test('where blanks are typed by hand, what follows the word alone is computed', async () => {
    const typist = await reader('Once the quick |', { spaceAfterWord: false });
    expect(promptOf(typist.generator.last.request)).toBe('Once the quick brown');
    typist.generator.last.say(' fox').end();
    await new Promise(setImmediate);
    expect(await typist.edit('brown').sees()).toBe(' fox');
    expect(typist.calls).toBe(2);
  });
});

describe('nothing is computed ahead', () => {
  test('where it is switched off', async () => {
    expect((await reader('Once the quick |', { lookAhead: false })).calls).toBe(1);
  });

  test('where text follows on the line', async () => {
    expect((await reader('Once the quick | jumps')).calls).toBe(1);
  });

  test('at the end of a sentence, where nothing would be asked either', async () => {
    const typist = new Typist('Once the quick |', { script: () => ['brown', ' fox', '.'] });
    typist.reads(await typist.ask());
    expect(typist.calls).toBe(1);
  });

  test('once typing has gone on', async () => {
    const typist = new Typist('Once the quick |', { script: () => ['brown', ' fox'] });
    const outcome = await typist.ask();
    await typist.edit('b').ask(); // answered from the cache
    if (outcome.kind === 'text')
      typist.completer.lookAhead(atCaret('Once the quick |'), typist.settings, outcome.suggestions[0]!);
    expect(outcome.kind).toBe('text');
    expect(typist.calls).toBe(1);
  });

  test('twice', async () => {
    const typist = new Typist('Once the quick |', { script: () => ['brown', ' fox'] });
    const outcome = await typist.ask();
    typist.reads(outcome);
    await new Promise(setImmediate);
    typist.reads(outcome);
    expect(typist.calls).toBe(2);
  });
});

/** A model whose words and doubts depend on the last words of its prompt alone. */
function told(prompt: string): readonly ScriptedToken[] {
  const last = prompt.slice(-12);
  const seed = [...last].reduce((sum, character) => (sum * 31 + character.codePointAt(0)!) % 9_973, 7);
  const open = /\p{L}$/u.test(prompt) ? ['own', 'ly', ' the', ' a', 'er'] : ['the', 'brown', 'fox', 'a', 'cat'];
  const later = [' and', ' jumps', ' over', '.', ', then'];
  const probability = (of: number) => 0.5 + ((seed * of) % 50) / 100;
  return [
    [open[seed % open.length]!, probability(3)],
    [later[seed % later.length]!, probability(7)],
    [later[(seed + 1) % later.length]!, probability(11)],
  ];
}

/** Somebody who writes at random, reads what comes up or does not, and takes it, a part of it, or something else. */
async function written(seed: number, lookAhead: boolean): Promise<string[]> {
  const random = seededRandom(seed);
  const typist = new Typist('Once the quick |', { script: told, settings: { lookAhead, promptTokens: 32 } });
  const sequence: string[] = [];
  for (let step = 0; step < 40; step++) {
    const outcome = await typist.ask();
    sequence.push(seen(outcome));
    const shown = outcome.kind === 'text' ? outcome.suggestions[0]!.text : '';
    if (random() < 0.7) typist.reads(outcome);
    if (random() < 0.5) await new Promise(setImmediate);
    const deed = random();
    if (deed < 0.3 && shown !== '') typist.edit(shown);
    else if (deed < 0.5 && shown !== '') typist.edit(shown.slice(0, 1 + Math.floor(random() * shown.length)));
    else if (deed < 0.6) typist.backspace();
    else typist.edit(['a', 'e', ' ', 'x', '. ', ', '][Math.floor(random() * 6)]!);
  }
  return sequence;
}

test('whatever is typed, what is seen is what would be seen without it', async () => {
  for (let seed = 0; seed < 8; seed++) expect(await written(seed, true)).toEqual(await written(seed, false));
});
