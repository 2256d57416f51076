import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import {
  heldOutSequences,
  PackedDataset,
  packDocuments,
  packedSequence,
  type Row,
  type TrainingSequence,
} from '../../../src/training/dataset/packedDataset.ts';
import type { TokenizedDocument } from '../../../src/training/dataset/tokenizedCorpus.ts';

/** Prose of a few tokens; document d has the tokens 100·d + 1, 100·d + 2 … */
const prose = (document: number, length: number): TokenizedDocument => ({
  ids: Int32Array.from({ length }, (_, i) => 100 * document + i + 1),
  lossFrom: 0,
});
const pair = (promptLength: number, answerLength: number): TokenizedDocument => ({
  ids: Int32Array.from({ length: promptLength + answerLength }, (_, i) => i + 1),
  lossFrom: promptLength,
});
const options = { sequenceLength: 8, packing: true, seed: 1, randomStarts: true, paddingId: 0 };

describe('packing', () => {
  /** `2:0+8` = 8 predictions of document 2 from its first token on; rows sorted, as their order means nothing */
  const drawn = (rows: readonly Row[]) =>
    rows.map((row) => row.map(({ document, start, length }) => `${document}:${start}+${length}`).join(' ')).sort();
  const check = (documents: readonly TokenizedDocument[], expected: string[], packing = true, firstCut = 0) =>
    expect(drawn(packDocuments(documents, { sequenceLength: 8, packing }, () => firstCut))).toEqual(expected);

  test('long documents are cut into windows, short ones share a row', () => {
    check([prose(0, 9)], ['0:0+8']);
    check([prose(0, 20)], ['0:0+8', '0:16+3', '0:8+8']);
    check([prose(0, 4), prose(1, 6), prose(2, 3), prose(3, 4)], ['1:0+5 0:0+3', '3:0+3 2:0+2']);
  });
  test('or each has its own', () => check([prose(0, 4), prose(1, 6)], ['0:0+3', '1:0+5'], false));
  test('nothing to predict', () => {
    check([prose(0, 0), prose(1, 1)], []);
    check([], []);
  });
  test('the first cut moves the windows of long documents and loses nothing', () => {
    check(
      [prose(0, 20)],
      ['0:0+3 ', '0:11+8', '0:3+8'].map((row) => row.trim()),
      true,
      3,
    );
    check([prose(0, 5)], ['0:0+4'], true, 3);
  });
  test('pairs stay whole; too long ones lose their end, or are left out when no answer is left', () => {
    check([pair(3, 4)], ['0:0+6']);
    check([pair(3, 9)], ['0:0+8']);
    check([pair(8, 2)], ['0:0+8']);
    check([pair(9, 2)], []);
  });

  test('every token of prose is predicted exactly once, and little is padding', () => {
    const random = seededRandom(3);
    const documents = Array.from({ length: 300 }, (_, i) => prose(i, 1 + Math.floor(random() ** 3 * 400)));
    const rows = packDocuments(documents, { sequenceLength: 64, packing: true }, () => Math.floor(random() * 64));
    const predicted = rows.flatMap((row) =>
      row.flatMap(({ document, start, length }) => Array.from({ length }, (_, i) => `${document}:${start + i + 1}`)),
    );
    const all = documents.flatMap(({ ids }, d) =>
      Array.from(ids.keys())
        .slice(1)
        .map((i) => `${d}:${i}`),
    );
    expect(predicted.sort()).toEqual(all.sort());
    expect(Math.max(...rows.map((row) => row.reduce((sum, { length }) => sum + length, 0)))).toBeLessThanOrEqual(64);
    expect(all.length / (rows.length * 64)).toBeGreaterThan(0.97);
  });
});

