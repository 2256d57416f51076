import { type CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc';

/** How a run is told to wait or to end; the loop asks between two sequences, the only places where it can. */
export interface TrainingControl {
  /** Lets messages in, and stays pending while the run is paused. */
  pause(): Promise<void>;
  readonly isStopped: boolean;
}

/** The control of a run in a process: its requests come in by messages. */
export class MessageControl implements TrainingControl {
  readonly #source = new CancellationTokenSource();
  #stop: { readonly keep: boolean } | undefined;
  #paused: { readonly until: Promise<void>; readonly resume: () => void } | undefined;
  /** answers to those who wait until the loop rests */
  #waiting: (() => void)[] = [];
  #isResting = false;

  /** Cancelled by a stop. */
  get token(): CancellationToken {
    return this.#source.token;
  }

  get isStopped(): boolean {
    return this.#stop !== undefined;
  }

  /** false when the run was stopped to be forgotten */
  get keepsResult(): boolean {
    return this.#stop?.keep ?? true;
  }

  async pause(): Promise<void> {
    await letMessagesIn();
    if (this.#stop || !this.#paused) return;
    this.#rest();
    await this.#paused.until;
    this.#isResting = false;
  }

  /** Resolves when the loop has come to rest, or the run is over. */
  requestPause(): Promise<void> {
    if (!this.#paused) {
      let resume = () => {};
      const until = new Promise<void>((resolve) => {
        resume = resolve;
      });
      this.#paused = { until, resume };
    }
    if (this.#isResting) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Whoever waits for the loop to rest is answered: it was told to go on before it could. */
  resume(): void {
    this.#paused?.resume();
    this.#paused = undefined;
    this.#answer();
  }

  requestStop(keep: boolean): void {
    this.#stop = { keep };
    this.#source.cancel();
    this.resume();
  }

  /** The run is over, however it ended: nothing computes any more. */
  end(): void {
    this.#rest();
  }

  #rest(): void {
    this.#isResting = true;
    this.#answer();
  }

  #answer(): void {
    for (const answer of this.#waiting.splice(0)) answer();
  }
}

/** Two macrotasks: the first delivers a message from the pipe, the second lets its handler's promises settle. */
const letMessagesIn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
