import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionRequest } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

/** What is right was written down before anything was run, by somebody who had seen no other test. */
interface Fresh extends Pick<ActionRequest, 'action' | 'languageId' | 'instruction' | 'form'> {
  readonly input: string;
  /** not a character changes */
  readonly same?: true;
  /** unchanged is right, too */
  readonly orSame?: true;
  readonly refuse?: true;
  /** one of these */
  readonly exact?: readonly string[];
  /** each of them is there; of a list one */
  readonly keep?: readonly (string | readonly string[])[];
  readonly absent?: readonly string[];
  readonly re?: string;
  /** what an answer says */
  readonly answer?: readonly string[];
  /** only sentences of the text, and fewer than it has */
  readonly quoted?: true;
}

const file = new URL('../../../fixtures/actions/freshInputs.jsonl', import.meta.url);
const inputs = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line): Fresh => JSON.parse(line));

async function textAfter({ action, languageId, input, instruction, form }: Fresh): Promise<string | undefined> {
  const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
  const given = { ...(instruction === undefined ? {} : { instruction }), ...(form ? { form } : {}) };
  const outcome = await runAction({ action, text: input, languageId, ...given }, engine, CancellationToken.None);
  expect(outcome.kind).not.toBe('failed');
  return outcome.kind === 'proposal' ? outcome.text : undefined;
}

const flat = (text: string) =>
  text
    .replace(/[*_#`>-]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

function expectRight(fresh: Fresh, text: string): void {
  if (fresh.exact) expect(fresh.exact.map((each) => each.trimEnd())).toContain(text.trimEnd());
  for (const kept of fresh.keep ?? [])
    expect(
      [kept].flat().some((each) => text.includes(each)),
      `“${[kept].flat().join('” or “')}” in ${text}`,
    ).toBe(true);
  for (const gone of fresh.absent ?? []) expect(text).not.toContain(gone);
  if (fresh.re !== undefined) expect(text.trimEnd()).toMatch(new RegExp(fresh.re, 'mu'));
  for (const said of fresh.answer ?? []) expect(text).toContain(said);
  if (!fresh.quoted) return;
  const parts = text.split(/(?<=[.!?。！？”])\s+|(?<=[。！？])|\n+/u).map(flat);
  for (const part of parts.filter((each) => each.length > 1)) expect(flat(fresh.input)).toContain(part);
  expect(text.length).toBeLessThan(fresh.input.length);
}

describe.each([...new Set(inputs.map(({ action }) => action))])('%s on inputs of another hand', (action) => {
  const own = inputs.filter((input) => input.action === action);
  test.each(own.map((input, i) => [`${i} ${input.languageId} ${input.input.slice(0, 60)}`, input] as const))(
    '%s',
    async (_, fresh) => {
      const text = await textAfter(fresh);
      const isUnchanged = text === undefined || (action !== 'ask' && text.trimEnd() === fresh.input.trimEnd());
      if (fresh.same || (fresh.refuse && !fresh.keep && fresh.re === undefined))
        expect(text ?? fresh.input).toBe(fresh.input);
      else if (isUnchanged) expect(fresh.orSame ?? fresh.refuse ?? false, 'nothing was proposed').toBe(true);
      else expectRight(fresh, text);
    },
  );
});
