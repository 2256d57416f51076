import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { noteText } from '../../../../src/writing/selection/notes.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const read = (name: string) => readFileSync(new URL(`../../../fixtures/actions/${name}`, import.meta.url), 'utf8');
const lines = (name: string) => read(name).trim().split('\n');

interface Input {
  readonly action: ActionId;
  readonly languageId: string;
  readonly text: string;
  readonly instruction?: string;
  /** null is a refusal */
  readonly result: string | null;
}
const inputs: readonly Input[] = JSON.parse(read('nastyInputs.json'));

async function outcomeOf(action: ActionId, languageId: string, text: string, instruction?: string) {
  const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
  const request = { action, text, languageId, ...(instruction === undefined ? {} : { instruction }) };
  return runAction(request, engine, CancellationToken.None);
}

/** Needed doubled words, articles by sound, `i` as an index, names made by machines, words spoken of, dialect, varieties. */
describe('right English stays', () => {
  test.each(lines('rightEnglish.txt'))('%s', async (line) => {
    const outcome = await outcomeOf('fix', 'markdown', `${line}\n`);
    expect(outcome.kind === 'proposal' ? outcome.text : '').toBe('');
  });
});

describe('slips that are sure are mended', () => {
  test.each(lines('slips.tsv').map((line) => line.split('\t') as [string, string]))('%s', async (slip, right) => {
    expect(await outcomeOf('fix', 'markdown', slip)).toMatchObject({ kind: 'proposal', text: right });
  });
});

/** Results that were read; nothing of them is flagged as lost. */
describe.each([...new Set(inputs.map(({ action }) => action))])('%s on odd texts', (action) => {
  const own = inputs.filter((input) => input.action === action);
  test.each(own.map((input, i) => [`${i} ${input.languageId}`, input] as const))('%s', async (_, input) => {
    const { languageId, text, result, instruction } = input;
    const outcome = await outcomeOf(action, languageId, text, instruction);
    if (result === null) {
      expect(outcome.kind, outcome.kind === 'proposal' ? outcome.text : '').toBe('none');
      expect(outcome.kind === 'none' && noteText(outcome.note)).toMatch(/^[A-Z“].*[.]$/su);
      return;
    }
    expect(outcome).toMatchObject({ kind: 'proposal', text: result, lost: [] });
    expect(outcome.kind === 'proposal' && outcome.changes.flatMap(({ lost }) => lost)).toEqual([]);
    expect(outcome.kind === 'proposal' && outcome.checks.filter(({ passed }) => !passed)).toEqual([]);
  });
});
