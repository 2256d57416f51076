import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import type { CompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import { changeableModel, words } from './support/changeableModel.ts';
import { Typist } from './support/typist.ts';

/** The three together: an hour at 60 keys a minute. */
const keys = 1200;

test.each(['calm', 'normal', 'eager'] as const)(
  '%s: in 1,200 keys, with slips, backspaces and asking twice, nothing that is shown changes under the eye',
  async (showing: CompletionSettings['showing']) => {
    const random = seededRandom(5);
    const typist = new Typist('It was a dark and stormy night, and the wind blew over the hills |', {
      script: changeableModel,
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
