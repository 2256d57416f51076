/** A fine-tuning learns from windows. What it loses on them is what the engine says of the same tokens. */
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { scoreText } from '../../../src/inference/scoreText.ts';
import { linearsOf } from '../../../src/model/decoderParts.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { tablesFromJson } from '../../../src/model/tokenizer/tokenizerTables.ts';
import { Tokenizer } from '../../../src/model/tokenizer.ts';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import { heldOutSequences, PackedDataset, type TrainingSequence } from '../../../src/training/dataset/packedDataset.ts';
import { tokenizeTexts } from '../../../src/training/dataset/tokenizedCorpus.ts';
import { initialValues, loraParameters } from '../../../src/training/graph/loraParameters.ts';
import { openFrozenBase } from '../../../src/training/session/frozenBase.ts';
import { EvaluationSession } from '../../../src/training/session/gradientSession.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { letterTokenizer } from '../../support/tinyTokenizer.ts';
import { logitsOf, logprobOf, openDecoder } from '../decoders.ts';
import { goldenPath } from '../goldenFiles.ts';

const never = CancellationToken.None;
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZĠ.,;!?-';
const optionsOf = (sequenceLength: number) =>
  ({ sequenceLength, packing: true, seed: 3, randomStarts: true, paddingId: 0 }) as const;

const inCase = (name: string, file: string) => goldenPath(join('architectures', name, file));
const allCases = readdirSync(goldenPath('architectures')).sort();
/** Cases of scripts/make_architectures.py that learn, with sequences six times as long as the windows that some see. */
const learning = allCases.filter((name) => existsSync(inCase(name, 'gradients.safetensors')));
/** Cases that only scale positions; two of them turn texts of more than 96 tokens otherwise. */
const scaled = allCases.filter((name) => !existsSync(inCase(name, 'model.safetensors')));
const cases = [
  ...learning.map((name) => ({ name, sequenceLength: 48 })),
  ...scaled.map((name) => ({ name, sequenceLength: 128 })),
];

/** With the weights of the case that its positions differ from. */
async function modelFolder(name: string): Promise<string> {
  if (existsSync(inCase(name, 'model.safetensors'))) return inCase(name, '');
  const folder = await temporaryFolder();
  cpSync(inCase(name, 'config.json'), join(folder, 'config.json'));
  cpSync(inCase(name.split('-')[0]!, 'model.safetensors'), join(folder, 'model.safetensors'));
  return folder;
}

/** A token a letter, for the models' 64 tokens. */
function tokenizerWith(beginning: readonly number[]): Tokenizer {
  const { tokenizer, tokenizerConfig } = letterTokenizer(letters);
  return new Tokenizer({ ...tablesFromJson(tokenizer, tokenizerConfig, 64), beginning });
}

/** Texts shorter than a sequence, as long as one, and of several. */
function texts(sequenceLength: number): string[] {
  const random = seededRandom(7);
  const written = [...letters].map((letter) => (letter === 'Ġ' ? ' ' : letter));
  const letter = () => written[Math.floor(random() * written.length)];
  return [3, 200, sequenceLength, sequenceLength + 1, 17, 96, 97, 131].map((length) =>
    Array.from({ length }, letter).join(''),
  );
}

async function lossesOf(folder: string, sequences: readonly TrainingSequence[]): Promise<Float32Array[]> {
  const model = openModelFolder(folder);
  const base = await openFrozenBase(model, await temporaryFolder());
  const lora = { rank: 2, alpha: 4, targets: linearsOf(model.config), firstLayer: 0 };
  const session = await EvaluationSession.create(base, {
    lora,
    maxPositions: sequences[0]!.inputIds.length,
    threads: 1,
  });
  const values = initialValues(loraParameters(model.config, lora), 1);
  const losses: Float32Array[] = [];
  for (const sequence of sequences) losses.push(await session.negativeLogLikelihoods(sequence, values));
  await session.release();
  base.release();
  return losses;
}

/** The pieces of a sequence that count, each from its first place to behind its last. */
function* piecesOf({ segments, lossWeights }: TrainingSequence): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from < segments.length; ) {
    let to = from;
    while (to < segments.length && segments[to] === segments[from]) to++;
    if (lossWeights[from]! > 0) yield [from, to];
    from = to;
  }
}

const openEngine = (folder: string) => openDecoder(folder, { precision: 'fp32', dialect: 'fused' });

describe.each(cases)('$name, sequences of $sequenceLength', ({ name, sequenceLength }) => {
  const options = optionsOf(sequenceLength);

  test.each([
    ['that nothing stands before', []],
    ['that a token stands before', [1]],
  ])('each piece of a packed sequence %s is read as if it stood alone', async (_, beginning) => {
    const documents = (await tokenizeTexts(texts(sequenceLength), tokenizerWith(beginning), never))!;
    const dataset = new PackedDataset(documents, [], options);
    const sequences = Array.from({ length: 2 * dataset.sequencesPerEpoch }, (__, i) =>
      dataset.trainingSequence(Math.floor(i / dataset.sequencesPerEpoch), i % dataset.sequencesPerEpoch),
    );
    const folder = await modelFolder(name);
    const losses = await lossesOf(folder, sequences);
    const decoder = await openEngine(folder);
    let compared = 0;
    for (const [i, sequence] of sequences.entries()) {
      for (const [from, to] of piecesOf(sequence)) {
        compared += to - from;
        const ids = [...sequence.inputIds.subarray(from, to)];
        if (beginning.length > 0) expect(ids[0]).toBe(beginning[0]);
        const rows = await logitsOf(decoder, ids, 64);
        rows.forEach((row, at) => {
          const engine = -logprobOf(row, sequence.targets[from + at]!);
          expect(Math.abs(losses[i]![from + at]! - engine)).toBeLessThan(1e-4);
        });
      }
    }
    expect(compared).toBe(
      sequences.flatMap(({ lossWeights }) => [...lossWeights]).filter((weight) => weight > 0).length,
    );
    await decoder.release();
  });

  test('the loss before the first step is what score says of the text', async () => {
    const tokenizer = tokenizerWith([1]);
    const text = texts(sequenceLength)[1]!;
    const sequences = heldOutSequences((await tokenizeTexts([text], tokenizer, never))!, options);
    const folder = await modelFolder(name);
    const losses = await lossesOf(folder, sequences);
    const learnt = sequences.flatMap(({ lossWeights }, i) => [...losses[i]!].filter((__, at) => lossWeights[at]! > 0));
    const decoder = await openEngine(folder);
    const parts = { decoder, tokenizer, cache: decoder.newCache(sequenceLength + 1), turn: async () => {} };
    const request = { text, windowTokens: sequenceLength + 1, withTokens: true };
    const { logprobs } = await scoreText(request, parts, never);
    await decoder.release();
    expect(learnt).toHaveLength(text.length);
    learnt.forEach((loss, i) => {
      expect(Math.abs(loss + logprobs![i]!)).toBeLessThan(1e-4);
    });
  });
});
