import { describe, expect, test } from 'vitest';
import { resolveCompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import { gateThresholds } from '../../../src/writing/completion/gate.ts';
import { unseenRest } from '../../../src/writing/completion/unseenRest.ts';
import type { ScriptedToken } from './support/scriptedGenerator.ts';
import { Typist } from './support/typist.ts';

const thresholds = (showing: 'calm' | 'normal' | 'eager') =>
  gateThresholds(resolveCompletionSettings({ showing }), { trigger: 'automatic' });

interface Odds {
  /** of the first word, which was typed wholly or in part */
  readonly first?: number;
  /** of all words after it */
  readonly later?: number;
  readonly isRunning?: boolean;
  /** characters of it */
  readonly typed?: number;
  readonly showing?: 'calm' | 'normal' | 'eager';
  /** of each word of the answer, those that were typed included */
  readonly words?: readonly number[];
}

/**
 * What comes up.
 * @param drawn what was typed, `|`, and what is left of the answer
 */
const restOf = (
  drawn: string,
  { first = 0.9, later = 0.4, showing = 'normal', isRunning = false, typed = 1, words }: Odds = {},
) => {
  const [before = '', text = ''] = drawn.split('|');
  const [of = first, ...others] = words ?? [];
  const logprob = Math.log(others.reduce((all, one) => all * one, of * (words ? 1 : later)));
  const suggestion = {
    text,
    firstWordProbability: of,
    logprob,
    typedChars: typed,
    ...(words && { wordProbabilities: words }),
  };
  return unseenRest(suggestion, { before, thresholds: thresholds(showing), isRunning })?.text;
};

describe('the rest of an answer that was not seen comes up', () => {
  test.each<[string, Odds?]>([
    ['the gover|nment'],
    ['the gover|nment of'],
    ['we wou|ld like to'],
    ['lik|e to'],
    ['the hous|e and'],
    ['sla|te roofs'],
    ['the har|bor'],
    ['it doe|sn’t matter'],
    ['Änder|ungen'],
    ['мы при|шли'],
    ['upon a |time, there was a', { later: 0.2, isRunning: true }],
    ['upon a |time', { later: 1, isRunning: true, typed: 1 }],
    ['upon a |time, there was a', { later: 0.2, typed: 4 }],
    ['at the |end of the', { typed: 4 }],
    ['lik|e to', { later: 0.2 }],
    ['touc|hes the water.', { later: 0.2 }],
    ['upon a| time', { typed: 0, isRunning: true }],
    ['the| end of', { typed: 0 }],
    ['it is\n|a', { later: 0.1 }],
    ['at the |end of the', { later: 0.8, typed: 4 }],
    ['at the end| of the', { later: 0.7 }],
    ['at the |end', { later: 0.65, typed: 4 }],
    ['at the |end', { later: 0.55, showing: 'eager', typed: 4 }],
    ['lik|e to', { later: 0.9, isRunning: true }],
    ['the ri|ver was', { showing: 'calm', later: 0.5 }],
    ['the gover|nment', { showing: 'calm' }],
    ['the go|vernment', { isRunning: true }],
    ['the ri|ver was', { isRunning: true }],
    ['今天|天气'],
    ['今|天'],
    ['図書|館', { isRunning: true }],
  ])('%j %j', (drawn, odds) => expect(restOf(drawn, odds)).toBe(drawn.split('|')[1]));
});

describe('a word that begins behind what was typed unseen must be sure by itself', () => {
  test.each<[string, readonly number[], 'calm' | 'normal' | 'eager' | 'none', Odds?]>([
    // drawn, of each word, the most often that it comes up with
    ['first of| the', [0.62, 0.76], 'calm'],
    ['first of| the', [0.62, 0.73], 'eager'],
    ['first of| the', [0.62, 0.67], 'eager'],
    ['first of| the', [0.62, 0.55], 'none'],
    ['come back. It| was a', [0.83, 0.65, 0.37], 'eager'],
    ['come back. It| was a', [0.83, 0.8, 0.37], 'calm'],
    ['the water is too| high', [0.65, 0.58], 'none'],
    ['one |of the', [0.71, 0.9], 'eager'],
    ['one |of the', [0.8, 0.9], 'calm'],
    ['Could you let |me know what', [0.63, 0.85, 0.43], 'none'],
    ['upon a |time, there', [0.9, 0.99, 0.31], 'calm', { typed: 2 }],
    ['at the |end of the', [0.9, 0.77, 0.9, 0.9], 'eager', { typed: 4 }],
    ['at the |end of the', [0.9, 0.79, 0.9, 0.9], 'calm', { typed: 4 }],
    ['at the |end of the', [0.9, 0.6, 0.99, 0.99], 'none', { typed: 4 }],
    ['at the end |of the', [0.9, 0.6, 0.99, 0.99], 'calm', { typed: 8 }],
    ['at the end of| the', [0.9, 0.99, 0.99, 0.5], 'none', { typed: 10 }],
    ['the “old |man', [0.9, 0.5], 'none', { typed: 4 }],
    ['the “old |man', [0.9, 0.8], 'calm', { typed: 4 }],
    ['in the hou|ses of', [0.6, 0.31], 'calm'], // the word under the caret was judged
    ['in the house|, and', [0.9, 0.31], 'calm'], // a mark is judged where it was found
    ['我们今天|去北京', [0.9, 0.4, 0.4], 'calm'],
  ])('%j of %j: %s', (drawn, words, most, odds) => {
    const showings = ['eager', 'normal', 'calm'] as const;
    const comesUp = showings.filter((showing) => restOf(drawn, { ...odds, words, showing }) !== undefined);
    expect(comesUp.at(-1) ?? 'none').toBe(most);
  });
});

describe('a word of an answer is known by its own probability, whatever was cut and mended', () => {
  const so = (probability: number, ...more: ScriptedToken[]): ScriptedToken[] => [
    ['live', 0.9],
    [' here', probability],
    ...more,
  ];
  test.each<[string, (probability: number) => ScriptedToken[], string, string]>([
    ['The birds |', (p) => so(p), 'live', ' here'],
    ['The birds |', (p) => so(p, ' now'), 'live', ' here now'],
    ['The birds |', (p) => so(p, '\n\n', 'So'), 'live', ' here'], // cut at the line's end
    ['The birds |', (p) => so(p, [' now', 0.1]), 'live', ' here'], // cut where it is not sure
    ['The birds |', (p) => so(p, '.', ' They'), 'live', ' here.'],
    ['The birds |', (p) => so(p, [',', 0.5], ' now'), 'live', ' here, now'], // a mark behind a word is no part of it
    ['The birds |', (p) => so(p, [';', 0.4], ' now'), 'live', ' here; now'],
    ['The birds |', (p) => so(p, ['!', 0.6]), 'live', ' here!'],
    ['“The birds |', (p) => so(p, ['.”', 0.6]), 'live', ' here.”'],
    ['The (old birds |', (p) => so(p, [')', 0.6], ' now'), 'live', ' here) now'],
    [
      'The birds|',
      (p) => [
        [' live', 0.9],
        [' here', p],
      ],
      ' live',
      ' here',
    ],
    [
      'The birds\t|',
      (p) => [
        [' live', 0.9],
        [' here', p],
      ],
      'live',
      ' here',
    ], // a blank was taken out
    ['# The birds |', (p) => so(p, '.'), 'live', ' here'], // a title has no full stop
    ['The birds | now', (p) => so(p, ' now'), 'live', ' here'], // what follows is not repeated
    [
      '“The birds |',
      (p) => [
        ['don', 0.9],
        ["'t", 0.99],
        [' live', p],
      ],
      'don’t',
      ' live',
    ], // the author's apostrophe
  ])('%j', async (drawn, said, typed, rest) => {
    const comesUp = async (probability: number) => {
      const typist = new Typist(drawn, { script: () => said(probability) });
      await typist.ask();
      return typist.edit(typed).comesUp(0);
    };
    expect([await comesUp(0.8), await comesUp(0.6)]).toEqual([rest, '–tooShort']);
  });
});

describe('only the word comes up where the words after it are unlikely', () => {
  test.each<[string, string, Odds?]>([
    ['to|uches the water.', 'uches', { later: 0.2, isRunning: true }],
    ['the ma|chine. In', 'chine', { later: 0.29, isRunning: true }],
    ['pa|ckage using pip:', 'ckage', { later: 0.1, isRunning: true }],
    ['a mo|untain was', 'untain', { later: 0.1, isRunning: true }],
    ['it sh|ouldn’t matter', 'ouldn’t', { later: 0.1, isRunning: true }],
    ['bed|rooms are', 'rooms', { later: 0.1, isRunning: true }],
    ['the gove|rnment of', 'rnment', { later: 0.35, isRunning: true, showing: 'calm' }],
  ])('%j: %j %j', (drawn, expected, odds) => expect(restOf(drawn, odds)).toBe(expected));
});

describe('it stays away', () => {
  test.each<[string, Odds?]>([
    ['the hous|e'],
    ['the hou|se'],
    ['lik|e to', { later: 0.2, isRunning: true }],
    ['the hous|e and the', { later: 0.29, isRunning: true }],
    ['lik|e to', { isRunning: true }],
    ['the har|bor', { isRunning: true }],
    ['the har|bour', { isRunning: true }],
    ['the hou|se was', { later: 0.2, isRunning: true }],
    ['at the |end of the', { typed: 4, isRunning: true }],
    ['at the |end', { typed: 4, isRunning: true }],
    ['at the end| of the', { isRunning: true }],
    ['on| the', { later: 0.64, isRunning: true }],
    ['at the |end', { later: 0.7, showing: 'calm', typed: 4, isRunning: true }],
    ['the ri|ver', { showing: 'calm' }],
    ['on the ta|ble', { showing: 'calm' }],
    ['was |a', { later: 0.99, typed: 3 }],
    ['it was| a', { later: 0.99 }],
    ['of the |50', { later: 0.99, typed: 4 }],
    ['late|.'],
    ['late|, and', { later: 0.3, isRunning: true }],
    ['мы пришл|и'],
    ['we don|’t'],
  ])('%j %j', (drawn, odds) => expect(restOf(drawn, odds)).toBeUndefined());
});
