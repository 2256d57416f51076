import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Adapter, writeAdapter } from '../model/adapterFile.ts';
import { modelFingerprint } from '../model/modelFingerprint.ts';
import { type ModelFolder, openModelFolder } from '../model/modelFolder.ts';
import { runtimeVersion } from '../model/session.ts';
import { resolveCorpusOptions } from '../protocol/corpus.ts';
import type { PlanNote } from '../protocol/planNotes.ts';
import type { DoneEvent, EndReason, TrainingEvent, TrainingOutcome, TrainRequest } from '../protocol/training.ts';
import { resolveTrainingOptions, type TrainingOptions } from '../protocol/trainingOptions.ts';
import { PackedDataset } from './dataset/packedDataset.ts';
import { readTokens, type TokenizedCorpus } from './dataset/tokenizedCorpus.ts';
import type { Dataset } from './dataset/trainingSequence.ts';
import { ExperimentLog } from './experimentLog.ts';
import { hasCheckpoint, type RunIdentity, readCheckpoint, writeCheckpoint } from './loop/checkpoint.ts';
import { Pace } from './loop/pace.ts';
import { progress, type TrainingRun, train } from './loop/train.ts';
import type { MessageControl } from './loop/trainingControl.ts';
import { newTrainingState, type TrainingState } from './loop/trainingState.ts';
import { loraPairs } from './lora/loraPairs.ts';
import { lockRun } from './runLock.ts';
import { trainingCacheFolder } from './session/baseCache.ts';
import { openFrozenBase } from './session/frozenBase.ts';
import { planTraining, type TrainingPlan } from './session/trainingPlan.ts';

/**
 * One whole run: texts, plan, loop, adapter.
 * @throws InklingError whatever is wrong with the model, the texts, the options, the memory or the disk
 */
export async function runTraining(
  request: TrainRequest,
  { control, onEvent }: { control: MessageControl; onEvent: (event: TrainingEvent) => void },
): Promise<TrainingOutcome> {
  const options = resolveTrainingOptions(request.options);
  resolveCorpusOptions(request.corpus); // what is out of range is said before anything is read
  const model = openModelFolder(request.modelFolder);
  const runFolder = `${request.outputFolder}.run`;
  const unlock = lockRun(runFolder);
  try {
    const corpus = await readTokens(request, model, control.token);
    if (!corpus) return discard(runFolder);
    onEvent({ event: 'corpus', ...corpus.report });
    const outcome = await runIn(runFolder, { request, model, corpus, options, control, onEvent });
    if (outcome.kind === 'discarded') return discard(runFolder);
    if (outcome.done.reason !== 'stopped') rmSync(runFolder, { recursive: true, force: true });
    return outcome;
  } catch (error) {
    if (!hasCheckpoint(join(runFolder, checkpointName))) discard(runFolder); // a log, or samples, that belong to nothing
    throw error;
  } finally {
    unlock();
  }
}

const checkpointName = 'checkpoint.safetensors';

interface Parts {
  readonly request: TrainRequest;
  readonly model: ModelFolder;
  readonly corpus: TokenizedCorpus;
  readonly options: TrainingOptions;
  readonly control: MessageControl;
  readonly onEvent: (event: TrainingEvent) => void;
}

async function runIn(runFolder: string, parts: Parts): Promise<TrainingOutcome> {
  const { model, options, control, onEvent } = parts;
  const base = await openFrozenBase(model, trainingCacheFolder(), options.basePrecision);
  let plan: TrainingPlan | undefined;
  try {
    plan = await planTraining(base, options, options.threads || Math.max(1, availableParallelism() - 1));
    const { run, notes } = prepare(runFolder, { ...parts, base, plan });
    const { state, dataset, session } = run;
    const { memoryMode, sequenceLength, residentMb } = plan;
    const cost = costOf(options, plan, dataset);
    const estimatedSeconds = cost.evaluationSeconds + (state.totalSteps - state.step) * cost.secondsPerStep;
    const trainedParameters = session.gradients.reduce((sum, { length }) => sum + length, 0);
    const log = openLog(runFolder, { ...parts, run });
    const tell = (event: TrainingEvent) => {
      log.add(event);
      onEvent(event);
    };
    tell({
      event: 'plan',
      memoryMode,
      sequenceLength,
      residentMb,
      estimatedSeconds,
      notes: [...plan.notes, ...notes],
      trainedParameters,
      totalSteps: state.totalSteps,
      sequencesPerEpoch: dataset.sequencesPerEpoch,
    });
    const reason = await drain(train(run), (event) => tell(withSnapshot(event, runFolder, { ...parts, run })));
    if (!control.keepsResult || state.step === 0) return { kind: 'discarded' };
    if (reason === 'stopped') run.save(state);
    return { kind: 'trained', done: finish({ ...parts, run }, log, reason) };
  } finally {
    await plan?.session.release();
    base.release();
  }
}

function prepare(
  runFolder: string,
  { request, corpus, model, options, control, base, plan }: Parts & { base: TrainingRun['base']; plan: TrainingPlan },
): { run: TrainingRun; notes: readonly PlanNote[] } {
  const { sequenceLength, session } = plan;
  const dataset = new PackedDataset(corpus.training, corpus.validation, {
    sequenceLength,
    packing: true,
    randomStarts: true,
    seed: options.seed,
    paddingId: model.config.eosTokenIds[0] ?? 0,
  });
  const identity: RunIdentity = {
    base: modelFingerprint(model.config, model.weights),
    data: dataset.digest,
    options: digestOf(optionsThatMatter(options)),
  };
  const path = join(runFolder, checkpointName);
  const { parameters } = session;
  const { data: _, ...others } = identity;
  const demanded = request.textsMayDiffer ? others : identity;
  const resumed = request.resume ? readCheckpoint(path, { identity: demanded, parameters }) : undefined;
  const state = resumed?.state ?? newTrainingState(parameters, options);
  if (!resumed) state.totalSteps = plannedSteps(options, plan, dataset);
  const save = (reached: TrainingState) => writeCheckpoint(path, { state: reached, identity, parameters });
  const shortened = { ...options, sequenceLength };
  const run = { base, session, dataset, options: shortened, state, control, save, pace: new Pace() };
  return { run, notes: resumed?.notes ?? [] };
}

