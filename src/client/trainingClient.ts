import { Emitter, type Event } from 'vscode-jsonrpc/node.js';
import type { CorpusReport } from '../protocol/corpus.ts';
import {
  type ExportRunRequest,
  exportRunRequest,
  type HeldOutRequest,
  type HeldOutTexts,
  heldOutRequest,
  type Preparation,
  type ProseTokens,
  pauseRequest,
  preparationNotification,
  proseRequest,
  resumeRequest,
  type SurveyRequest,
  stopRequest,
  surveyRequest,
  type TrainingEvent,
  type TrainingOutcome,
  type TrainRequest,
  trainingEventNotification,
  trainRequest,
} from '../protocol/training.ts';
import { type CallOptions, ChildProcess } from './childProcess.ts';

export interface TrainingClientOptions {
  /** absolute path of the training bundle */
  readonly modulePath: string;
  readonly log: (line: string) => void;
}

/** Opening the training graph, and a step over long sequences, are single native calls, at a low priority. */
const patienceMs = 900_000;

/** Speaks to the training process. A run that dies with its process is not started again by itself: it has a checkpoint. */
export class TrainingClient {
  readonly #process: ChildProcess;
  readonly #events = new Emitter<TrainingEvent>();
  readonly #preparations = new Emitter<Preparation>();

  constructor(options: TrainingClientOptions) {
    this.#process = new ChildProcess({ name: 'training', ...options });
    this.#process.onNotification(preparationNotification, (preparation) => this.#preparations.fire(preparation));
    this.#process.onNotification(trainingEventNotification, (event) => this.#events.fire(event));
  }

  /** What happens in the run, in order; the last one is fired before `train` answers. */
  get onEvent(): Event<TrainingEvent> {
    return this.#events.event;
  }

  /** How far reading and measuring are, before the first step. */
  get onPreparation(): Event<Preparation> {
    return this.#preparations.event;
  }

  /** Of the running process; undefined while none runs. */
  get processId(): number | undefined {
    return this.#process.processId;
  }

  /** null when cancelled */
  survey = (request: SurveyRequest, options: CallOptions = {}): Promise<CorpusReport | null> =>
    this.#process.call(surveyRequest, request, { patienceMs, ...options });
  /** null when cancelled */
  heldOut = (request: HeldOutRequest, options: CallOptions = {}): Promise<HeldOutTexts | null> =>
    this.#process.call(heldOutRequest, request, { patienceMs, ...options });
  /** null when cancelled */
  prose = (request: SurveyRequest, options: CallOptions = {}): Promise<ProseTokens | null> =>
    this.#process.call(proseRequest, request, { patienceMs, ...options });
  /** null when cancelled */
  exportRun = (request: ExportRunRequest, options: CallOptions = {}): Promise<CorpusReport | null> =>
    this.#process.call(exportRunRequest, request, { patienceMs, ...options });
  train = (request: TrainRequest): Promise<TrainingOutcome> =>
    this.#process.call(trainRequest, request, { patienceMs });
  pause = (): Promise<null> => this.#process.call0(pauseRequest);
  resume = (): Promise<null> => this.#process.call0(resumeRequest);
  /** @param keep the best adapter so far, or nothing */
  stop = (keep: boolean): Promise<null> => this.#process.call(stopRequest, { keep });

  /** Ends the process within two seconds; a run that goes on can be resumed from its last checkpoint. */
  async dispose(): Promise<void> {
    await this.#process.dispose();
    this.#events.dispose();
    this.#preparations.dispose();
  }
}
