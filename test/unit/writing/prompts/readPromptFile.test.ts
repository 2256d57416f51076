import { describe, expect, test } from 'vitest';
import { asksForWish, fillPlaceholders } from '../../../../src/writing/prompts/placeholders.ts';
import { promptFileName, promptTemplate } from '../../../../src/writing/prompts/promptTemplate.ts';
import { readPromptFile } from '../../../../src/writing/prompts/readPromptFile.ts';

const read = (text: string) => readPromptFile(text, 'plain');

function prompt(text: string) {
  const reading = read(text);
  if (reading.kind === 'broken') throw new Error(JSON.stringify(reading.problems));
  return reading.prompt;
}

/** The problems of a file, each with the text that it is about. */
function problems(text: string): string[] {
  const reading = read(text);
  return reading.kind === 'broken'
    ? reading.problems.map(({ start, end, message }) => `${text.slice(start, end)} | ${message}`)
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
  test.each<[string, string]>([
    ['---\noutput: above\n---\nx', 'above | output must be one of replace, insertBelow, panel.'],
    ['---\ninput:\n---\nx', ' | input must be one of selection, document.'],
    ['---\nname: x\n---\nx', 'x | name is not one of title, description, input, output, options.'],
    ['---\ntitle: [a]\n---\nx', 'title | title must be one line of text, at most 200 characters.'],
    ['---\noptions:\n  temperature: 3\n---\nx', '3 | temperature must be a number from 0 to 2.'],
    ['---\noptions:\n  topK: 1.5\n---\nx', '1.5 | topK must be a whole number from 0 to 1000.'],
    ['---\noptions:\n  stop: 1\n---\nx', expect.stringMatching(/^1 \| stop is not one of maxNewTokens, /)],
    ['---\noptions: hot\n---\nx', 'hot | options must be lines such as "temperature: 0.7", indented.'],
    ['---\njust text\n---\nx', expect.stringMatching(/^just text\n \| The front matter must be lines/)],
    ['---\ntitle: a\n\nDo it.', '--- | The front matter has no end: a second line of --- is missing.'],
    ['---\ntitle: a\n---\n \n', '--- | The instruction is missing: what is the model to do?'],
    ['Use {{ selection }}.', '{{ selection }} | {{selection}} is not one of {{wish}}, {{fileName}}, {{languageId}}.'],
  ])('%j', (text, expected) => expect(problems(text)).toEqual([expected]));

  test('of the YAML itself are told with their place', () => {
    const [first] = problems('---\ntitle: "a\noutput: panel\n---\nx');
    expect(first).toContain('closing "quote');
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
