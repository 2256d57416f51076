import { type CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc';

/** How a run is told to wait or to end; the loop asks between two sequences, the only places where it can. */
export interface TrainingControl {
  /** Lets messages in, and stays pending while the run is paused. */
  pause(): Promise<void>;
  readonly isStopped: boolean;
}

/** The control of a run in a process: its requests come in by messages. */
export class MessageControl implements TrainingControl {
  private readonly source = new CancellationTokenSource();
  private stop: { keep: boolean } | undefined;
  private paused: { readonly until: Promise<void>; readonly resume: () => void } | undefined;
  private idle: (() => void)[] = [];

  /** Cancelled by a stop. */
  get token(): CancellationToken {
    return this.source.token;
  }

  get isStopped(): boolean {
    return this.stop !== undefined;
  }

  /** false when the run was stopped to be forgotten */
  get keepsResult(): boolean {
    return this.stop?.keep ?? true;
  }

  async pause(): Promise<void> {
    await letMessagesIn();
    for (const answer of this.idle.splice(0)) answer();
    if (!this.stop) await this.paused?.until;
  }

  /** Resolves when the loop has come to rest. */
  requestPause(): Promise<void> {
    if (!this.paused) {
      let resume = () => {};
      const until = new Promise<void>((resolve) => {
        resume = resolve;
      });
      this.paused = { until, resume };
    }
    return new Promise((resolve) => this.idle.push(resolve));
  }

  resume(): void {
    this.paused?.resume();
    this.paused = undefined;
  }

  requestStop(keep: boolean): void {
    this.stop = { keep };
    this.source.cancel();
    this.resume();
  }
}

/** Two macrotasks: the first delivers a message from the pipe, the second lets its handler's promises settle. */
const letMessagesIn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
