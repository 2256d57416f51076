import { BytePairs } from './bytePairs.ts';
import { characterOfByte, type TokenBytes } from './tokenBytes.ts';
import type { UnigramModel } from './tokenizerJson.ts';
import { type BpeTables, byteIdsOf, type TokenizerTables } from './tokenizerTables.ts';
import { TokensByBytes } from './tokensByBytes.ts';
import { Unigram } from './unigram.ts';

/** Appends the token ids of a piece of text to `ids`. */
export type PieceEncoder = (piece: string, ids: number[]) => void;

const cachedPieces = 20_000;
const longestCached = 64; // UTF-16 units

/** Text that spells a special token out is no such token. */
export function pieceEncoder({ model, spelling, bytes, added }: TokenizerTables): PieceEncoder {
  const marks = new Set(added.filter(({ special }) => special).map(({ id }) => id));
  const encode = model.kind === 'bpe' ? bpeEncoder(model, spelling, bytes) : unigramEncoder(model, marks);
  const cache = new Map<string, readonly number[]>();
  return (piece, ids) => {
    let own = cache.get(piece);
    if (!own) {
      own = encode(piece);
      if (piece.length <= longestCached) {
        if (cache.size >= cachedPieces) cache.clear();
        cache.set(piece, own);
      }
    }
    for (const id of own) ids.push(id);
  };
}

const spellBytes = (piece: string) => Array.from(Buffer.from(piece), (byte) => characterOfByte[byte]).join('');

function bpeEncoder(
  { merges, singles, byteIds, unknownId, fuseUnknown, ignoreMerges }: BpeTables,
  spelling: TokenizerTables['spelling'],
  bytes: TokenBytes,
): (piece: string) => number[] {
  const pairs = new BytePairs(merges);
  const whole = ignoreMerges ? new TokensByBytes(bytes) : undefined;
  const spell = spelling === 'byteLevel' ? spellBytes : (piece: string) => piece;
  return (piece) => {
    const known = whole?.find(Buffer.from(piece));
    if (known !== undefined) return [known];
    const symbols: number[] = [];
    let unknownBefore = false;
    for (const character of spell(piece)) {
      const id = singles.get(character);
      const fallback = id === undefined ? bytesOf(character, byteIds) : undefined;
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
  const byteIds = model.byteFallback ? byteIdsOf(model.vocabulary) : undefined;
  return (piece) =>
    unigram.cut(piece).flatMap(({ id, start, end }) => {
      if (id >= 0) return [id];
      const fallback = bytesOf(piece.slice(start, end), byteIds);
      return fallback ?? (model.unknownId === undefined ? [] : [model.unknownId]);
    });
}

/** undefined unless every byte has a token */
function bytesOf(text: string, byteIds: readonly number[] | undefined): number[] | undefined {
  if (!byteIds) return undefined;
  const ids = Array.from(Buffer.from(text), (byte) => byteIds[byte]!);
  return ids.includes(-1) ? undefined : ids;
}
