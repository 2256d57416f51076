/** What each token stands for, as UTF-8 bytes one after the other: token i is `bytes` from `starts[i]` to `starts[i + 1]`. */
export interface TokenBytes {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
}

/** How a vocabulary writes bytes as characters. */
export type TokenSpelling = 'byteLevel' | 'spaceMarks' | 'plain';

/**
 * @param tokens by id, '' where there is none
 * @param literal ids of added words, which are not spelled
 */
export function tokenBytes(
  tokens: readonly string[],
  { spelling, byteFallback, literal }: { spelling: TokenSpelling; byteFallback: boolean; literal: ReadonlySet<number> },
): TokenBytes {
  const encoder = new TextEncoder();
  const starts = new Uint32Array(tokens.length + 1);
  const bytes = new Uint8Array(3 * tokens.reduce((sum, token) => sum + token.length, 0)); // UTF-8 at its longest
  let length = 0;
  tokens.forEach((token, id) => {
    const byte = byteFallback ? /^<0x([0-9A-F]{2})>$/.exec(token)?.[1] : undefined;
    if (byte !== undefined) bytes[length++] = Number.parseInt(byte, 16);
    else if (spelling === 'byteLevel' && !literal.has(id)) length += writeAlphabet(token, bytes, length);
    else {
      const text = spelling === 'spaceMarks' ? token.replaceAll('▁', ' ') : token;
      length += encoder.encodeInto(text, bytes.subarray(length)).written;
    }
    starts[id + 1] = length;
  });
  return { bytes: bytes.slice(0, length), starts };
}

function writeAlphabet(token: string, bytes: Uint8Array, start: number): number {
  let length = 0;
  for (const character of token) {
    const byte = byteOfCharacter[character.codePointAt(0)!] ?? -1;
    if (byte >= 0) bytes[start + length++] = byte;
    else length += new TextEncoder().encodeInto(character, bytes.subarray(start + length)).written; // stands for itself
  }
  return length;
}

/** GPT-2's reversible byte alphabet: every byte has a printable character. Here the byte of each character, or −1. */
const byteOfCharacter = new Int16Array(512).fill(-1);
/** The character of each byte. */
export const characterOfByte: readonly string[] = makeByteAlphabet();

function makeByteAlphabet(): string[] {
  const isPrintable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const code = isPrintable(byte) ? byte : next++;
    byteOfCharacter[code] = byte;
    return String.fromCharCode(code);
  });
}
