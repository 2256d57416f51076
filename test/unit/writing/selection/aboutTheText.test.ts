import { expect, test } from 'vitest';
import { runChecks } from '../../../../src/writing/selection/checks/resultChecks.ts';
import type { ActionRequest } from '../../../../src/writing/selection/selectionAction.ts';

const source = 'In the second quarter the number of loans fell by 6 %. Staff costs were lower than planned.';

function isChatter(result: string, more: Partial<ActionRequest> = {}, given = source): boolean {
  const request: ActionRequest = { action: 'custom', languageId: 'markdown', text: given, ...more };
  const bounds = { length: { minimum: 0, maximum: 9 }, faithful: { recall: 0, precision: 0 }, form: undefined };
  return !runChecks(['chatter'], { source: given, result, request, ...bounds })[0]!.passed;
}

test.each([
  'The text describes the loans of a library.',
  'This passage discusses how loans fell.',
  'The paragraph explains that costs were lower.',
  'The author says that loans fell.',
  'The narrator talks of a library.',
  'The given text is about loans.',
  'This article mainly focuses on staff.',
  'The provided excerpt highlights a fall of loans.',
  'The original text states that loans fell.',
  'Loans fell. The text also mentions staff costs.',
  'The document appears to report on a library.',
  '这段文字描述了一家图书馆。',
  '本文介绍了借阅的情况。',
])('%s is about the text', (result) => {
  const instruction = 'Say it in one sentence.';
  expect(isChatter(result, { instruction })).toBe(true);
  expect(isChatter(result, { action: 'summarize' })).toBe(true);
  expect(isChatter(result, { action: 'ask', instruction: 'Did loans fall?' })).toBe(false);
  expect(isChatter(result, { instruction: 'Describe it to a child.' })).toBe(false);
});

test.each([
  'Loans fell by 6 % in the second quarter.',
  'The author of the report was ill.',
  'The text of the law is long, and says so.',
  'Loans fell, as the document says.',
  'This paragraph was lower than planned.',
  '本月借阅下降。',
])('%s is the text', (result) => {
  expect(isChatter(result)).toBe(false);
});

test.each([
  'The instruction is to translate the given text into modern English.',
  'Your instructions are to make it shorter.',
  'The prompt asks for one sentence.',
  'The instruction says that it should be shorter.',
])('%s is about what was asked for', (result) => {
  expect(isChatter(result, { instruction: 'in modern English' })).toBe(true);
  expect(isChatter(result, { instruction: 'in modern English' }, `${result} He said so.`)).toBe(false);
});

test.each(['As requested, loans fell.', 'I was asked to count them.', 'This task requires a summary.'])(
  '%s may be another wording of the text',
  (result) => expect(isChatter(result, { instruction: 'more formal' })).toBe(false),
);

test('a text that speaks of itself may go on doing so', () => {
  const given = 'Nobody reads manuals. This document describes the loans of a library in four parts.';
  expect(isChatter('This document describes the loans of a library.', {}, given)).toBe(false);
  expect(isChatter('The document explains the loans of a library.', {}, given)).toBe(false);
});
