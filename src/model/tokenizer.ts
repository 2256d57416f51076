import { Tokenizer as HuggingFaceTokenizer } from '@huggingface/tokenizers';
import { InklingError, messageOf } from '../protocol/errors.ts';

/** Text ↔ token ids. Text from a person never yields special tokens, whatever it contains. */
export class Tokenizer {
  private readonly plain: HuggingFaceTokenizer;
  /** bytes of token i: `tokenText` from `tokenStarts[i]` to `tokenStarts[i + 1]`; empty for special and unused ids */
  private readonly tokenText: Uint8Array;
  private readonly tokenStarts: Uint32Array;
  private readonly specialIds: ReadonlyMap<string, number>;

  /**
   * @param tokenizerJson `tokenizer.json` as parsed
   * @throws InklingError `modelUnsupported` when the tokenizer is not byte-level, `modelConfig` when it has more tokens than the model
   */
  constructor(tokenizerJson: object, tokenizerConfig: object, vocabularySize: number) {
    const added = (tokenizerJson as { added_tokens?: { content: string; id: number }[] }).added_tokens ?? [];
    this.specialIds = new Map(added.map(({ content, id }) => [content, id]));
    // without added tokens a `<|im_start|>` in a document stays a few harmless characters
    const model: object = { ...(tokenizerJson as { model?: object }).model };
    const plain = { ...withUnicodeDigits(tokenizerJson), model, added_tokens: [], post_processor: null };
    this.plain = fromLibrary(plain, tokenizerConfig);
    Object.assign(model, { vocab: {}, merges: [] }); // the library has tables of its own, and keeps what it was given
    const decoder = (tokenizerJson as { decoder?: { type?: string; decoders?: { type?: string }[] } }).decoder;
    if (decoder?.type !== 'ByteLevel' && !decoder?.decoders?.some(({ type }) => type === 'ByteLevel')) {
      throw new InklingError(
        'modelUnsupported',
        `Tokenizers with the decoder ${decoder?.type ?? '(none)'} are not supported yet; byte-level ones are.`,
      );
    }
    const tokens = tokensById(this.plain.get_vocab(false), vocabularySize);
    for (const id of this.specialIds.values()) tokens[id] = '';
    [this.tokenText, this.tokenStarts] = byteLevelBytes(tokens);
  }

  /** Token ids of plain text; long text is cut at word boundaries, where the result is the same. */
  encode(text: string): number[] {
    if (text.length <= sliceChars) return this.encodeSlice(text);
    const ids: number[] = [];
    for (let start = 0; start < text.length; ) {
      const end = sliceEnd(text, start);
      for (const id of this.encodeSlice(text.slice(start, end))) ids.push(id);
      start = end;
    }
    return ids;
  }

  private encodeSlice(text: string): number[] {
    return text === '' ? [] : this.plain.encode(text.toWellFormed(), { add_special_tokens: false }).ids;
  }

  /** The id of a special token such as `<|im_end|>`. */
  specialId(token: string): number | undefined {
    return this.specialIds.get(token);
  }

  get specialTokens(): readonly string[] {
    return [...this.specialIds.keys()];
  }

  /** UTF-8 bytes of a token, possibly half a character; empty for special and unused ids. */
  tokenBytes(id: number): Uint8Array {
    return this.tokenText.subarray(this.tokenStarts[id]!, this.tokenStarts[id + 1]!);
  }

  /** Does the token stand for text (and not for the end of a turn, say)? */
  isText(id: number): boolean {
    return this.tokenStarts[id]! < this.tokenStarts[id + 1]!;
  }

  /** Does the token's text begin with `bytes`? */
  covers(id: number, bytes: Uint8Array): boolean {
    return this.tokenStarts[id + 1]! - this.tokenStarts[id]! >= bytes.length && this.agreesWith(id, bytes);
  }

  /** Does the token's text begin with `bytes`, or `bytes` with the token's text? */
  agreesWith(id: number, bytes: Uint8Array): boolean {
    const start = this.tokenStarts[id]!;
    const length = Math.min(bytes.length, this.tokenStarts[id + 1]! - start);
    for (let i = 0; i < length; i++) if (this.tokenText[start + i] !== bytes[i]) return false;
    return length > 0;
  }

