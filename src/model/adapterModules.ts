/** Where PEFT puts a low-rank addition, in its own names: the modules of the model's class in transformers. */
import { InklingError, sentence } from '../protocol/errors.ts';
import { groupMembers, type LinearName, linearsOf } from './decoderParts.ts';
import { fusedPart } from './fusedParts.ts';
import type { ModelConfig } from './modelConfig.ts';

/** @throws InklingError `modelUnsupported` saying why, for a model that no adapter can be trained for or run on */
export function demandAdaptable({ architecture }: ModelConfig): void {
  if (architecture.noAdapters === undefined) return;
  throw new InklingError(
    'modelUnsupported',
    sentence`${architecture.title}: this model completes text, but cannot learn from yours. ${architecture.noAdapters}`,
  );
}

/** One linear module, and the maps that it holds: several where the class computes them at once. */
export interface AdapterModule {
  /** such as `model.layers.0.self_attn.q_proj` */
  readonly path: string;
  readonly layer: number;
  readonly targets: readonly LinearName[];
}

/** All linear modules of the layers. */
export function adapterModules(config: ModelConfig): AdapterModule[] {
  const names = config.architecture.huggingFace;
  const found = new Map<string, AdapterModule>();
  for (let layer = 0; layer < config.layers; layer++) {
    for (const target of linearsOf(config)) {
      const group = fusedPart(config, names, { name: target, layer, isBias: false });
      const path = names.modules[group?.name ?? target]!.replace('{}', String(layer));
      found.set(path, { path, layer, targets: group ? groupMembers[group.name] : [target] });
    }
  }
  return [...found.values()];
}

/** Names without their place, such as `q_proj`, of the modules that hold any of the maps. */
export function moduleNames(config: ModelConfig, targets: readonly LinearName[]): string[] {
  const modules = adapterModules(config).filter((module) => module.targets.some((target) => targets.includes(target)));
  return [...new Set(modules.map(({ path }) => path.split('.').at(-1)!))];
}
