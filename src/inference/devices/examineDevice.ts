import type { DecoderGraphOptions } from '../../model/decoder/decoderOps.ts';
import { type ModelFolder, openModelFolder } from '../../model/modelFolder.ts';
import type { Device, Precision } from '../../protocol/engineOptions.ts';
import { type Sentence, type SentencePart, sentence, toInklingError } from '../../protocol/errors.ts';
import { Decoder } from '../decoder.ts';
import { firstSuggestionMs } from './firstSuggestion.ts';
import { matrixProductMs } from './matrixProduct.ts';
import { checkTokens, greatestDivergence, runCheck, worstDivergence } from './selfCheck.ts';

export type Accelerator = Exclude<Device, 'cpu'>;
export type Dialect = DecoderGraphOptions['dialect'];

export interface Examination {
  readonly device: Accelerator;
  /** without it only the device itself is tried */
  readonly model?: ModelOnDevice;
  /** also measure whether the device is faster than the processor */
  readonly mustBeFaster: boolean;
}

interface ModelOnDevice {
  readonly folder: string;
  readonly precision: Precision;
  readonly threads: number;
}

/** What came of it; the reason is a sentence or two for the person who asks why a device is used or not. */
export type Verdict =
  | { readonly kind: 'fit'; readonly dialect: Dialect; readonly reason: Sentence }
  | { readonly kind: 'unavailable' | 'untested' | 'wrong' | 'slower'; readonly reason: Sentence };

/** A graphics processor is at most a few times slower at one small product; software that imitates one, a hundred. */
const softwareFactor = 20;
/** Moving to a device has a price: less than a fifth gained is not worth it. */
const worthwhileFactor = 0.8;

const whyUnavailable: Readonly<Record<Accelerator, Sentence>> = {
  cuda: sentence`NVIDIA's CUDA libraries are not installed beside the runtime.`,
  dml: sentence`DirectML finds no graphics processor that it can use.`,
  coreml: sentence`Core ML could not be started.`,
  webgpu: sentence`WebGPU finds no graphics processor with a driver that it can use.`,
};

/**
 * Tries a device, with a model if one is given: does it open, does it compute what the CPU computes, is it faster?
 * Blocks this process for seconds, and a broken driver may end it: see probe.ts.
 */
export async function examineDevice({ device, model, mustBeFaster }: Examination): Promise<Verdict> {
  const threads = model?.threads ?? 1;
  let productMs: number;
  try {
    productMs = await matrixProductMs(device, threads);
  } catch (error) {
    return { kind: 'unavailable', reason: sentence`${whyUnavailable[device]} The runtime says: ${wordsOf(error)}` };
  }
  if (!model) return { kind: 'untested', reason: sentence`It opens. No model was given to check it with.` };
  if (mustBeFaster) {
    const cpuMs = await matrixProductMs('cpu', threads);
    if (productMs > softwareFactor * cpuMs) {
      return {
        kind: 'slower',
        reason: sentence`A matrix product takes ${inMs(productMs)}, on the CPU ${inMs(cpuMs)}.`,
      };
    }
  }
  return checkModel(device, model, mustBeFaster);
}

/** The fused operators first; where they are wrong, the standard ones. */
async function checkModel(device: Accelerator, model: ModelOnDevice, mustBeFaster: boolean): Promise<Verdict> {
  const folder = openModelFolder(model.folder);
  const tokenIds = checkTokens(folder);
  const measureOn = async (where: Device, dialect: Dialect) =>
    measure(await openDecoder(folder, model, where, dialect), tokenIds, mustBeFaster);
  const cpu = await measureOn('cpu', 'fused');
  const problems: Sentence[] = [];
  for (const dialect of ['fused', 'standard'] as const) {
    try {
      const here = await measureOn(device, dialect);
      const divergence = worstDivergence(cpu.logits, here.logits);
      if (divergence <= greatestDivergence) return judgeSpeed(dialect, here.suggestionMs, cpu.suggestionMs);
      problems.push(sentence`${dialect} operators are off by ${divergence.toFixed(2)} nats`);
    } catch (error) {
      problems.push(sentence`${dialect} operators fail: ${wordsOf(error)}`);
    }
  }
  const all = problems.reduce((one, other) => sentence`${one}; ${other}`);
  return { kind: 'wrong', reason: sentence`It does not compute what the CPU computes: ${all}.` };
}

function judgeSpeed(dialect: Dialect, hereMs: number | undefined, cpuMs: number | undefined): Verdict {
  if (hereMs === undefined || cpuMs === undefined) {
    return { kind: 'fit', dialect, reason: sentence`It computes what the CPU computes.` };
  }
  const comparison = sentence`The first suggestion takes ${inMs(hereMs)}, on the CPU ${inMs(cpuMs)}.`;
  return hereMs > worthwhileFactor * cpuMs
    ? { kind: 'slower', reason: comparison }
    : { kind: 'fit', dialect, reason: comparison };
}

/** Runs the self-check and, if asked for, the stopwatch; then gives the memory back. */
async function measure(
  decoder: Decoder,
  tokenIds: readonly number[],
  withTime: boolean,
): Promise<{ logits: Float32Array[]; suggestionMs: number | undefined }> {
  try {
    const logits = await runCheck(decoder, tokenIds);
    return { logits, suggestionMs: withTime ? await firstSuggestionMs(decoder, tokenIds) : undefined };
  } finally {
    await decoder.release();
  }
}

function openDecoder(
  folder: ModelFolder,
  { precision, threads }: ModelOnDevice,
  device: Device,
  dialect: Dialect,
): Promise<Decoder> {
  const maxPositions = Math.min(folder.config.contextTokens, 1024);
  return Decoder.create(folder, { precision, dialect, maxPositions, device, threads });
}

const inMs = (ms: number) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
function wordsOf(error: unknown): SentencePart {
  const { message, sentence: known } = toInklingError(error);
  return known ?? message;
}
