import { appendFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InklingError } from '../protocol/errors.ts';
import { systemReason } from '../protocol/systemReason.ts';
import type { TrainingEvent } from '../protocol/training.ts';
import { makeFolder } from './output.ts';

/**
 * Figures over steps as TensorBoard reads them: `events.out.tfevents.SECONDS.HOST`, a file of TFRecords
 * (length, checksum, data, checksum) that hold `tensorflow.Event` messages (event.proto, summary.proto).
 */
export class EventFile {
  readonly #path: string;

  /** @throws InklingError `fileAccess` */
  constructor(folder: string) {
    this.#path = join(folder, `events.out.tfevents.${Math.floor(Date.now() / 1000)}.${hostname()}`);
    try {
      makeFolder(folder);
      writeFileSync(this.#path, record(event(0, bytesField(3, Buffer.from('brain.Event:2')))));
    } catch (error) {
      throw new InklingError('fileAccess', `${folder} cannot be written: ${systemReason(error)}`, { cause: error });
    }
  }

  /** @param figures by their names; `train/loss` stands in the group `train` */
  add(step: number, figures: Readonly<Record<string, number>>): void {
    const values = Object.entries(figures).map(([tag, value]) =>
      bytesField(1, Buffer.concat([bytesField(1, Buffer.from(tag)), floatField(2, value)])),
    );
    appendFileSync(this.#path, record(event(step, bytesField(5, Buffer.concat(values)))));
  }

  /** What TensorBoard draws of a training run. */
  addTraining(happened: TrainingEvent): void {
    if (happened.event === 'step') {
      const { step, loss, learningRate, gradNorm, tokensPerSecond, epoch } = happened;
      const train = { 'train/loss': loss, 'train/learningRate': learningRate, 'train/gradNorm': gradNorm };
      this.add(step, { ...train, 'train/epoch': epoch, 'speed/tokensPerSecond': tokensPerSecond });
    }
    if (happened.event === 'evaluation') {
      const { step, validationLoss, validationPerplexity } = happened;
      this.add(step, { 'validation/loss': validationLoss, 'validation/perplexity': validationPerplexity });
    }
  }
}

/** `wall_time` (1, double), `step` (2, varint), and one of the others. */
function event(step: number, content: Buffer): Buffer {
  const wallTime = Buffer.alloc(9);
  wallTime[0] = (1 << 3) | 1;
  wallTime.writeDoubleLE(Date.now() / 1000, 1);
  return Buffer.concat([wallTime, Buffer.from([2 << 3]), varint(step), content]);
}

function record(data: Buffer): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([length, maskedChecksum(length), data, maskedChecksum(data)]);
}

/** As TFRecord masks it, so that the checksum of data that holds checksums stays a good one. */
function maskedChecksum(data: Buffer): Buffer {
  const checksum = crc32c(data);
  const rotated = ((checksum >>> 15) | (checksum << 17)) >>> 0;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE((rotated + 0xa282ead8) >>> 0);
  return bytes;
}

const bytesField = (field: number, content: Buffer) =>
  Buffer.concat([Buffer.from([(field << 3) | 2]), varint(content.length), content]);

function floatField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes[0] = (field << 3) | 5;
  bytes.writeFloatLE(value, 1);
  return bytes;
}

/** Seven bits a byte, the lowest first. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

/** Remainders of each byte by the Castagnoli polynomial, bits reversed (RFC 3720, appendix B.4). */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ 0x82f63b78 : remainder >>> 1;
  return remainder;
});

/** CRC-32C as an unsigned number. */
export function crc32c(data: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of data) remainder = table[(remainder ^ byte) & 255]! ^ (remainder >>> 8);
  return (remainder ^ 0xffffffff) >>> 0;
}
