import { expect, test } from 'vitest';
import { bareWords, wordCount } from '../../../../src/writing/selection/text/words.ts';

test.each([
  'The quick (brown) fox, “jumps” over *it*!',
  'It’s 3.5 °C — don’t e-mail a.b@c.de, see https://example.org/a_b?c=1.',
  'naïve façade, Ærø; snake_case and camelCase: `code()` … [link](target) #tag',
  '中文文本里没有空格。 日本語のテキスト。 ภาษาไทยไม่มีช่องว่าง',
  'A: b. c! d? (e) _f_ **g** h’i "j" k/l m–n o…',
  'שלום עולם, مرحبا 123,456 1st 2nd x² α β γδ',
  '',
  ' \n\t ',
])('words are counted as the segmenter cuts them: %s', (text) => {
  expect(wordCount(text)).toBe([...bareWords(text)].length);
});
