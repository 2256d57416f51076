import { createHash } from 'node:crypto';
import { hasFinalNorm, layerNorms, mixerParts, type RecurrentName } from './decoderParts.ts';
import type { ModelConfig } from './modelConfig.ts';
import type { ModelWeights } from './weights/modelWeights.ts';

/**
 * Tells one model from another, at once and whatever its weights are stored as: the norms' weights and the biases of
 * recurrent layers, which every format keeps unquantised, hashed together with the shape of the model.
 */
export function modelFingerprint(config: ModelConfig, weights: ModelWeights): string {
  const { architecture, layers, hiddenSize, intermediateSize, heads, kvHeads, headDim, vocabularySize } = config;
  const shape = { layers, hiddenSize, intermediateSize, heads, kvHeads, headDim, vocabularySize };
  const hash = createHash('sha256').update(`${architecture.name}${JSON.stringify(shape)}`);
  for (let layer = 0; layer < layers; layer++) {
    for (const name of layerNorms(config, layer)) hash.update(weights.norm(name, layer).weight);
    for (const { name, isBias } of mixerParts(config, layer)) {
      if (isBias) hash.update(weights.recurrentBias(layer, name as RecurrentName)!);
    }
  }
  if (hasFinalNorm(config)) hash.update(weights.norm('finalNorm').weight);
  return hash.digest('hex');
}
