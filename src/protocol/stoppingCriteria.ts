import type { GenerateRequest } from './inference.ts';

/** Where a text ends: `length` characters of it are kept. */
export interface Stop {
  readonly reason: 'stop' | 'stopPattern';
  readonly length: number;
}

/** Looks for stop strings and the stop pattern in growing text, of a model of this machine or of a server. */
export class StoppingCriteria {
  readonly #stop: readonly string[];
  readonly #pattern: RegExp | undefined;
  readonly #context: string;

  /** @param promptText text before the generated one; its last 200 characters are what a look-behind can see */
  constructor({ options, stopPattern }: Pick<GenerateRequest, 'options' | 'stopPattern'>, promptText: string) {
    this.#stop = options.stop;
    this.#pattern = stopPattern === undefined ? undefined : new RegExp(stopPattern, 'gu');
    this.#context = promptText.slice(-200);
  }

  /**
   * The earliest end in `text`, if it has one.
   * @param known so many characters of it were looked at before, without an end in them
   */
  find(text: string, known = 0): Stop | undefined {
    const ends: Stop[] = [];
    for (const stop of this.#stop) {
      const at = text.indexOf(stop, known - stop.length + 1);
      if (at >= 0) ends.push({ reason: 'stop', length: at });
    }
    if (this.#pattern) {
      for (const match of (this.#context + text).matchAll(this.#pattern)) {
        const length = match.index + match[0].length - this.#context.length;
        if (length <= 0) continue;
        ends.push({ reason: 'stopPattern', length });
        break;
      }
    }
    return ends.sort((a, b) => a.length - b.length)[0];
  }

  /** How much of `text` no stop string can take back: an end that may be the beginning of one is withheld. */
  settledLength(text: string): number {
    let withheld = 0;
    for (const stop of this.#stop) {
      for (let length = Math.min(stop.length - 1, text.length); length > withheld; length--) {
        if (text.endsWith(stop.slice(0, length))) withheld = length;
      }
    }
    return text.length - withheld;
  }
}
