/**
 * `tokenizer.model`: what SentencePiece saves, a protocol buffer.
 * https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto
 */
import { InklingError, type Sentence, sentence } from '../../protocol/errors.ts';
import { type PieceList, pieceKinds } from './piecesToJson.ts';

/** @throws InklingError `modelBroken` when the file contradicts itself, `modelUnsupported` for words and characters */
export function readSentencePieceModel(bytes: Uint8Array): PieceList {
  const tokens: string[] = [];
  const scores: number[] = [];
  const kinds: number[] = [];
  let trainer = new Fields();
  let normalizer = new Fields();
  for (const [field, value] of fieldsOf(bytes)) {
    if (field === 1 && value instanceof Uint8Array) {
      if (tokens.length >= mostPieces) throw broken(sentence`it has more than ${mostPieces} pieces`);
      const piece = new Fields(value);
      tokens.push(piece.text(1));
      scores.push(piece.float(2, 0));
      kinds.push(piece.number(3, pieceKinds.normal));
    } else if (field === 2 && value instanceof Uint8Array) trainer = new Fields(value);
    else if (field === 3 && value instanceof Uint8Array) normalizer = new Fields(value);
  }
  if (tokens.length === 0) throw broken(sentence`it has no pieces`);
  const model = trainer.number(3, 1);
  if (model !== 1 && model !== 2) {
    throw new InklingError(
      'modelUnsupported',
      sentence`tokenizer.model cuts text into words or characters: not supported.`,
    );
  }
  const charactersMap = normalizer.bytes(2);
  return {
    model: model === 1 ? 'unigram' : 'bpe',
    tokens,
    scores,
    kinds,
    byteFallback: trainer.number(35, 0) === 1,
    charactersMap: charactersMap.length > 0 ? charactersMap : undefined,
    addsPrefix: normalizer.number(3, 1) === 1,
    removesBlanks: normalizer.number(4, 1) === 1,
  };
}

const mostPieces = 1 << 20; // four times as many as the largest known have
const mostFields = 100; // numbers that fields have

const broken = (what: Sentence) =>
  new InklingError('modelBroken', sentence`tokenizer.model is damaged: ${what}. Get the file again.`);

/** The fields of one message; of a repeated one the last. */
class Fields {
  readonly #values: ReadonlyMap<number, number | Uint8Array>;

  constructor(bytes: Uint8Array = new Uint8Array()) {
    const values = new Map<number, number | Uint8Array>();
    for (const [field, value] of fieldsOf(bytes)) if (field < mostFields) values.set(field, value);
    this.#values = values;
  }

  number(field: number, otherwise: number): number {
    const value = this.#values.get(field);
    return typeof value === 'number' ? value : otherwise;
  }

  bytes(field: number): Uint8Array {
    const value = this.#values.get(field);
    return value instanceof Uint8Array ? value : new Uint8Array();
  }

  text(field: number): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.bytes(field));
  }

  float(field: number, otherwise: number): number {
    const bytes = this.bytes(field);
    return bytes.length === 4 ? new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true) : otherwise;
  }
}

/** Every field of a message with its value: a number, or the bytes of what is no number. */
function* fieldsOf(bytes: Uint8Array): Generator<[field: number, value: number | Uint8Array]> {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw broken(sentence`it is cut off`);
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw broken(sentence`it has an endless number`);
  };
  const take = (length: number) => {
    if (at + length > bytes.length) throw broken(sentence`it is cut off`);
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = number();
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield [field, number()];
        break;
      case 1:
        yield [field, take(8)];
        break;
      case 2:
        yield [field, take(number())];
        break;
      case 5:
        yield [field, take(4)];
        break;
      default:
        throw broken(sentence`it has a field of an unknown kind`);
    }
  }
}
