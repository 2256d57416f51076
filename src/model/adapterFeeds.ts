import type { Adapter, LoraPair } from './adapterFile.ts';
import { groupMembers, type LinearGroup, type LinearName, linearShape, linearsOf } from './decoderParts.ts';
import type { ModelConfig } from './modelConfig.ts';
import type { Feed } from './session.ts';
import type { ModelWeights } from './weights/modelWeights.ts';

/**
 * An adapter as inputs of the decoder graph, so that another one can take its place without loading the model again.
 * For a linear map with weights W (N, K) the graph computes x·Wᵀ + (x·A)·B, A (K, rank), B (rank, N); maps that are
 * stacked in W are stacked here too: their A side by side, their B on the diagonal of one matrix.
 */
export interface AdapterFeeds {
  /** names of linear maps, as in the graph: `layers.3.qkv` */
  readonly linears: ReadonlySet<string>;
  readonly feeds: Readonly<Record<string, Feed>>;
}

/** @param strength multiplies what the adapter adds: 0 = nothing, 1 = as trained */
export function adapterFeeds(
  adapter: Adapter,
  { config, weights }: { config: ModelConfig; weights: ModelWeights },
  strength: number,
): AdapterFeeds {
  const linears = new Set<string>();
  const feeds: Record<string, Feed> = {};
  for (let layer = 0; layer < config.layers; layer++) {
    const pairs = adapter.pairs.filter((pair) => pair.layer === layer);
    for (const { name, targets } of productsOf(layer, config, weights)) {
      const own = pairs.filter(({ target }) => targets.includes(target));
      if (own.length === 0) continue;
      const { a, b } = stack(own, targets, config, strength);
      linears.add(name);
      feeds[`lora_a.${name}`] = a;
      feeds[`lora_b.${name}`] = b;
    }
  }
  return { linears, feeds };
}

interface LinearProduct {
  /** as in the graph */
  readonly name: string;
  readonly targets: readonly LinearName[];
}

/** The products that a layer computes, and the maps that each of them holds. */
function productsOf(layer: number, config: ModelConfig, weights: ModelWeights): LinearProduct[] {
  const groups = (Object.keys(groupMembers) as LinearGroup[]).filter((group) => weights.stacked(layer, group));
  const inGroups = new Set(groups.flatMap((group) => groupMembers[group]));
  const single = linearsOf(config).filter((target) => !inGroups.has(target));
  return [
    ...groups.map((group) => ({ name: `layers.${layer}.${group}`, targets: groupMembers[group] })),
    ...single.map((target) => ({ name: `layers.${layer}.${target}`, targets: [target] })),
  ];
}

function stack(
  pairs: readonly LoraPair[],
  targets: readonly LinearName[],
  config: ModelConfig,
  strength: number,
): { a: Feed; b: Feed } {
  const columns = linearShape(config, targets[0]!).columns;
  const rowsOf = (target: LinearName) => linearShape(config, target).rows;
  const rows = targets.reduce((sum, target) => sum + rowsOf(target), 0);
  const rank = pairs.reduce((sum, pair) => sum + pair.rank, 0);
  const a = new Float32Array(columns * rank); // (columns, rank)
  const b = new Float32Array(rank * rows); // (rank, rows)
  let firstRank = 0;
  for (const pair of pairs) {
    const firstRow = targets.slice(0, targets.indexOf(pair.target)).reduce((sum, target) => sum + rowsOf(target), 0);
    for (let r = 0; r < pair.rank; r++) {
      for (let k = 0; k < columns; k++) a[k * rank + firstRank + r] = pair.a[r * columns + k]!;
      for (let n = 0; n < rowsOf(pair.target); n++) {
        b[(firstRank + r) * rows + firstRow + n] = strength * pair.scale * pair.b[n * pair.rank + r]!;
      }
    }
    firstRank += pair.rank;
  }
  return { a: { data: a, shape: [columns, rank] }, b: { data: b, shape: [rank, rows] } };
}
