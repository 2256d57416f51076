/** How far each pair of a head's numbers turns from one position to the next (Su et al. 2021, rotate-half layout). */
export interface RotaryPositions {
  /** numbers of a head that are turned, its first ones; the others stay */
  readonly dimensions: number;
  /** radians per position, (dimensions / 2) */
  readonly frequencies: readonly number[];
  /** factor on what is turned */
  readonly magnitude: number;
}

/** cos and sin of position · frequency, times the magnitude and `scale`; both (maxPositions, dimensions / 2) */
export function rotaryTable(
  { dimensions, frequencies, magnitude }: RotaryPositions,
  maxPositions: number,
  scale = 1,
): { cos: Float32Array; sin: Float32Array } {
  const half = dimensions / 2;
  const factor = scale * magnitude;
  const cos = new Float32Array(maxPositions * half);
  const sin = new Float32Array(maxPositions * half);
  for (let i = 0; i < half; i++) {
    const frequency = frequencies[i]!;
    for (let position = 0; position < maxPositions; position++) {
      cos[position * half + i] = factor * Math.cos(position * frequency);
      sin[position * half + i] = factor * Math.sin(position * frequency);
    }
  }
  return { cos, sin };
}
