/** Builds an ONNX graph in memory and writes it as a ModelProto: https://onnx.ai/onnx/repo-docs/IR.html */
import { basename } from 'node:path';
import { composites } from './composites.ts';
import { type Attributes, type GraphNode, type Operator, type OperatorName, operators } from './operators.ts';
import { ProtobufWriter } from './protobuf.ts';

/** TensorProto.DataType */
const elementTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  float16: 10,
  float64: 11,
  bfloat16: 16,
} as const;
export type ElementType = keyof typeof elementTypes;
export const elementTypeNumber = (type: ElementType): number => elementTypes[type];

/** Bytes of a file that the runtime maps instead of reading; the file must lie in the folder given to the session. */
export interface FileSlice {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

export type InitializerData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | FileSlice;
/** a fixed size, or a symbol such as 'S' for one known only when the graph runs */
export type Dimension = number | string;

interface ValueInfo {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly Dimension[];
}

export class Graph {
  readonly #addedNodes: GraphNode[] = [];
  readonly #initializers = new Map<string, { type: ElementType; shape: readonly number[]; data: InitializerData }>();
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs: ValueInfo[] = [];
  readonly #described = new Map<string, ValueInfo>();
  #nextNumber = 0;

  constructor(readonly name: string) {}

  /** In the order in which they were added, which is an order in which they can run. */
  get nodes(): readonly GraphNode[] {
    return this.#addedNodes;
  }

  input(name: string, type: ElementType, shape: readonly Dimension[]): string {
    this.#inputs.push({ name, type, shape });
    return name;
  }

  /** Declares `value` as an output under `name`. */
  output(name: string, value: string, type: ElementType, shape: readonly Dimension[]): void {
    this.#addNode('Identity', [value], [name], {});
    this.#outputs.push({ name, type, shape });
  }

  /**
   * Says what shape a value has where the runtime cannot infer it. Without that it does not know which buffers are of
   * one size, plans them apart, and searches through all of them for every further one.
   * @returns `value`
   */
  describe(value: string, type: ElementType, shape: readonly Dimension[]): string {
    this.#described.set(value, { name: value, type, shape });
    return value;
  }

  /** Says that `value` has the shape and type of `other`, if those are known of `other`. */
  describeLike(value: string, other: string): string {
    const known = this.#known(other);
    return known ? this.describe(value, known.type, known.shape) : value;
  }

  /** What `describe` or `input` said of a value. */
  shapeOf(value: string): readonly Dimension[] | undefined {
    return this.#known(value)?.shape;
  }

  #known(value: string): ValueInfo | undefined {
    return this.#described.get(value) ?? this.#inputs.find(({ name }) => name === value);
  }

  /** A constant tensor; the same name twice is the same tensor. */
  initializer(name: string, type: ElementType, shape: readonly number[], data: InitializerData): string {
    if (!this.#initializers.has(name)) this.#initializers.set(name, { type, shape, data });
    return name;
  }

  /** An int64 constant: a list is a vector, a number a scalar. */
  int64(values: number | readonly number[]): string {
    const list = typeof values === 'number' ? [values] : values;
    const shape = typeof values === 'number' ? [] : [list.length];
    return this.initializer(`int64:${JSON.stringify(values)}`, 'int64', shape, BigInt64Array.from(list, BigInt));
  }

  float32(value: number): string {
    return this.initializer(`float32:${value}`, 'float32', [], Float32Array.of(value));
  }

  /** Adds a node with one output and returns that output's name. */
  op(type: OperatorName, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.ops(type, inputs, 1, attributes)[0]!;
  }

  /** Adds a node with several outputs. */
  ops(type: OperatorName, inputs: readonly string[], outputCount: number, attributes: Attributes = {}): string[] {
    const outputs = Array.from({ length: outputCount }, () => `${type}_${this.#nextNumber++}`);
    this.#addNode(type, inputs, outputs, attributes);
    return outputs;
  }

  #addNode(type: OperatorName, inputs: readonly string[], outputs: readonly string[], attributes: Attributes): void {
    const operator: Operator = operators[type];
    const inRange = (n: number, [least, most]: readonly [number, number]) => n >= least && n <= most;
    if (!operator) throw new Error(`${type} is not a legal operator: see onnx/operators.ts`);
    if (!inRange(inputs.length, operator.inputs)) throw new Error(`${type} cannot have ${inputs.length} inputs`);
    if (!inRange(outputs.length, operator.outputs)) throw new Error(`${type} cannot have ${outputs.length} outputs`);
    for (const key of Object.keys(attributes)) {
      if (!(key in operator.attributes)) throw new Error(`${type} has no attribute ${key}`);
    }
    this.#addedNodes.push({ type, inputs, outputs, attributes });
  }

