/**
 * The training process: texts in, adapter out. One run at a time; its requests go from the client to the process, its
 * events come back. A run that is stopped is not an error: it answers how it ended.
 */
import { NotificationType, RequestType, RequestType0 } from 'vscode-jsonrpc';
import type { CorpusOptions, CorpusReport } from './corpus.ts';
import { formatMessage } from './formatMessage.ts';
import type { ErrorData } from './inference.ts';
import type { TrainingOptions } from './trainingOptions.ts';

// ---- client → training --------------------------------------------------------------------------------------------

/** What a run would learn from; nothing is trained. */
export const surveyRequest = new RequestType<SurveyRequest, CorpusReport | null, ErrorData>('training/survey');
/** Texts that a run with these options does not learn from, as it would read them. */
export const heldOutRequest = new RequestType<HeldOutRequest, HeldOutTexts | null, ErrorData>('training/heldOut');
/** The writer's own prose, cleaned, all of it, as the model reads it. */
export const proseRequest = new RequestType<SurveyRequest, ProseTokens | null, ErrorData>('training/prose');
/** Runs to the end and answers then; events tell how it goes. */
export const trainRequest = new RequestType<TrainRequest, TrainingOutcome, ErrorData>('training/train');
/** Writes down what a run would do, for PyTorch to do it elsewhere; nothing is trained. */
export const exportRunRequest = new RequestType<ExportRunRequest, CorpusReport | null, ErrorData>('training/export');
/** Answered when nothing computes any more: within one sequence's time. */
export const pauseRequest = new RequestType0<null, ErrorData>('training/pause');
export const resumeRequest = new RequestType0<null, ErrorData>('training/resume');
/** `keep`: the best adapter so far is written; otherwise everything that the run has written is deleted. */
export const stopRequest = new RequestType<{ readonly keep: boolean }, null, ErrorData>('training/stop');

// ---- training → client --------------------------------------------------------------------------------------------

export const trainingEventNotification = new NotificationType<TrainingEvent>('training/event');
/** How far what comes before the first step is. */
export const preparationNotification = new NotificationType<Preparation>('training/preparation');

// ---- data ---------------------------------------------------------------------------------------------------------

/** Which texts, for which model: the tokens are counted by its tokenizer. */
export interface SurveyRequest {
  readonly modelFolder: string;
  /** folders and single files */
  readonly paths: readonly string[];
  readonly corpus: Partial<CorpusOptions>;
  /** learned from besides the files, each only if its file is */
  readonly furtherTexts?: readonly FurtherText[];
}

/** A passage that a person approved of while writing. */
export interface FurtherText {
  /** of the file that it belongs to, as reports name it */
  readonly path: string;
  readonly text: string;
}

export interface HeldOutRequest extends SurveyRequest {
  /** UTF-16 units of all texts together; each is cut to its share */
  readonly maxCharacters: number;
}

export interface HeldOutTexts {
  /** `validation` where there are no test texts: training then chose by these when to stop */
  readonly split: 'test' | 'validation';
  readonly texts: readonly { readonly path: string; readonly languageId: string; readonly text: string }[];
}

export interface ProseTokens {
  /** `path` below the folder, as in reports; [] when there is no prose */
  readonly texts: readonly { readonly path: string; readonly tokens: readonly number[] }[];
}

export interface TrainRequest extends SurveyRequest {
  /** receives the adapter (PEFT layout); while the run lasts its checkpoint lies beside it, in `OUTPUT.run` */
  readonly outputFolder: string;
  /** name by which people know the adapter */
  readonly name: string;
  readonly options: Partial<TrainingOptions>;
  /** go on from the checkpoint when there is one; it must belong to the same model, texts and options */
  readonly resume: boolean;
  /** with `resume`: go on although the texts have changed since; a writer goes on writing */
  readonly textsMayDiffer?: boolean;
}

export interface ExportRunRequest extends SurveyRequest {
  /** receives tokens and texts, the model as float32, and the configuration; must not exist, or be empty */
  readonly targetFolder: string;
  /** name by which people will know the adapter */
  readonly name: string;
  readonly options: Partial<TrainingOptions>;
}

export interface Preparation {
  /** `texts`: files are read; `model`: it is made ready and a step is measured */
  readonly stage: 'texts' | 'model';
  /** 0 … 1 of this stage; undefined where that is not known */
  readonly fraction?: number;
}

