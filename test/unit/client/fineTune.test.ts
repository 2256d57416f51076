import { describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { type FineTunePlan, fineTune } from '../../../src/client/fineTune.ts';
import type { InferenceClient } from '../../../src/client/inferenceClient.ts';
import type { TrainingClient } from '../../../src/client/trainingClient.ts';
import type { AdapterReport, WritingComparison } from '../../../src/protocol/adapters.ts';
import type { LoadRequest } from '../../../src/protocol/inference.ts';
import type { HeldOutTexts, TrainingOutcome, TrainRequest } from '../../../src/protocol/training.ts';

const request = { modelFolder: '/models/tiny', paths: ['/t'], corpus: {}, options: {}, outputFolder: '/out' };
const heldOut: HeldOutTexts = {
  split: 'test',
  texts: [{ path: 'a.md', languageId: 'markdown', text: 'The tide was out when she came home.' }],
};
const trained = { kind: 'trained', done: { event: 'done', adapter: '/out', seconds: 100 } } as TrainingOutcome;
const writing = { stretches: 3 } as WritingComparison;

/** The way with stand-ins for the processes; what happened, in order. */
async function go({
  texts = heldOut,
  outcome = trained,
  plan = {},
}: {
  texts?: HeldOutTexts | null;
  outcome?: TrainingOutcome;
  plan?: Partial<FineTunePlan>;
} = {}) {
  const happened: string[] = [];
  const reports: AdapterReport[] = [];
  const stop = new CancellationTokenSource();
  const training = {
    heldOut: async () => texts,
    train: async () => {
      happened.push('train');
      return outcome;
    },
    dispose: async () => void happened.push('training ends'),
  } as unknown as TrainingClient;
  const client = {
    use: ({ adapter }: LoadRequest) => void happened.push(adapter ? 'use adapted' : 'use base'),
    score: async () => ({ tokens: 3, logprob: -6, logprobs: [null, -2, -2] }),
  } as unknown as InferenceClient;
  const result = await fineTune(
    {
      request: request as unknown as TrainRequest,
      load: { modelFolder: '/models/tiny', maxContextTokens: 1024 } as LoadRequest,
      unrelatedIn: undefined,
      maxCarets: 100,
      proof: { token: stop.token, isUnlimited: false },
      ...plan,
    },
    {
      training,
      store: {
        saveReport: async (_, report) => {
          reports.push(report);
          return null;
        },
      },
      withEngine: (work) => {
        happened.push('engine');
        return work(client);
      },
      compareWriting: async (_, __, { isOver }) => {
        happened.push(`typing${isOver ? ' within a budget' : ''}`);
        return writing;
      },
    },
    {
      onHeldOut: () => happened.push('held out'),
      onTraining: () => happened.push('asked to train'),
      onTrained: () => happened.push('trained'),
      onReport: ({ writing: typed }) => happened.push(typed ? 'report with typing' : 'report'),
    },
  );
  return { result, happened, reports };
}

describe('a fine-tuning', () => {
  test('goes from the texts that are kept apart to a report beside the adapter', async () => {
    const { result, happened, reports } = await go();
    expect(happened).toEqual([
      ...['held out', 'train', 'asked to train', 'training ends', 'trained'],
      ...['engine', 'use base', 'use adapted', 'report', 'typing within a budget', 'report with typing'],
    ]);
    expect(reports).toHaveLength(2);
    expect(reports.at(-1)).toMatchObject({ model: 'tiny', split: 'test', texts: 1, strength: 0.8, writing });
    expect(result).toEqual({ ...trained, report: reports.at(-1) });
  });

  test.each<[string, Parameters<typeof go>[0], object, string]>([
    ['cancelled while reading', { texts: null }, { kind: 'discarded' }, ''],
    ['discarded', { outcome: { kind: 'discarded' } }, { kind: 'discarded' }, 'training ends'],
    ['without a proof', { plan: { proof: undefined } }, { ...trained, report: undefined }, 'trained'],
    [
      'without texts to compare on',
      { texts: { split: 'test', texts: [] } },
      { ...trained, report: undefined },
      'trained',
    ],
  ])('%s ends there', async (_, given, expected, last) => {
    const { result, happened, reports } = await go(given);
    expect(result).toEqual(expected);
    expect(happened.at(-1) ?? '').toBe(last);
    expect(reports).toEqual([]);
  });

  test('types nothing when it is not to, or when it was stopped', async () => {
    expect((await go({ plan: { maxCarets: 0 } })).happened.at(-1)).toBe('report');
    const stop = new CancellationTokenSource();
    stop.cancel();
    const { happened, result } = await go({ plan: { proof: { token: stop.token, isUnlimited: false } } });
    expect(happened.at(-1)).toBe('engine');
    expect(result).toEqual({ ...trained, report: undefined });
  });
});
