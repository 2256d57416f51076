import { sentence } from '../protocol/errors.ts';
import { boundedWork } from './boundedWork.ts';
import { AddedWords } from './tokenizer/addedWords.ts';
import { normalizerOf, type TextStep } from './tokenizer/normalizer.ts';
import { type PieceEncoder, pieceEncoder } from './tokenizer/pieceEncoder.ts';
import { type PreTokenizer, preTokenizerOf } from './tokenizer/preTokenizer.ts';
import { knownPatterns } from './tokenizer/preTokenizers.ts';
import { sliceEnd } from './tokenizer/sliceEnd.ts';
import type { TokenBytes } from './tokenizer/tokenBytes.ts';
import { type AddedWord, type Json, tokenizerFault } from './tokenizer/tokenizerJson.ts';
import type { TokenizerTables } from './tokenizer/tokenizerTables.ts';

/** The steps that turn text into the pieces that the model cuts: at the beginning of a text, and further on in it. */
interface TextSteps {
  readonly normalize: TextStep;
  readonly preTokenizer: PreTokenizer;
}

const longestSteps = 3000; // ms that a file's own patterns may take for a slice of text

/** Text ↔ token ids. Text from a person never yields special tokens, whatever it contains. */
export class Tokenizer {
  /** ids that the model wants before everything it reads; empty for most byte-level tokenizers */
  readonly beginning: readonly number[];
  /** what the first token of a text may begin with although the text does not: ' ' for SentencePiece, '' mostly */
  readonly textPrefix: string;
  readonly #encodePiece: PieceEncoder;
  readonly #steps: { readonly first: TextSteps; readonly further: TextSteps };
  readonly #areBounded: boolean;
  /** added words that are not special, as they are before and after the normalizer */
  readonly #words: AddedWords;
  readonly #normalizedWords: AddedWords;
  readonly #marks: AddedWords;
  readonly #cutsAtSpaceMark: boolean;
  readonly #bytes: TokenBytes;
  readonly #specialIds: ReadonlyMap<string, number>;
  #idsWithoutText: Int32Array | undefined;

