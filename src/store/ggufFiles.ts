import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type GgufHeader, type GgufTensor, readGgufHeader } from '../model/files/gguf.ts';
import { InklingError, sentence } from '../protocol/errors.ts';

/** A model in one GGUF file, or in several as llama.cpp splits them: `NAME-00001-of-00003.gguf` and so on. */
export interface GgufModel extends GgufHeader {
  /** in the order of the parts */
  readonly paths: readonly string[];
}

const mostParts = 1000;
const mostNamed = 10; // parts that are missing

/**
 * Reads a GGUF file and, when it is one part of several, all that lie beside it.
 * @throws InklingError `modelMissing` naming the parts that are not there, `modelBroken` for parts that do not belong together
 */
export function readGgufModel(path: string): GgufModel {
  const header = readGgufHeader(path);
  const count = header.metadata.get('split.count') ?? 1;
  if (typeof count !== 'number' || !(Number.isInteger(count) && count >= 1 && count <= mostParts)) {
    throw new InklingError(
      'modelBroken',
      sentence`${basename(path)} says that it is split into ${String(count)} parts.`,
    );
  }
  if (count === 1) return { ...header, paths: [path] };
  const paths = partsBeside(path, count);
  const headers = paths.map(readGgufHeader);
  const tensors = new Map<string, GgufTensor>();
  headers.forEach((part, i) => {
    if (part.metadata.get('split.count') !== count || part.metadata.get('split.no') !== i) throw mixedUp(path);
    for (const [name, tensor] of part.tensors) {
      if (tensors.has(name)) throw mixedUp(path);
      tensors.set(name, tensor);
    }
  });
  const promised = header.metadata.get('split.tensors.count');
  if (promised !== undefined && promised !== tensors.size) throw mixedUp(path);
  return { metadata: headers[0]!.metadata, tensors, paths };
}

const mixedUp = (path: string) =>
  new InklingError(
    'modelBroken',
    sentence`The parts beside ${basename(path)} do not belong together. Get all of them again.`,
  );

function partsBeside(path: string, count: number): string[] {
  const name = /^(.*)-(\d{5})-of-(\d{5})(\.gguf)$/iu.exec(basename(path));
  if (!name || Number(name[3]) !== count) {
    throw new InklingError(
      'modelUnsupported',
      sentence`${basename(path)} is one part of ${count} and has lost its name. Give the parts their names back, such as NAME-00001-of-${pad(count)}.gguf.`,
    );
  }
  const [, stem, , , ending] = name;
  const paths = Array.from({ length: count }, (_, i) =>
    join(dirname(path), `${stem}-${pad(i + 1)}-of-${pad(count)}${ending}`),
  );
  const missing = paths.filter((part) => !existsSync(part)).map((part) => basename(part));
  if (missing.length === 0) return paths;
  const named = missing.slice(0, mostNamed).join(', ');
  const more = missing.length - mostNamed;
  throw new InklingError(
    'modelMissing',
    sentence`${basename(path)} is one part of ${count}. Put the others beside it, and add the model again: ${more > 0 ? sentence`${named} and ${more} more` : named}.`,
  );
}

const pad = (number: number) => String(number).padStart(5, '0');
