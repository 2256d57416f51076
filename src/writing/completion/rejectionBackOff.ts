/** Rejections teach quietly: the more in a row, the later and rarer the next suggestion. */
export class RejectionBackOff {
  readonly #clock: { now(): number };
  #rejectionsInARow = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  accepted(): void {
    this.#rejectionsInARow = 0;
  }

  rejected(): void {
    this.#rejectionsInARow++;
    if (this.#rejectionsInARow < pauseAfter) return;
    this.#pausedUntil = this.#clock.now() + pauseMs;
    this.#rejectionsInARow = slowAfter; // still slow after the pause, and five more pause again
  }

  get snoozed(): boolean {
    return this.#clock.now() < this.#pausedUntil;
  }

  /**
   * How long an answer waits before it is shown, so that ghost text does not flicker under somebody who types fast.
   * @param answerMs what the answer took; slower answers arrive less regularly and wait longer
   */
  showDelayMs(answerMs: number): number {
    const { delayMs } = delays.find(({ belowMs }) => answerMs < belowMs)!;
    return this.#rejectionsInARow >= slowAfter ? delayMs * 2 : delayMs;
  }
}

const slowAfter = 5;
const pauseAfter = 10;
const pauseMs = 30_000;
const delays = [
  { belowMs: 100, delayMs: 15 },
  { belowMs: 300, delayMs: 25 },
  { belowMs: Number.POSITIVE_INFINITY, delayMs: 55 },
];
