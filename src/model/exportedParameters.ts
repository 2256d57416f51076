/** How many parameters a graph that others exported has; counted in its constants, of which only sizes and types are read. */
import { BinaryFile } from './files/binaryFile.ts';
import { type Field, ProtobufReader } from './onnx/protobufReader.ts';

/** `TensorProto.DataType` of what weights are kept in: floats, and whole numbers of 8 and 4 bits. Larger ones are sizes. */
const weightTypes = new Set([1, 2, 3, 10, 11, 16, 17, 18, 19, 20, 21, 22, 23]);
const bytes = 2; // uint8, in which numbers of 4 bits lie in twos

/** Inputs of operators that are no parameters: scales, zero points, tables of positions. */
const notCounted: Readonly<Record<string, readonly number[]>> = {
  MatMulNBits: [2, 3, 4],
  MatMulBnb4: [2],
  GatherBlockQuantized: [2, 3],
  DequantizeLinear: [1, 2],
  DynamicQuantizeMatMul: [2, 3],
  MatMulInteger: [2, 3],
  MatMulIntegerToFloat: [2, 3, 4, 5],
  RotaryEmbedding: [2, 3],
  GroupQueryAttention: [7, 8],
};

const deepestGraph = 4;

interface Found {
  readonly constants: Map<string, { readonly elements: number; readonly type: number }>;
  readonly ignored: Set<string>;
  /** parameters of matrices whose elements hold several each: their number, or how many to a byte */
  readonly packed: Map<string, { readonly count?: number; readonly perByte?: number }>;
}

/**
 * @param isTied says config.json that embedding and head are one matrix? Exporters write it twice, turned the second time.
 * @returns undefined where the file cannot be understood: running it says what is wrong
 */
export function exportedParameters(graph: string, embedding: { isTied: boolean; size: number }): number | undefined {
  const found: Found = { constants: new Map(), ignored: new Set(), packed: new Map() };
  let file: BinaryFile | undefined;
  try {
    file = new BinaryFile(graph);
    const reader = new ProtobufReader(file);
    for (const field of reader.fields(0, file.sizeBytes)) if (field.number === 7) readGraph(reader, field, found, 0);
  } catch {
    return undefined;
  } finally {
    file?.close();
  }
  const counts = [...found.constants].flatMap(([name, { elements, type }]) => {
    if (found.ignored.has(name)) return [];
    const { count, perByte = 1 } = found.packed.get(name) ?? {};
    return [count ?? (type === bytes ? perByte * elements : elements)];
  });
  const isTwice = embedding.isTied && counts.filter((count) => count === embedding.size).length > 1;
  const sum = counts.reduce((total, count) => total + count, isTwice ? -embedding.size : 0);
  return sum > 0 ? sum : undefined;
}

/** GraphProto: node 1, initializer 5 */
function readGraph(reader: ProtobufReader, { start, end }: Field, found: Found, depth: number): void {
  if (depth > deepestGraph) return;
  for (const field of reader.fields(start, end)) {
    if (field.number === 1) readNode(reader, field, found, depth);
    else if (field.number === 5) readTensor(reader, field, found);
  }
}

/** TensorProto: dims 1, data_type 2, name 8 */
function readTensor(reader: ProtobufReader, { start, end }: Field, { constants, ignored }: Found): void {
  let [elements, type, name] = [1, 0, ''];
  for (const field of reader.fields(start, end)) {
    if (field.number === 1) {
      const dims = Number.isNaN(field.value) ? reader.packed(field) : [field.value];
      for (const dim of dims) elements *= dim;
    } else if (field.number === 2) type = field.value;
    else if (field.number === 8) name = reader.text(field);
  }
  if (!weightTypes.has(type) || !Number.isSafeInteger(elements)) return;
  constants.set(name, { elements, type });
  if (/_(?:scales?|zero_points?|zp)$/u.test(name)) ignored.add(name);
}

/** NodeProto: input 1, op_type 4, attribute 5 */
function readNode(reader: ProtobufReader, { start, end }: Field, found: Found, depth: number): void {
  const inputs: string[] = [];
  const attributes = new Map<string, number>();
  let type = '';
  for (const field of reader.fields(start, end)) {
    if (field.number === 1) inputs.push(reader.text(field));
    else if (field.number === 4) type = reader.text(field);
    else if (field.number === 5) readAttribute(reader, field, { attributes, found, depth });
  }
  for (const index of Object.hasOwn(notCounted, type) ? notCounted[type]! : []) {
    const name = inputs[index];
    if (name) found.ignored.add(name);
  }
  const [first = '', second = ''] = inputs;
  if (type === 'MatMulNBits' || type === 'MatMulBnb4') {
    found.packed.set(second, { count: (attributes.get('K') ?? 0) * (attributes.get('N') ?? 0) });
  } else if (type === 'GatherBlockQuantized' && !found.packed.has(first)) {
    found.packed.set(first, { perByte: Math.floor(8 / (attributes.get('bits') || 4)) });
  }
}

interface AttributeOf {
  readonly attributes: Map<string, number>;
  readonly found: Found;
  readonly depth: number;
}

/** AttributeProto: name 1, i 3, g 6 */
function readAttribute(reader: ProtobufReader, { start, end }: Field, { attributes, found, depth }: AttributeOf): void {
  let [name, value] = ['', 0];
  for (const field of reader.fields(start, end)) {
    if (field.number === 1) name = reader.text(field);
    else if (field.number === 3) value = field.value;
    else if (field.number === 6) readGraph(reader, field, found, depth + 1);
  }
  attributes.set(name, value);
}
