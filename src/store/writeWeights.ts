import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { demandDiskSpace } from '../model/files/diskSpace.ts';
import { safetensorsHeader, type TensorLayout } from '../model/files/safetensors.ts';
import type { BlockMatrix } from '../model/weights/blockFormats.ts';
import type { BlockPart, ModelPart } from './modelSource.ts';

const chunkElements = 1 << 20; // of a matrix, in memory at a time

/**
 * Writes the parts as a safetensors file of our layout. Every piece goes to its place as it comes, so memory does not grow
 * with the model; between two of them the process answers messages.
 */
export async function writeWeights(
  path: string,
  parts: readonly ModelPart[],
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const tensors = parts.flatMap(tensorsOf);
  const blocks = Object.fromEntries(
    parts.flatMap((part) => (part.kind === 'blocks' ? [[part.name, part.layout]] : [])),
  );
  const metadata = { format: 'inkling', blocks: JSON.stringify(blocks) };
  const header = safetensorsHeader(tensors, metadata);
  demandDiskSpace(dirname(path), header.bytes.length + header.tensorBytes);
  const descriptor = openSync(path, 'w');
  const write = (bytes: Uint8Array, position: number) => {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(descriptor, bytes, done, Math.min(1 << 28, bytes.length - done), position + done);
    }
  };
  try {
    write(header.bytes, 0);
    const placeOf = (name: string) => header.bytes.length + header.offsets.get(name)!;
    let done = 0;
    for (const part of parts) {
      if (part.kind === 'plain') {
        const bytes = part.bytes();
        write(bytes, placeOf(part.name));
        done += bytes.length;
      } else {
        for await (const count of writeBlocks(part, placeOf, write)) {
          done += count;
          onProgress(done, header.tensorBytes);
        }
      }
      onProgress(done, header.tensorBytes);
      await setImmediate();
    }
  } finally {
    closeSync(descriptor);
  }
}

/** In the order in which they are read when a model starts. */
function tensorsOf(part: ModelPart): TensorLayout[] {
  if (part.kind === 'plain') return [part];
  const { name, rows, columns, layout, scaleType } = part;
  const blocks = columns / layout.blockSize;
  return [
    { name: `${name}.scales`, dtype: scaleType, shape: [rows, blocks] },
    ...(part.hasMins ? [{ name: `${name}.mins`, dtype: scaleType, shape: [blocks, rows] }] : []),
    { name: `${name}.quants`, dtype: 'U8', shape: [rows, blocks, (layout.blockSize * layout.bits) / 8] },
  ];
}

type Write = (bytes: Uint8Array, position: number) => void;

/** @yields how many bytes a piece of the matrix had */
async function* writeBlocks(part: BlockPart, placeOf: (name: string) => number, write: Write): AsyncGenerator<number> {
  const { name, rows, columns, rowUnit } = part;
  const step = Math.max(rowUnit, Math.floor(chunkElements / columns / rowUnit) * rowUnit);
  const minima: BlockMatrix['mins'][] = [];
  for (let from = 0; from < rows; from += step) {
    const { quants, scales, mins } = part.read(from, Math.min(rows, from + step));
    const rowBytes = {
      quants: part.layout.bits * (columns / 8),
      scales: (columns / part.layout.blockSize) * scales.BYTES_PER_ELEMENT,
    };
    write(quants, placeOf(`${name}.quants`) + from * rowBytes.quants);
    write(asBytes(scales), placeOf(`${name}.scales`) + from * rowBytes.scales);
    minima.push(mins);
    yield quants.length + scales.byteLength;
    await setImmediate();
  }
  if (!part.hasMins) return;
  const mins = asBytes(besideEachOther(minima as NonNullable<BlockMatrix['mins']>[], columns / part.layout.blockSize));
  write(mins, placeOf(`${name}.mins`));
  yield mins.length;
}

/** Minima of several pieces, (blocks, rows) each, as those of one matrix. */
function besideEachOther<T extends Uint16Array | Float32Array>(pieces: readonly T[], blocks: number): T {
  const rows = pieces.reduce((sum, { length }) => sum + length, 0) / blocks;
  const whole = new (pieces[0]!.constructor as new (length: number) => T)(rows * blocks);
  let before = 0;
  for (const piece of pieces) {
    const own = piece.length / blocks;
    for (let block = 0; block < blocks; block++) {
      whole.set(piece.subarray(block * own, (block + 1) * own), block * rows + before);
    }
    before += own;
  }
  return whole;
}

const asBytes = (numbers: Uint16Array | Float32Array) =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
