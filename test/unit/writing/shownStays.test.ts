import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import type { CompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import type { ScriptedToken } from './support/scriptedGenerator.ts';
import { Typist } from './support/typist.ts';

const words = 'the a rain storm fell in torrents upon roofs and walls of old towns where nobody slept'.split(' ');

/** A model that says something else after every text, sure of some of it. */
function says(prompt: string): readonly ScriptedToken[] {
  const random = seededRandom([...prompt.slice(-40)].reduce((hash, c) => (hash * 31 + c.charCodeAt(0)) >>> 0, 7));
  const isInWord = /\w$/u.test(prompt);
  return Array.from({ length: 6 }, (_, i) => {
    const word = words[Math.floor(random() * words.length)]!;
    const probability = 0.4 + 0.6 * random();
    return [i === 0 && isInWord ? word : ` ${word}`, probability] as const;
  });
}

/** The three together: an hour at 60 keys a minute. */
const keys = 1200;

test.each(['calm', 'normal', 'eager'] as const)(
  '%s: in 1,200 keys, with slips, backspaces and asking twice, nothing that is shown changes under the eye',
  async (showing: CompletionSettings['showing']) => {
    const random = seededRandom(5);
    const typist = new Typist('It was a dark and stormy night, and the wind blew over the hills |', {
      script: says,
      settings: { showing },
    });
    let shown = '';
    let typedThrough = 0;
    for (let key = 0; key < keys; key++) {
      const draw = random();
      if (shown !== '' && draw < 0.7) {
        const rest = shown.slice(1);
        shown = textOf(await typist.edit(shown[0]!).sees());
        if (rest.trim() === '') continue;
        expect(shown).toBe(rest);
        typedThrough++;
      } else if (draw < 0.78) shown = textOf(await typist.backspace().sees());
      else if (draw < 0.82) {
        const again = textOf(await typist.sees());
        expect(again).toBe(shown);
      } else {
        const word = words[Math.floor(random() * words.length)]!;
        shown = textOf(await typist.edit(random() < 0.4 ? ' ' : word[0]!).sees());
      }
    }
    expect(typedThrough).toBeGreaterThan(50);
  },
);

const textOf = (seen: string): string => (seen.startsWith('–') ? '' : seen);
