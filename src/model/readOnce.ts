import { fillMask } from './decoder/attentionMask.ts';
import type { DecoderGraphOptions } from './decoder/decoderOps.ts';
import { buildDecoderGraph } from './decoderGraph.ts';
import { type ModelConfig, stateShapes } from './modelConfig.ts';
import type { ModelFolder } from './modelFolder.ts';
import { tokensUntilOthers } from './rotaryTable.ts';
import { type Feed, Session } from './session.ts';
import { defaultThreads } from './threads.ts';
import { EmbeddingRows } from './weights/embeddingRows.ts';

/** Logits that a run may give: 16 MB. With a vocabulary of hundreds of thousands they are what takes memory. */
export const mostLogits = 1 << 22;

/**
 * What a model says after tokens of some texts, each read at once and from its beginning: for checks of a model, not for
 * writing. Takes as much memory as running the model does.
 * @param texts token ids
 * @param options mostRows: of each text; the last ones, by default all
 * @returns per text the logits (rows · vocabulary)
 */
export async function logitsOfTexts(
  folder: ModelFolder,
  texts: readonly (readonly number[])[],
  {
    mostRows = Number.POSITIVE_INFINITY,
    ...options
  }: Pick<DecoderGraphOptions, 'precision' | 'accuracyLevel'> & { readonly mostRows?: number },
): Promise<Float32Array[]> {
  const { config, weights, weightsFolder } = folder;
  const maxPositions = Math.max(2, ...texts.map(({ length }) => length));
  const graph = buildDecoderGraph(config, weights, {
    ...options,
    ...{ dialect: 'fused', cacheElement: 'float32', maxPositions },
  });
  const embedding = new EmbeddingRows(weights.embedding());
  const found: Float32Array[] = [];
  try {
    const session = await Session.create(graph.serialize(), {
      device: 'cpu',
      threads: defaultThreads(),
      weightsFolder,
    });
    for (const ids of texts) {
      const first = Math.max(0, ids.length - mostRows);
      const rows = BigInt64Array.from(ids.slice(first), (_, row) => BigInt(first + row));
      const feeds: Record<string, Feed> = {
        embeddings: { data: embedding.read(ids), shape: [ids.length, config.embeddingSize] },
        logit_rows: { data: rows, shape: [rows.length] },
        ...emptyState(config),
        ...(config.mixers.includes('attention') ? emptyCache(config, ids.length, maxPositions) : {}),
      };
      found.push((await session.run(feeds, ['logits'])).logits.data);
    }
    await session.release();
  } finally {
    embedding.close();
  }
  return found;
}

const emptyState = (config: ModelConfig): Record<string, Feed> =>
  Object.fromEntries(
    stateShapes(config).map((shape, i) => {
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
      return [`past_state.${i}`, { data, shape }];
    }),
  );

/** One row for each layer, which no token sees. */
function emptyCache(config: ModelConfig, count: number, maxPositions: number): Record<string, Feed> {
  const { mixers, heads, kvHeads, headDim, windows, rotary } = config;
  const feeds: Record<string, Feed> = {
    position: { data: BigInt64Array.of(0n), shape: [1] },
    query_shape: { data: BigInt64Array.from([kvHeads, 1, (heads / kvHeads) * count, headDim], BigInt), shape: [4] },
  };
  for (const [layer, mixer] of mixers.entries()) {
    if (mixer !== 'attention') continue;
    const row: Feed = { data: new Float32Array(kvHeads * headDim), shape: [kvHeads, 1, 1, headDim] };
    feeds[`past_key.${layer}`] = row;
    feeds[`past_value.${layer}`] = row;
  }
  if (Number.isFinite(tokensUntilOthers(rotary, maxPositions))) {
    const isLong = count > tokensUntilOthers(rotary, maxPositions);
    feeds['rotary_offset'] = { data: BigInt64Array.of(BigInt(isLong ? maxPositions : 0)), shape: [1] };
  }
  for (const window of new Set(windows)) {
    const rows = (heads / kvHeads) * count;
    const data = new Float32Array(rows * (1 + count));
    fillMask(data, { length: 0, rows: 1, count, window });
    feeds[window === undefined ? 'attention_mask' : 'window_mask'] = { data, shape: [1, rows, 1 + count] };
  }
  return feeds;
}
