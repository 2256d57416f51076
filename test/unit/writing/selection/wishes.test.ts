import { expect, test } from 'vitest';
import { contradictsItself, sentenceCount, unmetWish } from '../../../../src/writing/selection/checks/wishes.ts';
import { noteText } from '../../../../src/writing/selection/notes.ts';

const source =
  'The pool is closed. The heating is broken; it will be repaired. Tickets are extended (by 3 days). Sorry!';

const points = source.split(/(?<=[.!]) /u);

test.each([
  // [wish, result, met]
  ['Make it two sentences.', 'The pool is closed. Sorry!', true],
  ['Make it two sentences.', 'The pool is closed. It is broken. Sorry!', false],
  ['two sentences long, and funny', 'It is. It was. It will be.', false],
  ['Say it in one sentence.', 'The pool is closed, sorry.', true],
  ['Say it in one sentence.', 'The pool is closed. Sorry.', false],
  ['in 3 short sentences', 'The pool is closed. The heating is broken. Sorry.', true],
  ['in 3 short sentences', 'One is. Two is.', false],
  ['Make the last sentence a warning.', 'Anything goes. Here. Or there. Or not.', true],
  ['用两句话说', '游泳池关了。对不起。', true],
  ['用两句话说', '游泳池关了。', false],
  ['at most 10 words', 'The pool is closed.', true],
  ['at most 3 words', 'The pool is closed.', false],
  ['under five words', 'The pool is now closed.', false],
  ['no more than twenty words please', 'The pool is closed.', true],
  ['at least 10 words', 'The pool is closed.', false],
  ['in 4 words', 'The pool is closed.', true],
  ['about 30 words', 'The pool is closed.', false],
  ['Write it as a list.', `- ${points.join('\n- ')}`, true],
  ['Write it as a list.', 'The pool is closed. Sorry.', false],
  ['turn into bullet points', `* ${points.join('\n* ')}`, true],
  ['In three bullet points', '- a b\n- c d\n- e f', true],
  ['In three bullet points', '- a b\n- c d', false],
  ['As a numbered list', points.map((point, i) => `${i + 1}. ${point}`).join('\n'), true],
  ['As a numbered list', '- a b\n- c d', false],
  ['Number the steps.', points.map((point, i) => `${i + 1}) ${point}`).join('\n'), true],
  ['Number the steps.', 'First a, then b.', false],
  ['shorter please', 'The pool is closed.', true],
  ['shorter please', `${source} And more.`, false],
  ['cut it by half', 'The pool is closed.', true],
  ['cut it by half', source.replace('Sorry!', ''), false],
  ['Make it longer.', `${source} And more words.`, true],
  ['Make it longer.', 'The pool is closed.', false],
  ['without the semicolon', 'The heating is broken. It is.', true],
  ['without the semicolon', 'The heating is broken; it is.', false],
  ['no exclamation marks', 'Sorry.', true],
  ['no exclamation marks', 'Sorry!', false],
  ['Leave out the numbers.', 'by 3 days', false],
  ['Leave out the numbers.', 'by some days', true],
  ['remove all emojis', 'Hi 😊', false],
  ['Make it scarier.', 'whatever', true],
  ['用中文总结', 'whatever', true],
  ['Answer with the word banana only.', 'banana', true],
] as const)('%j: %j', (wish, result, met) => {
  const found = unmetWish(wish, source, result);
  expect(found === undefined, found && noteText(found)).toBe(met);
});

test.each([
  ['Make it longer and shorter at the same time.', true],
  ['shorter, but with more details', true],
  ['Make it shorter.', false],
  ['Make it longer.', false],
  ['shorter, not longer than before', false],
] as const)('%j contradicts itself: %s', (wish, expected) => expect(contradictsItself(wish)).toBe(expected));

test('sentences are counted as people do', () => {
  const check = (text: string, count: number) => expect(sentenceCount(text), text).toBe(count);
  check('One.', 1);
  check('One. Two! Three?', 3);
  check('It costs 3.50 euros. Good.', 2);
  check('Dr. Sato came. She left.', 2);
  check('No end', 1);
  check('', 0);
  check('第一句。第二句！', 2);
});