  /** Special tokens yield no text; an unfinished character at the end becomes U+FFFD. */
  decode(ids: readonly number[]): string {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const text = ids.map((id) => decoder.decode(this.tokenBytes(id), { stream: true })).join('');
    return text + decoder.decode();
  }
}

/** @throws InklingError `modelConfig` in the library's words when the file contradicts itself */
function fromLibrary(tokenizerJson: object, tokenizerConfig: object): HuggingFaceTokenizer {
  try {
    return new HuggingFaceTokenizer(tokenizerJson, tokenizerConfig);
  } catch (error) {
    const reason = messageOf(error);
    throw new InklingError('modelConfig', `tokenizer.json cannot be used: ${reason}`, { cause: error });
  }
}

/** The library's `Digits` step splits ASCII digits only; the reference splits every number (½, ², Ⅷ, ١) on its own. */
function withUnicodeDigits(tokenizerJson: object): object {
  const { pre_tokenizer: steps } = tokenizerJson as { pre_tokenizer?: PreTokenizer | null };
  const fixed = (step: PreTokenizer): PreTokenizer => {
    if (step.pretokenizers) return { ...step, pretokenizers: step.pretokenizers.map(fixed) };
    return step.type === 'Digits' && step.individual_digits ? singleNumbers : step;
  };
  return steps ? { ...tokenizerJson, pre_tokenizer: fixed(steps) } : tokenizerJson;
}

interface PreTokenizer {
  readonly type: string;
  readonly individual_digits?: boolean;
  readonly pretokenizers?: readonly PreTokenizer[];
}

const singleNumbers = { type: 'Split', pattern: { Regex: '\\p{N}' }, behavior: 'Isolated', invert: false };

const sliceChars = 4096;

/** End of a slice: before a blank between two words when there is one, never within a surrogate pair. */
function sliceEnd(text: string, start: number): number {
  if (text.length - start <= sliceChars) return text.length;
  for (let end = start + sliceChars; end > start + sliceChars / 2; end--) {
    const isWordBoundary = text[end] === ' ' && /\S/.test(text[end - 1]!) && /\S/.test(text[end + 1] ?? 'x');
    if (isWordBoundary) return end;
  }
  const end = start + sliceChars;
  const splitsPair = /[\uD800-\uDBFF]/.test(text[end - 1]!) && /[\uDC00-\uDFFF]/.test(text[end]!);
  return splitsPair ? end - 1 : end;
}

/** @throws InklingError `modelConfig` when there are more tokens than the model has */
function tokensById(vocabulary: Iterable<readonly [string, number]>, size: number): string[] {
  const tokens = new Array<string>(size).fill('');
  for (const [token, id] of vocabulary) {
    if (id >= size) {
      throw new InklingError(
        'modelConfig',
        `tokenizer.json has a token number ${id}, but the model knows only ${size} tokens: they do not belong together.`,
      );
    }
    tokens[id] = token;
  }
  return tokens;
}

/** GPT-2's reversible byte alphabet: every byte has a printable character. Here the byte of each character, or −1. */
const byteOfCharacter = makeByteAlphabet();

function makeByteAlphabet(): Int16Array {
  const isPrintable = (byte: number) => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  const alphabet = new Int16Array(512).fill(-1);
  let next = 256;
  for (let byte = 0; byte < 256; byte++) alphabet[isPrintable(byte) ? byte : next++] = byte;
  return alphabet;
}

/** The bytes of all tokens, one after the other, and where each token begins; last the end of all. */
function byteLevelBytes(tokens: readonly string[]): [bytes: Uint8Array, starts: Uint32Array] {
  const encoder = new TextEncoder();
  const starts = new Uint32Array(tokens.length + 1);
  const bytes = new Uint8Array(3 * tokens.reduce((sum, token) => sum + token.length, 0)); // UTF-8 at its longest
  let length = 0;
  tokens.forEach((token, id) => {
    for (const character of token) {
      const byte = byteOfCharacter[character.codePointAt(0)!] ?? -1;
      if (byte >= 0) bytes[length++] = byte;
      else length += encoder.encodeInto(character, bytes.subarray(length)).written; // an added word stands for itself
    }
    starts[id + 1] = length;
  });
  return [bytes.slice(0, length), starts];
}
