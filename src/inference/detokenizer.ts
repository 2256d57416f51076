/** Token bytes in, text out; only text that can no longer change is released (no half characters). */
export class Detokenizer {
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** @returns the text that these bytes complete, possibly '' */
  push(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes, { stream: true });
  }

  /** What was left of an unfinished character, as U+FFFD. */
  end(): string {
    return this.#decoder.decode();
  }
}
