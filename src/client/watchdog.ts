/** One of these in a row without an answer is a busy process, this many are a hanging one. */
const silentTicksOfHang = 4;

/**
 * Notices that a process is silent. It pings only while calls are outstanding: with none, no timer runs.
 * Time is counted in ticks of its own timer, so a machine that slept, or a host that was blocked, loses one tick
 * and does not make a healthy process look dead.
 */
export class Watchdog {
  readonly #ping: () => Promise<unknown>;
  readonly #onHang: () => void;
  /** patience of every outstanding call, in ms; the most patient one counts */
  readonly #outstanding: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #awaitingAnswer = false;
  #silentTicks = 0;

  /**
   * @param ping resolves when the process answers
   * @param onHang called once per silence, after the patience of the most patient outstanding call
   */
  constructor(ping: () => Promise<unknown>, onHang: () => void) {
    this.#ping = ping;
    this.#onHang = onHang;
  }

  /** Watches until `answer` settles, and returns it. */
  async watch<T>(answer: Promise<T>, patienceMs: number): Promise<T> {
    this.#outstanding.push(patienceMs);
    this.#schedule();
    try {
      return await answer;
    } finally {
      this.#outstanding.splice(this.#outstanding.indexOf(patienceMs), 1);
      if (this.#outstanding.length === 0) this.stop();
    }
  }

  /** The process has sent something: it is not silent. */
  heard(): void {
    this.#awaitingAnswer = false;
    this.#silentTicks = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#silentTicks = 0;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#tick(), Math.max(...this.#outstanding) / silentTicksOfHang);
  }

  #tick(): void {
    this.#timer = undefined;
    if (this.#awaitingAnswer) {
      this.#silentTicks++;
    } else {
      this.#silentTicks = 0;
      this.#awaitingAnswer = true;
      const answered = () => {
        this.#awaitingAnswer = false;
      };
      this.#ping().then(answered, answered);
    }
    if (this.#silentTicks >= silentTicksOfHang) this.#onHang();
    else this.#schedule();
  }
}
