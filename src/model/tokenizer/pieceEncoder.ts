import { BytePairs } from './bytePairs.ts';
import { characterOfByte } from './tokenBytes.ts';
import type { BpeModel, UnigramModel } from './tokenizerJson.ts';
import { Unigram } from './unigram.ts';

/** Appends the token ids of a piece of text to `ids`. */
export type PieceEncoder = (piece: string, ids: number[]) => void;

const cachedPieces = 20_000;
const longestCached = 64; // UTF-16 units

/**
 * @param byteLevel are the symbols a piece's bytes, written in GPT-2's alphabet?
 * @param marks ids of special tokens: text that spells one is no such token
 */
export function pieceEncoder(
  model: BpeModel | UnigramModel,
  { byteLevel, marks }: { byteLevel: boolean; marks: ReadonlySet<number> },
): PieceEncoder {
  const encode = model.kind === 'bpe' ? bpeEncoder(model, marks) : unigramEncoder(model, marks);
  const spell = byteLevel ? spellBytes : (piece: string) => piece;
  const cache = new Map<string, readonly number[]>();
  return (piece, ids) => {
    let own = cache.get(piece);
    if (!own) {
      own = encode(spell(piece));
      if (piece.length <= longestCached) {
        if (cache.size >= cachedPieces) cache.clear();
        cache.set(piece, own);
      }
    }
    for (const id of own) ids.push(id);
  };
}

const spellBytes = (piece: string) => Array.from(Buffer.from(piece), (byte) => characterOfByte[byte]).join('');

function bpeEncoder(model: BpeModel, marks: ReadonlySet<number>): (piece: string) => number[] {
  const { vocabulary, byteFallback, fuseUnknown } = model;
  const pairs = new BytePairs(model.merges, vocabulary);
  const whole = model.ignoreMerges ? vocabulary : undefined;
  const unknownId = model.unknown === undefined ? undefined : vocabulary.get(model.unknown);
  const single = new Map([...vocabulary].filter(([token]) => isOneCharacter(token)));
  const bytes = byteFallback ? byteIds(vocabulary) : undefined;
  return (piece) => {
    const known = whole?.get(piece);
    if (known !== undefined && !marks.has(known)) return [known];
    const symbols: number[] = [];
    let unknownBefore = false;
    for (const character of piece) {
      const id = single.get(character);
      const fallback = id === undefined ? bytesOf(character, bytes) : undefined;
      const isUnknown = id === undefined && !fallback;
      if (id !== undefined) symbols.push(id);
      else if (fallback) symbols.push(...fallback);
      else if (unknownId !== undefined && !(fuseUnknown && unknownBefore)) symbols.push(unknownId);
      unknownBefore = isUnknown;
    }
    return pairs.merge(symbols);
  };
}

function unigramEncoder(model: UnigramModel, marks: ReadonlySet<number>): (piece: string) => number[] {
  const isWritten = ([token, id]: readonly [string, number]) =>
    !marks.has(id) && !(model.byteFallback && /^<0x[0-9A-F]{2}>$/.test(token));
  const unigram = new Unigram({ ...model, vocabulary: new Map([...model.vocabulary].filter(isWritten)) });
  const bytes = model.byteFallback ? byteIds(model.vocabulary) : undefined;
  return (piece) =>
    unigram.cut(piece).flatMap(({ id, start, end }) => {
      if (id >= 0) return [id];
      const fallback = bytesOf(piece.slice(start, end), bytes);
      return fallback ?? (model.unknownId === undefined ? [] : [model.unknownId]);
    });
}

const isOneCharacter = (token: string) => token.length === 1 || (token.length === 2 && token.codePointAt(0)! > 0xffff);

/** Ids of the tokens `<0x00>` to `<0xFF>`, where they are. */
function byteIds(vocabulary: ReadonlyMap<string, number>): (number | undefined)[] {
  return Array.from({ length: 256 }, (_, byte) =>
    vocabulary.get(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`),
  );
}

/** undefined unless every byte has a token */
function bytesOf(text: string, bytes: readonly (number | undefined)[] | undefined): number[] | undefined {
  if (!bytes) return undefined;
  const ids = Array.from(Buffer.from(text), (byte) => bytes[byte]);
  return ids.every((id) => id !== undefined) ? ids : undefined;
}
