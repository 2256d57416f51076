import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type AdapterProvenance, writeAdapter } from '../model/adapterFile.ts';
import { demandAdaptable } from '../model/adapterModules.ts';
import { isFree, kindOf } from '../model/files/unfinishedFolder.ts';
import { modelFingerprint } from '../model/modelFingerprint.ts';
import { type ModelFolder, openModelFolder } from '../model/modelFolder.ts';
import { emptyRun, hasCheckpoint, lockRun } from '../model/runFolder.ts';
import { runtimeVersion } from '../model/session.ts';
import { defaultThreads } from '../model/threads.ts';
import { adapterFiles, runFiles, runFolderOf } from '../protocol/adapters.ts';
import { resolveCorpusOptions } from '../protocol/corpus.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import {
  type DoneEvent,
  type EndReason,
  type Preparation,
  planNote,
  type TrainingEvent,
  type TrainingOutcome,
  type TrainRequest,
} from '../protocol/training.ts';
import { resolveTrainingOptions, type TrainingOptions } from '../protocol/trainingOptions.ts';
import { type Dataset, PackedDataset } from './dataset/packedDataset.ts';
import { type ReadTexts, readTokens, type TokenizedCorpus } from './dataset/tokenizedCorpus.ts';
import { ExperimentLog } from './experimentLog.ts';
import { loraPairs } from './graph/loraParameters.ts';
import { type RunIdentity, readCheckpoint, writeCheckpoint } from './loop/checkpoint.ts';
import { progress, type TrainingRun, train } from './loop/train.ts';
import type { MessageControl } from './loop/trainingControl.ts';
import { newTrainingState, Pace } from './loop/trainingState.ts';
import { openFrozenBase, trainingCacheFolder } from './session/frozenBase.ts';
import { planTraining, type TrainingPlan } from './session/trainingPlan.ts';

/** How a run is asked to wait or to end, and who is told of it. */
interface Audience {
  readonly control: MessageControl;
  readonly onEvent: (event: TrainingEvent) => void;
  readonly onPreparation?: (preparation: Preparation) => void;
  readonly readTexts?: ReadTexts;
}

/**
 * One whole run: texts, plan, loop, adapter.
 * @throws InklingError whatever is wrong with the model, the texts, the options, the memory or the disk
 */
export async function runTraining(request: TrainRequest, audience: Audience): Promise<TrainingOutcome> {
  const options = resolveTrainingOptions(request.options);
  resolveCorpusOptions(request.corpus); // what is out of range is said before anything is read
  const model = openModelFolder(request.modelFolder);
  demandAdaptable(model.config);
  const { outputFolder } = request;
  const runFolder = runFolderOf(outputFolder);
  demandFreeOutput(outputFolder, request.resume && hasCheckpoint(runFolder));
  const unlock = lockRun(outputFolder, request.paths);
  try {
    const corpus = await readTokens(request, model, audience.control.token, audience.readTexts);
    if (corpus) audience.onEvent({ event: 'corpus', ...corpus.report });
    audience.onPreparation?.({ stage: 'model' });
    const outcome = corpus ? await learn(request, model, corpus, options, audience) : discarded;
    if (outcome.kind === 'discarded' || outcome.done.reason !== 'stopped') emptyRun(runFolder);
    return outcome;
  } catch (error) {
    if (!hasCheckpoint(runFolder)) emptyRun(runFolder); // a log, or samples, that belong to nothing
    throw error;
  } finally {
    unlock();
  }
}

const discarded: TrainingOutcome = { kind: 'discarded' };

