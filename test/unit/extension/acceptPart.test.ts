import { beforeEach, describe, expect, test, vi } from 'vitest';
import { acceptSentence, acceptWord } from '../../../src/extension/commands/acceptPart.ts';
import type { SuggestionWatch } from '../../../src/providers/completion/suggestionWatch.ts';

/** An editor with a caret at the end of its one line, and a suggestion there; a command acts as the editor's would. */
const editor = vi.hoisted(() => ({ line: '', suggestion: '', commands: [] as string[] }));

vi.mock('vscode', async () => ({
  ...(await import('../../support/fakeVscode.ts')),
  window: {
    get activeTextEditor() {
      const active = { line: 0, character: editor.line.length };
      return {
        selection: { active },
        selections: [{ active }],
        document: { lineAt: () => ({ text: editor.line }) },
        edit: async (change: (edit: { insert(at: unknown, text: string): void }) => void) =>
          change({ insert: (_, text) => type(text) }),
      };
    },
  },
  commands: {
    executeCommand: async (command: string) => {
      editor.commands.push(command);
      if (command === 'editor.action.inlineSuggest.commit') type(editor.suggestion);
    },
  },
}));

/** What is typed as suggested leaves the rest of the suggestion. */
function type(text: string): void {
  editor.suggestion = editor.suggestion.startsWith(text) ? editor.suggestion.slice(text.length) : '';
  editor.line += text;
}

const watch = {
  at: () => (editor.suggestion === '' ? undefined : { id: 1, documentId: 'a', offset: 0, text: editor.suggestion }),
} as unknown as SuggestionWatch;

beforeEach(() => Object.assign(editor, { line: '', suggestion: '', commands: [] }));

describe('accepting a word', () => {
  test.each([
    ['Please te', 'll me more.', ['Please tell', 'Please tell me', 'Please tell me more.']],
    ['Please ', 'tell me', ['Please tell', 'Please tell me']],
    ['Please', ' tell me', ['Please tell', 'Please tell me']],
    ['It is', ' a “good” day', ['It is a', 'It is a “good”', 'It is a “good” day']],
    ['one', ', two and', ['one, two', 'one, two and']],
    ['one', '\n- two three', ['one\n- two', 'one\n- two three']],
    ['我们', '今天去公园', ['我们今天', '我们今天去', '我们今天去公园']],
  ])('%j with %j goes on as %j', async (line, suggestion, lines) => {
    Object.assign(editor, { line, suggestion });
    const seen: string[] = [];
    for (let press = 0; press < lines.length; press++) {
      await acceptWord(watch);
      seen.push(editor.line);
    }
    expect(seen).toEqual(lines);
  });

  test('twice and typing on leaves one blank', async () => {
    Object.assign(editor, { line: 'Please te', suggestion: 'll me in a moment' });
    await acceptWord(watch);
    await acceptWord(watch);
    type(' that');
    expect(editor.line).toBe('Please tell me that');
  });

  test('of somebody else’s suggestion is left to the editor', async () => {
    await acceptWord(undefined);
    await acceptSentence(undefined);
    expect(editor.commands).toEqual([
      'editor.action.inlineSuggest.acceptNextWord',
      'editor.action.inlineSuggest.acceptNextLine',
    ]);
    expect(editor.line).toBe('');
  });
});
