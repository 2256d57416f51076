import { InklingError, sentence } from '../../protocol/errors.ts';
import {
  groupMembers,
  groupShape,
  hasFinalNorm,
  type LinearGroup,
  type LinearName,
  layerNorms,
  linearShape,
  linearsOfLayer,
  mixerParts,
  type NormName,
  normWidth,
  type Part,
  type PartName,
  type RecurrentName,
} from '../decoderParts.ts';
import { readFloat32Tensor, type TensorEntry } from '../files/safetensors.ts';
import type { ModelConfig } from '../modelConfig.ts';
import { inklingNames, type TensorNames, tensorName } from '../tensorNames.ts';
import { type BlockLayouts, type MatrixWeights, rowsOfStack } from './matrixWeights.ts';

export interface NormWeights {
  readonly weight: Float32Array;
  /** of a norm with mean and variance */
  readonly bias: Float32Array | undefined;
}

/** Where a part of the model is looked for. */
interface Place {
  readonly name: PartName;
  readonly layer?: number | undefined;
  readonly isBias?: boolean;
}

export class ModelWeights {
  readonly #config: ModelConfig;
  readonly #tensors: ReadonlyMap<string, TensorEntry>;
  readonly #blocks: BlockLayouts | undefined;
  readonly #names: TensorNames;
  readonly #read = new Set<string>();

  /** @param blocks given when the tensors have the names of our own layout */
  constructor(config: ModelConfig, tensors: ReadonlyMap<string, TensorEntry>, blocks: BlockLayouts | undefined) {
    this.#config = config;
    this.#blocks = blocks;
    this.#names = blocks ? inklingNames : config.architecture.huggingFace;
    const { renamed } = config.architecture;
    this.#tensors = blocks ? tensors : withWholeNames(renamed?.(tensors) ?? tensors, this.#names);
  }

  /** All tensors of the files, by name. */
  get tensors(): ReadonlyMap<string, TensorEntry> {
    return this.#tensors;
  }

  /** (vocabulary, embedding) */
  embedding(): MatrixWeights {
    const { vocabularySize, embeddingSize } = this.#config;
    return this.#matrix({ name: 'embedding' }, { rows: vocabularySize, columns: embeddingSize });
  }

  /** (vocabulary, hidden); the embedding when the two are tied */
  head(): MatrixWeights {
    const { vocabularySize, hiddenSize, tiedEmbeddings } = this.#config;
    if (tiedEmbeddings) return this.embedding();
    return this.#matrix({ name: 'head' }, { rows: vocabularySize, columns: hiddenSize });
  }

  /** What the head adds, (vocabulary); undefined where it adds nothing. */
  headBias(): Float32Array | undefined {
    const { headBias, vocabularySize } = this.#config;
    return headBias ? this.#vector({ name: 'head', isBias: true }, vocabularySize) : undefined;
  }

  /** A matrix of a mixer other than attention, (rows, columns). */
  recurrentMatrix(layer: number, name: RecurrentName): MatrixWeights {
    const { shape } = this.#recurrentPart(layer, name, false)!;
    const [rows, columns] = shape as [number, number];
    return this.#matrix({ name, layer }, { rows, columns });
  }

  /** What it adds, (rows); undefined where it adds nothing. */
  recurrentBias(layer: number, name: RecurrentName): Float32Array | undefined {
    const part = this.#recurrentPart(layer, name, true);
    return part && this.#vector(part, part.shape[0]!);
  }

  #recurrentPart(layer: number, name: RecurrentName, isBias: boolean): Part | undefined {
    return mixerParts(this.#config, layer).find((part) => part.name === name && part.isBias === isBias);
  }

  /** (positions, hidden), learned; undefined for a model that turns queries and keys instead */
  positions(): MatrixWeights | undefined {
    const { learnedPositions, hiddenSize } = this.#config;
    if (learnedPositions === 0) return undefined;
    return this.#matrix({ name: 'positions' }, { rows: learnedPositions, columns: hiddenSize });
  }

