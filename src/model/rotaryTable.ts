/** How far each pair of a head's numbers turns from one position to the next (Su et al. 2021, rotate-half layout). */
export interface RotaryPositions {
  /** numbers of a head that are turned, its first ones; the others stay */
  readonly dimensions: number;
  /** radians per position, (dimensions / 2) */
  readonly frequencies: readonly number[];
  /** factor on what is turned */
  readonly magnitude: number;
  /** frequencies of all tokens of a text that is longer than so many tokens; undefined: the same */
  readonly beyond?: { readonly tokens: number; readonly frequencies: readonly number[] };
}

/** Those of a text of at most so many tokens. */
export const positionsFor = (positions: RotaryPositions, tokens: number): RotaryPositions =>
  positions.beyond && tokens > positions.beyond.tokens
    ? { ...positions, frequencies: positions.beyond.frequencies }
    : positions;

/** The length beyond which a model turns by other frequencies; infinite where it never does within `maxPositions`. */
export function tokensUntilOthers(rotary: readonly (RotaryPositions | undefined)[], maxPositions: number): number {
  const tokens = Math.min(...rotary.map((positions) => positions?.beyond?.tokens ?? Number.POSITIVE_INFINITY));
  return tokens < maxPositions ? tokens : Number.POSITIVE_INFINITY;
}

/** Rows of cos and sin, (rows, dimensions / 2). */
export interface RotaryTables {
  readonly cos: Float32Array;
  readonly sin: Float32Array;
  readonly rows: number;
}

/**
 * The tables of one kind of positions, times `scale`. Where the model turns long texts otherwise, those of a long text lie
 * `maxPositions` rows below those of a short one: of all its kinds, for one offset leads to them.
 */
export function rotaryTables(
  positions: RotaryPositions,
  of: {
    readonly rotary: readonly (RotaryPositions | undefined)[];
    readonly maxPositions: number;
    readonly scale?: number;
  },
): RotaryTables {
  const { rotary, maxPositions, scale = 1 } = of;
  const ofShort = rotaryTable(positions, maxPositions, scale);
  if (!Number.isFinite(tokensUntilOthers(rotary, maxPositions))) return { ...ofShort, rows: maxPositions };
  const ofLong = rotaryTable(positionsFor(positions, maxPositions), maxPositions, scale);
  const both = (key: 'cos' | 'sin') => {
    const table = new Float32Array(2 * ofShort[key].length);
    table.set(ofShort[key]);
    table.set(ofLong[key], ofShort[key].length);
    return table;
  };
  return { cos: both('cos'), sin: both('sin'), rows: 2 * maxPositions };
}

/** cos and sin of position · frequency, times the magnitude and `scale`; both (maxPositions, dimensions / 2) */
function rotaryTable(
  { dimensions, frequencies, magnitude }: RotaryPositions,
  maxPositions: number,
  scale: number,
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