  /** The nodes that an output depends on; the runtime would run the others, too. */
  #neededNodes(): GraphNode[] {
    const needed = new Set(this.#outputs.map(({ name }) => name));
    const backwards = this.#addedNodes.toReversed().filter(({ inputs, outputs }) => {
      const isNeeded = outputs.some((output) => needed.has(output));
      if (isNeeded) for (const input of inputs) needed.add(input);
      return isNeeded;
    });
    return backwards.reverse();
  }

  /** Composites taken apart; what several of them share is written once. */
  #writtenNodes(): GraphNode[] {
    const written = new Map<string, GraphNode>();
    for (const node of this.#neededNodes()) {
      for (const part of composites[node.type]?.(node, this) ?? [node]) {
        const [output] = part.outputs;
        if (!written.has(output!)) written.set(output!, part);
      }
    }
    return [...written.values()];
  }

  /** ModelProto, IR version 10, opset 21. Initializers that are file slices stay outside as external data. */
  serialize(): Uint8Array {
    return new ProtobufWriter()
      .int(1, 10)
      .string(2, 'inkling')
      .message(7, (graph) => this.#writeGraph(graph))
      .message(8, (opset) => opset.string(1, '').int(2, 21))
      .message(8, (opset) => opset.string(1, 'com.microsoft').int(2, 1))
      .finish();
  }

  #writeGraph(graph: ProtobufWriter): void {
    const nodes = this.#writtenNodes();
    for (const [index, node] of nodes.entries()) graph.message(1, (proto) => writeNode(proto, node, index));
    graph.string(2, this.name);
    for (const [name, initializer] of this.#initializers) {
      graph.message(5, (proto) => writeTensor(proto, name, initializer));
    }
    for (const input of this.#inputs) graph.message(11, (proto) => writeValueInfo(proto, input));
    for (const output of this.#outputs) graph.message(12, (proto) => writeValueInfo(proto, output));
    for (const name of nodes.flatMap(({ outputs }) => outputs)) {
      const described = this.#described.get(name);
      if (described) graph.message(13, (proto) => writeValueInfo(proto, described));
    }
  }
}

const attributeTypes = { float: 1, int: 2, ints: 7 } as const;

function writeNode(proto: ProtobufWriter, node: GraphNode, index: number): void {
  const operator: Operator = operators[node.type];
  for (const input of node.inputs) proto.string(1, input);
  for (const output of node.outputs) proto.string(2, output);
  proto.string(3, `${node.type}_node_${index}`).string(4, node.type);
  for (const [name, value] of Object.entries(node.attributes)) {
    const kind = operator.attributes[name]!;
    proto.message(5, (attribute) => {
      attribute.string(1, name);
      if (kind === 'float') attribute.float(2, value as number);
      else if (kind === 'int') attribute.int(3, value as number);
      else for (const element of value as readonly number[]) attribute.int(8, element);
      attribute.int(20, attributeTypes[kind]);
    });
  }
  if (operator.domain) proto.string(7, operator.domain);
}

function writeTensor(
  proto: ProtobufWriter,
  name: string,
  { type, shape, data }: { type: ElementType; shape: readonly number[]; data: InitializerData },
): void {
  for (const dimension of shape) proto.int(1, dimension);
  proto.int(2, elementTypes[type]).string(8, name);
  if (ArrayBuffer.isView(data)) {
    proto.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return;
  }
  const entries = { location: basename(data.file), offset: String(data.offset), length: String(data.length) };
  for (const [key, value] of Object.entries(entries)) {
    proto.message(13, (entry) => entry.string(1, key).string(2, value));
  }
  proto.int(14, 1); // data_location = EXTERNAL
}

function writeValueInfo(proto: ProtobufWriter, { name, type, shape }: ValueInfo): void {
  proto.string(1, name);
  proto.message(2, (typed) =>
    typed.message(1, (tensor) => {
      tensor.int(1, elementTypes[type]);
      tensor.message(2, (sizes) => {
        for (const size of shape) {
          sizes.message(1, (dimension) =>
            typeof size === 'string' ? dimension.string(2, size) : dimension.int(1, size),
          );
        }
      });
    }),
  );
}
