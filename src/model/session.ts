/** The only importer of ONNX Runtime: everything else sees `Session`. */
import { env, InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import type { Device } from '../protocol/engineOptions.ts';
import { InklingError, messageOf, sentence } from '../protocol/errors.ts';

// Otherwise the runtime's builds for Linux and macOS note what they do in the user's cache folder and send it to their maker.
// It is read when the first session is made.
process.env['ORT_DISABLE_TELEMETRY'] = '1';

export const runtimeVersion: string = env.versions.common;

export type TensorData = Float32Array | Float64Array | BigInt64Array | Int32Array | Uint16Array | Uint8Array;

/** A tensor that goes in; the runtime reads `data` in place, without copying. `Uint16Array`: the bits of float16. */
export interface Feed {
  readonly data: TensorData;
  readonly shape: readonly number[];
  /** bytes that stand for true and false */
  readonly isBoolean?: boolean;
}

/** An input or output of a graph; a dimension with a name is known only when the graph runs. */
export interface ValueDescription {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

export interface SessionOptions {
  readonly device: Device;
  readonly threads: number;
  /** folder that external weight files are found in; without it the graph must hold its weights */
  readonly weightsFolder?: string;
  /** `basic`: no fusions, so that double precision stays double (default: everything) */
  readonly optimisation?: 'basic';
  /** weights are read where they are mapped, not repacked for the processor: less memory, slower */
  readonly lean?: boolean;
  /** numbers below 1e-38 become 0: sums over masked scores are full of them, and processors are slow with them */
  readonly flushDenormals?: boolean;
}

/** Is the device part of the runtime's build for this platform? Whether it works on this machine is another question. */
export const isDeviceInBuild = (device: Device): boolean => listSupportedBackends().some(({ name }) => name === device);

/** A compiled graph. `run` blocks the process's thread while it computes. */
export class Session {
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  /**
   * @param model a graph, or the path of one that finds its weights beside itself
   * @throws InklingError `deviceUnavailable`, `outOfMemory` or `internal` with the runtime's own words
   */
  static async create(model: Uint8Array | string, options: SessionOptions): Promise<Session> {
    const folder = options.weightsFolder;
    try {
      const given: InferenceSession.SessionOptions = {
        executionProviders: options.device === 'cpu' ? ['cpu'] : [options.device, 'cpu'],
        intraOpNumThreads: options.threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: options.optimisation ?? 'all',
        enableMemPattern: false, // sequence lengths vary; the pattern cache would keep 90 MB
        logSeverityLevel: 3,
        extra: {
          session: {
            ...(options.lean ? { disable_prepacking: '1' } : {}),
            ...(options.flushDenormals ? { set_denormal_as_zero: '1' } : {}),
            intra_op: { allow_spinning: '0' }, // spinning threads burn CPU between tokens and collapse under contention
            ...(folder
              ? { model_external_initializers_file_folder_path: folder.endsWith('/') ? folder : `${folder}/` }
              : {}),
          },
        },
      };
      const session = await (typeof model === 'string'
        ? InferenceSession.create(model, given)
        : InferenceSession.create(model, given));
      return new Session(session);
    } catch (error) {
      throw sessionError(error, options.device);
    }
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames;
  }

  get inputs(): readonly ValueDescription[] {
    return this.#session.inputMetadata.flatMap(described);
  }

  get outputs(): readonly ValueDescription[] {
    return this.#session.outputMetadata.flatMap(described);
  }

  /**
   * Runs the graph and returns the named float32 outputs.
   * @throws InklingError `outOfMemory`; otherwise what the runtime throws
   */
  async run<Name extends string>(
    feeds: Readonly<Record<string, Feed>>,
    outputs: readonly Name[],
  ): Promise<Record<Name, { data: Float32Array; shape: readonly number[] }>> {
    const results = await this.#session.run(asTensors(feeds), outputs).catch(failedRun);
    return Object.fromEntries(
      outputs.map((name) => [name, { data: results[name]!.data as Float32Array, shape: results[name]!.dims }]),
    ) as Record<Name, { data: Float32Array; shape: readonly number[] }>;
  }

  /** Runs the graph and writes the named outputs into arrays of the caller; their shapes must be those of the results. */
  async runInto(feeds: Readonly<Record<string, Feed>>, outputs: Readonly<Record<string, Feed>>): Promise<void> {
    await this.#session.run(asTensors(feeds), asTensors(outputs)).catch(failedRun);
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

const asTensors = (feeds: Readonly<Record<string, Feed>>): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, asTensor(feed)]));

const described = (value: InferenceSession.ValueMetadata): ValueDescription[] =>
  value.isTensor ? [{ name: value.name, type: value.type, shape: value.shape }] : [];

function asTensor({ data, shape, isBoolean }: Feed): Tensor {
  if (data instanceof Float32Array) return new Tensor('float32', data, shape);
  if (data instanceof Float64Array) return new Tensor('float64', data, shape);
  if (data instanceof Uint16Array) return halfPrecision(data, shape);
  if (data instanceof Uint8Array) return new Tensor(isBoolean ? 'bool' : 'uint8', data, shape);
  if (data instanceof BigInt64Array) return new Tensor('int64', data, shape);
  return new Tensor('int32', data, shape);
}

/**
 * Where JavaScript has a Float16Array (Node 24), a Tensor of that type makes one of the bits, and the runtime's binding
 * cannot read it. It reads the bits themselves if told what they are.
 */
const halfPrecision = (bits: Uint16Array, shape: readonly number[]): Tensor =>
  Object.assign(new Tensor('uint16', bits, shape), { type: 'float16' as const });

const isOutOfMemory = (error: unknown) => /bad_alloc|out of memory|failed to allocate/i.test(messageOf(error));

const outOfMemory = (cause: unknown) =>
  new InklingError(
    'outOfMemory',
    sentence`There is not enough memory for this model. Close other programs or choose a smaller one.`,
    { cause },
  );

function failedRun(error: unknown): never {
  throw isOutOfMemory(error) ? outOfMemory(error) : error;
}

function sessionError(error: unknown, device: Device): InklingError {
  if (isOutOfMemory(error)) return outOfMemory(error);
  const message = messageOf(error);
  if (device !== 'cpu') return new InklingError('deviceUnavailable', withoutSource(message), { cause: error });
  return new InklingError('internal', sentence`The model could not be started: ${message}`, { cause: error });
}

/** The runtime's own words without the place in its source and the condition that failed there. */
const withoutSource = (message: string) => message.replace(/^\/\S+ .* was false\. /s, '').trim();