  constructor(tables: TokenizerTables) {
    const { added, spelling, normalizer, preTokenizer } = tables;
    this.#steps = { first: stepsOf(tables, true), further: stepsOf(tables, false) };
    this.#areBounded = patternsIn([normalizer, preTokenizer]).every((pattern) => knownPatterns.has(pattern));
    this.#encodePiece = pieceEncoder(tables);
    const marks = added.filter(({ special }) => special);
    const ordinary = added.filter(({ special }) => !special);
    const { normalize } = this.#steps.further;
    this.#words = new AddedWords(ordinary.filter(({ normalized }) => !normalized));
    this.#normalizedWords = new AddedWords(
      ordinary.filter(({ normalized }) => normalized),
      normalize,
    );
    this.#marks = new AddedWords(marks);
    this.#specialIds = new Map(marks.map(({ content, id }) => [content, id]));
    this.#cutsAtSpaceMark = tables.cutsAtSpaceMark;
    this.#bytes = tables.bytes;
    this.textPrefix = spelling === 'spaceMarks' && this.#startsWithMark() ? ' ' : '';
    this.beginning = tables.beginning;
  }

  #startsWithMark(): boolean {
    const [piece] = this.#piecesOf('x', 'first');
    return typeof piece === 'string' && piece.startsWith('▁');
  }

  /** Ids of plain text as it begins a text: SentencePiece puts a blank before it. */
  encode(text: string): number[] {
    const ids: number[] = [];
    this.#encodeText(text.toWellFormed(), 'first', ids);
    return ids;
  }

  /** Ids of plain text that follows other text. */
  encodeFurther(text: string): number[] {
    const ids: number[] = [];
    this.#encodeText(text.toWellFormed(), 'further', ids);
    return ids;
  }

  /** Ids of plain text with what the model wants before everything it reads. */
  encodeFromBeginning(text: string): number[] {
    return [...this.beginning, ...this.encode(text)];
  }

  /**
   * Ids of a chat template's result, in which special tokens are written out.
   * @param fillIn puts what a person wrote in the place of its placeholders: no special token comes of it
   */
  encodeTemplate(rendered: string, fillIn: (part: string) => string): number[] {
    const ids: number[] = [];
    for (const [index, part] of this.#marks.split(rendered).entries()) {
      if (typeof part === 'string')
        this.#encodeText(fillIn(part).toWellFormed(), index === 0 ? 'first' : 'section', ids);
      else ids.push(part.id);
    }
    return ids;
  }

  /** @param place 'section': after a special token, where some tokenizers put a blank and others do not */
  #encodeText(text: string, place: 'first' | 'further' | 'section', ids: number[]): void {
    for (const [index, part] of this.#words.split(text).entries()) {
      if (typeof part !== 'string') ids.push(part.id);
      else if (index === 0) this.#encodeSlices(part, place, ids);
      else this.#encodeSlices(part, place === 'further' ? 'further' : 'section', ids);
    }
  }

  #encodeSlices(text: string, place: 'first' | 'further' | 'section', ids: number[]): void {
    for (let start = 0; start < text.length; ) {
      const end = sliceEnd(text, start);
      for (const piece of this.#piecesOf(text.slice(start, end), start === 0 ? place : 'further')) {
        if (typeof piece === 'string') this.#encodePiece(piece, ids);
        else ids.push(piece.id);
      }
      start = end;
    }
  }

  /** @throws InklingError `modelConfig` when the file's own patterns do not come to an end */
  #piecesOf(text: string, place: 'first' | 'further' | 'section'): (string | AddedWord)[] {
    const work = () => this.#applySteps(text, place);
    if (this.#areBounded) return work();
    const done = boundedWork(longestSteps, work);
    if (done) return done.result;
    throw tokenizerFault(sentence`its patterns take longer than ${longestSteps / 1000} seconds for a short text`);
  }

  #applySteps(text: string, place: 'first' | 'further' | 'section'): (string | AddedWord)[] {
    const { normalize, preTokenizer } = place === 'further' ? this.#steps.further : this.#steps.first;
    let isFirst = place === 'first';
    return this.#normalizedWords.split(normalize(text)).flatMap((part): (string | AddedWord)[] => {
      if (typeof part !== 'string') return [part];
      const pieces = preTokenizer.split(part, { isFirst });
      isFirst = false;
      // a cut before a blank changes nothing where no token holds one inside, and short pieces are remembered
      return this.#cutsAtSpaceMark ? pieces.flatMap((piece) => piece.split(/(?<=[^▁])(?=▁)/u)) : pieces;
    });
  }

  /** The id of a special token such as `<|im_end|>`. */
  specialId(token: string): number | undefined {
    return this.#specialIds.get(token);
  }

  get specialTokens(): readonly string[] {
    return [...this.#specialIds.keys()];
  }

  /** UTF-8 bytes of a token, possibly half a character; empty for special and unused ids. */
  tokenBytes(id: number): Uint8Array {
    const { bytes, starts } = this.#bytes;
    return bytes.subarray(starts[id]!, starts[id + 1]!);
  }

  /** Ids that stand for no text, but for the end of a turn, say, or for nothing. */
  get idsWithoutText(): Int32Array {
    const { starts } = this.#bytes;
    this.#idsWithoutText ??= Int32Array.from(starts, (_, id) => id).filter((id) => starts[id] === starts[id + 1]);
    return this.#idsWithoutText;
  }

  /** Does the token's text begin with `bytes`? */
  covers(id: number, bytes: Uint8Array): boolean {
    const { starts } = this.#bytes;
    return starts[id + 1]! - starts[id]! >= bytes.length && this.agreesWith(id, bytes);
  }

  /** Does the token's text begin with `bytes`, or `bytes` with the token's text? */
  agreesWith(id: number, bytes: Uint8Array): boolean {
    const { bytes: all, starts } = this.#bytes;
    const start = starts[id]!;
    const length = Math.min(bytes.length, starts[id + 1]! - start);
    for (let i = 0; i < length; i++) if (all[start + i] !== bytes[i]) return false;
    return length > 0;
  }

  /** Special tokens yield no text; an unfinished character at the end becomes U+FFFD. */
  decode(ids: readonly number[]): string {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const parts = ids.map((id) => decoder.decode(this.tokenBytes(id), { stream: true }));
    const text = parts.join('') + decoder.decode();
    return text.startsWith(this.textPrefix) ? text.slice(this.textPrefix.length) : text;
  }
}

function stepsOf(
  json: { normalizer: Json | undefined; preTokenizer: Json | undefined },
  withPrefix: boolean,
): TextSteps {
  return {
    normalize: normalizerOf(json.normalizer, withPrefix),
    preTokenizer: preTokenizerOf(json.preTokenizer, withPrefix),
  };
}

/** All patterns in steps that are regular expressions. */
function patternsIn(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth > 20) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'Regex' && typeof inner === 'string' ? [inner] : patternsIn(inner, depth + 1),
  );
}
