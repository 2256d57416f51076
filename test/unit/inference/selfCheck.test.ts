import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Decoder } from '../../../src/inference/decoder.ts';
import {
  checkTokens,
  greatestDivergence,
  runCheck,
  worstDivergence,
} from '../../../src/inference/devices/selfCheck.ts';
import type { DecoderGraphOptions } from '../../../src/model/decoder/decoderOps.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { type TinyModelOptions, writeTinyModel } from '../../support/tinyModel.ts';

interface Candidate {
  readonly model?: TinyModelOptions;
  readonly dialect?: DecoderGraphOptions['dialect'];
  /** what a faulty device does to the logits */
  readonly fault?: (rows: Float32Array[]) => void;
}

const reference: Candidate = {};

/** How far the candidate is from the tiny model on the CPU with fused operators, in nats. */
async function divergenceOf(candidate: Candidate): Promise<number> {
  const expected = await logitsOf(reference);
  const actual = await logitsOf(candidate);
  candidate.fault?.(actual);
  return worstDivergence(expected, actual);
}

async function logitsOf({ model, dialect = 'fused' }: Candidate): Promise<Float32Array[]> {
  const folder = openModelFolder(await writeTinyModel(join(await temporaryFolder(), 'tiny'), model));
  const decoder = await Decoder.create(folder, {
    dialect,
    precision: 'default',
    maxPositions: 128,
    device: 'cpu',
    threads: 1,
  });
  onTestFinished(() => decoder.release());
  return runCheck(decoder, checkTokens(folder));
}

test('the same computation does not diverge', async () => {
  expect(await divergenceOf({})).toBe(0);
});

test('standard operators compute what the fused ones compute', async () => {
  expect(await divergenceOf({ dialect: 'standard' })).toBeLessThan(1e-6);
});

const faults: [string, Candidate][] = [
  ['other weights', { model: { seed: 2 } }],
  ['positions that turn faster', { model: { config: { rope_theta: 10 } } }],
  ['a norm that is off', { model: { config: { rms_norm_eps: 1 } } }],
  ['rows in a wrong order', { fault: (rows) => rows.reverse() }],
  ['one decode step of zeros', { fault: (rows) => rows.at(-1)!.fill(0) }],
  ['one number that is none', { fault: (rows) => rows[0]!.fill(Number.NaN, 7, 8) }],
  ['one infinite number', { fault: (rows) => rows[0]!.fill(Number.POSITIVE_INFINITY, 7, 8) }],
];

test.each(faults)('%s is noticed', async (_, candidate) => {
  expect(await divergenceOf(candidate)).toBeGreaterThan(greatestDivergence);
});