/** One line of `inkling finetune --jsonl`. */
export type TrainingEvent =
  | CorpusEvent
  | PlanEvent
  | StepEvent
  | EvaluationEvent
  | CheckpointEvent
  | RollbackEvent
  | DoneEvent;

interface CorpusEvent extends CorpusReport {
  readonly event: 'corpus';
}

/** What was decided before the first step, and on which measurements. */
export interface PlanEvent {
  readonly event: 'plan';
  readonly memoryMode: 'fast' | 'lean';
  readonly sequenceLength: number;
  readonly totalSteps: number;
  readonly sequencesPerEpoch: number;
  readonly trainedParameters: number;
  readonly residentMb: number;
  /** computing time of all steps and evaluations, from the time that one sequence took */
  readonly estimatedSeconds: number;
  /** what a budget changed, among others */
  readonly notes: readonly PlanNote[];
}

export interface StepEvent {
  readonly event: 'step';
  /** steps taken, this one included */
  readonly step: number;
  readonly totalSteps: number;
  /** passes over the training texts, a fraction */
  readonly epoch: number;
  /** mean over the targets that count, in nats */
  readonly loss: number;
  readonly learningRate: number;
  /** before clipping */
  readonly gradNorm: number;
  readonly tokensPerSecond: number;
  readonly etaSeconds: number;
}

interface EvaluationEvent {
  readonly event: 'evaluation';
  readonly step: number;
  readonly epoch: number;
  readonly validationLoss: number;
  readonly validationPerplexity: number;
  readonly isBest: boolean;
  /** folder that holds the adapter as it is at this step, until the next evaluation; none before the first step */
  readonly adapter?: string;
}

/** A proof takes this share of the time that training took, at the most. */
export const proofShare = 0.25;

/** How far a proof is. */
export interface ProofProgress {
  readonly kind: 'texts' | 'typing';
  /** 0 … 1 of this part */
  readonly fraction: number;
  /** of all parts, as far as it can be told */
  readonly secondsLeft: number;
}

interface CheckpointEvent {
  readonly event: 'checkpoint';
  readonly step: number;
}

/** The loss or its gradient was no number: the weights of the last checkpoint are back, the learning rate is lower. */
interface RollbackEvent {
  readonly event: 'rollback';
  readonly step: number;
  readonly learningRateFactor: number;
}

export type EndReason = 'completed' | 'earlyStopping' | 'timeBudget' | 'stopped';

export interface DoneEvent {
  readonly event: 'done';
  readonly reason: EndReason;
  readonly step: number;
  readonly epoch: number;
  /** of the adapter that was kept; undefined without validation texts */
  readonly validationLoss: number | undefined;
  readonly perplexityBefore: number | undefined;
  readonly perplexityAfter: number | undefined;
  /** folder */
  readonly adapter: string;
  readonly seconds: number;
}

export type TrainingOutcome = { readonly kind: 'trained'; readonly done: DoneEvent } | { readonly kind: 'discarded' };

/** What a training run tells before its first step, as a closed set of codes. English is written here and nowhere else. */
export interface PlanNote {
  readonly code: PlanNoteCode;
  readonly args: readonly number[];
}
type PlanNoteCode = keyof typeof englishPlanNotes;

/** Code → English, `{0}` … being the arguments. */
export const englishPlanNotes = {
  fastTooLarge: 'The fast mode takes {0} MB, more than the {1} MB allowed: using the lean one.',
  layersTwice: 'To stay within {0} MB every layer is computed twice: slower, with the same result.',
  shorterSequences: 'Sequences of {0} tokens need more than {1} MB: using {2}.',
  littleMemory:
    'Training takes {0} MB and about {1} MB are free: it may be slow. Sequences are {2} tokens long. Close other programs.',
  damagedCheckpoint: 'The last checkpoint is damaged: going on from the one before it, at step {0}.',
  startsOver:
    'There is an interrupted run here, and this one starts over in its place. To go on from where it was, stop now and resume.',
} as const;

export const planNote = (code: PlanNoteCode, ...args: readonly number[]): PlanNote => ({ code, args });

/** The note in English. */
export const planNoteText = ({ code, args }: PlanNote): string => formatMessage(englishPlanNotes[code], args);
