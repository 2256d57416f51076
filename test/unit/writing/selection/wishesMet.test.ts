import { expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionRequest } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const text = 'The pool is closed. The heating is broken. Tickets are extended. We are sorry.';
const request = (instruction: string, more: Partial<ActionRequest> = {}): ActionRequest => ({
  action: 'custom',
  text,
  languageId: 'markdown',
  instruction,
  ...more,
});
const engineThat = (write: (call: number) => string, parameters = 8e9) =>
  new ScriptedEngine({ parameters, write: (_, __, call) => write(call) });

test('a wish that can be counted is tried again with what was wrong, at most twice', async () => {
  const late = engineThat((call) => (call < 3 ? 'The pool is shut.' : 'The pool is shut. Sorry for that.'));
  const outcome = await runAction(request('Make it two sentences.'), late, CancellationToken.None);
  expect(outcome).toMatchObject({ kind: 'proposal', text: 'The pool is shut. Sorry for that.' });
  expect(late.conversations.length).toBe(3);
  expect(late.conversations[1]!.slice(-2)).toEqual([
    { role: 'assistant', content: 'The pool is shut.' },
    { role: 'user', content: expect.stringContaining('it has 1 sentences, and 2 were asked for') },
  ]);

  const never = engineThat(() => 'The pool is shut.');
  expect(await runAction(request('Make it two sentences.'), never, CancellationToken.None)).toMatchObject({
    kind: 'none',
    reason: 'nothingGood',
    detail: expect.stringContaining('it has 1 sentences'),
  });
  expect(never.conversations.length).toBe(3);
});

test('an instruction that contradicts itself is refused before the model is asked', async () => {
  const engine = engineThat(() => 'Anything.');
  const outcome = await runAction(request('Make it longer and shorter.'), engine, CancellationToken.None);
  expect(outcome).toMatchObject({ kind: 'none', reason: 'needsInstruction' });
  expect(engine.conversations).toEqual([]);
});

test('a model that answers nothing but its own prompt proposes nothing', async () => {
  const wish = 'Write it as if you were talking to a child.';
  for (const answer of ['', wish, text, `user: ${wish}`])
    expect(
      (
        await runAction(
          request(wish),
          engineThat(() => answer),
          CancellationToken.None,
        )
      ).kind,
      answer,
    ).toBe('none');
});

test('a sentence whose meaning is changed stays, and a rewrite of which nothing is left is no proposal with a note', async () => {
  const rewrites = engineThat(() => 'The pool will not be closed.', 135e6);
  const rewrite = { ...request(''), action: 'rewrite', text: 'The pool is closed today.' } as const;
  const outcome = await runAction({ ...rewrite, instruction: '' }, rewrites, CancellationToken.None);
  expect(outcome).toMatchObject({ kind: 'none', reason: 'nothingGood' });

  const grows = engineThat(() => '', 135e6);
  const expand = {
    ...request(''),
    action: 'expand',
    text: `${text} It will be open again when the part has come.`,
  } as const;
  expect(await runAction({ ...expand, instruction: '' }, grows, CancellationToken.None)).toMatchObject({
    kind: 'none',
    reason: 'nothingGood',
    detail: expect.stringMatching(/did not pass the checks/),
  });
});
