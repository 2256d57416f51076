import { type ChildProcess as ForkedProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  ConnectionError,
  createMessageConnection,
  type Emitter,
  IPCMessageReader,
  IPCMessageWriter,
  Message,
  type MessageConnection,
  type NotificationType,
  ResponseError,
} from 'vscode-jsonrpc/node.js';
import { type ErrorCode, InklingError, messageOf, type Sentence, sentence } from '../protocol/errors.ts';
import type { ErrorData } from '../protocol/inference.ts';
import { pingRequest } from '../protocol/process.ts';
import { Watchdog } from './watchdog.ts';

/** What is started. */
export interface ProcessSpec {
  /** as a person reads it in a message: `inference` */
  readonly name: string;
  /** absolute path of the script; it serves with `serveProcess` */
  readonly modulePath: string;
  /** receives what the process prints, line by line, without line ends */
  readonly log: (line: string) => void;
  /** variables that are set where the user's environment has none of that name */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Notifications that somebody listens to, for every life of a process. */
export type Listeners = Map<string, { type: NotificationType<unknown>; emitter: Emitter<unknown> }>;

const killAfterMs = 1000;
/** A process that was killed and is not gone by then, as on a disk that does not answer, is left to the system. */
const giveUpAfterMs = 1000;
/** V8 says what was wrong before it lists twenty of its own functions by their full names. */
const lastWordsChars = 8000;

/**
 * One life of a forked process, from fork to exit. Every call made on it is answered: by the process or, with the
 * reason of its end, by its death. A process that hangs, closes its channel or answers what nobody asked is ended.
 */
export class ProcessLife {
  /** Resolves when the process is gone. */
  readonly #ended: Promise<void>;
  readonly bornAt = performance.now();
  readonly #spec: ProcessSpec;
  readonly #child: ForkedProcess;
  readonly #writer: NotingWriter;
  readonly #connection: MessageConnection;
  readonly #watchdog: Watchdog;
  #lastWords = '';
  #end: InklingError | undefined;
  #killTimer: NodeJS.Timeout | undefined;
  #giveUp: () => void = () => undefined;

  /**
   * @param onEnded called once when the process is gone, before the calls that still wait are answered
   * @throws InklingError `processDied` when it cannot even be tried to start it
   */
  constructor(spec: ProcessSpec, listeners: Listeners, onEnded: (reason: InklingError) => void) {
    this.#spec = spec;
    this.#child = forked(spec);
    this.#ended = this.#untilGone().then((reason) => {
      this.#end ??= reason;
      clearTimeout(this.#killTimer);
      this.#watchdog.stop();
      onEnded(this.#end);
      this.#connection.dispose(); // rejects every call that still waits
    });
    this.#writer = new NotingWriter(this.#child);
    this.#connection = createMessageConnection(new IPCMessageReader(this.#child), this.#writer);
    this.#watchdog = new Watchdog(
      async () => this.#connection.sendRequest(pingRequest),
      () => this.#kill(sentence`did not answer any more`),
    );
    for (const { type, emitter } of listeners.values()) {
      this.#connection.onNotification(type, (data) => emitter.fire(data));
    }
    this.#connection.listen();
    this.#child.on('message', (message: Message) => this.#onMessage(message));
    this.#child.once('disconnect', () => this.#onDisconnect());
    // A process that could not be started has no streams.
    const { stdout, stderr } = this.#child;
    if (stdout) createInterface({ input: stdout }).on('line', spec.log);
    if (stderr) createInterface({ input: stderr }).on('line', (line) => this.#onComplaint(line));
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
      if (error instanceof ConnectionError) await this.#ended; // which says why nothing can be sent
      throw this.#end ?? toInklingErrorOfAnswer(error);
    }
  }

  /** Ends the process: asks first, forces after a second. Resolves when it is gone, or cannot be ended. */
  async stop(): Promise<void> {
    this.#end ??= new InklingError('processDied', sentence`The ${this.#spec.name} process was stopped.`);
    this.#child.kill('SIGTERM');
    clearTimeout(this.#killTimer);
    this.#killTimer = setTimeout(() => this.#kill(sentence`did not stop`), killAfterMs);
    await this.#ended;
  }

  /** @param deed what it did: `did not answer any more` */
  #kill(deed: Sentence): void {
    this.#end ??= new InklingError('processHung', sentence`The ${this.#spec.name} process ${deed} and was stopped.`);
    this.#child.kill('SIGKILL');
    clearTimeout(this.#killTimer);
    this.#killTimer = setTimeout(() => this.#giveUp(), giveUpAfterMs);
  }

  #onMessage(message: Message): void {
    this.#watchdog.heard();
    const isForeign = Message.isResponse(message) && !this.#writer.unanswered.delete(message.id);
    if (isForeign) this.#kill(sentence`gave an answer that nobody had asked for`);
  }

