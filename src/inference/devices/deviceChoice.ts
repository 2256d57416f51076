import { type AdapterFeeds, adapterFeeds } from '../../model/adapterFeeds.ts';
import { readAdapter } from '../../model/adapterFile.ts';
import { demandAdaptable } from '../../model/adapterModules.ts';
import { exportedGraph } from '../../model/exportedModel.ts';
import { modelFingerprint } from '../../model/modelFingerprint.ts';
import type { ModelFolder } from '../../model/modelFolder.ts';
import { isDeviceInBuild } from '../../model/session.ts';
import { defaultThreads } from '../../model/threads.ts';
import type { Device, DeviceReport } from '../../protocol/engineOptions.ts';
import { type Sentence, sentence, sentenceText, toInklingError } from '../../protocol/errors.ts';
import type { LoadedAdapter, LoadRequest } from '../../protocol/inference.ts';
import { Decoder, type RunnableDecoder } from '../decoder.ts';
import { ExportedDecoder } from '../exportedDecoder.ts';
import type { Accelerator, Dialect, Examination, Verdict } from './examineDevice.ts';
import { probe } from './probe.ts';
import { warmUp } from './selfCheck.ts';

/** Best first. Each platform's build of the runtime knows some of them; the CPU works everywhere. */
const accelerators: readonly Accelerator[] = ['cuda', 'dml', 'coreml', 'webgpu'];

const backgroundLimitMs = 60_000;
/** for a device that somebody asked for by name */
const explicitLimitMs = 150_000;

/** Where a model runs, with which operators, and why not on something faster: one sentence for each device refused. */
export interface DeviceChoice {
  readonly device: Device;
  readonly dialect: Dialect;
  readonly notes: readonly string[];
}

export const onCpu = (...notes: readonly string[]): DeviceChoice => ({ device: 'cpu', dialect: 'fused', notes });

type OnWhat = Pick<LoadRequest, 'device' | 'modelFolder' | 'precision' | 'threads'>;

/**
 * `auto`: the first device that computes right and faster than the CPU. A device by name: that one if it computes
 * right. The CPU otherwise. Takes seconds where there is something to examine.
 */
export async function chooseDevice(request: OnWhat): Promise<DeviceChoice> {
  const { device } = request;
  if (device === 'cpu') return onCpu();
  const mustBeFaster = device === 'auto';
  const notes: string[] = [];
  for (const candidate of device === 'auto' ? accelerators.filter(isDeviceInBuild) : [device]) {
    const verdict = await examine({ device: candidate, model: modelOf(request), mustBeFaster });
    if (verdict.kind === 'fit') return { device: candidate, dialect: verdict.dialect, notes };
    notes.push(noteOn(candidate, sentenceText(verdict.reason)));
  }
  return onCpu(...notes);
}

/** What this machine can run a model on; `chosen` is what `auto` would take. */
export async function reportDevices(request: Omit<OnWhat, 'device'> | undefined): Promise<DeviceReport> {
  const devices: DeviceReport['devices'][number][] = [];
  let chosen: Device = 'cpu';
  for (const name of accelerators.filter(isDeviceInBuild)) {
    const model = request ? { model: modelOf(request) } : {};
    const { kind, reason } = await examine({ device: name, ...model, mustBeFaster: true });
    devices.push({ name, available: kind !== 'unavailable' && kind !== 'wrong', ...told(reason) });
    if (kind === 'fit' && chosen === 'cpu') chosen = name;
  }
  devices.push({
    name: 'cpu',
    available: true,
    ...told(sentence`Always works; threads by default: ${defaultThreads()}.`),
  });
  return { devices, chosen };
}

const told = (reason: Sentence) => ({ reason: sentenceText(reason), reasonSentence: reason });

/**
 * Opens the decoder where it was chosen to run; on the CPU, with the reason, when that fails.
 * @throws InklingError as model/adapterFile.ts says when the adapter cannot be used with this model
 */
export async function openDecoder(
  folder: ModelFolder,
  request: LoadRequest,
  choice: DeviceChoice,
): Promise<{ decoder: RunnableDecoder; choice: DeviceChoice }> {
  const adapter = request.adapter && readFeeds(folder, request.adapter);
  const create = (at: DeviceChoice) => createDecoder(folder, request, { ...at, adapter });
  if (choice.device === 'cpu') return { decoder: await create(choice), choice };
  try {
    const decoder = await create(choice);
    await warmUp(decoder);
    return { decoder, choice };
  } catch (error) {
    const fallback = onCpu(...choice.notes, noteOn(choice.device, toInklingError(error).message));
    return { decoder: await create(fallback), choice: fallback };
  }
}

function createDecoder(
  folder: ModelFolder,
  { precision, threads, maxContextTokens }: LoadRequest,
  { device, dialect, adapter }: DeviceChoice & { readonly adapter: AdapterFeeds | undefined },
): Promise<RunnableDecoder> {
  if (folder.exported !== undefined) return ExportedDecoder.create(folder, threads || defaultThreads());
  const maxPositions = Math.min(folder.config.contextTokens, maxContextTokens);
  return Decoder.create(folder, {
    precision,
    dialect,
    maxPositions,
    device,
    threads: threads || defaultThreads(),
    ...(adapter ? { adapter } : {}),
  });
}

/** @throws InklingError as model/adapterFile.ts says */
export function readFeeds(model: ModelFolder, { folder, strength }: LoadedAdapter): AdapterFeeds {
  demandAdaptable(model.config);
  const fingerprint = modelFingerprint(model.config, model.weights);
  return adapterFeeds(readAdapter(folder, { config: model.config, fingerprint }), model, strength);
}

/** `webgpu: The first suggestion takes …` */
export const noteOn = (device: Device, reason: string): string => `${device}: ${reason}`;

const runsOnCpu = sentence`Exported ONNX decoders run on the CPU.`;

async function examine(examination: Examination): Promise<Verdict> {
  const { model } = examination;
  if (model && exportedGraph(model.folder) !== undefined) return { kind: 'untested', reason: runsOnCpu };
  if (!isDeviceInBuild(examination.device)) {
    const reason = sentence`It is not part of the runtime for ${process.platform} on ${process.arch}.`;
    return { kind: 'unavailable', reason };
  }
  return probe(examination, examination.mustBeFaster ? backgroundLimitMs : explicitLimitMs);
}

const modelOf = ({ modelFolder, precision, threads }: Omit<OnWhat, 'device'>) => ({
  folder: modelFolder,
  precision,
  threads: threads || defaultThreads(),
});
