/** How a decoder knows where a token stands: a learned table added to the embeddings, or queries and keys turned. */
import { type RotaryPositions, rotaryTables, tokensUntilOthers } from '../rotaryTable.ts';
import { readMatrix } from '../weights/matrixWeights.ts';
import type { DecoderOps } from './decoderOps.ts';

/** embeddings (S, H) → the same with the rows of the learned table from `position` on added, where there is one */
export function addLearnedPositions(ops: DecoderOps, embeddings: string, position: string): string {
  const { graph, weights } = ops;
  const table = weights.positions();
  if (!table) return embeddings;
  const end = graph.op('Add', [position, graph.op('Shape', [embeddings], { end: 1 })]);
  const all = // (positions, H)
    table.kind === 'dense'
      ? ops.float32('positions', table.tensor)
      : graph.initializer('positions', 'float32', [table.rows, table.columns], readMatrix(table));
  return graph.op('Add', [embeddings, graph.op('Slice', [all, position, end, graph.int64([0])])]);
}

/** (heads, 1, S, D) → turned */
export type Turn = (x: string) => string;

/** Where every number of every head is turned, the tables carry the scale of the scores; elsewhere the scores do. */
export const isScaleInTables = ({ rotary, headDim }: DecoderOps['config']): boolean =>
  rotary.every((positions) => positions?.dimensions === headDim);

/**
 * Per layer what turns its queries and keys; undefined where they are not turned. Layers with the same positions share
 * their tables. The root of the scale in queries and keys alike is the scale in their products, without a node of its own.
 */
export function rotaryTurns(ops: DecoderOps, ofText: string, embeddings: string): (Turn | undefined)[] {
  const { config, graph, options } = ops;
  const made = new Map<RotaryPositions, Turn>();
  const hasOthers = Number.isFinite(tokensUntilOthers(config.rotary, options.maxPositions));
  const position = hasOthers ? graph.op('Add', [ofText, graph.input('rotary_offset', 'int64', [1])]) : ofText;
  return config.rotary.map((positions) => {
    if (!positions) return undefined;
    const known = made.get(positions);
    if (known) return known;
    const name = made.size === 0 ? 'rotary' : `rotary.${made.size}`;
    const turn = rotaryTurn(ops, { positions, name, position, embeddings });
    made.set(positions, turn);
    return turn;
  });
}

interface RotaryInputs {
  readonly positions: RotaryPositions;
  /** of the tables */
  readonly name: string;
  readonly position: string;
  readonly embeddings: string;
}

/** Su et al. 2021, rotate-half layout */
function rotaryTurn(ops: DecoderOps, { positions, name, position, embeddings }: RotaryInputs): Turn {
  const { graph, config } = ops;
  const { maxPositions, dialect } = ops.options;
  const { dimensions } = positions;
  const scale = isScaleInTables(config) ? rootOfScale(config) : 1;
  const { cos, sin, rows } = rotaryTables(positions, { rotary: config.rotary, maxPositions, scale });
  const tableShape = [rows, dimensions / 2];
  const cosTable = graph.initializer(`${name}.cos`, 'float32', tableShape, cos);
  const sinTable = graph.initializer(`${name}.sin`, 'float32', tableShape, sin);
  const isWhole = dimensions === config.headDim;
  if (dialect === 'fused') {
    const partly = isWhole ? {} : { rotary_embedding_dim: dimensions, num_heads: 1 };
    return (x) => graph.op('RotaryEmbedding', [x, position, cosTable, sinTable], { interleaved: 0, ...partly });
  }
  const end = graph.op('Add', [position, graph.op('Shape', [embeddings], { end: 1 })]);
  const rowsOf = (table: string) => graph.op('Slice', [table, position, end, graph.int64([0])]); // (S, dimensions/2)
  const cosRows = rowsOf(cosTable);
  const sinRows = rowsOf(sinTable);
  const half = dimensions / 2;
  return (x) => {
    const [a, b, ...rest] = isWhole
      ? graph.ops('Split', [x], 2, { axis: -1, num_outputs: 2 })
      : graph.ops('Split', [x, graph.int64([half, half, config.headDim - dimensions])], 3, { axis: -1 });
    const first = graph.op('Sub', [graph.op('Mul', [a!, cosRows]), graph.op('Mul', [b!, sinRows])]);
    const second = graph.op('Add', [graph.op('Mul', [b!, cosRows]), graph.op('Mul', [a!, sinRows])]);
    return graph.op('Concat', [first, second, ...rest], { axis: -1 });
  };
}

const rootOfScale = ({ attentionScale, headDim }: DecoderOps['config']): number =>
  attentionScale === headDim ** -0.5 ? headDim ** -0.25 : Math.sqrt(attentionScale);
