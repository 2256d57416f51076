import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { describeExit } from '../../../src/client/processLife.ts';
import { errorMessage, ownWords, problemText } from '../../../src/extension/reasonTexts.ts';
import { answered } from '../../../src/model/serveProcess.ts';
import { InklingError, problemOf, type Sentence, type SentencePart, sentence } from '../../../src/protocol/errors.ts';
import { formatMessage } from '../../../src/protocol/formatMessage.ts';
import { plainName } from '../../../src/protocol/plainName.ts';
import { refusalOf } from '../../../src/store/hub/hubTroubles.ts';

const editor = vi.hoisted(() => ({ language: 'en', translations: {} as Record<string, string> }));

vi.mock('vscode', () => ({
  env: {
    get language() {
      return editor.language;
    },
  },
  l10n: {
    t: (text: string, ...parts: (string | number)[]) => formatMessage(editor.translations[text] ?? text, parts),
  },
}));

const chinese = JSON.parse(
  readFileSync(new URL('../../../l10n/bundle.l10n.zh-cn.json', import.meta.url), 'utf8'),
) as Record<string, string>;

const inChinese = () => Object.assign(editor, { language: 'zh-cn', translations: chinese });
beforeEach(() => Object.assign(editor, { language: 'en', translations: {} }));

const thrownBy = (work: () => unknown): InklingError => {
  try {
    work();
  } catch (error) {
    return error as InklingError;
  }
  throw new Error('nothing was thrown');
};

const answer = (status: number, headers = {}) => ({ status, headers }) as Parameters<typeof refusalOf>[0];

/** What processes throw, and its own words in an editor in Chinese; `{…}` stays as it is. */
const told: readonly [error: InklingError, english: string, chinese: string][] = [
  [
    new InklingError('modelMissing', sentence`There is no model folder ${'/a'}.`),
    'There is no model folder /a.',
    '没有模型文件夹 /a。',
  ],
  [
    new InklingError('modelBroken', sentence`${'{1}'} is not a GGUF file.`),
    '{1} is not a GGUF file.',
    '{1} 不是 GGUF 文件。',
  ],
  [
    new InklingError('network', sentence`The server has sent nothing for ${30} seconds.`),
    'The server has sent nothing for 30 seconds.',
    '服务器已有 30 秒没有发送任何内容。',
  ],
  [
    refusalOf(answer(404), 'a.gguf'),
    'The hub does not give a.gguf: it does not have it.',
    '模型站没有提供 a.gguf：它没有该内容。',
  ],
  [
    refusalOf(answer(401), 'a/b'),
    'The hub does not give a/b: it asks for a token, or does not have it.',
    '模型站没有提供 a/b：它要求令牌，或没有该内容。',
  ],
  [
    refusalOf(answer(401), 'a/b', true),
    'The hub does not give a/b: it does not accept your token, or does not have it.',
    '模型站没有提供 a/b：它不接受您的令牌，或没有该内容。',
  ],
  [
    refusalOf(answer(503), 'a'),
    'The hub does not give a: it is out of order: try again later.',
    '模型站没有提供 a：它出现故障：请稍后重试。',
  ],
  [
    refusalOf(answer(429, { 'retry-after': '600' }), 'a'),
    'The hub does not give a: it has been asked too often: try again in 10 minutes.',
    '模型站没有提供 a：请求过于频繁：请在 10 分钟后重试。',
  ],
  [refusalOf(answer(418), 'a'), 'The hub does not give a: status 418.', '模型站没有提供 a：状态码 418。'],
  [
    thrownBy(() => plainName('adapter', '.x')),
    '".x" cannot be the name of an adapter: it begins with a dot.',
    '".x" 不能作为适配器的名称：它以点开头。',
  ],
  [
    thrownBy(() => plainName('model', 'a/b')),
    '"a/b" cannot be the name of a model: it has one of \\ / : * ? " < > |.',
    '"a/b" 不能作为模型的名称：它含有以下字符之一：\\ / : * ? " < > |。',
  ],
  [
    describeExit('store', null, 'SIGSEGV', ''),
    'The store process ended unexpectedly (SIGSEGV). The runtime crashed.',
    'store 进程意外结束（SIGSEGV）。运行时崩溃了。',
  ],
  [
    describeExit('store', 3, null, ''),
    'The store process ended unexpectedly (exit code 3).',
    'store 进程意外结束（exit code 3）。',
  ],
  [new InklingError('internal', 'said by the runtime'), 'said by the runtime', 'said by the runtime'],
  [
    new InklingError('fileAccess', sentence`${'a\u001b[31m'} does not exist.`),
    'a\uFFFD[31m does not exist.',
    'a\uFFFD[31m 不存在。',
  ],
];

describe('the words of an error', () => {
  test.each(told)('%s', async (error, english, inOther) => {
    expect(error.message).toBe(english);
    const { data, message } = (await answered(() => {
      throw error;
    })) as { data: { code: InklingError['code']; sentence?: Sentence }; message: string };
    const wire = JSON.parse(JSON.stringify(data)) as typeof data;
    const arrived = new InklingError(wire.code, wire.sentence ?? message); // as the client makes it
    expect(arrived.message).toBe(english);
    expect(ownWords(arrived)).toBe(english);
    inChinese();
    expect(ownWords(arrived)).toBe(inOther);
    expect(errorMessage(arrived)).toMatch(/\p{Script=Han}/u);
    expect(errorMessage(arrived).endsWith(inOther)).toBe(true);
  });

  test('are never too long, however long their parts are', () => {
    inChinese();
    const long: SentencePart = 'x'.repeat(5000);
    expect(ownWords(new InklingError('modelMissing', sentence`${long} does not exist.`)).length).toBe(1000);
  });
});

test('why a model cannot be used is said in the language of the editor, in general too where only English is known', () => {
  const known = problemOf(new InklingError('modelBroken', sentence`${'a.gguf'} is not a GGUF file.`));
  const other = problemOf(new InklingError('modelBroken', 'The file is no file.'));
  expect([known, other].map((each) => problemText(each).problem)).toEqual([
    'a.gguf is not a GGUF file.',
    'The file is no file.',
  ]);
  inChinese();
  expect(problemText(known).problem).toBe('a.gguf 不是 GGUF 文件。');
  expect(problemText(other).problem).toBe('模型文件已损坏或不完整。 The file is no file.');
  expect(problemText({})).toEqual({});
});
