import { expect, test } from 'vitest';
import { demandMemory, memoryNeed } from '../../../src/inference/memoryGuard.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';

const model = openModelFolder(goldenPath('tiny-llama'));
const { config, weights } = model;
const need = (precision: 'default' | 'fp32') => memoryNeed({ config, tensors: weights.tensors }, precision);
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
  const tied = memoryNeed({ config: { ...config, tiedEmbeddings: true }, tensors: weights.tensors }, 'default');
  expect(tied.weights).toBeGreaterThan(need('default').weights);
});

test('an LSTM needs no more for a longer context', () => {
  const lstm = openModelFolder(goldenPath('architectures/lstm'));
  const { ofContext, fixed } = memoryNeed({ config: lstm.config, tensors: lstm.weights.tensors }, 'default');
  expect(ofContext(8192)).toBe(0);
  expect(fixed).toBeGreaterThan(0);
  expect(refusal(lstm, 1e6)).toContain('Close other programs');
});
