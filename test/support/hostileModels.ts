import {
  cpSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readGgufHeader } from '../../src/model/files/gguf.ts';
import type { GgufValue } from '../../src/model/files/ggufCursor.ts';
import { ggmlTypeBytes } from '../../src/model/weights/blockFormats.ts';
import { InklingError } from '../../src/protocol/errors.ts';
import { convertModel } from '../../src/store/convertModel.ts';
import { goldenPath } from '../golden/goldenFiles.ts';
import { GgufBytes } from './ggufFile.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** Puts a model that somebody has damaged, or made to do harm, into an empty folder. @returns what is to be added */
export type Make = (folder: string) => string;

type Metadata = Record<string, GgufValue | undefined>;

interface Tensor {
  readonly name: string;
  readonly type: number;
  /** as GGUF lists them: columns first */
  readonly dimensions: readonly (number | bigint)[];
  readonly bytes: Buffer;
}

/** The parts of a GGUF file that is right. */
function partsOf(source = goldenPath('mixed.gguf')): { metadata: Metadata; tensors: Tensor[] } {
  const { metadata, tensors } = readGgufHeader(source);
  const file = readFileSync(source);
  return {
    metadata: Object.fromEntries(metadata),
    tensors: [...tensors.values()].map(({ name, type, shape, offset }) => ({
      name,
      type,
      dimensions: [...shape].reverse(),
      bytes: file.subarray(offset, offset + ggmlTypeBytes(type, shape)),
    })),
  };
}

const types = { uint32: 4, boolean: 7, text: 8, list: 9, float64: 12 } as const;

function typeOf(value: GgufValue): number {
  if (typeof value === 'string') return types.text;
  if (typeof value === 'boolean') return types.boolean;
  if (typeof value !== 'number') return types.list;
  return Number.isInteger(value) && value >= 0 && value < 2 ** 32 ? types.uint32 : types.float64;
}

function writeValue(out: GgufBytes, value: GgufValue, type: number): void {
  if (typeof value === 'string') out.text(value);
  else if (typeof value === 'boolean') out.raw(Buffer.from([Number(value)]));
  else if (typeof value !== 'number') {
    const all = value.map(typeOf);
    const inner = all.includes(types.float64) ? types.float64 : (all[0] ?? types.uint32);
    out.uint32(inner).uint64(value.length);
    for (const one of value) writeValue(out, one, inner);
  } else if (type === types.uint32) out.uint32(value);
  else {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    out.raw(bytes);
  }
}

/** Each tensor at a multiple of 32 bytes, unless `offsetOf` says otherwise. */
function ggufOf(
  { metadata, tensors }: { metadata: Metadata; tensors: readonly Tensor[] },
  offsetOf: (name: string, usual: number) => number = (_, usual) => usual,
): Buffer {
  const keys = Object.entries(metadata).filter((entry): entry is [string, GgufValue] => entry[1] !== undefined);
  const out = new GgufBytes().header(tensors.length, keys.length);
  for (const [key, value] of keys) writeValue(out.text(key).uint32(typeOf(value)), value, typeOf(value));
  let offset = 0;
  const padded = tensors.map(({ name, type, dimensions, bytes }) => {
    out.tensor(name, dimensions, { type, offset: offsetOf(name, offset) });
    const own = Buffer.alloc(Math.ceil(bytes.length / 32) * 32);
    bytes.copy(own);
    offset += own.length;
    return own;
  });
  const head = out.bytes;
  return Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32), ...padded]);
}

/** A right GGUF file with other metadata; `undefined` leaves a key out. */
export const ggufWith =
  (changes: Metadata | ((right: Metadata) => Metadata)): Make =>
  (folder) => {
    const { metadata, tensors } = partsOf();
    const changed = typeof changes === 'function' ? changes(metadata) : changes;
    return fileIn(folder, ggufOf({ metadata: { ...metadata, ...changed }, tensors }));
  };

export const ggufTensors =
  (change: (tensors: Tensor[]) => readonly Tensor[], offsetOf?: (name: string, usual: number) => number): Make =>
  (folder) => {
    const { metadata, tensors } = partsOf();
    return fileIn(folder, ggufOf({ metadata, tensors: change(tensors) }, offsetOf));
  };

/** Some tensors with other bytes. */
export const ggufBytes = (which: RegExp, change: (bytes: Buffer) => void): Make =>
  ggufTensors((tensors) =>
    tensors.map((tensor) => {
      if (!which.test(tensor.name)) return tensor;
      const bytes = Buffer.from(tensor.bytes);
      change(bytes);
      return { ...tensor, bytes };
    }),
  );

export function fileIn(folder: string, bytes: Uint8Array | string, name = 'model.gguf'): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A file with holes: bytes at places, and a length. Little of it is on the disk. */
export function sparse(path: string, pieces: readonly (readonly [at: number, bytes: Uint8Array])[], length: number) {
  writeFileSync(path, '');
  const descriptor = openSync(path, 'r+');
  for (const [at, bytes] of pieces) writeSync(descriptor, bytes, 0, bytes.length, at);
  truncateSync(path, length);
  return path;
}

/** A right folder of safetensors, or another of the golden ones, changed. */
export const folderWith =
  (change: (model: string) => unknown, of = 'tiny-llama'): Make =>
  (folder) => {
    const model = join(folder, 'model');
    cpSync(goldenPath(of), model, { recursive: true });
    change(model);
    return model;
  };

type Json = Record<string, unknown>;

/** One of its JSON files with other keys. */
export const jsonWith =
  (name: string, change: (json: Json) => Json) =>
  (model: string): void => {
    const path = join(model, name);
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as Json)));
  };

/** One of its files as a link to something else. */
export const linkTo =
  (name: string, target: string) =>
  (model: string): void => {
    rmSync(join(model, name), { force: true });
    symlinkSync(target, join(model, name));
  };

/** Adding it ends in a short sentence that says what is wrong, and leaves nothing where models are. */
export async function expectRefused(
  make: Make,
  message: RegExp,
  meanwhile: (source: string) => void = () => undefined,
): Promise<void> {
  const [folder, models] = [await temporaryFolder(), await temporaryFolder()];
  const source = make(folder);
  const adding = convertModel({ source, target: join(models, 'model') }, () => meanwhile(source));
  const error = await adding.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InklingError);
  const { code, message: said } = error as InklingError;
  expect(code).toMatch(/^(?:model|fileAccess)/u);
  expect(said).toMatch(message);
  expect(said.length).toBeLessThanOrEqual(1000);
  expect(said).not.toMatch(/[\p{Cc}\u202A-\u202E]/u);
  expect(readdirSync(models)).toEqual([]);
}