  /** An exit follows at once, as a rule. */
  #onDisconnect(): void {
    this.#killTimer ??= setTimeout(() => this.#kill(sentence`closed its channel`), killAfterMs);
  }

  #onComplaint(line: string): void {
    this.#lastWords = `${this.#lastWords}${line}\n`.slice(-lastWordsChars);
    this.#spec.log(line);
  }

  /** The exit is reported once the last output has been read, or shortly after if something keeps the pipes open. */
  #untilGone(): Promise<InklingError> {
    const { name } = this.#spec;
    return new Promise((resolve) => {
      this.#giveUp = () => resolve(new InklingError('processHung', sentence`The ${name} process cannot be ended.`));
      this.#child.on('error', (error) => {
        if (this.#child.pid !== undefined) return; // a failed send or kill; the exit follows
        resolve(cannotStart(name, error));
      });
      this.#child.once('exit', (exitCode, signal) => {
        const report = () => resolve(describeExit(name, exitCode, signal, this.#lastWords));
        const timer = setTimeout(report, 200);
        this.#child.once('close', () => {
          clearTimeout(timer);
          report();
        });
      });
    });
  }
}

function forked({ name, modulePath, environment }: ProcessSpec): ForkedProcess {
  try {
    return fork(modulePath, [], {
      execArgv: [],
      env: { ...environment, ...childEnvironment(process.env) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
  } catch (error) {
    throw cannotStart(name, error);
  }
}

/** Variables that change how a Node process starts or that belong to the editor's own processes. */
const dropped = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_)/i;

/**
 * The environment of a forked process: the user's own, without what the editor put there for itself.
 * `ELECTRON_RUN_AS_NODE` makes the editor's executable behave as plain Node; plain Node ignores it.
 */
function childEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !dropped.test(name));
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}

const cannotStart = (name: string, error: unknown) =>
  new InklingError('processDied', sentence`The ${name} process cannot be started: ${messageOf(error)}.`, {
    cause: error,
  });

/** Knows which requests were sent and not answered yet. */
class NotingWriter extends IPCMessageWriter {
  readonly unanswered = new Set<string | number | null>();

  override write(message: Message): Promise<void> {
    if (Message.isRequest(message)) this.unanswered.add(message.id);
    return super.write(message);
  }
}

function toInklingErrorOfAnswer(error: unknown): InklingError {
  const data = (error instanceof ResponseError ? error.data : undefined) as Partial<ErrorData> | null | undefined;
  const { code, sentence } = data ?? {};
  return new InklingError((code ?? 'internal') as ErrorCode, sentence ?? messageOf(error), { cause: error });
}

/** What an end most often means for a process that runs a model: by signal, or by exit code on Windows. */
const meanings: Readonly<Record<string, Sentence>> = {
  SIGKILL: sentence`Something killed it; often the system had no memory left.`,
  SIGILL: sentence`This processor lacks an instruction that the runtime needs.`,
  'exit code 3221225501': sentence`This processor lacks an instruction that the runtime needs.`,
  SIGSEGV: sentence`The runtime crashed.`,
  SIGBUS: sentence`A file that it reads was cut short, or the disk is full.`,
  SIGABRT: sentence`The runtime gave up.`,
};

/**
 * Says why a process that nobody asked to stop is gone.
 * @param lastWords the end of what it wrote to stderr
 */
export function describeExit(
  name: string,
  exitCode: number | null,
  signal: NodeJS.Signals | null,
  lastWords: string,
): InklingError {
  const outOfMemory = /out of memory|bad_alloc|ENOMEM|cannot allocate memory/i.test(lastWords);
  const code: ErrorCode = outOfMemory ? 'outOfMemory' : 'processDied';
  const how = signal ?? `exit code ${exitCode}`;
  const why = outOfMemory ? sentence`There was not enough memory.` : (errorLine(lastWords) ?? meanings[how]);
  const what = sentence`The ${name} process ended unexpectedly (${how}).`;
  return new InklingError(code, why === undefined ? what : sentence`${what} ${why}`);
}

/** The line of a Node stack trace that names the error. */
function errorLine(lastWords: string): string | undefined {
  return lastWords.split(/\r?\n/).findLast((line) => /^(\w*Error|Uncaught .*?)(:| \[)/.test(line));
}
