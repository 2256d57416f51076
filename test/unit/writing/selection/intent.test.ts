import { expect, test } from 'vitest';
import { intentOf } from '../../../../src/writing/selection/intent.ts';

test.each([
  ['Make it sound more polite.', 'formal'],
  ['Please make this a bit more formal', 'formal'],
  ['rewrite it in a professional tone', 'formal'],
  ['Could you rewrite this paragraph more formally?', 'formal'],
  ['make the email friendlier!', 'friendly'],
  ['write it in plain English', 'simplify'],
  ['make this easier to understand', 'simplify'],
  ['simplify', 'simplify'],
  ['Shorten this paragraph, please.', 'shorten'],
  ['make it much shorter', 'shorten'],
  ['more concise', 'shorten'],
  ['make it longer', 'expand'],
  ['add more detail', 'expand'],
  ['Fix the spelling and grammar.', 'fix'],
  ['correct my typos', 'fix'],
  ['proofread the text', 'fix'],
  ['Rephrase it differently', 'rewrite'],
  ['I’d like you to turn this into bullet points', 'bullets'],
  ['convert the list to prose', 'prose'],
  ['put it in a table', 'table'],
])('“%s” asks for %s', (wish, action) => {
  expect(intentOf(wish)).toEqual({ action });
});

test('a wish for another language names it', () => {
  expect(intentOf('Translate this paragraph into French.')).toEqual({ action: 'translate', instruction: 'French' });
});

test.each([
  'Write it as if you were talking to a child.',
  'Make it angrier.',
  'Make it shorter and mention the price', // more than an action does
  'make it formal but keep the joke',
  'Turn it into numbered steps.',
  'Put it into the present tense.',
  'Write it in one sentence.',
  'in the style of a formal letter to the king',
  'remove the second sentence',
  'it',
  '',
])('“%s” is more than an action or none', (wish) => {
  expect(intentOf(wish)).toBeUndefined();
});
