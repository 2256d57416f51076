import { describe, expect, test } from 'vitest';
import { clauseEnd, decodedSentenceEnd, endsSentence } from '../../../src/text/sentenceEnd.ts';
import { nextSentence } from '../../../src/writing/completion/nextSentence.ts';
import {
  columns,
  nextWord,
  splitsCharacter,
  visibleLength,
  wordPieces,
} from '../../../src/writing/completion/segment.ts';

describe('nextWord', () => {
  const check = (text: string, word: string) => expect(nextWord(text)).toBe(word);
  test('takes the blanks before and the marks after', () => {
    check(' quick, brown fox', ' quick,');
    check('ick brown', 'ick');
    check(' (see this)', ' (see');
    check(" isn't it", " isn't");
    check('\n  next line', '\n  next');
    check('. Then', '. Then');
    check(' …', ' …');
    check('', '');
  });
  test('is a segment where words are not spaced', () => {
    check('我们去北京，好吗', '我们');
    check('北京，好吗', '北京，');
    check('สวัสดีครับ', 'สวัสดี');
    check('東京に行く', '東京');
  });
  test('repeated, gives the whole text back', () => {
    const text = ' A “well-known” case (e.g. 3.14): 你好，世界！ 👨‍👩‍👧 done.\n- é ';
    expect(wordPieces(text).join('')).toBe(text);
  });
});

describe('nextSentence', () => {
  const check = (drawn: string) => {
    const [sentence, rest] = drawn.split('|');
    expect(nextSentence(sentence! + rest!)).toBe(sentence);
  };
  test('ends at full stops that end something', () => {
    check('is 3.14 long.| Then');
    check('by Mr. Smith and J. R. Tolkien went.| A');
    check('1. item one.| Two');
    check('see e.g. this one, i.e. that etc. and more.| X');
    check('wait... what.| Hm');
    check('so do I.| Then');
    check('"Stop!" she said.| Then');
    check('(He left.)| She');
    check('he said “no.”| But');
    check('Really?!| Yes');
    check('no end|');
    check('in 2019.| Then');
    check('version 2.0 of node.js is out.| It');
  });
  test('ends at wide marks without a blank', () => {
    check('我们去吧。|然后');
    check('他说：“好！”|然后');
    check('كيف حالك؟| نعم');
    check('यह ठीक है।| फिर');
  });
});

test('a clause ends at a comma that is no thousands separator', () => {
  expect(clauseEnd(' cats, dogs')).toBe(6);
  expect(clauseEnd(' 1,000 dogs')).toBeUndefined();
  expect(clauseEnd('猫，狗')).toBe(2);
});

test('a sentence starts after an end, not after an abbreviation', () => {
  for (const text of ['The end. ', 'The end.', '好。', 'He said “yes.” ', 'in 2019. ', 'Why? ']) {
    expect(endsSentence(text), text).toBe(true);
  }
  for (const text of ['see e.g. ', 'said Mr. ', 'in 3.', '1. ', 'the end, ', 'wait... ']) {
    expect(endsSentence(text), text).toBe(false);
  }
});

test('while decoding, only text that follows confirms a full stop', () => {
  const end = new RegExp(decodedSentenceEnd(), 'u');
  expect(end.test('is 3.')).toBe(false);
  expect(end.test('the end.')).toBe(false);
  expect(end.test('the end. It')).toBe(true);
  expect(end.test('好。')).toBe(true);
});

test('characters are what one sees', () => {
  expect(visibleLength(' 👨‍👩‍👧 é\u0301 ')).toBe(2);
  expect(columns('你好 ok')).toBe(7);
  expect(splitsCharacter('👨\u200D', '👩')).toBe(true);
  expect(splitsCharacter('e', '\u0301')).toBe(true);
  expect(splitsCharacter('\uD83D', '\uDE00')).toBe(true);
  expect(splitsCharacter('\r', '\n')).toBe(true);
  expect(splitsCharacter('a', 'b')).toBe(false);
  expect(splitsCharacter('', 'b')).toBe(false);
});
