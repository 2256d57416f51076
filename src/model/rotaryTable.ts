import type { ModelConfig } from './modelConfig.ts';

/** cos and sin of position · θ^(−2i/D), times `scale`, both (maxPositions, D/2): Su et al. 2021, rotate-half layout */
export function rotaryTable(
  config: ModelConfig,
  maxPositions: number,
  scale = 1,
): { cos: Float32Array; sin: Float32Array } {
  const half = config.headDim / 2;
  const cos = new Float32Array(maxPositions * half);
  const sin = new Float32Array(maxPositions * half);
  for (let i = 0; i < half; i++) {
    const frequency = config.ropeTheta ** ((-2 * i) / config.headDim);
    for (let position = 0; position < maxPositions; position++) {
      cos[position * half + i] = scale * Math.cos(position * frequency);
      sin[position * half + i] = scale * Math.sin(position * frequency);
    }
  }
  return { cos, sin };
}
