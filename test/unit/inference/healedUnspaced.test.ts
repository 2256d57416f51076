import { expect, test } from 'vitest';
import { assemblePrompt } from '../../../src/inference/prompt.ts';
import type { Tokenizer } from '../../../src/model/tokenizer.ts';

/** Of whole words, of single characters, and of bytes for what it does not have: the longest is taken. */
const words = [
  ...[
    '文件',
    ' 文件',
    ' 文',
    '文',
    '件',
    '里面',
    '里',
    '面',
    '发现',
    '发',
    '可预测',
    '网络',
    '接口',
    '名称',
    '网',
    '络',
    '接',
  ],
  ...[
    'คอม',
    'พิว',
    'เตอร์',
    'ひらがな',
    'カタ',
    'カナ',
    'の',
    '在',
    ' ',
    'a',
    'b',
    'c',
    ',',
    '，',
    '。',
    '\n',
    '3',
    '第',
  ],
];
const bytes = words.map((word) => Buffer.from(word));
const encodeFurther = (text: string): number[] => {
  if (text === '') return [];
  const fitting = words.filter((word) => text.startsWith(word)).sort((a, b) => b.length - a.length);
  if (fitting[0] !== undefined) return [words.indexOf(fitting[0]), ...encodeFurther(text.slice(fitting[0].length))];
  const [character = ''] = text;
  return [...Buffer.from(character)].map((byte) => -1 - byte).concat(encodeFurther(text.slice(character.length)));
};
const tokenBytes = (id: number) => (id >= 0 ? bytes[id]! : Uint8Array.of(-1 - id));
const known = { beginning: [], textPrefix: '', encode: encodeFurther, encodeFurther, tokenBytes };
const tokenizer = known as unknown as Tokenizer;
const limits = { maxTokens: 200, emptyPromptToken: 0 };

const forcedIn = (text: string, of = tokenizer) =>
  assemblePrompt({ kind: 'continue', text, heal: true }, { tokenizer: of, chatTemplate: undefined }, limits);

test.each([
  // a token that ends at the caret would say that the word does
  ['在 文', ' 文'],
  ['在 文件', ' 文件'],
  ['，文', '文'],
  ['文件里面发', '里面发'],
  ['文件里', '文件里'],
  ['可预测网', '可预测网'],
  ['可预测网络接', '网络接'], // whole tokens
  ['可预测网络接口', '网络接口'],
  ['ひらがな', 'ひらがな'],
  ['カタカナ', 'カタカナ'],
  ['คอมพิว', 'พิว'],
  // a character of bytes is taken back whole, where most are no such
  ['可预测网络接口龘', '接口龘'],
  ['可预测网络接口名称𠀀', '名称𠀀'],
  ['龘', ''],
  ['文件龘', ''],
  ['可预测龘龘', ''],
  ['在𠀀', ''],
  // behind a mark nothing has been begun
  ['文件，', ''],
  ['文件。\n', '\n'],
  // words of other scripts are taken back by themselves
  ['文件abc', 'abc'],
  ['文件 abc', ' abc'],
  ['第3', '3'],
  ['abc文', '文'],
  ['abc, 文', ' 文'],
])('%j: %j is written anew', (text, forced) => {
  const prompt = forcedIn(text);
  expect(prompt.forced).toBe(forced);
  const read = Buffer.concat(prompt.tokenIds.map(tokenBytes)).toString();
  if (forced !== text) expect(read + forced).toBe(text);
});

test('a tokenizer that drops characters forces no more than is there', () => {
  const dropping = { ...known, encodeFurther: (text: string) => encodeFurther(text.replaceAll('件', '')) };
  for (const text of ['件', '文件', '文件里面件', '在 件', '件件件件件'])
    expect(text.endsWith(forcedIn(text, dropping as unknown as Tokenizer).forced)).toBe(true);
});
