import { type ChildProcess as ForkedProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  createMessageConnection,
  type Emitter,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  type NotificationType,
  type RequestType0,
  ResponseError,
} from 'vscode-jsonrpc/node.js';
import { type ErrorCode, InklingError, messageOf } from '../protocol/errors.ts';
import type { ErrorData } from '../protocol/inference.ts';
import { childEnvironment } from './childEnvironment.ts';
import { describeExit } from './describeExit.ts';
import { Watchdog } from './watchdog.ts';

/** What is started, and how it is watched. */
export interface ProcessSpec {
  /** as a person reads it in a message: `inference` */
  readonly name: string;
  /** absolute path of the script */
  readonly modulePath: string;
  /** receives what the process prints, line by line, without line ends */
  readonly log: (line: string) => void;
  /** a request that is answered at once by a healthy process; without it nothing watches for a hang */
  readonly ping?: RequestType0<null, ErrorData>;
  /** variables that are set where the user's environment has none of that name */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Notifications that somebody listens to, for every life of a process. */
export type Listeners = Map<string, { type: NotificationType<unknown>; emitter: Emitter<unknown> }>;

const killAfterMs = 1000;
/** V8 says what was wrong before it lists twenty of its own functions by their full names. */
const lastWordsChars = 8000;

/**
 * One life of a forked process, from fork to exit. Every call made on it is answered: by the process or, with the
 * reason of its end, by its death.
 */
export class ProcessLife {
  /** Resolves when the process is gone. */
  readonly #ended: Promise<void>;
  readonly bornAt = performance.now();
  readonly #spec: ProcessSpec;
  readonly #child: ForkedProcess;
  readonly #connection: MessageConnection;
  readonly #watchdog: Watchdog;
  #lastWords = '';
  #end: InklingError | undefined;

  /** @param onEnded called once when the process is gone, before the calls that still wait are answered */
  constructor(spec: ProcessSpec, listeners: Listeners, onEnded: (reason: InklingError) => void) {
    this.#spec = spec;
    this.#child = fork(spec.modulePath, [], {
      execArgv: [],
      env: { ...spec.environment, ...childEnvironment(process.env) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    createInterface({ input: this.#child.stdout! }).on('line', spec.log);
    createInterface({ input: this.#child.stderr! }).on('line', (line) => {
      this.#lastWords = `${this.#lastWords}${line}\n`.slice(-lastWordsChars);
      spec.log(line);
    });
    this.#connection = createMessageConnection(new IPCMessageReader(this.#child), new IPCMessageWriter(this.#child));
    for (const { type, emitter } of listeners.values()) {
      this.#connection.onNotification(type, (data) => emitter.fire(data));
    }
    this.#connection.listen();
    this.#watchdog = new Watchdog(
      () => (spec.ping ? this.#connection.sendRequest(spec.ping) : Promise.resolve()),
      () => this.#killHung(),
    );
    this.#ended = this.#untilGone().then((reason) => {
      this.#end ??= reason;
      this.#watchdog.stop();
      onEnded(this.#end);
      this.#connection.dispose(); // rejects every call that still waits
    });
  }

  get processId(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Sends one request and waits for its answer.
   * @param patienceMs how long the process may be silent meanwhile before it counts as hanging
   * @throws InklingError what the process answered, or why it ended
   */
  async call<R>(send: (connection: MessageConnection) => Promise<R>, patienceMs: number): Promise<R> {
    try {
      return await this.#watchdog.watch(send(this.#connection), patienceMs);
    } catch (error) {
      throw this.#end ?? toInklingErrorOfAnswer(error);
    }
  }

  /** Ends the process: asks first, forces after a second. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#end ??= new InklingError('processDied', `The ${this.#spec.name} process was stopped.`);
    this.#child.kill('SIGTERM');
    const force = setTimeout(() => this.#child.kill('SIGKILL'), killAfterMs);
    await this.#ended;
    clearTimeout(force);
  }

  #killHung(): void {
    const message = `The ${this.#spec.name} process did not answer any more and was stopped.`;
    this.#end ??= new InklingError('processHung', message);
    this.#child.kill('SIGKILL');
  }

  /** The exit is reported once the last output has been read, or shortly after if something keeps the pipes open. */
  #untilGone(): Promise<InklingError> {
    return new Promise((resolve) => {
      this.#child.once('error', (error) => {
        if (this.#child.pid !== undefined) return; // a failed send or kill; the exit follows
        resolve(new InklingError('processDied', `The ${this.#spec.name} process cannot be started: ${error.message}`));
      });
      this.#child.once('exit', (exitCode, signal) => {
        const report = () => resolve(describeExit(this.#spec.name, exitCode, signal, this.#lastWords));
        const timer = setTimeout(report, 200);
        this.#child.once('close', () => {
          clearTimeout(timer);
          report();
        });
      });
    });
  }
}

function toInklingErrorOfAnswer(error: unknown): InklingError {
  const message = messageOf(error);
  const data: unknown = error instanceof ResponseError ? error.data : undefined;
  const hasCode = typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string';
  return new InklingError(hasCode ? (data.code as ErrorCode) : 'internal', message, { cause: error });
}