async function learn(
  request: TrainRequest,
  model: ModelFolder,
  corpus: TokenizedCorpus,
  options: TrainingOptions,
  { control, onEvent }: Audience,
): Promise<TrainingOutcome> {
  const runFolder = runFolderOf(request.outputFolder);
  const base = await openFrozenBase(model, trainingCacheFolder(), options.basePrecision);
  let plan: TrainingPlan | undefined;
  try {
    plan = await planTraining(base, options, options.threads || defaultThreads());
    const { memoryMode, sequenceLength, residentMb, session } = plan;
    const dataset = datasetOf(corpus, model, { ...options, sequenceLength });
    const cost = runCost(options, plan, dataset);
    const { state, save, notes } = openState(request, { plan, dataset, model, options, totalSteps: cost.totalSteps });
    const of = { base, session, dataset, state, control, save, pace: new Pace() };
    const run: TrainingRun = { ...of, options: { ...options, sequenceLength } };

    const origin = originOf(request, model, corpus, options);
    const log = openLog(runFolder, state.step, { ...origin, tokens: corpus.report.splits.train.tokens });
    const writeTo = adapterWriter(run, model, origin);
    const tell = (event: TrainingEvent) => {
      log.add(event);
      onEvent(event);
    };
    tell({
      event: 'plan',
      memoryMode,
      sequenceLength,
      residentMb,
      estimatedSeconds: cost.secondsOf(state.totalSteps - state.step),
      notes: [...plan.notes, ...notes],
      trainedParameters: session.gradients.reduce((sum, { length }) => sum + length, 0),
      totalSteps: state.totalSteps,
      sequencesPerEpoch: dataset.sequencesPerEpoch,
    });
    const samples = join(runFolder, runFiles.samples);
    const reason = await drain(train(run), (event) => tell(withSample(event, samples, writeTo)));
    if (!control.keepsResult || state.step === 0) return discarded;
    if (reason === 'stopped') save(state);
    demandFreeOutput(request.outputFolder, request.resume); // hours may have passed since it was asked first
    writeTo(request.outputFolder, 'best');
    const done = doneEvent(run, request.outputFolder, reason);
    log.add(done);
    log.copyTo(request.outputFolder);
    onEvent(done);
    return { kind: 'trained', done };
  } finally {
    await plan?.session.release();
    base.release();
  }
}

const datasetOf = ({ training, validation }: TokenizedCorpus, { config }: ModelFolder, options: TrainingOptions) =>
  new PackedDataset(training, validation, {
    sequenceLength: options.sequenceLength,
    packing: true,
    randomStarts: true,
    seed: options.seed,
    paddingId: config.eosTokenIds[0] ?? 0,
  });

/** A new state, or the one of the checkpoint that the run goes on from. */
function openState(
  request: TrainRequest,
  of: {
    readonly plan: TrainingPlan;
    readonly dataset: PackedDataset;
    readonly model: ModelFolder;
    readonly options: TrainingOptions;
    readonly totalSteps: number;
  },
) {
  const { parameters } = of.plan.session;
  const identity: RunIdentity = {
    base: modelFingerprint(of.model.config, of.model.weights),
    data: of.dataset.digest,
    options: digestOf(optionsThatMatter(of.options)),
  };
  const path = join(runFolderOf(request.outputFolder), runFiles.checkpoint);
  const { data: _, ...others } = identity;
  const demanded = request.textsMayDiffer ? others : identity;
  const resumed = request.resume ? readCheckpoint(path, { identity: demanded, parameters }) : undefined;
  const state = resumed?.state ?? newTrainingState(parameters, of.options);
  if (!resumed) state.totalSteps = of.totalSteps;
  const startsOver = !resumed && hasCheckpoint(runFolderOf(request.outputFolder));
  const save: TrainingRun['save'] = (reached) => writeCheckpoint(path, { state: reached, identity, parameters });
  return { state, save, notes: startsOver ? [planNote('startsOver')] : (resumed?.notes ?? []) };
}

/** What changes a run's speed, but not its result, may differ when it is resumed. */
function optionsThatMatter(options: TrainingOptions): object {
  const { threads: _, memoryMode: __, maxMemoryMb: ___, maxMinutes: ____, ...rest } = options;
  return rest;
}

const digestOf = (value: object) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

type Origin = Pick<AdapterProvenance, 'name' | 'base' | 'dataDigest' | 'versions'> & {
  readonly options: TrainingOptions;
};

/** What a log and an adapter say about where they come from. */
const originOf = (
  { name }: TrainRequest,
  model: ModelFolder,
  { report }: TokenizedCorpus,
  options: TrainingOptions,
): Origin => ({
  name,
  base: { name: model.name, fingerprint: modelFingerprint(model.config, model.weights) },
  dataDigest: report.digest,
  options,
  versions: { node: process.versions.node, onnxRuntime: runtimeVersion },
});

/** A new log, or the one of the run that is gone on with. */
const openLog = (runFolder: string, step: number, facts: object): ExperimentLog =>
  step === 0 ? ExperimentLog.start(runFolder, facts) : ExperimentLog.resume(runFolder, { step, facts });

/** @param which of the weights: as they are, or as they were best */
type WriteAdapter = (folder: string, which: 'latest' | 'best') => void;

