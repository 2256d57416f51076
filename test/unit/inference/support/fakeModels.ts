import { setImmediate as nextTurn } from 'node:timers/promises';
import { type DeviceChoice, onCpu } from '../../../../src/inference/devices/deviceChoice.ts';
import type { RunningModel } from '../../../../src/inference/runningModel.ts';
import { InklingError } from '../../../../src/protocol/errors.ts';
import type { LoadRequest } from '../../../../src/protocol/inference.ts';

/**
 * Models without weights, named by numbers: a model's number is the only token that it knows. They stand in for
 * `openModel` and `moveModel`, and keep account of what is open.
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
  /** how long opening takes */
  opening: () => Promise<unknown> = () => nextTurn();

  openModel = async (
    request: LoadRequest,
    known: DeviceChoice | undefined,
    onProgress: (progress: { stage: 'weights' | 'ready'; fraction: number }) => void,
  ): Promise<RunningModel> => {
    onProgress({ stage: 'weights', fraction: 0.1 });
    await this.opening();
    if (this.broken.has(request.modelFolder)) throw new InklingError('modelBroken', `${request.modelFolder} is broken`);
    const asked = request.device === 'auto' || request.device === 'cpu' ? onCpu() : accelerator;
    const model = this.#modelAt(request.modelFolder, known ?? asked);
    this.mostOpen = Math.max(this.mostOpen, this.open.length);
    return model;
  };

  moveModel = async (model: RunningModel, _request: LoadRequest, to: DeviceChoice): Promise<RunningModel> => {
    if (to.device === model.choice.device) return { ...model, choice: to };
    await this.opening();
    const moved = this.#modelAt(model.folder.path, to);
    await model.decoder.release();
    return moved;
  };

  #modelAt(name: string, choice: DeviceChoice): RunningModel {
    this.open.push(name);
    let isReleased = false;
    const cacheOf = () => ({
      length: 0,
      rewindTo(length: number) {
        this.length = length;
      },
    });
    const decoder = {
      newCache: cacheOf,
      run: async (cache: { length: number }, ids: readonly number[], rows: readonly number[]) => {
        await this.gate;
        if (isReleased) throw new Error('this session was given back');
        if (choice.device !== 'cpu' && this.failuresToCome > 0) {
          this.failuresToCome--;
          throw new Error('device lost');
        }
        cache.length += ids.length;
        return new Float32Array(rows.length * 4096);
      },
      release: async () => {
        await nextTurn();
        isReleased = true;
        this.open.splice(this.open.indexOf(name), 1);
      },
    };
    const model = {
      folder: { path: name, config: { vocabularySize: 4096 } },
      tokenizer: {
        beginning: [],
        encode: (text: string) => Array.from(text, () => Number(name)),
        decode: () => name,
      },
      caches: { completion: cacheOf(), action: cacheOf() },
      decoder,
      choice,
      description: { modelFolder: name, contextTokens: 512, device: choice.device, deviceNotes: choice.notes },
    };
    return model as unknown as RunningModel; // what the engine reads of it for these requests
  }
}

const accelerator: DeviceChoice = { device: 'webgpu', dialect: 'standard', notes: [] };
