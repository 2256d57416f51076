import { expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import type { RunnableDecoder } from '../../../src/inference/decoder.ts';
import { DraftedRuns } from '../../../src/inference/draftedRuns.ts';
import type { GenerationParts } from '../../../src/inference/generationParts.ts';
import { demandMemory, memoryNeed, mostBytes } from '../../../src/inference/memoryGuard.ts';
import { scoreText } from '../../../src/inference/scoreText.ts';
import type { SafetensorsDtype, TensorEntry } from '../../../src/model/files/safetensors.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import type { ModelWeights } from '../../../src/model/weights/modelWeights.ts';
import { goldenPath } from '../../golden/goldenFiles.ts';
import { sayingDecoder } from './support/sayingDecoder.ts';

const model = openModelFolder(goldenPath('tiny-llama'));
const { config, weights } = model;
const sized = { config, weights, isExported: false };
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
    /^outOfMemory: The model tiny-llama needs about \d+ MB of memory, with \d+ tokens of context; 50 MB are free\. Close other programs, or choose a smaller model/u,
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

test('full precision costs what blocks are taken apart for, and nothing where there are none', () => {
  expect(need('fp32')).toMatchObject({ loaded: need('default').loaded, making: need('default').making });
  // the bundled model, 134.5 million numbers: 2,727 MB at the peak
  const [vocabularySize, hiddenSize, numbers] = [49_152, 576, 134.5e6];
  const sizes = { ...config, vocabularySize, hiddenSize, embeddingSize: hiddenSize, layers: 30, headDim: 64, heads: 9 };
  const inBlocks = {
    ...sizes,
    kvHeads: 3,
    intermediateSize: 1536,
    tiedEmbeddings: true,
    mixers: Array(30).fill('attention'),
  };
  const weightsInBlocks = { ...weights, tensors: head(28.3, 'F16', 1.8, vocabularySize) } as unknown as ModelWeights;
  const asked = memoryNeed({ config: inBlocks, weights: weightsInBlocks, isExported: false }, 'fp32');
  expect((asked.loaded + asked.making) / 1e6 / 2727).toBeCloseTo(1.04, 1);
  expect(asked.making).toBeCloseTo(12 * numbers, -7);
});

/** What further tokens of context take. */
const ofContext = (of: ReturnType<typeof need>, tokens: number) => of.running(tokens) - of.running(0);

test('full precision needs more for what is read, an untied embedding stays on the disk, windows of memory grow with what is read', () => {
  expect(ofContext(need('fp32'), 500)).toBe(2 * ofContext(need('default'), 500));
  const tied = memoryNeed({ ...sized, config: { ...config, tiedEmbeddings: true } }, 'default');
  expect(tied.loaded).toBeGreaterThan(need('default').loaded);
});

test('an LSTM needs no more for a longer context', () => {
  const lstm = openModelFolder(goldenPath('architectures/lstm'));
  const of = memoryNeed({ config: lstm.config, weights: lstm.weights, isExported: false }, 'default');
  expect(ofContext(of, 8192)).toBe(0);
  expect(of.running(0)).toBeGreaterThan(0);
  expect(refusal(lstm, 1e6)).toContain('Close other programs');
});

const millions = (entries: Readonly<Record<string, readonly [SafetensorsDtype, number, readonly number[]]>>) =>
  new Map(
    Object.entries(entries).map(([name, [dtype, mb, shape]]): [string, TensorEntry] => [
      name,
      { dtype, shape, file: '', offset: 0, length: mb * 1e6 },
    ]),
  );
const head = (mb: number, dtype: SafetensorsDtype, scales: number, vocabulary: number) =>
  millions({ 'head.quants': ['U8', mb, [vocabulary]], 'head.scales': [dtype, scales, [vocabulary]] });
const onDisk = (mb: number, dtype: SafetensorsDtype, scales: number, vocabulary: number) =>
  millions({ 'embedding.quants': ['U8', mb, [vocabulary]], 'embedding.scales': [dtype, scales, [vocabulary]] });

/** Sizes of the converted files, MB, and the most memory that a process had which loaded and ran them (docs/models.md). */
const measured = [
  {
    name: 'SmolLM2 135M',
    ...{ vocabularySize: 49_152, tiedEmbeddings: true, loaded: 275, peak: 372, ofContext: 47 },
    tensors: [
      head(28.3, 'F16', 1.8, 49_152),
      millions({ 'l.quants': ['U8', 53.1, [1]], 'l.scales': ['F16', 6.6, [1]], 'l.mins': ['F16', 6.6, [1]] }),
    ],
  },
  {
    name: 'Gemma 3 270M',
    ...{ vocabularySize: 262_144, tiedEmbeddings: true, loaded: 523, peak: 705, ofContext: 30 },
    tensors: [
      head(167.8, 'F16', 10.5, 262_144),
      millions({ 'l.quants': ['U8', 88.5, [1]], 'l.scales': ['F16', 4.1, [1]] }),
      millions({ 'm.scales': ['F32', 5.9, [1]], 'm.mins': ['F32', 2.9, [1]] }),
    ],
  },
  {
    name: 'Qwen2.5-Coder 0.5B',
    ...{ vocabularySize: 151_936, tiedEmbeddings: false, loaded: 815, peak: 950, ofContext: 25 },
    tensors: [
      head(136.15, 'F16', 8.5, 151_936),
      onDisk(136.15, 'F16', 8.5, 151_936),
      millions({ 'l.scales': ['F16', 15.8, [1]] }),
      millions({ 'm.scales': ['F32', 19.6, [1]], 'm.mins': ['F32', 6.5, [1]] }),
      millions(Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`${i}.quants`, ['U8', 13.82, [1]] as const]))),
    ],
  },
  {
    name: 'Qwen2.5-Coder 1.5B',
    ...{ vocabularySize: 151_936, tiedEmbeddings: false, loaded: 2065, peak: 2357, ofContext: 59 },
    tensors: [
      head(233.4, 'F32', 58.3, 151_936),
      onDisk(233.4, 'F32', 29.2, 151_936),
      millions({ 'embedding.mins': ['F32', 29.2, [1]], 'l.scales': ['F32', 188.5, [1]], 'l.mins': ['F32', 139, [1]] }),
      millions(Object.fromEntries(Array.from({ length: 28 }, (_, i) => [`${i}.quants`, ['U8', 26.94, [1]] as const]))),
    ],
  },
  {
    name: 'a folder of float16 with a tied embedding',
    ...{ vocabularySize: 151_936, tiedEmbeddings: true, loaded: 1157, peak: 1701, ofContext: 25 },
    tensors: [
      millions({ 'embedding.weight': ['F16', 272.3, [151_936]] }),
      millions(
        Object.fromEntries(Array.from({ length: 44 }, (_, i) => [`${i}.weight`, ['BF16', 5.507, [1]] as const])),
      ),
    ],
  },
  {
    name: 'a folder of float16 with a head of its own',
    ...{ vocabularySize: 32_000, tiedEmbeddings: false, loaded: 1020, peak: 1151, ofContext: 67 },
    tensors: [
      millions({ 'head.weight': ['F16', 65.5, [32_000]], 'embedding.weight': ['F16', 65.5, [32_000]] }),
      millions(Object.fromEntries(Array.from({ length: 66 }, (_, i) => [`${i}.weight`, ['F16', 5.724, [1]] as const]))),
    ],
  },
  {
    name: 'a folder of float32 with a head of its own',
    ...{ vocabularySize: 32_000, tiedEmbeddings: false, loaded: 987, peak: 1117, ofContext: 67 },
    tensors: [
      millions({ 'head.weight': ['F32', 131, [32_000]], 'embedding.weight': ['F32', 131, [32_000]] }),
      millions(Object.fromEntries(Array.from({ length: 66 }, (_, i) => [`${i}.weight`, ['F32', 11.45, [1]] as const]))),
    ],
  },
];

