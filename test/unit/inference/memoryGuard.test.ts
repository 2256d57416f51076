import { expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import type { RunnableDecoder } from '../../../src/inference/decoder.ts';
import { DraftedRuns } from '../../../src/inference/draftedRuns.ts';
import type { GenerationParts } from '../../../src/inference/generationParts.ts';
import { demandMemory, memoryNeed } from '../../../src/inference/memoryGuard.ts';
import { scoreText } from '../../../src/inference/scoreText.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { sayingDecoder } from './support/sayingDecoder.ts';

const model = openModelFolder(goldenPath('tiny-llama'));
const { config, weights } = model;
const sized = { config, tensors: weights.tensors, isExported: false };
const need = (precision: 'default' | 'fp32') => memoryNeed(sized, precision);
const request = { precision: 'default', maxContextTokens: 8192 } as const;
const wide = {
  ...model,
  config: {
    ...config,
    layers: 40,
    mixers: Array(40).fill('attention'),
    kvHeads: 64,
    headDim: 256,
    contextTokens: 8192,
  },
} as const;

const refusal = (of: typeof model, available: number, maxContextTokens = 8192): string => {
  try {
    demandMemory(of, { ...request, maxContextTokens }, available);
    return '';
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  }
};

test('a model that fits is not spoken of', () => {
  expect(refusal(model, 1e9)).toBe('');
  expect(refusal(wide, 100e9)).toBe('');
});

test('one that does not fit is refused with what it needs, what there is and what helps', () => {
  expect(refusal(model, 50e6)).toMatch(
    /^outOfMemory: The model tiny-llama needs about \d+ MB of memory \(\d+ MB for itself, \d+ MB for \d+ tokens of context\); 50 MB are free\. Close other programs, or choose a smaller model/u,
  );
});

test('where the context is what does not fit, one that fits is named, and it does fit', () => {
  const message = refusal(wide, 2e9);
  const fitting = Number(/at most (\d+) tokens of context/u.exec(message)?.[1]);
  expect(fitting).toBeGreaterThanOrEqual(128);
  expect(refusal(wide, 2e9, fitting)).toBe('');
  expect(refusal(wide, 2e9, 2 * fitting)).toContain('outOfMemory');
});

test('no context is named that the setting does not allow', () => {
  expect(refusal(wide, 180e6)).toContain('Close other programs');
});

test('full precision needs more, an untied embedding stays on the disk, windows of memory grow with what is read', () => {
  expect(need('fp32').weights).toBeGreaterThan(need('default').weights);
  expect(need('fp32').ofContext(500)).toBe(2 * need('default').ofContext(500));
  const tied = memoryNeed({ ...sized, config: { ...config, tiedEmbeddings: true } }, 'default');
  expect(tied.weights).toBeGreaterThan(need('default').weights);
});

test('an LSTM needs no more for a longer context', () => {
  const lstm = openModelFolder(goldenPath('architectures/lstm'));
  const { ofContext, fixed } = memoryNeed(
    { config: lstm.config, tensors: lstm.weights.tensors, isExported: false },
    'default',
  );
  expect(ofContext(8192)).toBe(0);
  expect(fixed).toBeGreaterThan(0);
  expect(refusal(lstm, 1e6)).toContain('Close other programs');
});

/** Bytes that a vocabulary of so many tokens makes a model need beside its weights. */
const ofVocabulary = (vocabularySize: number, isExported = false): number => {
  const fixed = (size: number) =>
    memoryNeed({ ...sized, isExported, config: { ...config, vocabularySize: size } }, 'default').fixed;
  return fixed(vocabularySize) - fixed(0);
};

/** The rows of logits that one run was asked for at most; what is in them does not matter. */
async function mostRows(vocabularySize: number, work: (decoder: RunnableDecoder) => Promise<unknown>): Promise<number> {
  let most = 0;
  const decoder = sayingDecoder(() => 5);
  await work({
    ...decoder,
    config: { ...decoder.config, vocabularySize },
    run: async (cache, ids, rows, logits = new Float32Array(rows.length * vocabularySize)) => {
      most = Math.max(most, rows.length);
      await decoder.run(cache, ids, []);
      return logits;
    },
  });
  return most;
}

/** Text that repeats itself, so that drafts are as long as they ever are. */
async function drafted(decoder: RunnableDecoder): Promise<void> {
  const cache = decoder.newCache(512);
  const read = Array.from({ length: 60 }, (_, i) => 5 + (i % 3));
  await decoder.run(cache, read, []);
  const parts = { cache, decoder, drafts: true } as unknown as GenerationParts; // what drafts read of it
  const runs = new DraftedRuns(read, new Float32Array(decoder.config.vocabularySize), parts);
  for (let i = 60; i < 100; i++) await runs.after(5 + (i % 3), 100);
  runs.settle();
}

async function scored(decoder: RunnableDecoder): Promise<void> {
  const tokenizer = { beginning: [], encode: (text: string) => Array.from(text, () => 7) };
  const parts = { cache: decoder.newCache(512), decoder, tokenizer, turn: async () => undefined };
  const request = { text: 'x'.repeat(82), windowTokens: 82, withTokens: false };
  const { tokens } = await scoreText(request, parts as unknown as GenerationParts, new CancellationTokenSource().token);
  expect(tokens).toBe(81);
}

test.each([300, 49_152, 65_536, 65_537, 151_936, 262_144, 300_000])(
  'with a vocabulary of %i tokens the rows of logits of a run are few, and counted',
  async (vocabularySize) => {
    const rows = { drafted: await mostRows(vocabularySize, drafted), scored: await mostRows(vocabularySize, scored) };
    expect(rows.drafted).toBe(16);
    expect(rows.scored).toBeGreaterThanOrEqual(16);
    expect(rows.scored * vocabularySize).toBeLessThan(5_200_000);
    const counted = ofVocabulary(vocabularySize) / (4 * vocabularySize);
    expect(counted).toBeGreaterThan(Math.max(rows.drafted, rows.scored));
  },
);

test('a graph of others gives the logits of all that it reads: more is counted', () => {
  expect(ofVocabulary(262_144, true)).toBeGreaterThan(ofVocabulary(262_144) + 2 * 4 * 40 * 262_144);
});

test('keys and values of a graph of others: 32 bits, and those of one slot twice', () => {
  const exported = memoryNeed({ ...sized, isExported: true }, 'default');
  expect(exported.ofContext(500)).toBe(3 * need('default').ofContext(500));
});

test('what a large vocabulary needs is part of what is said', () => {
  const large = { ...model, config: { ...config, vocabularySize: 262_144 } };
  const available = 170e6;
  expect(refusal(model, available)).toBe('');
  expect(refusal(large, available)).toContain('outOfMemory');
});