describe('a sequence', () => {
  test('of a model that wants a token before all it reads begins with it, wherever a document was cut', () => {
    const document = { ...prose(0, 20), beginningId: 7 };
    const windows = heldOutSequences([document], { sequenceLength: 8, packing: false, paddingId: 0 });
    expect(windows.map(({ inputIds }) => [...inputIds])).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8],
      [7, 10, 11, 12, 13, 14, 15, 16],
      [7, 18, 19, 0, 0, 0, 0, 0],
    ]);
    expect(windows.map(({ targets }) => targets[0])).toEqual([2, 10, 18]);
    const digests = [document, prose(0, 20)].map((one) => new PackedDataset([one], [], options).digest);
    expect(new Set(digests).size).toBe(2);
  });

  const arrays = (sequence: TrainingSequence) =>
    Object.fromEntries(Object.entries(sequence).map(([name, values]) => [name, Array.from(values as Int32Array)]));

  test('two documents and padding: kept apart, each from position 0', () => {
    const row = [
      { document: 0, start: 1, length: 3 },
      { document: 1, start: 0, length: 2 },
    ];
    const sequence = packedSequence(row, [prose(0, 5), prose(1, 3)], { sequenceLength: 7, paddingId: 9 });
    expect(arrays(sequence)).toEqual({
      inputIds: [2, 3, 4, 101, 102, 9, 9],
      targets: [3, 4, 5, 102, 103, 9, 9],
      lossWeights: [1, 1, 1, 1, 1, 0, 0],
      positions: [0, 1, 2, 0, 1, 0, 1],
      segments: [0, 0, 0, 1, 1, 2, 2],
    });
  });

  test('of a pair, only the answer is learnt, its first token too', () => {
    const sequence = packedSequence([{ document: 0, start: 0, length: 5 }], [pair(3, 3)], {
      sequenceLength: 6,
      paddingId: 0,
    });
    expect(arrays(sequence)).toMatchObject({
      inputIds: [1, 2, 3, 4, 5, 0],
      targets: [2, 3, 4, 5, 6, 0],
      lossWeights: [0, 0, 1, 1, 1, 0],
    });
  });
});

describe('a dataset', () => {
  const documents = Array.from({ length: 12 }, (_, i) => prose(i, 5 + 7 * i));
  const dataset = (changes: Partial<typeof options> = {}, held = [prose(50, 30)]) =>
    new PackedDataset(documents, held, { ...options, ...changes });
  const epochOf = (data: PackedDataset, epoch: number) =>
    Array.from({ length: data.sequencesPerEpoch }, (_, i) => data.trainingSequence(epoch, i));
  const targetsIn = (sequences: readonly TrainingSequence[]) =>
    sequences.flatMap(({ targets, lossWeights }) => Array.from(targets).filter((_, i) => lossWeights[i] === 1));

  test('gives the same sequence at the same place, in whatever order it is asked', () => {
    const straight = [0, 1, 2].flatMap((epoch) => epochOf(dataset(), epoch));
    const resumed = dataset();
    const last = epochOf(resumed, 2);
    expect([...epochOf(resumed, 0), ...epochOf(resumed, 1), ...last]).toEqual(straight);
    expect(resumed.trainingSequence(1, 3)).toEqual(straight[resumed.sequencesPerEpoch + 3]);
  });

  test('shuffles anew in every epoch', () => {
    const data = dataset({ randomStarts: false });
    const [first, second] = [epochOf(data, 0), epochOf(data, 1)];
    expect(second).not.toEqual(first);
    expect(second).toEqual(expect.arrayContaining(first));
    expect(epochOf(dataset({ randomStarts: false, seed: 2 }), 0)).not.toEqual(first);
  });

  test('an epoch learns every token once', () => {
    const all = documents.flatMap(({ ids }) => Array.from(ids).slice(1));
    expect(targetsIn(epochOf(dataset(), 0)).sort()).toEqual([...all].sort());
    expect(targetsIn(epochOf(dataset({ randomStarts: false }), 5)).sort()).toEqual([...all].sort());
  });

  test('with random starts, windows begin elsewhere in every epoch', () => {
    const beginnings = (epoch: number) => new Set(epochOf(dataset(), epoch).map(({ inputIds }) => inputIds[0]));
    expect(beginnings(1)).not.toEqual(beginnings(0));
    const all = new Set(Array.from({ length: 60 }, (_, epoch) => [...beginnings(epoch)]).flat());
    expect(all.size).toBeGreaterThan(200);
  });

  test('what is held out is never learnt and always the same', () => {
    const data = dataset();
    const held = targetsIn(data.validation);
    expect(held).toEqual(Array.from(prose(50, 30).ids).slice(1));
    expect(targetsIn([0, 1].flatMap((epoch) => epochOf(data, epoch))).filter((id) => held.includes(id))).toEqual([]);
    expect(heldOutSequences([prose(50, 30)], options)).toEqual(data.validation);
  });

  test('each option has an effect, and changes the digest', () => {
    const before = dataset();
    expect(dataset().digest).toBe(before.digest);
    const changes = { sequenceLength: 9, packing: false, seed: 2, randomStarts: false, paddingId: 7 };
    for (const [name, value] of Object.entries(changes)) {
      const after = dataset({ [name]: value });
      expect(after.digest, name).not.toBe(before.digest);
      expect([...epochOf(after, 1), ...after.validation], name).not.toEqual([
        ...epochOf(before, 1),
        ...before.validation,
      ]);
    }
    expect(dataset({}, [prose(51, 30)]).digest).not.toBe(before.digest);
  });

  test('without any text there are no sequences', () => {
    expect(new PackedDataset([], [], options)).toMatchObject({ sequencesPerEpoch: 0, validation: [] });
  });
});
