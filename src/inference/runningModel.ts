import { availableBytes } from '../model/availableMemory.ts';
import { type ChatTemplate, triedTemplate } from '../model/chatTemplate.ts';
import { type ModelFolder, openModelFolder } from '../model/modelFolder.ts';
import { openTokenizer } from '../model/openTokenizer.ts';
import type { Tokenizer } from '../model/tokenizer.ts';
import type { LoadedModel, LoadProgress, LoadRequest, Slot } from '../protocol/inference.ts';
import type { RunnableDecoder } from './decoder.ts';
import type { DecoderState } from './decoderState.ts';
import { chooseDevice, type DeviceChoice, onCpu, openDecoder, readFeeds } from './devices/deviceChoice.ts';
import { demandMemory } from './memoryGuard.ts';

/** Everything that lives as long as a model is loaded. */
export interface RunningModel {
  readonly folder: ModelFolder;
  readonly tokenizer: Tokenizer;
  readonly chatTemplate: ChatTemplate | undefined;
  readonly caches: Readonly<Record<Slot, DecoderState>>;
  readonly decoder: RunnableDecoder;
  /** where the decoder runs, which is not always where it was meant to */
  readonly choice: DeviceChoice;
  readonly adapterFolder: string | undefined;
  readonly description: LoadedModel;
}

/**
 * Opens a model where it was found to run best. Without such a choice a device asked for by name is examined first,
 * and `auto` starts on the CPU, so that nobody waits for an examination that nobody asked for.
 * @throws InklingError as protocol/errors.ts lists them for models; a device that fails is a note, not an error
 */
export async function openModel(
  request: LoadRequest,
  known: DeviceChoice | undefined,
  onProgress: (progress: LoadProgress) => void,
): Promise<RunningModel> {
  const started = performance.now();
  onProgress({ stage: 'weights', fraction: 0.1 });
  const folder = openModelFolder(request.modelFolder);
  const { config } = folder;
  demandMemory(folder, request, availableBytes());
  const tokenizer = openTokenizer(folder);
  const { template: chatTemplate, problem } = triedTemplate(folder, tokenizer);
  if (!known && request.device !== 'auto') onProgress({ stage: 'selfCheck', fraction: 0.2 });
  const wanted = known ?? (request.device === 'auto' ? onCpu() : await chooseDevice(request));
  onProgress({ stage: 'session', fraction: 0.3 });
  const { decoder, choice } = await openDecoder(folder, request, wanted);
  onProgress({ stage: 'ready', fraction: 1 });
  const contextTokens = Math.min(config.contextTokens, request.maxContextTokens);
  return {
    folder,
    tokenizer,
    chatTemplate,
    caches: newCaches(decoder, contextTokens),
    decoder,
    choice,
    adapterFolder: request.adapter?.folder,
    description: {
      name: folder.name,
      modelFolder: folder.path,
      architecture: config.architecture.name,
      parameters: folder.parameters,
      vocabularySize: config.vocabularySize,
      contextTokens,
      hasChatTemplate: chatTemplate !== undefined,
      ...(problem === undefined ? {} : { chatTemplateProblem: problem }),
      languages: folder.manifest?.languages ?? [],
      device: choice.device,
      deviceNotes: choice.notes,
      loadMs: performance.now() - started,
    },
  };
}

const newCaches = (decoder: RunnableDecoder, contextTokens: number): RunningModel['caches'] => ({
  completion: decoder.newCache(contextTokens),
  action: decoder.newCache(contextTokens),
});

/**
 * The same model with its adapter at another strength: only numbers that every run is given, so nothing is loaded anew.
 * @throws InklingError as model/adapterFile.ts says when the adapter is not what it was
 */
export function withStrength(model: RunningModel, { adapter }: LoadRequest): RunningModel {
  if (adapter) model.decoder.useAdapter(readFeeds(model.folder, adapter));
  return { ...model, caches: newCaches(model.decoder, model.description.contextTokens) };
}

/** The same model elsewhere; what it has read is read again there, for not every device keeps keys and values alike. */
export async function moveModel(model: RunningModel, request: LoadRequest, to: DeviceChoice): Promise<RunningModel> {
  const stays = to.device === model.choice.device;
  const { decoder, choice } = stays ? { ...model, choice: to } : await openDecoder(model.folder, request, to);
  const caches = stays ? model.caches : newCaches(decoder, model.description.contextTokens);
  if (!stays) await model.decoder.release().catch(() => undefined); // the device may be gone
  const description = { ...model.description, device: choice.device, deviceNotes: choice.notes };
  return { ...model, caches, decoder, choice, description };
}
