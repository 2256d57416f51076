import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { seededRandom } from '../../../../src/protocol/seededRandom.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';
import { proseBlocks, readWhole } from '../../../../src/writing/selection/text/reading.ts';
import { applyEdits } from '../../../../src/writing/selection/wordChanges.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const pages = [
  ['markdown', 'page.md'],
  ['restructuredtext', 'page.rst'],
  ['html', 'page.html'],
  ['latex', 'page.tex'],
  ['plaintext', 'page.txt'],
] as const;
const byRules: readonly ActionId[] = ['fix', 'shorten', 'simplify', 'formal', 'friendly', 'bullets', 'prose', 'table'];
const engine = () => Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
const selections = 25;

/** Runs an action on a stretch of a page; the page with all changes accepted, and where they were. */
async function accepted(
  page: string,
  { languageId, action, start, end }: { languageId: string; action: ActionId; start: number; end: number },
) {
  const request = {
    action,
    languageId,
    way: 'rules' as const,
    text: page.slice(start, end),
    before: page.slice(0, start),
    after: page.slice(end),
  };
  const outcome = await runAction(request, engine(), CancellationToken.None);
  expect(outcome.kind, JSON.stringify(outcome).slice(0, 300)).toMatch(/^(?:proposal|none)$/u);
  if (outcome.kind !== 'proposal') return { text: page, changes: [] };
  const changes = outcome.changes.map((change) => ({
    ...change,
    start: start + change.start,
    end: start + change.end,
  }));
  return { text: applyEdits(page, changes), changes };
}

describe.each(pages)('in %s', (languageId, name) => {
  const page = readFileSync(join(import.meta.dirname, '../../../fixtures/texts', name), 'utf8');
  const read = readWhole(page, languageId);
  const prose = new Set(proseBlocks(read));
  const others = read.blocks.filter((block) => !prose.has(block) && page.slice(block.start, block.end).trim() !== '');
  const isListMarkup = (text: string) => /^\s*(?:\\(?:begin|end)\{itemize\}|<\/?[uo]l>)\s*$/u.test(text);

  test.each(byRules)('%s leaves every block that is no prose, and undoing restores the page', async (action) => {
    const random = seededRandom(7);
    const ranges = [{ start: 0, end: page.length }];
    for (let i = 0; i < selections; i++) {
      const [a, b] = [Math.floor(random() * page.length), Math.floor(random() * page.length)];
      ranges.push({ start: Math.min(a, b), end: Math.max(a, b) });
    }
    for (const range of ranges) {
      const { text, changes } = await accepted(page, { languageId, action, ...range });
      for (const { start, end } of others) {
        if (isListMarkup(page.slice(start, end))) continue;
        const touching = changes.filter((change) => change.start < end && change.end > start);
        expect(touching, `${action} ${JSON.stringify(range)} ${page.slice(start, end)}`).toEqual([]);
        expect(text).toContain(page.slice(start, end));
      }
      let shift = 0;
      const undo = changes.map(({ start, end, original, replacement }) => {
        const edit = { start: start + shift, end: start + shift + replacement.length, replacement: original };
        shift += replacement.length - (end - start);
        return edit;
      });
      expect(applyEdits(text, undo)).toBe(page);
    }
  });

  test('spans within prose stay, too', async () => {
    const { text } = await accepted(page, { languageId, action: 'simplify', start: 0, end: page.length });
    expect(text).not.toBe(page);
    for (const block of prose)
      for (const span of read.spansOf(block)) expect(text).toContain(page.slice(span.start, span.end));
  });
});
