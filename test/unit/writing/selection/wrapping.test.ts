import { expect, test } from 'vitest';
import { languageOfText } from '../../../../src/text/language.ts';
import { wrapLike } from '../../../../src/writing/selection/text/wrapping.ts';

test('a language is told by its script and its small words', () => {
  const check = (text: string, expected: string | undefined) => expect(languageOfText(text)).toBe(expected);
  check('The cat sat on the mat and it was happy.', 'en');
  check('Die Katze saß auf der Matte und das war gut.', 'de');
  check('今天下雨，我们在家。', 'zh');
  check('Сегодня идёт дождь.', 'ru');
  check('Zxq.', undefined);
});

test('a changed sentence is broken like its paragraph', () => {
  const block = 'aaaa bbbb cccc\n  dddd eeee ffff';
  expect(wrapLike(block, 'one two three four five', 0)).toBe('one two three\n  four five');
  expect(wrapLike('one line only', 'a b c', 0)).toBe('a b c');
  const chinese = '今天的会议讨论了三个问题\n分别是预算和时间';
  expect(wrapLike(chinese, '会议讨论的是预算、时间和人员三个问题的先后', 0)).toBe(
    '会议讨论的是预算、时间和\n人员三个问题的先后',
  );
  expect(wrapLike(chinese, '会议讨论的是预算时间人员、预算', 0)).toBe('会议讨论的是预算时间人\n员、预算');
  expect(wrapLike('One sentence.\nAnd another.', 'A much longer sentence than before.', 0)).not.toContain('\n');
});
