/** Names of the files in an adapter's folder and in the folder of the run that makes it: the only place where they stand. */

/** The first two are PEFT's, and all that PEFT looks at. */
export const adapterFiles = {
  config: 'adapter_config.json',
  weights: 'adapter_model.safetensors',
  provenance: 'inkling-adapter.json',
  report: 'inkling-report.json',
  log: 'inkling-log.jsonl',
} as const;

/** While a run lasts, and afterwards if it can be gone on with. */
export const runFiles = {
  /** process id of the run, and a digest of what it learns from */
  lock: 'lock',
  checkpoint: 'checkpoint.safetensors',
  /** the checkpoint before the last one: it alone is there when a process died between two renames */
  checkpointBefore: 'checkpoint.safetensors.before',
  checkpointWriting: 'checkpoint.safetensors.writing',
  log: adapterFiles.log,
  /** folder of the adapter as it was at the last evaluation */
  samples: 'samples',
} as const;

const runEnding = '.run';

/** The folder of the run that makes an adapter lies beside the adapter's. */
export const runFolderOf = (adapterFolder: string): string => `${adapterFolder}${runEnding}`;

export const isRunFolder = (name: string): boolean => name.endsWith(runEnding);
