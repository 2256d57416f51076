/** A folder of safetensors as Hugging Face lays it out, opened for conversion. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  groupMembers,
  hasFinalNorm,
  type LinearGroup,
  type LinearName,
  layerNorms,
  linearsOfLayer,
  mixerParts,
  type NormName,
  type PartName,
  type RecurrentName,
} from '../model/decoderParts.ts';
import { BinaryFile } from '../model/files/binaryFile.ts';
import type { TensorEntry } from '../model/files/safetensors.ts';
import { readJsonFile, readSmallFile } from '../model/files/textFile.ts';
import { type ModelFolder, openModelFolder } from '../model/modelFolder.ts';
import { inklingNames, tensorName } from '../model/tensorNames.ts';
import { tablesFromJson } from '../model/tokenizer/tokenizerTables.ts';
import { demandFinite } from '../model/weights/finiteWeights.ts';
import { type MatrixWeights, readMatrix } from '../model/weights/matrixWeights.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import type { Quantization } from '../protocol/store.ts';
import { densePart } from './densePart.ts';
import { readModelCard } from './modelCard.ts';
import type { ModelPart, ModelSource } from './modelSource.ts';

/** @throws InklingError `modelMissing`, `modelBroken`, `modelUnsupported`, `modelConfig` */
export function openFolderSource(path: string, quantize: Quantization): ModelSource {
  const folder = openModelFolder(path);
  const { tokenizerJson } = folder;
  const rows = new TensorRows();
  const parts = partsOf(
    folder,
    (name, part, matrices) => matrixPart({ name, part, matrices, rows }, quantize),
    quantize,
  );
  return {
    files: filesOf(folder, tokenizerJson),
    parts,
    tokenizer: tablesFromJson(tokenizerJson, folder.tokenizerConfig, folder.config.vocabularySize),
    weightFormat: weightFormatOf(parts),
    ...readModelCard(path),
    sourceFiles: [],
    close: () => rows.close(),
  };
}

/** Rows of tensors, with each file open once. */
class TensorRows {
  readonly #files = new Map<string, BinaryFile>();

  read({ file, offset, length, shape }: TensorEntry, from: number, to: number): Buffer {
    const opened = this.#files.get(file) ?? new BinaryFile(file);
    this.#files.set(file, opened);
    const rowBytes = length / shape[0]!;
    return opened.read(offset + from * rowBytes, (to - from) * rowBytes);
  }

