import { describe, expect, test } from 'vitest';
import type { CancellationToken } from 'vscode-jsonrpc';
import { TrainedAdapter, type TrainedAdapterParts } from '../../../src/extension/fineTuning/trainedAdapter.ts';
import type { AdapterReport, HeldOutComparison, WritingComparison } from '../../../src/protocol/adapters.ts';
import type { FineTuningView } from '../../../src/protocol/fineTuningPage.ts';

const fit = (loss: number) => ({ loss, perplexity: Math.exp(loss) });
const comparison = (isBetter: boolean): HeldOutComparison => ({
  tokens: 900,
  base: fit(3.3),
  adapted: fit(isBetter ? 3 : 3.3),
  standardError: 0.02,
  isBetter,
});
const writing = { stretches: 10 } as WritingComparison;
const text = Array.from({ length: 40 }, (_, day) => `On day ${day} the tide was out when she came home.`).join(' ');

/** An adapter whose proof says what is given, and what was done about it. */
function trained({ isBetter = true } = {}) {
  const view: { -readonly [K in keyof FineTuningView]?: FineTuningView[K] } = {};
  const done: string[] = [];
  const reports: AdapterReport[] = [];
  const typing: { token: CancellationToken; end: (result: WritingComparison | undefined) => void }[] = [];
  const writer = {
    prove: async () => ({ heldOut: comparison(isBetter) }),
    write: async (prompts: readonly unknown[], adapter: string | undefined) =>
      prompts.map((_, i) => `${adapter ?? 'base'} ${i}`),
    typeBothWays: (_: unknown, token: CancellationToken) =>
      new Promise<WritingComparison | undefined>((end) => {
        typing.push({ token, end });
        token.onCancellationRequested(() => end(undefined));
      }),
  };
  const adapter = new TrainedAdapter({
    writer,
    store: { saveReport: async (_: string, report: AdapterReport) => void reports.push(report) },
    log: { warn: (line: string) => done.push(line) },
    useAdapter: async (folder: string | undefined) => void done.push(`use ${folder}`),
    request: { modelFolder: '/models/tiny', options: {} },
    folder: '/adapters/mine',
    heldOut: { split: 'test', texts: [{ path: 'a.md', languageId: 'markdown', text }] },
    onChange: (changes: Partial<FineTuningView>) => void Object.assign(view, changes),
  } as unknown as TrainedAdapterParts);
  return { adapter, view, done, reports, typing };
}

describe('an adapter that was trained', () => {
  test('is switched on when it helps, and its report stays with it', async () => {
    const { adapter, view, done, reports } = trained();
    await adapter.prove();
    expect(done).toEqual(['use /adapters/mine']);
    expect(view.isSwitchedOn).toBe(true);
    expect(reports).toMatchObject([{ model: 'tiny', split: 'test', texts: 1, heldOut: comparison(true) }]);
    expect(view.report).toEqual(reports[0]);
  });

  test('stays switched off when it does not', async () => {
    const { adapter, view, done } = trained({ isBetter: false });
    await adapter.prove();
    expect(done).toEqual([]);
    expect(view.report?.heldOut.isBetter).toBe(false);
  });

  test('is typed with in the background, which the blind test puts off', async () => {
    const { adapter, view, reports, typing } = trained();
    await adapter.prove();
    void adapter.typeBothWays();
    expect(view.typedFraction).toBe(0);
    await adapter.startBlindTest();
    expect(typing[0]!.token.isCancellationRequested).toBe(true);
    expect(typing).toHaveLength(2);
    while (view.blindTest?.kind === 'asking') await adapter.prefer('neither');
    typing[1]!.end(writing);
    await expect.poll(() => reports.at(-1)?.writing).toEqual(writing);
    expect(reports.at(-1)?.blindTest).toEqual({ adapted: 0, base: 0, undecided: 8 });
    expect(view.typedFraction).toBeUndefined();
  });
});
