import { describe, expect, test } from 'vitest';
import type { CaretRequest } from '../../../src/writing/completion/completionRequest.ts';
import { defaultCompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import { Typist } from './support/typist.ts';

const context = 'It was a dark and stormy night, and ';

/** What is seen at the drawn caret when the model would say `old end`, and how often it was asked. */
async function at(drawn: string, request: Partial<CaretRequest> = {}) {
  const typist = new Typist(drawn, { script: () => ['old', ' end'], request });
  return [await typist.sees(), typist.calls];
}

describe('nothing is shown and the model is not asked', () => {
  const silent: readonly (readonly [what: string, drawn: string, request: Partial<CaretRequest>, reason: string])[] = [
    ['in a language that is off', `${context}|`, { languageId: 'python' }, 'off'],
    ['in a secrets file', `${context}|`, { fileName: '.env.local', languageId: 'plaintext' }, 'unsupportedDocument'],
    ['in a key file', `${context}|`, { fileName: 'id_ed25519', languageId: 'plaintext' }, 'unsupportedDocument'],
    ['in binary text', `\0${context}|`, {}, 'unsupportedDocument'],
    ['between the halves of an emoji', `${context}\uD83D|\uDE00`, {}, 'unsupportedDocument'],
    ['within a joined emoji', `${context}👨\u200D|👩`, {}, 'unsupportedDocument'],
    ['before a combining mark', `${context}e|\u0301`, {}, 'unsupportedDocument'],
    ['between CR and LF', `${context}\r|\n`, {}, 'unsupportedDocument'],
    ['in a line of 100,000 characters', `${'word '.repeat(20_000)}|`, {}, 'tooLarge'],
    ['in a document of 21 million characters', `${'word word\n'.repeat(2_100_000)}|`, {}, 'tooLarge'],
    ['in front matter', '---\ntitle: The quick |', {}, 'zone'],
    ['in a fence', '```\nlet quick = |', {}, 'zone'],
    ['in a formula', 'The sum is $x + y = |', {}, 'zone'],
    ['in a web address', 'See https://example.com/|', {}, 'zone'],
    ['inside a word', `${context}th|e`, {}, 'zone'],
    ['after an undo', `${context}|`, { lastEdit: 'undo' }, 'justDeleted'],
    ['in a heading after a delete', '# The quick brown fox |', { lastEdit: 'delete' }, 'justDeleted'],
    ['at the beginning of a text', 'The |', {}, 'headless'],
    ['at a sentence start', 'It was a dark and stormy night. |', {}, 'sentenceStart'],
    ['directly after a sentence', 'It was a dark and stormy night.|', {}, 'sentenceStart'],
    ['in a new paragraph', 'It was a dark and stormy night.\n\n|', {}, 'sentenceStart'],
    ['in a new list item', 'It was a dark and stormy night:\n\n- |', {}, 'sentenceStart'],
    ['in a new heading', 'It was a dark and stormy night\n\n## |', {}, 'sentenceStart'],
    ['in a new table cell', '| a long first cell | b |\n|---|---|\n| some text | ‖ |', {}, 'sentenceStart'],
    ['in half-typed pinyin', '今天我们去北京的时候，天气很好，所以woxiang|', {}, 'composing'],
  ];
  test.each(silent)('%s', async (_, drawn, request, reason) => {
    expect(await at(drawn, request)).toEqual([`–${reason}`, 0]);
  });
});

test('a person who asks is answered at a sentence start and in a fence, but not where it is off', async () => {
  const explicit = { trigger: 'explicit' } as const;
  expect(await at('It was a dark and stormy night. |', explicit)).toEqual(['old end', 1]);
  expect(await at('```\nlet quick = |', explicit)).toEqual(['old end', 1]);
  expect(await at('The |', explicit)).toEqual(['old end', 1]);
  expect(await at(`${context}|`, { ...explicit, languageId: 'python' })).toEqual(['–off', 0]);
  expect(await at(`${context}|`, { ...explicit, fileName: '.env' })).toEqual(['–unsupportedDocument', 0]);
});

describe('something is shown', () => {
  test.each([
    ['in prose', `${context}|`],
    ['in a heading', '## It was a dark and stormy |'],
    ['in a list item', '- It was a dark and stormy |'],
    ['in a table cell', '| a | b |\n|---|---|\n| It was a dark | and ‖ |'],
    ['before a closing mark', 'It was (a dark and stormy |)'],
    ['in the middle of a line', `${context}| of the story`],
    ['after a delete in prose', `${context}|`],
    ['after an Arabic text', 'كان يا ما كان في قديم الزمان |'],
    ['after a few Chinese characters', '天气很好，我们|'],
    ['after an emoji', 'It was a dark and stormy 👨‍👩‍👧 |'],
    ['in a line that goes on', 'It was a dark and\n|'],
    ['after a lone surrogate', `${context}\uD83D a |`],
  ])('%s', async (_, drawn) => expect(await at(drawn, { lastEdit: 'insert' })).toEqual(['old end', 1]));
});

test('in a 5 MB document a keystroke reads a bounded part', async () => {
  const text = 'It was a dark and stormy night, and the rain fell.\n\n'.repeat(100_000);
  const typist = new Typist(`${text}And then the |`, { script: () => ['old', ' end'] });
  expect(await typist.sees()).toBe('old end');
  const { prompt } = typist.generator.last.request;
  // as many characters as the settings' tokens have at most
  expect(prompt.kind === 'continue' && prompt.text.length).toBeLessThan(4 * defaultCompletionSettings.promptTokens);
});
