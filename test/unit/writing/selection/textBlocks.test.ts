import { expect, test } from 'vitest';
import { languageOfText } from '../../../../src/text/language.ts';
import { allSentences } from '../../../../src/writing/selection/text/sentences.ts';
import { blockKindAt, paragraphAt } from '../../../../src/writing/selection/text/surroundings.ts';
import { textBlocks } from '../../../../src/writing/selection/text/textBlocks.ts';
import { wrapLike } from '../../../../src/writing/selection/text/wrapping.ts';

const kindsOf = (text: string) =>
  textBlocks(text)
    .map(({ kind }) => kind)
    .filter((kind) => kind !== 'blank');

test('blocks are what a reader sees', () => {
  const check = (text: string, kinds: string[]) => expect({ text, kinds: kindsOf(text) }).toEqual({ text, kinds });
  check('# Title\n\nA paragraph\nof two lines.\n', ['heading', 'prose']);
  check('Title\n=====\nText.', ['heading', 'prose']);
  check('- one\n  more of one\n- two\n', ['listItem', 'listItem']);
  check('---\ntitle: x\n---\nText.', ['frontMatter', 'prose']);
  check('```js\n# no heading\n```\nText.', ['code', 'prose']);
  check('| a | b |\n|---|---|\n| 1 | 2 |', ['table']);
  check('> quoted\n> twice\n\nText.', ['quote', 'prose']);
  check('$$\nx = 1\n$$', ['math']);
  check('\\section{Intro}\nText.\n\\begin{verbatim}\nx\n\\end{verbatim}', ['heading', 'prose', 'code']);
  check('Text\r\nmore.\r\n\r\n- item\r\n', ['prose', 'listItem']);
  check('', ['blank'].slice(1));
});

test('blocks cover every visible character', () => {
  const text = '# A\n\nB c.\n- d\n  e\n\n```\nf\n```\n| g |\n> h\n\n\ti\n';
  let rest = text;
  for (const { start, end } of textBlocks(text)) rest = rest.replace(text.slice(start, end), '');
  expect(rest.trim()).toBe('');
});

test('sentences end where sentences end', () => {
  const check = (text: string, expected: string[]) =>
    expect(allSentences(text).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  check('Dr. Smith paid 3.5 dollars. He left.', ['Dr. Smith paid 3.5 dollars.', 'He left.']);
  check('今天下雨。我们在家。', ['今天下雨。', '我们在家。']);
  check('> [!NOTE]\n> One here. Two\n> there.', ['[!NOTE]\n> One here.', 'Two\n> there.']);
  check('> One here.\n> Two there.', ['One here.', 'Two there.']);
  check('# No sentence here.\n\nOne\ntwo. Three.', ['One\ntwo.', 'Three.']);
});

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

test('the paragraph at the caret', () => {
  const check = (drawn: string, expected: string | undefined) => {
    const caret = drawn.indexOf('|');
    const text = drawn.replace('|', '');
    const span = paragraphAt(text, caret);
    expect(span && text.slice(span.start, span.end)).toBe(expected);
  };
  check('One.\n\nTw|o\nlines.\n\nThree.', 'Two\nlines.');
  check('One.|', 'One.');
  check('|One.', 'One.');
  check('- a\n- b|', '- b');
  check('One.\n|\nTwo.', undefined);
});

test('what a selection begins in', () => {
  const check = (before: string, kind: string) => expect(blockKindAt(before)).toBe(kind);
  check('Text. ', 'prose');
  check('```\ncode ', 'code');
  check('```\ncode\n```\n', 'prose');
  check('| a | ', 'table');
  check('---\ntitle: ', 'frontMatter');
});
