import { beforeEach, describe, expect, test, vi } from 'vitest';
import { PartAcceptance, suggestNow } from '../../../src/extension/commands/acceptPart.ts';
import type { SuggestionWatch } from '../../../src/providers/completion/suggestionWatch.ts';
import { type Decision, DecisionLog } from '../../../src/writing/completion/decision.ts';
import { nextSentence } from '../../../src/writing/completion/nextSentence.ts';
import { configuration, Position } from '../../support/fakeVscode.ts';

/**
 * An editor with a caret at the end of its last line, and a suggestion there; a command acts as the editor's would. What a
 * person does while an edit is on its way comes first, and the edit is refused as made for another text.
 */
const editor = vi.hoisted(() => ({
  text: '',
  suggestion: '',
  spaceAfterWord: false,
  /** the line right of the caret */
  behind: '',
  /** where the watch was told that a blank stands, once all is taken */
  taken: [] as number[],
  commands: [] as string[],
  meanwhile: [] as (() => void)[],
  onTrigger: () => undefined as void,
  statusLines: [] as string[],
}));

vi.mock('vscode', async () => ({
  ...(await import('../../support/fakeVscode.ts')),
  window: {
    get activeTextEditor() {
      const active = endOf(editor.text);
      return { selection: { active }, selections: [{ active }], document, edit };
    },
    setStatusBarMessage: (line: string) => void editor.statusLines.push(line),
  },
  l10n: { t: (text: string) => text },
  commands: {
    executeCommand: async (command: string) => {
      editor.commands.push(command);
      if (command === 'editor.action.inlineSuggest.commit') type(editor.suggestion);
      if (command === 'editor.action.inlineSuggest.trigger') editor.onTrigger();
    },
  },
}));

const endOf = (text: string) => new Position(text.split('\n').length - 1, text.split('\n').at(-1)!.length);

const document = {
  uri: { scheme: 'file', toString: () => 'file:///a.md' },
  get lineCount() {
    return editor.text.split('\n').length;
  },
  offsetAt: ({ line, character }: Position) =>
    editor.text.split('\n').slice(0, line).join('\n').length + Math.min(line, 1) + character,
  lineAt: (line: number | Position) => ({
    text: `${editor.text.split('\n')[typeof line === 'number' ? line : line.line]!}${editor.behind}`,
  }),
};

async function edit(change: (edit: { insert(at: Position, text: string): void }) => void): Promise<boolean> {
  const made = editor.text;
  await Promise.resolve();
  editor.meanwhile.shift()?.();
  if (editor.text !== made) return false;
  change({ insert: insertAt });
  return true;
}

function insertAt({ line, character }: Position, text: string): void {
  const offset = [...editor.text.split('\n').slice(0, line), ''].join('\n').length + character;
  if (offset === editor.text.length) type(text);
  else editor.text = editor.text.slice(0, offset) + text + editor.text.slice(offset);
}

/** What is typed as suggested leaves the rest of the suggestion. */
function type(text: string): void {
  editor.suggestion = editor.suggestion.startsWith(text) ? editor.suggestion.slice(text.length) : '';
  editor.text += text;
}

const watch = {
  at: () => (editor.suggestion === '' ? undefined : { id: 1, documentId: 'a', offset: 0, text: editor.suggestion }),
  takes: () => undefined,
  taken: (_: unknown, blankOffset: number) => void editor.taken.push(blankOffset),
} as unknown as SuggestionWatch;
let parts: PartAcceptance;

beforeEach(() => {
  Object.assign(editor, {
    text: '',
    suggestion: '',
    spaceAfterWord: false,
    behind: '',
    taken: [],
    commands: [],
    meanwhile: [],
    statusLines: [],
    onTrigger: () => undefined,
  });
  parts = new PartAcceptance(() => ({ watch, nextSentence, spaceAfterWord: () => editor.spaceAfterWord }));
});

