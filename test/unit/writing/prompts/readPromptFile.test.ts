import { describe, expect, test } from 'vitest';
import type { PromptFault } from '../../../../src/writing/prompts/ownPrompt.ts';
import { asksForWish, fillPlaceholders } from '../../../../src/writing/prompts/placeholders.ts';
import {
  firstInstructions,
  promptFileName,
  promptTemplate,
  readPromptFile,
} from '../../../../src/writing/prompts/readPromptFile.ts';
import { actionCatalogue } from '../../../../src/writing/selection/actionCatalogue.ts';
import { intentOf } from '../../../../src/writing/selection/intent.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';

const read = (text: string) => readPromptFile(text, 'plain');

function prompt(text: string) {
  const reading = read(text);
  if (reading.kind === 'broken') throw new Error(JSON.stringify(reading.problems));
  return reading.prompt;
}

/** The problems of a file: the text that each is about, and what is wrong with it. */
function problems(text: string): (readonly [string, PromptFault])[] {
  const reading = read(text);
  return reading.kind === 'broken'
    ? reading.problems.map(({ start, end, fault }) => [text.slice(start, end), fault] as const)
    : [];
}

describe('a prompt file', () => {
  test('is its instruction alone, with defaults for the rest', () => {
    expect(prompt('Use plain words.\n')).toEqual({
      title: 'plain',
      description: '',
      input: 'selection',
      output: 'replace',
      options: {},
      instruction: 'Use plain words.',
    });
  });

  test('may have lines of dashes in its instruction', () => {
    const instruction = 'Say this:\n---\ntitle: x\n---\nand that.';
    expect(prompt(instruction)).toMatchObject({ title: 'plain', instruction });
    expect(prompt(`---\n---\n${instruction}`)).toMatchObject({ title: 'plain', instruction });
  });

  test('says in its front matter how it is offered and run', () => {
    const text =
      '---\r\ntitle: Plain words\r\ndescription: "For: everybody"\r\ninput: document\r\noutput: panel\r\noptions:\r\n  temperature: 0.7\r\n  seed: 3\r\n---\r\n\r\nUse plain words.\r\nAlways.';
    expect(prompt(text)).toEqual({
      title: 'Plain words',
      description: 'For: everybody',
      input: 'document',
      output: 'panel',
      options: { temperature: 0.7, seed: 3 },
      instruction: 'Use plain words.\r\nAlways.',
    });
  });

  test('that was made from a template reads the same', () => {
    const made = { ...prompt('Do it.'), title: 'A: “b” #c', description: '- x', options: { temperature: 0.6 } };
    expect(prompt(promptTemplate(made))).toEqual(made);
  });
});

describe('problems', () => {
  const fields = ['title', 'description', 'input', 'output', 'options'];
  test.each<[string, string, PromptFault]>([
    [
      '---\noutput: above\n---\nx',
      'above',
      { code: 'noChoice', name: 'output', allowed: ['replace', 'insertBelow', 'panel'] },
    ],
    ['---\ninput:\n---\nx', '', { code: 'noChoice', name: 'input', allowed: ['selection', 'document'] }],
    ['---\nname: x\n---\nx', 'x', { code: 'unknownField', name: 'name', allowed: fields }],
    ['---\ntitle: [a]\n---\nx', 'title', { code: 'noLine', name: 'title', maximum: 200 }],
    [
      '---\noptions:\n  temperature: 3\n---\nx',
      '3',
      { code: 'noNumber', name: 'temperature', minimum: 0, maximum: 2, isWhole: false },
    ],
    [
      '---\noptions:\n  topK: 1.5\n---\nx',
      '1.5',
      { code: 'noNumber', name: 'topK', minimum: 0, maximum: 1000, isWhole: true },
    ],
    [
      '---\noptions:\n  stop: 1\n---\nx',
      '1',
      { code: 'unknownField', name: 'stop', allowed: expect.arrayContaining(['maxNewTokens', 'seed']) },
    ],
    ['---\noptions: hot\n---\nx', 'hot', { code: 'noOptions' }],
    ['---\njust text\n---\nx', 'just text\n', { code: 'noFields' }],
    ['---\ntitle: a\n\nDo it.', '---', { code: 'noEnd' }],
    ['---\ntitle: a\n---\n \n', '---', { code: 'noInstruction' }],
    [
      'Use {{ selection }}.',
      '{{ selection }}',
      { code: 'unknownPlaceholder', name: 'selection', allowed: ['wish', 'fileName', 'languageId'] },
    ],
  ])('%j', (text, about, fault) => expect(problems(text)).toEqual([[about, fault]]));

  test('of a file that is too long are not looked for', () => {
    expect(problems('x'.repeat(20_001))).toEqual([['', { code: 'tooLong', maximum: 20_000 }]]);
  });

  test('of the YAML itself are told with their place', () => {
    const [[, fault] = []] = problems('---\ntitle: "a\noutput: panel\n---\nx');
    expect(fault).toMatchObject({ code: 'badYaml', detail: expect.stringContaining('closing "quote') });
  });

  test('are not prototypes in disguise', () => {
    expect(problems('---\nconstructor: x\n---\nx')).toHaveLength(1);
    expect(problems('---\n__proto__:\n  a: 1\n---\nx')).toHaveLength(1);
  });
});

describe('placeholders', () => {
  test('are filled once: a value is data, whatever it holds', () => {
    const values = { wish: '{{fileName}} $& {{wish}}', fileName: 'a.md', languageId: 'markdown' };
    expect(fillPlaceholders('{{ wish }} in {{fileName}}', values)).toBe('{{fileName}} $& {{wish}} in a.md');
  });

  test('ask the person only where they stand', () => {
    expect(asksForWish('Do {{wish}}.')).toBe(true);
    expect(asksForWish('Do it in {{fileName}}.')).toBe(false);
  });
});

test.each([
  ['Plain words!', 'plain-words'],
  ['../../etc/passwd', 'etc-passwd'],
  ['更正式', '更正式'],
  ['???', 'prompt'],
])('the file of %j is called %j', (title, expected) => expect(promptFileName(title)).toBe(expected));

describe('a new prompt', () => {
  const starts = Object.entries(firstInstructions) as [ActionId, string][];
  /** What can be said in so few words that it is the action itself. */
  const recognized = starts.filter(
    ([action]) => !/^(?:summarize|continue|title|headings|betterWord|ask|custom)$/.test(action),
  );

  test('can start from every action on a text', () => {
    const others = Object.keys(actionCatalogue).filter((action) => action !== 'commitMessage');
    expect(Object.keys(firstInstructions).sort()).toEqual(others.sort());
  });

  test.each(recognized)('from %s is done as that action by a small model', (action, instruction) => {
    expect(intentOf(fillPlaceholders(instruction, { wish: 'French', fileName: '', languageId: '' }))?.action).toBe(
      action,
    );
  });

  test.each(starts)('from %s can be read, and asks for what the action asks for', (action, instruction) => {
    const made = {
      title: 'New',
      description: 'As written',
      input: 'selection',
      output: 'replace',
      options: {},
      instruction,
    } as const;
    expect(prompt(promptTemplate(made)).instruction).toBe(instruction);
    expect(asksForWish(instruction)).toBe(actionCatalogue[action].instruction === 'required');
  });
});
