import { describe, expect, test } from 'vitest';
import { resolveCompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import { gateThresholds } from '../../../src/writing/completion/gate.ts';
import { unseenRest } from '../../../src/writing/completion/unseenRest.ts';

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
}

/**
 * What comes up.
 * @param drawn what was typed, `|`, and what is left of the answer
 */
const restOf = (
  drawn: string,
  { first = 0.9, later = 0.4, showing = 'normal', isRunning = false, typed = 1 }: Odds = {},
) => {
  const [before = '', text = ''] = drawn.split('|');
  const suggestion = { text, firstWordProbability: first, logprob: Math.log(first * later), typedChars: typed };
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
