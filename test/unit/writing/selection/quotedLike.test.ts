import { expect, test } from 'vitest';
import { bareAnswer } from '../../../../src/writing/selection/prompting/modelText.ts';
import { quotedLike } from '../../../../src/writing/selection/prompting/quotedLike.ts';

const curly = 'I can’t say “no” to it.';
const straight = `I can't say "no" to it.`;

test.each([
  ["I can't get it.", 'I can’t get it.'],
  ['He said "yes" and left.', 'He said “yes” and left.'],
  ['"Yes," he said.', '“Yes,” he said.'],
  ['("Yes")', '(“Yes”)'],
  ["'Yes,' he said.", '‘Yes,’ he said.'],
  [`"It's 'it'"`, '“It’s ‘it’”'],
  ["The boys' room, the '90s and 'tis", 'The boys’ room, the ’90s and ’tis'],
  ['well—"so"', 'well—“so”'],
  [`Set \`a = "b"\` and don't ask.`, `Set \`a = "b"\` and don’t ask.`],
  [`<a href="x">it's</a>`, `<a href="x">it’s</a>`],
  [`[it's](it's.html)`, `[it’s](it's.html)`],
  [`A plank of 5' 10" isn't long.`, `A plank of 5' 10" isn’t long.`],
  ['"It was in 1990", he said.', '“It was in 1990”, he said.'],
  [`Since the 1990's it isn't.`, 'Since the 1990’s it isn’t.'],
  ['“So it was in 1990", he said.', '“So it was in 1990”, he said.'],
  ['Already “so” and can’t.', 'Already “so” and can’t.'],
])('%s gets the marks of a text with curly ones', (written, expected) => {
  expect(quotedLike(written, curly)).toBe(expected);
});

test.each([
  ['I can’t say “no”.', `I can't say "no".`],
  ['‘Yes’', "'Yes'"],
  ['`“a”` isn’t', "`“a”` isn't"],
])('%s gets the marks of a text with straight ones', (written, expected) => {
  expect(quotedLike(written, straight)).toBe(expected);
});

test.each([
  ['neither', 'It rained.'],
  ['both', `It's “so”.`],
  ['those of another language', 'Er sagte: „Ja“, und es war gut.'],
  ['none but in code', '`it’s` and nothing else'],
])('a text with %s says nothing about them', (_, source) => {
  for (const written of [`"It's"`, '“It’s”']) expect(quotedLike(written, source)).toBe(written);
});

test('the answer of a model has the marks of the text that it was given', () => {
  expect(bareAnswer(`Here is the text:\n\nI can't say "no".`, curly)).toBe('I can’t say “no”.');
  expect(bareAnswer('"I can\'t."', curly)).toBe('I can’t.');
});
