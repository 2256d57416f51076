import { describe, expect, test } from 'vitest';
import type { CompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import { gateThresholds } from '../../../src/writing/completion/gate.ts';
import { Typist } from './support/typist.ts';

type Showing = CompletionSettings['showing'];

describe('in a language that the model does not know', () => {
  test.each<[Showing, Showing]>([
    ['calm', 'calm'],
    ['normal', 'calm'],
    ['eager', 'normal'],
  ])('%s is %s, whatever the number', (showing, inForce) => {
    for (const minFirstWordProbability of [0, 0.2, 0.5, 0.8, 1]) {
      const number = { minFirstWordProbability };
      const foreign = gateThresholds({ showing, ...number }, { trigger: 'automatic', isForeign: true });
      const usual = (of: Showing) => gateThresholds({ showing: of, ...number }, { trigger: 'automatic' });
      // Who wants everything gets everything: short rests of words, too.
      expect(foreign).toEqual(usual(minFirstWordProbability === 0 ? showing : inForce));
      expect(gateThresholds({ showing, ...number }, { trigger: 'automatic', isForeign: false })).toEqual(
        usual(showing),
      );
    }
  });

  test.each<Showing>(['calm', 'normal', 'eager'])('nothing more is held back from somebody who asks: %s', (showing) => {
    const settings = { showing, minFirstWordProbability: 0.5 };
    expect(gateThresholds(settings, { trigger: 'explicit', isForeign: true })).toEqual(
      gateThresholds(settings, { trigger: 'explicit' }),
    );
  });

  test.each<[string, boolean]>([
    ['清晨的阳光下，港口一片', false],
    ['朝の光の中で', false],
    ['清晨的 Hafen', true],
    ['Er stieg die ', true],
    ['', true],
  ])('scripts without blanks are held to what is set: %j', (prefix, isSurer) => {
    const settings = { showing: 'normal', minFirstWordProbability: 0.5 } as const;
    const usual = gateThresholds(isSurer ? { ...settings, showing: 'calm' } : settings, { trigger: 'automatic' });
    expect(gateThresholds(settings, { trigger: 'automatic', isForeign: true, prefix })).toEqual(usual);
  });

  const caret = 'Er stieg die Treppe hin|';
  const says = (probability: number, word: string) => () => [[word, probability], ' und'] as const;
  test.each<[string, Showing, number, string, string, string]>([
    ['a word of which it is not sure enough', 'normal', 0.58, 'aufgehen', 'aufgehen', '–lowConfidence'],
    ['one of which it is', 'normal', 0.9, 'aufgehen', 'aufgehen und', 'aufgehen und'],
    ['the last three letters of a word', 'normal', 0.9, 'auf', 'auf und', 'auf und'],
    ['what only eager shows', 'eager', 0.42, 'aufgehen', 'aufgehen', '–lowConfidence'],
    ['what normal shows, with eager', 'eager', 0.58, 'aufgehen', 'aufgehen und', 'aufgehen und'],
    ['what calm shows', 'calm', 0.7, 'aufgehen', 'aufgehen und', 'aufgehen und'],
  ])('%s', async (_, showing, probability, word, usual, foreign) => {
    const sees = (isForeign: boolean) =>
      new Typist(caret, {
        script: says(probability, word),
        settings: { showing },
        request: { isForeign },
      }).sees();
    expect(await sees(false)).toContain(usual);
    expect(await sees(true)).toBe(foreign);
  });

  test('the last three letters of a word alone are not shown, but to somebody who asks', async () => {
    const end = (request: { isForeign: boolean; trigger?: 'explicit' }) =>
      new Typist(caret, { script: () => [['auf', 0.9]], request }).sees();
    expect(await end({ isForeign: false })).toBe('auf');
    expect(await end({ isForeign: true })).toBe('–tooShort');
    expect(await end({ isForeign: true, trigger: 'explicit' })).toBe('auf');
  });

  test('what follows a suggestion that is read is held to the same', async () => {
    const typist = new Typist(caret, { script: says(0.9, 'aufgehen'), request: { isForeign: true } });
    typist.reads(await typist.ask());
    const [first, ahead] = typist.generator.calls.map(({ request }) => request.gate);
    const settings = { showing: 'calm', minFirstWordProbability: 0.5 } as const;
    const { firstWord, minWordProbability } = gateThresholds(settings, { trigger: 'automatic' });
    expect(first?.minFirstWordProbability).toBe(firstWord.midWord);
    expect(ahead?.minWordProbability).toBe(minWordProbability);
    expect(ahead?.minFirstWordProbability).toBeGreaterThanOrEqual(firstWord.midWord);
  });
});
