import type { Feed } from '../model/session.ts';
import { KnownLogits } from './knownLogits.ts';

/**
 * One kind of what a decoder remembers of the tokens that it has read. Keys and values are rows that can be cut back to
 * any length; a recurrent state can only go back to where a copy of it was kept.
 */
export interface StatePart {
  /** Can the newest tokens be taken back without reading others again? */
  readonly isCutFreely: boolean;
  /** what the graph reads */
  feeds(): Record<string, Feed>;
  /** where the graph writes what `count` further tokens leave */
  roomForNew(count: number): Record<string, Feed>;
  /** Takes in what the graph has written there. */
  append(count: number): void;
  /** Goes back to `length` tokens, or to the nearest place before that it can go back to. @returns that place */
  rewindTo(length: number): number;
  /** Gives the memory back. */
  clear(): void;
}

/** Read again within the next run without being asked; with more, a cancel would have to wait too long. */
const mostReadAgain = 64;

/**
 * What a decoder has read, for whoever writes: tokens that can be cut back to any length, whatever the decoder is made
 * of. Where a part had to go back further, the tokens between are read again with the next run.
 */
export class DecoderState<Part extends StatePart = StatePart> {
  readonly tokenIds: number[] = [];
  /** how many of them the parts still hold as they are */
  #held = 0;
  #expected = 0;
  #isLong = false;
  readonly #known = new KnownLogits();
  readonly #tokensUntilOthers: number;

  /** @param tokensUntilOthers beyond which all tokens of a text are read otherwise, see model/rotaryTable.ts */
  constructor(
    readonly parts: readonly Part[],
    tokensUntilOthers = Number.POSITIVE_INFINITY,
  ) {
    this.#tokensUntilOthers = tokensUntilOthers;
  }

  get length(): number {
    return this.tokenIds.length;
  }

  /** Can the newest tokens be taken back without reading others again? */
  get isCutFreely(): boolean {
    return this.parts.every((part) => part.isCutFreely);
  }

  /** Is what is held read as a part of a long text? */
  get isLong(): boolean {
    return this.#isLong;
  }

  /** Says how many tokens the text will have, so that a long one is read as such from its beginning. */
  expect(tokens: number): void {
    this.#expected = tokens;
    this.#readAs(tokens);
  }

  /** What was read as a part of a short text is of no use for a long one. */
  #readAs(tokens: number): void {
    const isLong = tokens > this.#tokensUntilOthers;
    if (isLong !== this.#isLong) this.#held = 0;
    this.#isLong = isLong;
  }

  /** Forgets everything from token `length` on; what is read from its beginning hangs on nothing that was read before. */
  rewindTo(length: number): void {
    if (length === 0) this.#known.clear();
    this.tokenIds.length = Math.min(length, this.tokenIds.length);
    this.#held = Math.min(this.#held, this.tokenIds.length);
  }

  /**
   * Rewinds to the longest common beginning with `tokenIds` from which the decoder can go on without much reading.
   * @returns its length
   */
  reuse(tokenIds: readonly number[]): number {
    const shared = this.#shared(tokenIds);
    this.rewindTo(shared);
    const again = this.unread().length;
    if (again > mostReadAgain) this.rewindTo(shared - again);
    return this.length;
  }

  /** Length of the common beginning. */
  #shared(tokenIds: readonly number[]): number {
    const limit = Math.min(tokenIds.length, this.length);
    let shared = 0;
    while (shared < limit && this.tokenIds[shared] === tokenIds[shared]) shared++;
    return shared;
  }

  /** To the end of a text whose beginning is here; its tokens are read with the next run. */
  #moveOn(tokenIds: readonly number[]): void {
    for (let at = this.length; at < tokenIds.length; at++) this.tokenIds.push(tokenIds[at]!);
  }

  /** Goes to a text of which nearly all is held; the rest is read with the next run. */
  moveTo(tokenIds: readonly number[]): void {
    this.reuse(tokenIds);
    this.#moveOn(tokenIds);
  }

  /**
   * Goes to a text if the logits after it are still known, without a run of the graph.
   * @returns (vocabulary) the caller's own; undefined where they have to be computed: then the tokens are as they were
   */
  recall(tokenIds: readonly number[]): Float32Array | undefined {
    const logits = this.#known.find(tokenIds, this.#isLong);
    if (!logits) return undefined;
    const shared = this.#shared(tokenIds);
    this.#held = Math.min(shared, this.#held);
    if (tokenIds.length - this.#meet() > mostReadAgain) return undefined;
    this.rewindTo(shared);
    this.#moveOn(tokenIds);
    return logits.slice();
  }

  /** @param logits (vocabulary) after all that has been read */
  remember(logits: Float32Array): void {
    this.#known.keep({ tokenIds: [...this.tokenIds], isLong: this.#isLong, logits: logits.slice() });
  }

  /**
   * Brings all parts to one place from which the decoder can go on.
   * @param count new tokens that are to follow
   * @returns the tokens to be read again from there
   */
  unread(count = 0): readonly number[] {
    this.#readAs(Math.max(this.#expected, this.length + count));
    return this.tokenIds.slice(this.#meet());
  }

  /** @returns the place, of those up to which all is held, that every part can go back to */
  #meet(): number {
    for (;;) {
      const reached = Math.min(...this.parts.map((part) => part.rewindTo(this.#held)));
      if (reached === this.#held) return reached;
      this.#held = reached;
    }
  }

  feeds(): Record<string, Feed> {
    return Object.assign({}, ...this.parts.map((part) => part.feeds()));
  }

  roomForNew(count: number): Record<string, Feed> {
    return Object.assign({}, ...this.parts.map((part) => part.roomForNew(count)));
  }

  /** Takes in what the graph wrote for a run of `count` of the tokens that are read again. */
  appendKnown(count: number): void {
    for (const part of this.parts) part.append(count);
    this.#held += count;
  }

  /**
   * Takes in what the graph wrote for a run.
   * @param tokenIds that are new; what was read again before them is known
   */
  append(tokenIds: readonly number[]): void {
    const count = this.length - this.#held + tokenIds.length;
    for (const part of this.parts) part.append(count);
    for (const id of tokenIds) this.tokenIds.push(id);
    this.#held = this.length;
  }

  clear(): void {
    this.rewindTo(0);
    this.#expected = 0;
    for (const part of this.parts) part.clear();
  }
}