describe('accepting a word', () => {
  test.each([
    ['Please te', 'll me more.', ['Please tell', 'Please tell me', 'Please tell me more.']],
    ['Please ', 'tell me', ['Please tell', 'Please tell me']],
    ['Please', ' tell me', ['Please tell', 'Please tell me']],
    ['It is', ' a “good” day', ['It is a', 'It is a “good”', 'It is a “good” day']],
    ['one', ', two and', ['one, two', 'one, two and']],
    ['one', '\n- two three', ['one\n- two', 'one\n- two three']],
    ['我们', '今天去公园', ['我们今天', '我们今天去', '我们今天去公园']],
  ])('%j with %j goes on as %j', async (text, suggestion, texts) => {
    Object.assign(editor, { text, suggestion });
    const seen: string[] = [];
    for (let press = 0; press < texts.length; press++) {
      await parts.word();
      seen.push(editor.text);
    }
    expect(seen).toEqual(texts);
  });

  test('twice and typing on leaves one blank', async () => {
    Object.assign(editor, { text: 'Please te', suggestion: 'll me in a moment' });
    await parts.word();
    await parts.word();
    type(' that');
    expect(editor.text).toBe('Please tell me that');
  });

  test.each([
    ['Please te', 'll me more. ', ['Please tell ', 'Please tell me ', 'Please tell me more. ']],
    ['Please', ' tell me ', ['Please tell ', 'Please tell me ']],
    ['one', ', two-by-four', ['one, two-', 'one, two-by-', 'one, two-by-four']],
    ['我们', '今天去公园', ['我们今天', '我们今天去', '我们今天去公园']],
  ])('where blanks come along, %j with %j goes on as %j', async (text, suggestion, texts) => {
    Object.assign(editor, { text, suggestion, spaceAfterWord: true });
    const seen: string[] = [];
    for (let press = 0; press < texts.length; press++) {
      await parts.word();
      seen.push(editor.text);
    }
    expect(seen).toEqual(texts);
  });

  test('none comes along in front of text', async () => {
    Object.assign(editor, { text: 'The ', suggestion: 'big red', spaceAfterWord: true, behind: ' house' });
    await parts.word();
    expect(editor.text).toBe('The big');
  });

  describe('while the keys before are on their way', () => {
    test('the blanks of all that is taken come along, and the last one is told of what was typed', async () => {
      Object.assign(editor, { text: 'Once upon a ', suggestion: 'time, there was', spaceAfterWord: true });
      editor.meanwhile = [...' and'].map((letter) => () => type(letter));
      await Promise.all([parts.word(), parts.word()]);
      expect([editor.text, editor.taken]).toEqual(['Once upon a time, there  and', ['Once upon a time, there'.length]]);
    });

    test.each([1, 2, 3, 5])('%i keys at once take as many words', async (keys) => {
      Object.assign(editor, { text: 'Once upon a ', suggestion: 'time, there was\na man who' });
      await Promise.all(Array.from({ length: keys }, () => parts.word()));
      const taken = ['time,', ' there', ' was', '\na', ' man'].slice(0, keys).join('');
      expect(editor.text).toBe(`Once upon a ${taken}`);
      await parts.word();
      expect(editor.text.length).toBeGreaterThan(`Once upon a ${taken}`.length);
    });

    test('a sentence and a word are taken in the order of their keys', async () => {
      Object.assign(editor, { text: 'He ', suggestion: 'sat down. Then he got up.' });
      await Promise.all([parts.sentence(), parts.word()]);
      expect(editor.text).toBe('He sat down. Then');
    });

    test.each([
      ['typed behind the word', [' and'], 'Once upon a time, and'],
      ['typed letter by letter', [' ', 'a', 'n', 'd'], 'Once upon a time, and'],
    ])('what is %s stays behind it', async (_, letters, expected) => {
      Object.assign(editor, { text: 'Once upon a ', suggestion: 'time, there was' });
      editor.meanwhile = letters.map((letter) => () => type(letter));
      await parts.word();
      expect(editor.text).toBe(expected);
    });

    test('two keys and typing on: both words, then what was typed', async () => {
      Object.assign(editor, { text: 'Once upon a ', suggestion: 'time, there was' });
      editor.meanwhile = [...' and'].map((letter) => () => type(letter));
      await Promise.all([parts.word(), parts.word()]);
      expect(editor.text).toBe('Once upon a time, there and');
    });

    test('where the text before was deleted, nothing is inserted', async () => {
      Object.assign(editor, { text: 'Once upon a ', suggestion: 'time, there was' });
      editor.meanwhile = [() => Object.assign(editor, { text: 'Once', suggestion: '' })];
      await Promise.all([parts.word(), parts.word()]);
      expect(editor.text).toBe('Once');
      Object.assign(editor, { text: 'Please ', suggestion: 'tell me' });
      await parts.word();
      expect(editor.text).toBe('Please tell');
    });
  });

  test('of somebody else’s suggestion is left to the editor', async () => {
    parts = new PartAcceptance(() => undefined);
    await parts.word();
    await parts.sentence();
    expect(editor.commands).toEqual([
      'editor.action.inlineSuggest.acceptNextWord',
      'editor.action.inlineSuggest.acceptNextLine',
    ]);
    expect(editor.text).toBe('');
  });
});

describe('asking for a suggestion', () => {
  const decided = (result: Decision['result'], line = 1, documentId = 'file:///a.md'): Decision => ({
    at: 0,
    documentId,
    languageId: 'markdown',
    line,
    trigger: 'explicit',
    result,
    totalMs: 0,
  });
  const off = 'Inkling: Turned off';
  const unsure = 'Inkling: The model was not sure enough';
  test.each<
    [
      what: string,
      isOn: boolean,
      before: Decision | undefined,
      asked: Decision | undefined,
      told: string[],
      shown: boolean,
    ]
  >([
    ['a suggestion comes', true, undefined, decided('shown'), [], true],
    ['none comes', true, undefined, decided('lowConfidence'), [unsure], false],
    ['another reason than before', true, decided('zone'), decided('lowConfidence'), [unsure], false],
    ['the same reason once more', true, decided('lowConfidence'), decided('lowConfidence'), [unsure], false],
    ['the editor does not ask again at the same caret', true, decided('lowConfidence'), undefined, [unsure], false],
    ['it shows again what it has', true, decided('shown'), undefined, [], true],
    ['the last reason was another line’s', true, decided('lowConfidence', 2), undefined, [], false],
    ['the last reason was another document’s', true, decided('lowConfidence', 1, 'file:///b.md'), undefined, [], false],
    ['the person types on', true, undefined, decided('cancelled'), [], false],
    ['turned off, nobody is asked', false, undefined, undefined, [off], false],
    ['turned off since', false, decided('lowConfidence'), undefined, [off], false],
    ['turned off since a suggestion', false, decided('shown'), undefined, [off], false],
  ])('%s', async (_, isOn, before, asked, told, shown) => {
    const decisions = new DecisionLog();
    if (before) decisions.add(before);
    editor.onTrigger = () => asked && decisions.add(asked);
    expect(await suggestNow(decisions, isOn)).toBe(shown);
    expect(editor.statusLines).toEqual(told);
  });

  test('the editor asks nobody where its own switch is off, whatever was the reason before', async () => {
    configuration.set('editor.inlineSuggest.enabled', false);
    const decisions = new DecisionLog();
    decisions.add(decided('lowConfidence'));
    expect(await suggestNow(decisions, true)).toBe(false);
    configuration.clear();
    expect(editor.statusLines).toEqual(['Inkling: The editor’s inline suggestions are turned off']);
  });
});
