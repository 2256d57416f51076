import { setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CancellationToken,
  Emitter,
  type Event,
  type NotificationType,
  type RequestType,
  type RequestType0,
} from 'vscode-jsonrpc/node.js';
import { InklingError, sentence } from '../protocol/errors.ts';
import type { ErrorData } from '../protocol/inference.ts';
import { type Listeners, ProcessLife, type ProcessSpec } from './processLife.ts';

/** When a process that died is started again. */
export interface RestartPolicy {
  /** wait before the second start in a row; doubles with each further one */
  readonly delayMs: number;
  readonly maxDelayMs: number;
  /** deaths in a row after which it is not started again by itself */
  readonly maxDeaths: number;
  /** a life longer than this ends the row */
  readonly stableMs: number;
}

const defaultRestartPolicy: RestartPolicy = { delayMs: 500, maxDelayMs: 30_000, maxDeaths: 5, stableMs: 300_000 };

/** What a caller may say about one call. */
export interface CallOptions {
  readonly token?: CancellationToken;
  /** how long the process may be silent while this call waits before it counts as hanging */
  readonly patienceMs?: number;
}

const defaultPatienceMs = 30_000;

/**
 * A process that is started by the first call and again by the first call after its death, each time after a longer
 * wait, until it has died too often in a row.
 */
export class ChildProcess {
  readonly #spec: ProcessSpec;
  readonly #policy: RestartPolicy;
  readonly #listeners: Listeners = new Map();
  readonly #exits = new Emitter<InklingError>();
  #life: ProcessLife | undefined;
  #starting: Promise<ProcessLife> | undefined;
  /** cuts the wait before a start short */
  #wait = new AbortController();
  #deathsInARow = 0;
  /** set when no further start is tried */
  #final: InklingError | undefined;

  constructor(spec: ProcessSpec, policy: RestartPolicy = defaultRestartPolicy) {
    this.#spec = spec;
    this.#policy = policy;
  }

  /** Fires when the process is gone without having been asked to, with the reason. */
  get onExit(): Event<InklingError> {
    return this.#exits.event;
  }

  /** Of the running process; undefined while none runs. */
  get processId(): number | undefined {
    return this.#life?.processId;
  }

  /**
   * Sends a request, starting the process if needed.
   * @throws InklingError what the process answered; `processDied`, `processHung` or `outOfMemory` when it ended first
   */
  async call<P, R>(type: RequestType<P, R, ErrorData>, parameters: P, options: CallOptions = {}): Promise<R> {
    const { token, patienceMs = defaultPatienceMs } = options;
    const life = await this.#running();
    // A token that is passed as `undefined` would be sent along as a parameter.
    if (!token) return life.call((connection) => connection.sendRequest(type, parameters), patienceMs);
    return life.call((connection) => connection.sendRequest(type, parameters, token), patienceMs);
  }

  /** `call` for a request without parameters. */
  async call0<R>(type: RequestType0<R, ErrorData>): Promise<R> {
    const life = await this.#running();
    return life.call((connection) => connection.sendRequest(type), defaultPatienceMs);
  }

  /** Listens in every life of the process; to be called before the first `call`. */
  onNotification<P>(type: NotificationType<P>, listener: (data: P) => void): void {
    const emitter = new Emitter<unknown>();
    emitter.event((data) => listener(data as P));
    this.#listeners.set(type.method, { type: type as NotificationType<unknown>, emitter });
  }

  /** Ends the process if one runs and forgets earlier deaths; the next call starts a new one. */
  async restart(): Promise<void> {
    this.#deathsInARow = 0;
    this.#final = undefined;
    await this.#stop();
  }

  /** Ends the process for good, within two seconds; calls that wait are answered with `processDied`. */
  async dispose(): Promise<void> {
    this.#final = new InklingError('processDied', sentence`The ${this.#spec.name} process was stopped.`);
    this.#exits.dispose();
    await this.#stop();
  }

  async #stop(): Promise<void> {
    this.#wait.abort();
    this.#wait = new AbortController();
    const life = this.#life;
    this.#life = undefined;
    await life?.stop();
  }

  async #running(): Promise<ProcessLife> {
    if (this.#life && !this.#starting) return this.#life; // calls made during the start keep their order
    this.#starting ??= this.#startAfterWait().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #startAfterWait(): Promise<ProcessLife> {
    const { delayMs, maxDelayMs } = this.#policy;
    const waitMs = this.#deathsInARow === 0 ? 0 : Math.min(delayMs * 2 ** (this.#deathsInARow - 1), maxDelayMs);
    const cutShort = () => undefined;
    if (waitMs > 0 && !this.#final) await sleep(waitMs, undefined, { signal: this.#wait.signal }).catch(cutShort);
    if (this.#final) throw this.#final;
    const life: ProcessLife = new ProcessLife(this.#spec, this.#listeners, (reason) => this.#onEnded(life, reason));
    this.#life = life;
    return life;
  }

  #onEnded(life: ProcessLife, reason: InklingError): void {
    if (this.#life !== life) return; // stopped on purpose
    this.#life = undefined;
    const lifetimeMs = performance.now() - life.bornAt;
    this.#deathsInARow = lifetimeMs > this.#policy.stableMs ? 1 : this.#deathsInARow + 1;
    if (this.#deathsInARow > this.#policy.maxDeaths) {
      const message = sentence`${reason.sentence ?? reason.message} It ended ${this.#deathsInARow} times in a row and is not started again until you restart it.`;
      this.#final = new InklingError(reason.code, message, { cause: reason });
    }
    this.#exits.fire(this.#final ?? reason);
  }
}

/**
 * Lets other processes have the processor before this one.
 * @param processId undefined: it has not been started
 * @param priority one of `os.constants.priority`
 */
export function lowerPriority(processId: number | undefined, priority: number): void {
  if (processId === undefined) return;
  try {
    setPriority(processId, priority);
  } catch {
    // It has ended, or the system forbids it.
  }
}

/** False when the token was cancelled first. */
export function settlesBeforeCancel(promise: Promise<unknown>, token: CancellationToken): Promise<boolean> {
  if (token.isCancellationRequested) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    const listener = token.onCancellationRequested(() => resolve(false));
    promise.then(() => resolve(true), reject).finally(() => listener.dispose());
  });
}
