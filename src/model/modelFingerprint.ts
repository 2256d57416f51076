import { createHash } from 'node:crypto';
import { layerNorms } from './decoderParts.ts';
import type { ModelConfig } from './modelConfig.ts';
import type { ModelWeights } from './weights/modelWeights.ts';

/**
 * Tells one model from another, at once and whatever its weights are stored as: the norms' weights, which every format
 * keeps unquantised, hashed together with the shape of the model.
 */
export function modelFingerprint(config: ModelConfig, weights: ModelWeights): string {
  const { architecture, layers, hiddenSize, intermediateSize, heads, kvHeads, headDim, vocabularySize } = config;
  const shape = { layers, hiddenSize, intermediateSize, heads, kvHeads, headDim, vocabularySize };
  const hash = createHash('sha256').update(`${architecture.name}${JSON.stringify(shape)}`);
  for (let layer = 0; layer < layers; layer++) {
    for (const name of layerNorms(config)) hash.update(weights.norm(name, layer).weight);
  }
  return hash.update(weights.norm('finalNorm').weight).digest('hex');
}
