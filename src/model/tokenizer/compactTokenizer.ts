/**
 * A tokenizer as the numbers that it works with, in a file beside the converted model: reading `tokenizer.json` of a
 * vocabulary with 262,144 tokens takes seconds, this a fraction of one.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InklingError, sentence } from '../../protocol/errors.ts';
import { readSafetensorsHeader, readTensorBytes, type TensorEntry, writeSafetensors } from '../files/safetensors.ts';
import { isObject } from '../files/textFile.ts';
import type { TokenSpelling } from './tokenBytes.ts';
import { type AddedWord, type Json, longestWord } from './tokenizerJson.ts';
import type { BpeTables, TokenizerTables } from './tokenizerTables.ts';

export const compactName = 'tokenizer.safetensors';
const version = '1';

/** What is no table of numbers; JSON in the file's metadata. */
interface Settings {
  readonly normalizer: Json | null;
  readonly preTokenizer: Json | null;
  readonly added: readonly AddedWord[];
  readonly beginning: readonly number[];
  readonly spelling: TokenSpelling;
  readonly cutsAtSpaceMark: boolean;
  readonly unknownId: number | null;
  readonly fuseUnknown: boolean;
  readonly byteIds: readonly number[] | null;
  readonly ignoreMerges: boolean;
}

/** Unigram tokenizers have none: theirs are small, and their search needs the tokens' texts. */
export function writeCompactTokenizer(folder: string, tables: TokenizerTables): void {
  const { model, bytes } = tables;
  if (model.kind !== 'bpe') return;
  const settings: Settings = {
    normalizer: tables.normalizer ?? null,
    preTokenizer: tables.preTokenizer ?? null,
    added: tables.added,
    beginning: tables.beginning,
    spelling: tables.spelling,
    cutsAtSpaceMark: tables.cutsAtSpaceMark,
    unknownId: model.unknownId ?? null,
    fuseUnknown: model.fuseUnknown,
    byteIds: model.byteIds ?? null,
    ignoreMerges: model.ignoreMerges,
  };
  const singles = Int32Array.from([...model.singles].flatMap(([character, id]) => [character.codePointAt(0)!, id]));
  const numbers = (name: string, values: Int32Array | Uint32Array) =>
    ({
      name,
      dtype: 'I32',
      shape: [values.length],
      bytes: () => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    }) as const;
  writeSafetensors(
    join(folder, compactName),
    [
      numbers('starts', bytes.starts),
      numbers('lefts', model.merges.lefts),
      numbers('rights', model.merges.rights),
      numbers('merged', model.merges.merged),
      numbers('singles', singles),
      { name: 'bytes', dtype: 'U8', shape: [bytes.bytes.length], bytes: () => bytes.bytes },
    ],
    { metadata: { version, madeOf: sourceOf(folder), settings: JSON.stringify(settings) } },
  );
}

/**
 * @returns undefined when there is none, or when it was made of another `tokenizer.json`
 * @throws InklingError `modelBroken` for one that contradicts itself or the model
 */
export function readCompactTokenizer(folder: string, vocabularySize: number): TokenizerTables | undefined {
  const path = join(folder, compactName);
  if (!existsSync(path)) return undefined;
  const { tensors, metadata } = readSafetensorsHeader(path);
  if (metadata['version'] !== version || metadata['madeOf'] !== sourceOf(folder)) return undefined;
  const settings = checkedSettings(parsed(metadata['settings']), vocabularySize);
  const starts = Uint32Array.from(numbersOf(tensors.get('starts')));
  const { dtype, length } = tensors.get('bytes') ?? {};
  const isRising = starts.every((start, i) => i === 0 || starts[i - 1]! <= start);
  if (starts.length !== vocabularySize + 1 || dtype !== 'U8' || !isRising || starts.at(-1) !== length) throw broken();
  return {
    normalizer: settings.normalizer ?? undefined,
    preTokenizer: settings.preTokenizer ?? undefined,
    added: settings.added,
    beginning: settings.beginning,
    spelling: settings.spelling,
    cutsAtSpaceMark: settings.cutsAtSpaceMark,
    bytes: { starts, bytes: readTensorBytes(tensors.get('bytes')!) },
    model: bpeTables(settings, tensors, vocabularySize),
  };
}

function bpeTables(settings: Settings, tensors: ReadonlyMap<string, TensorEntry>, size: number): BpeTables {
  const idsOf = (name: string) => {
    const ids = numbersOf(tensors.get(name));
    if (!ids.every((id) => id >= 0 && id < size)) throw broken();
    return ids;
  };
  const merges = { lefts: idsOf('lefts'), rights: idsOf('rights'), merged: idsOf('merged') };
  if (new Set(Object.values(merges).map((ids) => ids.length)).size !== 1) throw broken();
  const pairs = numbersOf(tensors.get('singles'));
  const singles = new Map<string, number>();
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const [character, id] = [pairs[i]!, pairs[i + 1]!];
    if (!(character >= 0 && character <= 0x10ffff && id >= 0 && id < size)) throw broken();
    singles.set(String.fromCodePoint(character), id);
  }
  const { unknownId, fuseUnknown, byteIds, ignoreMerges } = settings;
  return {
    kind: 'bpe',
    merges,
    singles,
    unknownId: unknownId ?? undefined,
    fuseUnknown,
    byteIds: byteIds ?? undefined,
    ignoreMerges,
  };
}

function numbersOf(entry: TensorEntry | undefined): Int32Array {
  if (entry?.dtype !== 'I32') throw broken();
  const bytes = readTensorBytes(entry);
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    throw broken();
  }
}

function checkedSettings(settings: unknown, size: number): Settings {
  if (!isObject(settings)) throw broken();
  const isId = (id: unknown) => Number.isInteger(id) && (id as number) >= 0 && (id as number) < size;
  const { added, beginning, spelling, unknownId, byteIds, normalizer, preTokenizer } = settings;
  const isWord = (word: unknown) => isObject(word) && isId(word['id']) && isShortText(word['content']);
  const isRight =
    Array.isArray(added) &&
    added.every(isWord) &&
    Array.isArray(beginning) &&
    beginning.every(isId) &&
    (spelling === 'byteLevel' || spelling === 'spaceMarks' || spelling === 'plain') &&
    (unknownId === null || isId(unknownId)) &&
    (byteIds === null ||
      (Array.isArray(byteIds) && byteIds.length === 256 && byteIds.every((id) => id === -1 || isId(id)))) &&
    [normalizer, preTokenizer].every((step) => step === null || isObject(step));
  if (!isRight) throw broken();
  return settings as unknown as Settings;
}

const isShortText = (value: unknown) => typeof value === 'string' && value !== '' && value.length <= longestWord;

const broken = () => new InklingError('modelBroken', sentence`${compactName} is damaged. Add the model again.`);

/** Tells one `tokenizer.json` with its settings from another. */
const sourceOf = (folder: string): string =>
  ['tokenizer.json', 'tokenizer_config.json']
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .join('+');
