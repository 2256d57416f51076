import { seededRandom } from '../../../../src/protocol/seededRandom.ts';
import type { ScriptedToken } from './scriptedGenerator.ts';

/** All that it ever says. */
export const words = 'the a rain storm fell in torrents upon roofs and walls of old towns where nobody slept'.split(
  ' ',
);

/** A model that says something else after every text, sure of some of it. */
export function changeableModel(prompt: string): readonly ScriptedToken[] {
  const random = seededRandom([...prompt.slice(-40)].reduce((hash, c) => (hash * 31 + c.charCodeAt(0)) >>> 0, 7));
  const isInWord = /\w$/u.test(prompt);
  return Array.from({ length: 6 }, (_, i) => {
    const word = words[Math.floor(random() * words.length)]!;
    const probability = 0.4 + 0.6 * random();
    return [i === 0 && isInWord ? word : ` ${word}`, probability] as const;
  });
}
