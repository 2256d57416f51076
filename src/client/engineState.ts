import type { InklingError } from '../protocol/errors.ts';
import type { LoadedModel, LoadProgress } from '../protocol/inference.ts';

/** What the inference process is doing, for the status bar. */
export type EngineState =
  /** no process runs; the next request starts one */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'loading'; readonly progress: LoadProgress }
  | { readonly kind: 'ready'; readonly model: LoadedModel }
  /** the process runs, but gave the model's memory back; the next request loads it again */
  | { readonly kind: 'unloaded'; readonly model: LoadedModel }
  | { readonly kind: 'failed'; readonly error: InklingError };