/** What changes a run's speed, but not its result, may differ when it is resumed. */
function optionsThatMatter(options: TrainingOptions): object {
  const { threads: _, memoryMode: __, maxMemoryMb: ___, maxMinutes: ____, ...rest } = options;
  return rest;
}

/** Steps of the epochs, or fewer when a bound on steps or on time says so. */
function plannedSteps(options: TrainingOptions, plan: TrainingPlan, dataset: PackedDataset): number {
  const sequencesPerStep = options.batchSize * options.gradientAccumulationSteps;
  const ofEpochs = Math.max(1, Math.round((options.epochs * dataset.sequencesPerEpoch) / sequencesPerStep));
  const bounds = [ofEpochs];
  if (options.maxSteps > 0) bounds.push(options.maxSteps);
  if (options.maxMinutes > 0) {
    const { evaluationSeconds, secondsPerStep } = costOf(options, plan, dataset);
    bounds.push(Math.max(1, Math.floor((60 * options.maxMinutes - evaluationSeconds) / secondsPerStep)));
  }
  return Math.min(...bounds);
}

/** What an evaluation takes, and a step with its share of the evaluations. */
function costOf(options: TrainingOptions, plan: TrainingPlan, dataset: Dataset) {
  const evaluated = Math.min(dataset.validation.length, options.evaluationTokens / plan.sequenceLength);
  const evaluationSeconds = evaluated * plan.secondsPerEvaluatedSequence;
  const sequencesPerStep = options.batchSize * options.gradientAccumulationSteps;
  const secondsPerStep = sequencesPerStep * plan.secondsPerSequence + evaluationSeconds / options.evaluationSteps;
  return { evaluationSeconds, secondsPerStep };
}

type RunParts = Parts & { readonly run: TrainingRun };

/** Writes the adapter of an evaluation, for samples of what it would write by now; the one before it is deleted. */
function withSnapshot(event: TrainingEvent, runFolder: string, parts: RunParts): TrainingEvent {
  if (event.event !== 'evaluation' || event.step === 0) return event;
  const snapshots = join(runFolder, 'samples');
  rmSync(snapshots, { recursive: true, force: true });
  const adapter = join(snapshots, `step-${event.step}`);
  writeAdapterOf(parts, parts.run.state.weights.values, adapter);
  return { ...event, adapter };
}

function finish(parts: RunParts, log: ExperimentLog, reason: EndReason): DoneEvent {
  const { request, onEvent, run } = parts;
  const { state } = run;
  writeAdapterOf(parts, state.best?.values ?? state.weights.values, request.outputFolder);
  const perplexity = (loss: number | undefined) => (loss === undefined ? undefined : Math.exp(loss));
  const done: DoneEvent = {
    event: 'done',
    reason,
    ...progress(run),
    validationLoss: state.best?.validationLoss,
    perplexityBefore: perplexity(state.validationLossBefore),
    perplexityAfter: perplexity(state.best?.validationLoss),
    adapter: request.outputFolder,
    seconds: state.seconds,
  };
  log.add(done);
  log.copyTo(request.outputFolder);
  onEvent(done);
  return done;
}

/** What a log and an adapter say about where they come from. */
const origin = ({ request, model, corpus, options }: Parts) => ({
  name: request.name,
  base: { name: model.name, fingerprint: modelFingerprint(model.config, model.weights) },
  dataDigest: corpus.report.digest,
  options,
  versions: { node: process.versions.node, onnxRuntime: runtimeVersion },
});

/** A new log, or the one of the run that is gone on with. */
function openLog(runFolder: string, parts: RunParts): ExperimentLog {
  const facts = { ...origin(parts), tokens: parts.corpus.report.splits.train.tokens };
  const { step } = parts.run.state;
  return step === 0 ? ExperimentLog.start(runFolder, facts) : ExperimentLog.resume(runFolder, { step, facts });
}

function writeAdapterOf(parts: RunParts, values: readonly Float32Array[], folder: string): void {
  const { request, model, options, run } = parts;
  const { state, session } = run;
  const adapter: Adapter = {
    name: request.name,
    pairs: loraPairs(session, values),
    provenance: {
      ...origin(parts),
      createdAt: new Date().toISOString(),
      steps: state.best?.step ?? state.step,
      ...(state.validationLossBefore === undefined ? {} : { validationLossBefore: state.validationLossBefore }),
      ...(state.best ? { validationLoss: state.best.validationLoss } : {}),
    },
  };
  const { loraRank: rank, loraAlpha: alpha } = options;
  writeAdapter(folder, adapter, { config: model.config, rank, alpha, baseName: model.name });
}

function discard(runFolder: string): TrainingOutcome {
  rmSync(runFolder, { recursive: true, force: true });
  return { kind: 'discarded' };
}

/** Passes every event on and returns what the generator returns. */
async function drain<E, R>(events: AsyncGenerator<E, R>, onEvent: (event: E) => void): Promise<R> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    onEvent(next.value);
  }
}

const digestOf = (value: object) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