test.each(measured)('$name: what is asked for is what it took, and hardly more', (of) => {
  const tensors = new Map(of.tensors.flatMap((part) => [...part]));
  const tensor = tensors.get('embedding.weight');
  const blocks = { kind: 'blocks', quants: tensors.get('embedding.quants'), scales: tensors.get('embedding.scales') };
  const stored = { tensors, embedding: () => (tensor ? { kind: 'dense', tensor } : blocks) } as unknown as ModelWeights;
  const { vocabularySize, tiedEmbeddings } = of;
  const asked = memoryNeed(
    { config: { ...config, vocabularySize, tiedEmbeddings }, weights: stored, isExported: false },
    'default',
  );
  const most = Math.max(mostBytes(asked, 0), asked.loaded + asked.running(0) + of.ofContext * 1e6) / 1e6;
  expect(most / of.peak).toBeGreaterThan(0.995);
  expect(most / of.peak).toBeLessThan(1.2);
  expect(asked.loaded / 1e6 / of.loaded).toBeGreaterThan(0.98);
});

/** Bytes that a vocabulary of so many tokens makes a model need beside its weights. */
const ofVocabulary = (vocabularySize: number, isExported = false): number => {
  const without = (size: number) => {
    const { loaded, running } = memoryNeed(
      { ...sized, isExported, config: { ...config, vocabularySize: size } },
      'default',
    );
    return loaded + running(0);
  };
  return without(vocabularySize) - without(0);
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
  expect(ofContext(exported, 500)).toBe(3 * ofContext(need('default'), 500));
});

test('what a large vocabulary needs is part of what is said', () => {
  const large = { ...model, config: { ...config, vocabularySize: 262_144 } };
  const available = 200e6;
  expect(refusal(model, available)).toBe('');
  expect(refusal(large, available)).toContain('outOfMemory');
});
