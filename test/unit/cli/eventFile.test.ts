import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { crc32c, EventFile } from '../../../src/cli/eventFile.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** From RFC 3720, appendix B.4, and the customary check value. */
const checksums: [bytes: Uint8Array, checksum: number][] = [
  [Buffer.from('123456789'), 0xe3069283],
  [new Uint8Array(32), 0x8a9136aa],
  [new Uint8Array(32).fill(0xff), 0x62a8ab43],
  [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  [new Uint8Array(0), 0],
];

test('CRC-32C', () => {
  for (const [bytes, checksum] of checksums) expect(crc32c(bytes)).toBe(checksum);
});

test('a file of TFRecords that holds each figure at its step', async () => {
  const folder = join(await temporaryFolder(), 'curves');
  const file = new EventFile(folder);
  file.add(7, { 'train/loss': 2.5, 'train/learningRate': 0.25 });
  file.addTraining({
    event: 'evaluation',
    step: 300,
    epoch: 0.5,
    validationLoss: 3,
    validationPerplexity: 20,
    isBest: true,
  });
  const [name, ...others] = readdirSync(folder);
  expect(name).toMatch(/^events\.out\.tfevents\.\d+\../);
  expect(others).toEqual([]);
  const [first, ...events] = records(readFileSync(join(folder, name!))).map(decodeEvent);
  expect(first).toMatchObject({ version: 'brain.Event:2', step: 0 });
  expect(events).toMatchObject([
    { step: 7, figures: { 'train/loss': 2.5, 'train/learningRate': 0.25 } },
    { step: 300, figures: { 'validation/loss': 3, 'validation/perplexity': 20 } },
  ]);
});

/** @throws when a checksum is wrong */
function records(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    const data = bytes.subarray(at + 12, at + 12 + length);
    expect(bytes.readUInt32LE(at + 8)).toBe(masked(bytes.subarray(at, at + 8)));
    expect(bytes.readUInt32LE(at + 12 + length)).toBe(masked(data));
    found.push(data);
    at += 16 + length;
  }
  return found;
}

/** As the format says: rotated right by 15 bits, plus a constant. */
function masked(bytes: Uint8Array): number {
  const checksum = BigInt(crc32c(bytes));
  const rotated = ((checksum >> 15n) | (checksum << 17n)) & 0xffffffffn;
  return Number((rotated + 0xa282ead8n) & 0xffffffffn);
}

interface Decoded {
  step: number;
  version?: string;
  figures: Record<string, number>;
}

function decodeEvent(bytes: Buffer): Decoded {
  const event: Decoded = { step: 0, figures: {} };
  for (const [field, value] of fields(bytes)) {
    if (field === 2) event.step = Number(value);
    if (field === 3) event.version = String(value);
    if (field !== 5) continue;
    for (const [, content] of fields(value as Buffer)) {
      const [[, tag], [, figure]] = fields(content as Buffer) as [[number, Buffer], [number, Buffer]];
      event.figures[String(tag)] = figure.readFloatLE();
    }
  }
  return event;
}

/** The fields of a protocol-buffer message: number, and a varint or the bytes. */
function fields(bytes: Buffer): [number, number | Buffer][] {
  const found: [number, number | Buffer][] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const take = (length: number) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const kind = key & 7;
    found.push([key >> 3, kind === 0 ? varint() : take(kind === 1 ? 8 : kind === 5 ? 4 : varint())]);
  }
  return found;
}
