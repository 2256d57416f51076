import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Decoder } from '../../../src/inference/decoder.ts';
import { type Dialect, examineDevice, type Verdict } from '../../../src/inference/devices/examineDevice.ts';
import { firstSuggestionMs } from '../../../src/inference/devices/firstSuggestion.ts';
import { matrixProductMs } from '../../../src/inference/devices/matrixProduct.ts';
import { openModelFolder } from '../../../src/model/modelFolder.ts';
import { InklingError, sentenceText } from '../../../src/protocol/errors.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeTinyModel } from '../../support/tinyModel.ts';

// A device is played by the CPU: right with the model's weights, wrong with those of another seed.
vi.mock('../../../src/inference/devices/matrixProduct.ts', () => ({ matrixProductMs: vi.fn() }));
vi.mock('../../../src/inference/devices/firstSuggestion.ts', () => ({ firstSuggestionMs: vi.fn() }));

interface Case {
  readonly productMs?: { readonly device: number | Error; readonly cpu: number };
  /** what the device makes of the graph */
  readonly fused?: 'right' | 'wrong' | Error;
  readonly standard?: 'right' | 'wrong' | Error;
  readonly suggestionMs?: { readonly device: number; readonly cpu: number };
  readonly mustBeFaster?: boolean;
  readonly verdict: Pick<Verdict, 'kind'> & { readonly dialect?: Dialect; readonly reason?: unknown };
  /** sessions with the model, the CPU's included */
  readonly opened: number;
}

const noAdapter = new InklingError('deviceUnavailable', 'No supported adapters');

const cases: Record<string, Case> = {
  'right and faster': { verdict: { kind: 'fit', dialect: 'fused' }, opened: 2 },
  'wrong with fused operators only': {
    fused: 'wrong',
    verdict: { kind: 'fit', dialect: 'standard' },
    opened: 3,
  },
  'fused operators that it lacks': {
    fused: new Error('Could not find an implementation for FusedMatMul'),
    verdict: { kind: 'fit', dialect: 'standard' },
    opened: 3,
  },
  'wrong with both': {
    fused: 'wrong',
    standard: 'wrong',
    verdict: {
      kind: 'wrong',
      reason: expect.stringMatching(/fused operators are off by .*; standard operators are off/),
    },
    opened: 3,
  },
  'wrong, then out of memory': {
    fused: 'wrong',
    standard: new Error('out of device memory'),
    verdict: { kind: 'wrong', reason: expect.stringContaining('standard operators fail: out of device memory') },
    opened: 3,
  },
  absent: {
    productMs: { device: noAdapter, cpu: 1 },
    verdict: { kind: 'unavailable', reason: expect.stringMatching(/^WebGPU finds no .*: No supported adapters/) },
    opened: 0,
  },
  'software that imitates a graphics processor': {
    productMs: { device: 30, cpu: 1 },
    verdict: { kind: 'slower', reason: 'A matrix product takes 30 ms, on the CPU 1.0 ms.' },
    opened: 0,
  },
  'slower with the model': {
    suggestionMs: { device: 90, cpu: 100 },
    verdict: { kind: 'slower', reason: 'The first suggestion takes 90 ms, on the CPU 100 ms.' },
    opened: 2,
  },
  'right, asked for by name': {
    productMs: { device: 30, cpu: 1 },
    suggestionMs: { device: 900, cpu: 100 },
    mustBeFaster: false,
    verdict: { kind: 'fit', dialect: 'fused' },
    opened: 2,
  },
};

test.each(Object.entries(cases))('%s', async (_, { verdict, opened, ...device }) => {
  const parent = await temporaryFolder();
  const folder = await writeTinyModel(join(parent, 'tiny'));
  const other = openModelFolder(await writeTinyModel(join(parent, 'other'), { seed: 2 }));
  const openings = play(device, other);
  const { mustBeFaster = true } = device;
  const model = { folder, precision: 'default', threads: 1 } as const;
  const { reason, ...found } = await examineDevice({ device: 'webgpu', model, mustBeFaster });
  expect({ ...found, reason: sentenceText(reason) }).toMatchObject(verdict);
  expect(openings).toHaveBeenCalledTimes(opened);
});

test('without a model the device is only opened', async () => {
  const openings = play({}, undefined);
  expect(await examineDevice({ device: 'webgpu', mustBeFaster: true })).toMatchObject({ kind: 'untested' });
  expect(openings).not.toHaveBeenCalled();
});

function play(device: Omit<Case, 'verdict' | 'opened'>, other: ReturnType<typeof openModelFolder> | undefined) {
  const { productMs = { device: 1, cpu: 1 }, suggestionMs = { device: 50, cpu: 100 } } = device;
  vi.mocked(matrixProductMs).mockImplementation(async (where) => {
    const ms = where === 'cpu' ? productMs.cpu : productMs.device;
    if (ms instanceof Error) throw ms;
    return ms;
  });
  vi.mocked(firstSuggestionMs).mockResolvedValueOnce(suggestionMs.cpu).mockResolvedValue(suggestionMs.device);
  const create = Decoder.create.bind(Decoder);
  const openings = vi.spyOn(Decoder, 'create').mockImplementation(async (folder, options) => {
    const onCpu = { ...options, device: 'cpu' } as const;
    if (options.device === 'cpu') return create(folder, onCpu);
    const behaviour = { fused: device.fused ?? 'right', standard: device.standard ?? 'right' }[
      options.dialect as Dialect
    ];
    if (behaviour instanceof Error) throw behaviour;
    return create(behaviour === 'right' ? folder : other!, onCpu);
  });
  onTestFinished(() => void vi.resetAllMocks());
  onTestFinished(() => openings.mockRestore());
  return openings;
}