  close(): void {
    for (const file of this.#files.values()) file.close();
  }
}

/** @param matrices one, or several that become one below the other */
type MatrixOf = (name: string, part: PartName, matrices: readonly MatrixWeights[]) => ModelPart;

/** In the order in which they are read when a model starts. */
function partsOf({ config, weights }: ModelFolder, matrix: MatrixOf, quantize: Quantization): ModelPart[] {
  const norms = (names: readonly NormName[], layer: number) =>
    layerNorms(config, layer).flatMap((name) =>
      names.includes(name) ? normParts(name, weights.norm(name, layer), layer) : [],
    );
  const ownName = (name: PartName, layer?: number) => tensorName(inklingNames, { name, layer })!;
  const biases = (names: readonly LinearName[], layer: number) =>
    names.flatMap((name) => {
      const bias = weights.bias(layer, name);
      return bias ? [vectorPart(tensorName(inklingNames, { name, layer, isBias: true })!, bias)] : [];
    });
  const linear = (name: LinearName, layer: number) => matrix(ownName(name, layer), name, [weights.linear(layer, name)]);
  const grouped = (group: LinearGroup, layer: number) => {
    const names = groupMembers[group].filter((name) => linearsOfLayer(config, layer).includes(name));
    if (names.length === 0) return [];
    const stack = weights.stacked(layer, group);
    const members = stack ? [stack] : names.map((name) => weights.linear(layer, name));
    const becomesOne =
      names.length === groupMembers[group].length && (stack || (quantize !== 'none' && areAlike(members)));
    const maps = becomesOne
      ? [matrix(ownName(group, layer), group, members)]
      : names.map((name) => linear(name, layer));
    return [...maps, ...biases(names, layer)];
  };
  const single = (name: LinearName, layer: number) =>
    linearsOfLayer(config, layer).includes(name) ? [linear(name, layer), ...biases([name], layer)] : [];
  const mixer = (layer: number) =>
    mixerParts(config, layer).map(({ name, isBias }) => {
      const part = name as RecurrentName;
      if (!isBias) return matrix(ownName(part, layer), part, [weights.recurrentMatrix(layer, part)]);
      return vectorPart(tensorName(inklingNames, { name, layer, isBias })!, weights.recurrentBias(layer, part)!);
    });
  const headBias = weights.headBias();
  const ofLayers = Array.from({ length: config.layers }, (_, layer) => [
    ...norms(['attentionNorm', 'qNorm', 'kNorm'], layer),
    ...grouped('qkv', layer),
    ...single('o', layer),
    ...mixer(layer),
    ...norms(['afterAttentionNorm', 'mlpNorm'], layer),
    ...grouped('gateUp', layer),
    ...single('down', layer),
    ...norms(['afterMlpNorm'], layer),
  ]);
  const positions = weights.positions();
  return [
    matrix(ownName('embedding'), 'embedding', [weights.embedding()]),
    ...(positions ? [matrix(ownName('positions'), 'positions', [positions])] : []),
    ...ofLayers.flat(),
    ...(hasFinalNorm(config) ? normParts('finalNorm', weights.norm('finalNorm')) : []),
    ...(config.tiedEmbeddings ? [] : [matrix(ownName('head'), 'head', [weights.head()])]),
    ...(headBias ? [vectorPart(tensorName(inklingNames, { name: 'head', isBias: true })!, headBias)] : []),
  ];
}

const areAlike = (matrices: readonly MatrixWeights[]) =>
  matrices.every(
    (each) =>
      each.kind === 'dense' && !each.isTransposed && each.tensor.dtype === (matrices[0] as typeof each).tensor.dtype,
  );

function normParts(
  name: NormName,
  { weight, bias }: { weight: Float32Array; bias: Float32Array | undefined },
  layer?: number,
): ModelPart[] {
  const own = tensorName(inklingNames, { name, layer })!;
  const ownBias = tensorName(inklingNames, { name, layer, isBias: true })!;
  return [vectorPart(own, weight), ...(bias ? [vectorPart(ownBias, bias)] : [])];
}

function vectorPart(name: string, values: Float32Array): ModelPart {
  demandFinite(values, name);
  const bytes = () => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { kind: 'plain', name, dtype: 'F32', shape: [values.length], bytes };
}

function matrixPart(
  {
    name,
    part,
    matrices,
    rows,
  }: { name: string; part: PartName; matrices: readonly MatrixWeights[]; rows: TensorRows },
  quantize: Quantization,
): ModelPart {
  const first = matrices[0]!;
  const { columns } = first;
  if (first.kind === 'blocks') {
    throw new InklingError(
      'modelUnsupported',
      sentence`This model is in blocks already (${name}): name its folder as the model.`,
    );
  }
  const all = matrices.reduce((sum, matrix) => sum + matrix.rows, 0);
  if (first.isTransposed) {
    // it has to be read as a whole to be turned
    const bytes = () => Buffer.from(readMatrix(first).buffer as ArrayBuffer);
    return densePart({ name, part, rows: all, columns, dtype: 'F32', rowUnit: all, bytes }, quantize);
  }
  const bytes = (from: number, to: number) => {
    const pieces: Buffer[] = [];
    let before = 0;
    for (const matrix of matrices as readonly (typeof first)[]) {
      const [start, end] = [Math.max(from - before, 0), Math.min(to - before, matrix.rows)];
      if (start < end) pieces.push(rows.read(matrix.tensor, start, end));
      before += matrix.rows;
    }
    return pieces.length === 1 ? pieces[0]! : inOne(pieces);
  };
  return densePart({ name, part, rows: all, columns, dtype: first.tensor.dtype, rowUnit: 1, bytes }, quantize);
}

/** In an ArrayBuffer of its own, so that typed arrays can view it. */
function inOne(pieces: readonly Buffer[]): Buffer {
  const whole = Buffer.allocUnsafeSlow(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const copied = ['generation_config.json', 'chat_template.jinja', 'chat_template.json'];

function filesOf({ path, tokenizerConfig }: ModelFolder, tokenizerJson: object): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>([
    ['config.json', JSON.stringify(readJsonFile(join(path, 'config.json')), null, 2)],
    ['tokenizer.json', JSON.stringify(tokenizerJson)],
    ['tokenizer_config.json', JSON.stringify(tokenizerConfig, null, 2)],
  ]);
  for (const name of copied) {
    if (existsSync(join(path, name))) files.set(name, readSmallFile(join(path, name)));
  }
  return files;
}

function weightFormatOf(parts: readonly ModelPart[]): string {
  const formats = parts.flatMap((part) => {
    if (part.kind === 'blocks') return [`${part.layout.bits}-bit`];
    return part.shape.length === 2 ? [part.dtype] : [];
  });
  return [...new Set(formats)].sort().join(' + ');
}
