const opening = '<think>';
const closing = '</think>';

/** Leaves out what a model thinks aloud before it answers: `<think> … </think>` at the beginning of its text. */
export class ThoughtFilter {
  #state: 'beginning' | 'thinking' | 'between' | 'answering' = 'beginning';
  /** text of which it is not known yet whether it is shown */
  #held = '';

  /** @returns what may be shown now, possibly '' */
  push(text: string): string {
    this.#held += text;
    if (this.#state === 'beginning') {
      const begun = this.#held.trimStart();
      if (begun.startsWith(opening)) this.#leave(begun.slice(opening.length), 'thinking');
      else if (!opening.startsWith(begun)) this.#state = 'answering';
    }
    if (this.#state === 'thinking') {
      const end = this.#held.indexOf(closing);
      if (end >= 0) this.#leave(this.#held.slice(end + closing.length), 'between');
      else this.#held = this.#held.slice(-closing.length);
    }
    if (this.#state === 'between') {
      this.#held = this.#held.trimStart();
      if (this.#held !== '') this.#state = 'answering';
    }
    return this.#state === 'answering' ? this.end() : '';
  }

  /** What was held back at the end of the text; of an unfinished thought nothing. */
  end(): string {
    const shown = this.#state === 'thinking' ? '' : this.#held;
    this.#held = '';
    return shown;
  }

  #leave(held: string, state: 'thinking' | 'between'): void {
    this.#held = held;
    this.#state = state;
  }
}

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
