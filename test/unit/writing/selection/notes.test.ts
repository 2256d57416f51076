import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { note, noteText, tellsOf } from '../../../../src/writing/selection/notes.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

test('a note is a sentence with its arguments in their places', () => {
  expect(noteText(note('tooLong', 30, 20))).toBe('it is too long, 30 words for 20');
  expect(noteText(note('byRules'))).toMatch(/^Changed by fixed rules/);
});

test('a note within a note is a part of the sentence', () => {
  const found = note('and', note('partsLost', '20'), note('partsInvented', '99'));
  expect(noteText(note('failedChecks', found))).toBe(
    'Nothing is proposed, because the model’s text did not pass the checks (it lost 20; it made up 99).',
  );
  expect(tellsOf(found, 'partsInvented')).toBe(true);
  expect(tellsOf(found, 'wrongForm')).toBe(false);
  expect(tellsOf(undefined, 'wrongForm')).toBe(false);
});

test('what an argument says is no place for another one', () => {
  expect(noteText(note('partsLost', 'a {0} and {1}'))).toBe('it lost a {0} and {1}');
});

test('a model that writes nothing is told of as a part of the sentence, too', async () => {
  const text = 'The old bridge was closed in May, because engineers had found cracks in it.';
  const engine = new ScriptedEngine({ parameters: 8e9, write: () => '' });
  for (const action of ['rewrite', 'bullets'] as const) {
    const request = { action, languageId: 'markdown', text: `${text} ${text}`, way: 'model' } as const;
    const outcome = await runAction(request, engine, CancellationToken.None);
    expect(outcome.kind === 'none' ? outcome.detail : outcome.kind, action).toMatch(/nothing was written/);
  }
});
