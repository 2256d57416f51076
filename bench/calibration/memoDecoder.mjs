/** Logits that are kept; 200 kB each. */
const kept = 500;

/**
 * A decoder that remembers what it has computed, so that several ways of asking at one caret run the model once. It stands
 * in for both the decoder and its state: tokens are only run when logits after them are wanted that are not known.
 */
export class MemoDecoder {
  #decoder;
  #state;
  #known = new Map();
  /** graph runs, and those that were spared */
  runs = 0;
  spared = 0;
  tokenIds = [];
  isCutFreely = true;

  constructor(decoder, state) {
    this.#decoder = decoder;
    this.#state = state;
    this.config = decoder.config;
  }

  get length() {
    return this.tokenIds.length;
  }

  forget() {
    this.#known.clear();
  }

  expect() {}

  /** What is known is found by `run`. */
  recall() {}
  remember() {}

  moveTo(tokenIds) {
    this.tokenIds.push(...tokenIds.slice(this.reuse(tokenIds)));
  }

  rewindTo(length) {
    this.tokenIds.length = Math.min(length, this.tokenIds.length);
  }

  reuse(tokenIds) {
    const limit = Math.min(tokenIds.length, this.length);
    let shared = 0;
    while (shared < limit && this.tokenIds[shared] === tokenIds[shared]) shared++;
    this.rewindTo(shared);
    return shared;
  }

  /** As a decoder's, for one row of logits at most. */
  async run(_, tokenIds, wanted, room) {
    this.tokenIds.push(...tokenIds);
    if (wanted.length === 0) return undefined;
    const key = this.tokenIds.join();
    let logits = this.#known.get(key);
    if (logits) this.spared++;
    else {
      logits = await this.#compute([...this.tokenIds]);
      this.#known.set(key, logits);
      if (this.#known.size > kept) this.#known.delete(this.#known.keys().next().value);
    }
    if (!room) return logits.slice();
    room.set(logits);
    return room;
  }

  async #compute(all) {
    const shared = Math.min(this.#state.reuse(all), all.length - 1);
    this.#state.rewindTo(shared);
    let logits;
    for (let start = shared; start < all.length; start += 64) {
      const chunk = all.slice(start, start + 64);
      const isLast = start + chunk.length === all.length;
      this.runs++;
      logits = await this.#decoder.run(this.#state, chunk, isLast ? [chunk.length - 1] : []);
    }
    return logits.slice();
  }
}