  /** (outputs, inputs); of maps that are stored stacked only where one of them can be cut out */
  linear(layer: number, name: LinearName): MatrixWeights {
    const group = groupOf(name);
    const stack = group && this.stacked(layer, group);
    if (group && stack) return rowsOfStack(stack, memberRows(this.#config, group, name));
    return this.#matrix({ name, layer }, linearShape(this.#config, name), this.#isTransposed);
  }

  /** What a linear map adds, (outputs); undefined where it adds nothing. */
  bias(layer: number, name: LinearName): Float32Array | undefined {
    if (!this.#config.biases.has(name)) return undefined;
    const own = { name, layer, isBias: true };
    const { rows } = linearShape(this.#config, name);
    const group = groupOf(name);
    if (this.#has(own) || !group || !this.#has({ ...own, name: group })) return this.#vector(own, rows);
    const { from, to } = memberRows(this.#config, group, name);
    return this.#vector({ ...own, name: group }, groupShape(this.#config, group).rows).subarray(from, to);
  }

  /** Several maps stacked by rows, or undefined when they are stored one by one. */
  stacked(layer: number, group: LinearGroup): MatrixWeights | undefined {
    if (!this.#has({ name: group, layer })) return undefined;
    return this.#matrix({ name: group, layer }, groupShape(this.#config, group), this.#isTransposed);
  }

  /** @param layer none for `finalNorm` */
  norm(name: NormName, layer?: number): NormWeights {
    const width = normWidth(this.#config, name);
    const place = layer === undefined ? { name } : { name, layer };
    const stored = this.#vector(place, width);
    const offset = this.#blocks ? 0 : this.#config.architecture.normOffset;
    const bias = this.#config.norm === 'layer' ? this.#vector({ ...place, isBias: true }, width) : undefined;
    return { weight: offset === 0 ? stored : stored.map((value) => value + offset), bias };
  }

  /**
   * Looks every part of the model up, without reading the large ones.
   * @throws InklingError `modelBroken` for a part that is missing, `modelConfig` for one of another shape, `modelUnsupported`
   * for a tensor of the file that nobody reads: the model would compute something else without it
   */
  check(): void {
    this.embedding();
    this.head();
    this.headBias();
    this.positions();
    if (hasFinalNorm(this.#config)) this.norm('finalNorm');
    for (let layer = 0; layer < this.#config.layers; layer++) {
      for (const name of layerNorms(this.#config, layer)) this.norm(name, layer);
      for (const { name, isBias } of mixerParts(this.#config, layer)) {
        if (isBias) this.recurrentBias(layer, name as RecurrentName);
        else this.recurrentMatrix(layer, name as RecurrentName);
      }
      for (const group of ['qkv', 'gateUp'] as const) this.stacked(layer, group);
      for (const name of linearsOfLayer(this.#config, layer)) {
        const group = groupOf(name);
        if (!group || !this.#has({ name: group, layer })) this.linear(layer, name);
        this.bias(layer, name);
      }
    }
    const unread = [...this.#tensors.keys()].find((name) => !this.#read.has(name) && !this.#isLeftover(name));
    if (unread === undefined) return;
    throw new InklingError(
      'modelUnsupported',
      sentence`The weights hold the tensor ${unread}, which ${this.#config.architecture.title} as it is known here does not have.`,
    );
  }

  /** What files of older programs keep beside the weights, and a head that the embedding stands in for. */
  #isLeftover(name: string): boolean {
    if (leftovers.test(name)) return true;
    return this.#config.tiedEmbeddings && name === tensorName(this.#names, { name: 'head' });
  }

  get #isTransposed(): boolean {
    return !this.#blocks && this.#config.architecture.isTransposed;
  }

  #name(place: Place): string | undefined {
    return tensorName(this.#names, place);
  }

  #has(place: Place): boolean {
    const name = this.#name(place);
    return (
      name !== undefined &&
      (this.#tensors.has(name) || (this.#blocks !== undefined && Object.hasOwn(this.#blocks, name)))
    );
  }

  #vector(place: Place, width: number): Float32Array {
    const name = this.#name(place) ?? place.name;
    const entry = this.#entry(name);
    checkShape(name, entry, [width]);
    return readFloat32Tensor(entry);
  }

  #matrix(place: Place, { rows, columns }: { rows: number; columns: number }, isTransposed = false): MatrixWeights {
    const name = this.#name(place) ?? place.name;
    const layout = this.#blocks && Object.hasOwn(this.#blocks, name) ? this.#blocks[name] : undefined;
    if (!layout) {
      const tensor = this.#entry(name);
      checkShape(name, tensor, isTransposed ? [columns, rows] : [rows, columns]);
      return { kind: 'dense', rows, columns, tensor, ...(isTransposed ? { isTransposed } : {}) };
    }
    const blocksPerRow = columns / layout.blockSize;
    const quants = this.#entry(`${name}.quants`);
    const scales = this.#entry(`${name}.scales`);
    checkShape(name, quants, [rows, blocksPerRow, (layout.blockSize * layout.bits) / 8]);
    checkShape(name, scales, [rows, blocksPerRow]);
    const mins = this.#tensors.has(`${name}.mins`) ? this.#entry(`${name}.mins`) : undefined;
    if (mins) checkShape(name, mins, [blocksPerRow, rows]);
    return { kind: 'blocks', rows, columns, ...layout, quants, scales, ...(mins ? { mins } : {}) };
  }

  #entry(name: string): TensorEntry {
    this.#read.add(name);
    const entry = this.#tensors.get(name);
    if (entry) return entry;
    throw new InklingError('modelBroken', sentence`The weights lack the tensor ${name} that config.json promises.`);
  }
}

/** Buffers that a program computes anew when it starts. */
const leftovers = /(?:^|\.)(?:rotary_emb\.inv_freq|rotary_pos_emb\.inv_freq|attn\.(?:masked_)?bias|position_ids)$/u;

/** Files of a model without its head leave out the first word of the names, such as `model.`. */
function withWholeNames(
  tensors: ReadonlyMap<string, TensorEntry>,
  { modules }: TensorNames,
): ReadonlyMap<string, TensorEntry> {
  const [prefix] = modules.embedding!.split('.');
  const embedding = `${modules.embedding}.weight`;
  const short = embedding.slice(prefix!.length + 1);
  if (tensors.has(embedding) || !tensors.has(short)) return tensors;
  const head = `${modules.head}.weight`;
  return new Map([...tensors].map(([name, entry]) => [name === head ? name : `${prefix}.${name}`, entry]));
}

const groupOf = (name: LinearName): LinearGroup | undefined =>
  (['qkv', 'gateUp'] as const).find((group) => groupMembers[group].includes(name));

/** The rows of a stack that belong to one of its maps. */
export function memberRows(config: ModelConfig, group: LinearGroup, name: LinearName): { from: number; to: number } {
  const before = groupMembers[group].slice(0, groupMembers[group].indexOf(name));
  const from = before.reduce((sum, member) => sum + linearShape(config, member).rows, 0);
  return { from, to: from + linearShape(config, name).rows };
}

function checkShape(name: string, entry: TensorEntry, expected: readonly number[]): void {
  if (entry.shape.join() !== expected.join()) {
    throw new InklingError(
      'modelConfig',
      sentence`Tensor ${name} has the shape (${entry.shape.join(', ')}), config.json says (${expected.join(', ')}).`,
    );
  }
}
