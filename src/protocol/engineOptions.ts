import type { Sentence } from './errors.ts';
import { type OptionsOf, oneOf, real, whole } from './optionTable.ts';

/**
 * Somewhat less than 1 costs a writer's own texts next to nothing and spares what the model knew before: weights between
 * the trained ones and those that training began with are more robust than either (Wortsman et al. 2022, "Robust
 * fine-tuning of zero-shot models"). Measured in docs/lab/fine-tuning.md.
 */
export const adapterStrength = real(
  0,
  2,
  0.8,
  '',
  'how much of an adapter is added: 0 = nothing, 1 = as it was trained',
);

/** How a model is run: one name in settings and on the command line. */
export const engineOptionTable = {
  device: oneOf<DeviceSetting>(['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml'], 'where the model runs'),
  threads: whole(0, 256, 0, 'threads', '0 = physical cores - 1'),
  precision: oneOf<Precision>(['default', 'fp32'], 'fp32: the same numbers dequantised, for parity checks'),
  idleUnloadMinutes: whole(
    0,
    1440,
    10,
    'minutes',
    "without a request after which the model's memory is given back; 0 = never",
  ),
  contextTokens: whole(128, 8192, 1024, 'tokens', 'bound on what the model reads at once'),
  adapterStrength,
} as const;

export type EngineOptions = OptionsOf<typeof engineOptionTable>;

/** `default`: the numbers as stored, with int8 activations; `fp32`: the same numbers dequantized, for parity checks. */
export type Precision = 'default' | 'fp32';

/** Where a model runs; names as the command line and the setting spell them. */
export type Device = 'cpu' | 'webgpu' | 'cuda' | 'dml' | 'coreml';
export type DeviceSetting = 'auto' | Device;

export interface ReportedDevice {
  readonly name: Device;
  readonly available: boolean;
  /** in English */
  readonly reason: string;
  /** the same for other languages */
  readonly reasonSentence?: Sentence;
}

export interface DeviceReport {
  readonly devices: readonly ReportedDevice[];
  readonly chosen: Device;
}
