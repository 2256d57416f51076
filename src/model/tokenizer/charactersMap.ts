import { sentence } from '../../protocol/errors.ts';
import { tokenizerFault } from './tokenizerJson.ts';

/**
 * SentencePiece's compiled table of replacements: a double-array trie (Darts) over UTF-8, then the replacements, each
 * ended by a zero byte. https://github.com/google/sentencepiece/blob/master/src/normalizer.cc
 */
export class CharactersMap {
  readonly #trie: Uint32Array;
  readonly #replacements: Uint8Array;
  readonly #segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
  readonly #known = new Map<string, string | undefined>();

  /** @throws InklingError `modelConfig` when the table contradicts its own size */
  constructor(bytes: Uint8Array) {
    const trieBytes = bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    if (trieBytes === 0 || trieBytes % 4 !== 0 || 4 + trieBytes > bytes.length) {
      throw tokenizerFault(sentence`the table of characters in its normalizer is damaged`);
    }
    this.#trie = new Uint32Array(Uint8Array.from(bytes.subarray(4, 4 + trieBytes)).buffer);
    this.#replacements = bytes.subarray(4 + trieBytes);
  }

  normalize(text: string): string {
    let result = '';
    for (const { segment } of this.#segmenter.segment(text)) {
      const whole = segment.length < 6 ? this.#replacement(segment) : undefined;
      if (whole !== undefined) result += whole;
      else for (const character of segment) result += this.#replacement(character) ?? character;
    }
    return result;
  }

  #replacement(piece: string): string | undefined {
    if (this.#known.has(piece)) return this.#known.get(piece);
    const found = this.#lookUp(piece);
    if (this.#known.size < 4096) this.#known.set(piece, found);
    return found;
  }

  /** The replacement of the shortest beginning of `piece` that has one, as the reference takes it. */
  #lookUp(piece: string): string | undefined {
    const bytes = new TextEncoder().encode(piece);
    if (bytes.length >= 6 && [...piece].length > 1) return undefined;
    const unit = (at: number) => this.#trie[at] ?? 0;
    let node = offsetOf(unit(0));
    for (const byte of bytes) {
      if (byte === 0) return undefined;
      node = (node ^ byte) >>> 0;
      const value = unit(node);
      if ((value & 0x800000ff) >>> 0 !== byte) return undefined;
      node = (node ^ offsetOf(value)) >>> 0;
      if ((value >>> 8) & 1) return this.#textAt(unit(node) & 0x7fffffff);
    }
    return undefined;
  }

  #textAt(start: number): string {
    const end = this.#replacements.indexOf(0, start);
    return new TextDecoder().decode(this.#replacements.subarray(start, end < 0 ? undefined : end));
  }
}

/** Where a unit's children lie, relative to it. */
const offsetOf = (unit: number) => ((unit >>> 10) << ((unit & 0x200) >>> 6)) >>> 0;
