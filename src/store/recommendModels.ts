import { existsSync, statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import { architectures } from '../model/architectures.ts';
import { physicalCores } from '../model/threads.ts';
import type {
  ListedModel,
  ListedUse,
  Machine,
  ModelFit,
  Recommendation,
  Recommendations,
  RecommendRequest,
} from '../protocol/store.ts';
import { readModelList } from './modelList.ts';

/** The editor, its other processes and the rest of the system want the other half. */
const memoryShare = 0.5;
/** Files of a download stand beside the converted model for a moment, and a disk should not be full. */
const spareMb = 500;
/**
 * A suggestion of the built-in model takes some 90 ms on two cores (0.135 thousand million parameters). So large a model
 * takes a third of a second, which a person at the keys still waits for.
 */
const millionParametersPerCore = (use: ListedUse): number => (use === 'typing' ? 200 : 1000);

/** The models of the lists, those first that suit the machine. Nothing is fetched. */
export function recommendModels(
  { lists, modelsFolder }: RecommendRequest,
  machine = machineAt(modelsFolder),
): Recommendations {
  const runs = architectures.map(({ name }) => name);
  const read = lists.map((path) => readModelList(path, runs));
  const byName = new Map(read.flatMap(({ models }) => models).map((model) => [model.name, model]));
  const models = [...byName.values()].map((model): Recommendation => ({ ...model, fit: fitOf(model, machine) }));
  const rank = ({ fit }: Recommendation) => ranks.indexOf(fit);
  return {
    machine,
    models: models.sort((a, b) => rank(a) - rank(b)),
    problems: read.flatMap(({ problems }) => problems),
  };
}

const ranks: readonly ModelFit[] = ['good', 'slow', 'tooLittleMemory', 'tooLittleDisk'];

function fitOf(model: ListedModel, { memoryMb, cores, freeDiskMb }: Machine): ModelFit {
  if (model.memoryMb > memoryMb * memoryShare) return 'tooLittleMemory';
  if (model.downloadMb + model.diskMb + spareMb > freeDiskMb) return 'tooLittleDisk';
  const quickest = Math.max(...model.for.map(millionParametersPerCore));
  return model.millionParameters <= quickest * cores ? 'good' : 'slow';
}

function machineAt(modelsFolder: string): Machine {
  const { bavail, bsize } = statfsSync(nearestFolder(modelsFolder));
  return { memoryMb: megabytes(totalmem()), cores: physicalCores(), freeDiskMb: megabytes(bavail * bsize) };
}

/** The folder, or the one above it that is there: a look at what could be had makes none. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6);
