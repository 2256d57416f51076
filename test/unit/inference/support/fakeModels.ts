import { setImmediate as nextTurn } from 'node:timers/promises';
import { type DeviceChoice, onCpu } from '../../../../src/inference/devices/deviceChoice.ts';
import type { RunningModel } from '../../../../src/inference/runningModel.ts';
import { InklingError } from '../../../../src/protocol/errors.ts';
import type { LoadRequest } from '../../../../src/protocol/inference.ts';

/**
 * Models without weights, named by numbers: a model's number is the only token that it knows, ten more for each whole of
 * its adapter's strength. They stand in for `openModel`, `moveModel` and `withStrength`, and keep account of what is open.
 */
export class FakeModels {
  /** decoders that hold memory, by the name of their model */
  readonly open: string[] = [];
  /** the greatest number of models that were open at once, not counting one that moves */
  mostOpen = 0;
  /** names of models that cannot be opened */
  readonly broken = new Set<string>();
  /** runs on a device other than the CPU fail while this is greater than 0; each failure counts it down */
  failuresToCome = 0;
  /** decoder runs wait for this */
  gate: Promise<void> = Promise.resolve();
  /** how often one was opened */
  openings = 0;
  /** how often the strength was changed of a model that stayed open */
  changesOfStrength = 0;
  /** an adapter that cannot be read any more */
  isAdapterGone = false;
  /** how long opening takes */
  opening: () => Promise<unknown> = () => nextTurn();

  openModel = async (
    request: LoadRequest,
    known: DeviceChoice | undefined,
    onProgress: (progress: { stage: 'weights' | 'ready'; fraction: number }) => void,
  ): Promise<RunningModel> => {
    onProgress({ stage: 'weights', fraction: 0.1 });
    this.openings++;
    await this.opening();
    if (this.broken.has(request.modelFolder)) throw new InklingError('modelBroken', `${request.modelFolder} is broken`);
    const asked = request.device === 'auto' || request.device === 'cpu' ? onCpu() : accelerator;
    const model = this.#modelAt(request, known ?? asked);
    this.mostOpen = Math.max(this.mostOpen, this.open.length);
    return model;
  };

  moveModel = async (model: RunningModel, request: LoadRequest, to: DeviceChoice): Promise<RunningModel> => {
    if (to.device === model.choice.device) return { ...model, choice: to };
    await this.opening();
    const moved = this.#modelAt(request, to);
    await model.decoder.release();
    return moved;
  };

  withStrength = (model: RunningModel, request: LoadRequest): RunningModel => {
    if (this.isAdapterGone) throw new InklingError('modelMissing', 'There is no such adapter.');
    this.changesOfStrength++;
    const { tokenizer, description } = wordsOf(request);
    return { ...model, tokenizer, description: { ...model.description, ...description } } as unknown as RunningModel;
  };

  #modelAt(request: LoadRequest, choice: DeviceChoice): RunningModel {
    const name = request.modelFolder;
    const { tokenizer, description } = wordsOf(request);
    this.open.push(name);
    let isReleased = false;
    const config = { vocabularySize: 4096 };
    const cacheOf = () => ({
      length: 0,
      rewindTo(length: number) {
        this.length = length;
      },
      expect: () => undefined,
      recall: () => undefined,
    });
    const decoder = {
      config,
      newCache: cacheOf,
      run: async (cache: { length: number }, ids: readonly number[], rows: readonly number[]) => {
        await this.gate;
        if (isReleased) throw new Error('this session was given back');
        if (choice.device !== 'cpu' && this.failuresToCome > 0) {
          this.failuresToCome--;
          throw new Error('device lost');
        }
        cache.length += ids.length;
        return new Float32Array(rows.length * config.vocabularySize);
      },
      release: async () => {
        await nextTurn();
        isReleased = true;
        this.open.splice(this.open.indexOf(name), 1);
      },
    };
    const model = {
      folder: { path: name, config },
      tokenizer,
      caches: { completion: cacheOf(), action: cacheOf() },
      decoder,
      choice,
      description: { ...description, contextTokens: 512, device: choice.device, deviceNotes: choice.notes },
    };
    return model as unknown as RunningModel; // what the engine reads of it for these requests
  }
}

const accelerator: DeviceChoice = { device: 'webgpu', dialect: 'standard', notes: [] };

function wordsOf({ modelFolder, adapter }: LoadRequest) {
  const name = String(Number(modelFolder) + 10 * (adapter?.strength ?? 0));
  const encode = (text: string) => Array.from(text, () => Number(name));
  return { tokenizer: { beginning: [], encode, decode: () => name }, description: { modelFolder: name } };
}
