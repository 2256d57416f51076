import { Graph } from '../../model/onnx/graph.ts';
import { Session } from '../../model/session.ts';
import type { ByteType } from './quantizedBase.ts';

const [rows, inner, columns] = [16, 256, 32];

/**
 * The bytes whose products this processor sums exactly. Signed ones are the faster ones, but x64 processors without
 * instructions for sums of 8-bit products (before AVX-VNNI) add pairs of them in 16 bits, which overflow; unsigned ones
 * they widen first.
 */
export async function exactByteType(): Promise<ByteType> {
  const sums = await largestProducts();
  // they are exact but for the last bits; an overflow takes half away
  return sums.every((sum) => Math.abs(sum / inner - 1) < 1e-3) ? 'int8' : 'uint8';
}

/** Rows of 1 times columns of 127: sums as large as they get. */
async function largestProducts(): Promise<Float32Array> {
  const graph = new Graph('largest products');
  const x = graph.input('x', 'float32', [rows, inner]);
  const weight = graph.initializer('w', 'int8', [inner, columns], new Int8Array(inner * columns).fill(127));
  const scales = graph.initializer('scales', 'float32', [columns], new Float32Array(columns).fill(1 / 127));
  const product = graph.op('RowQuantizedMatMul', [x, weight, scales, '', '', '']);
  graph.output('y', product, 'float32', [rows, columns]);
  const session = await Session.create(graph.serialize(), { device: 'cpu', threads: 1 });
  const data = new Float32Array(rows * inner).fill(1);
  const { y } = await session.run({ x: { data, shape: [rows, inner] } }, ['y']);
  await session.release();
  return y.data;
}