function adapterWriter({ state, session }: TrainingRun, model: ModelFolder, origin: Origin): WriteAdapter {
  const { loraRank: rank, loraAlpha: alpha } = origin.options;
  return (folder, which) => {
    const values = (which === 'best' ? state.best?.values : undefined) ?? state.weights.values;
    const provenance: AdapterProvenance = {
      ...origin,
      createdAt: new Date().toISOString(),
      steps: state.best?.step ?? state.step,
      ...(state.validationLossBefore === undefined ? {} : { validationLossBefore: state.validationLossBefore }),
      ...(state.best ? { validationLoss: state.best.validationLoss } : {}),
    };
    const adapter = { name: origin.name, pairs: loraPairs(session, values), provenance };
    writeAdapter(folder, adapter, { config: model.config, rank, alpha, baseName: model.name });
  };
}

/** Writes the adapter of an evaluation, for samples of what it would write by now; the one before it is deleted. */
function withSample(event: TrainingEvent, samplesFolder: string, writeTo: WriteAdapter): TrainingEvent {
  if (event.event !== 'evaluation' || event.step === 0) return event;
  rmSync(samplesFolder, { recursive: true, force: true });
  const adapter = join(samplesFolder, `step-${event.step}`);
  writeTo(adapter, 'latest');
  return { ...event, adapter };
}

function doneEvent(run: TrainingRun, adapter: string, reason: EndReason): DoneEvent {
  const { best, validationLossBefore, seconds } = run.state;
  const perplexity = (loss: number | undefined) => (loss === undefined ? undefined : Math.exp(loss));
  return {
    event: 'done',
    reason,
    ...progress(run),
    validationLoss: best?.validationLoss,
    perplexityBefore: perplexity(validationLossBefore),
    perplexityAfter: perplexity(best?.validationLoss),
    adapter,
    seconds,
  };
}

/** Passes every event on and returns what the generator returns. */
async function drain<E, R>(events: AsyncGenerator<E, R>, onEvent: (event: E) => void): Promise<R> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    onEvent(next.value);
  }
}

/**
 * Nothing that stands in the place of the adapter is replaced, but what the same run has put there when it was stopped.
 * @param goesOn the run goes on from its checkpoint
 * @throws InklingError `fileAccess`, saying what to do
 */
export function demandFreeOutput(folder: string, goesOn: boolean): void {
  if (isFree(folder)) return;
  const isFolder = kindOf(folder) === 'folder';
  const isAdapter = isFolder && existsSync(join(folder, adapterFiles.config));
  const known: readonly string[] = Object.values(adapterFiles);
  if (isAdapter && goesOn && readdirSync(folder).every((name) => known.includes(name))) return;
  const what = isAdapter
    ? sentence`holds an adapter already`
    : isFolder
      ? sentence`holds files already`
      : sentence`is no folder`;
  throw new InklingError('fileAccess', sentence`${folder} ${what}: choose another folder, or delete it first.`);
}

/** How many steps a run takes, and how long they last by what was measured before the first one. */
interface RunCost {
  /** of the epochs, or fewer when a bound on steps or on time says so */
  readonly totalSteps: number;
  /** computing time of that many steps and of their evaluations */
  secondsOf(steps: number): number;
}

function runCost(
  options: TrainingOptions,
  plan: Pick<TrainingPlan, 'sequenceLength' | 'secondsPerSequence' | 'secondsPerEvaluatedSequence'>,
  dataset: Dataset,
): RunCost {
  const evaluated = Math.min(dataset.validation.length, options.evaluationTokens / plan.sequenceLength);
  const evaluationSeconds = evaluated * plan.secondsPerEvaluatedSequence;
  const sequencesPerStep = options.batchSize * options.gradientAccumulationSteps;
  const secondsPerStep = sequencesPerStep * plan.secondsPerSequence + evaluationSeconds / options.evaluationSteps;
  const bounds = [Math.max(1, Math.round((options.epochs * dataset.sequencesPerEpoch) / sequencesPerStep))];
  if (options.maxSteps > 0) bounds.push(options.maxSteps);
  if (options.maxMinutes > 0) {
    bounds.push(Math.max(1, Math.floor((60 * options.maxMinutes - evaluationSeconds) / secondsPerStep)));
  }
  return { totalSteps: Math.min(...bounds), secondsOf: (steps) => evaluationSeconds + steps * secondsPerStep };
}
