import { Graph } from '../../model/onnx/graph.ts';
import { Session } from '../../model/session.ts';
import type { Device } from '../../protocol/engineOptions.ts';

const rows = 64;
const size = 1024;

/**
 * Multiplies two matrices on a device: the smallest thing that shows that it opens and computes, and whether it is
 * worth loading a model for.
 * @returns milliseconds of the better of two runs: during the first one a device compiles its program
 * @throws InklingError `deviceUnavailable`
 */
export async function matrixProductMs(device: Device, threads: number): Promise<number> {
  const graph = new Graph('matrixProduct');
  const x = graph.input('x', 'float32', [rows, size]);
  const weight = graph.initializer('weight', 'float32', [size, size], numbers(size * size));
  graph.output('y', graph.op('MatMul', [x, weight]), 'float32', [rows, size]);
  const session = await Session.create(graph.serialize(), { device, threads });
  const feeds = { x: { data: numbers(rows * size), shape: [rows, size] } };
  const times: number[] = [];
  for (let round = 0; round < 2; round++) {
    const started = performance.now();
    await session.run(feeds, ['y']);
    times.push(performance.now() - started);
  }
  await session.release();
  return Math.min(...times);
}

const numbers = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i));
