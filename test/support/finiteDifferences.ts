import { type Feed, Session } from '../../src/model/session.ts';
import type { DoubleGraph } from './doubleGraph.ts';

/** A float64 graph whose output `loss` is a scalar, and the gradients that it claims to have. */
export interface Differentiated {
  readonly graph: DoubleGraph;
  readonly feeds: Readonly<Record<string, Feed>>;
  /** name of an input (Float64Array) → name of the output that holds the loss's gradient with respect to it */
  readonly gradients: Readonly<Record<string, string>>;
}

const delta = 1e-5;

/**
 * Central differences against the graph's own gradients.
 * @param stride every so many-th element is tried
 * @returns the largest difference, relative to the largest gradient of the same input
 */
export async function worstDifference({ graph, feeds, gradients }: Differentiated, stride = 1): Promise<number> {
  const session = await Session.create(graph.serialize(), { device: 'cpu', threads: 1, optimisation: 'basic' });
  const loss = new Float64Array(1);
  const lossOutput = { loss: { data: loss, shape: [] } };
  const lossNow = async () => {
    await session.runInto(feeds, lossOutput);
    return loss[0]!;
  };
  const claimed: Record<string, Feed & { data: Float64Array }> = {};
  for (const [input, output] of Object.entries(gradients)) {
    const { data, shape } = feeds[input]!;
    claimed[output] = { data: new Float64Array(data.length), shape };
  }
  await session.runInto(feeds, { ...lossOutput, ...claimed });
  let worst = 0;
  for (const [input, output] of Object.entries(gradients)) {
    const values = feeds[input]!.data as Float64Array;
    const gradient = claimed[output]!.data;
    const largest = Math.max(...gradient.map(Math.abs));
    if (largest === 0) throw new Error(`the gradient of ${input} is zero everywhere`);
    for (let i = 0; i < values.length; i += stride) {
      const value = values[i]!;
      values[i] = value + delta;
      const above = await lossNow();
      values[i] = value - delta;
      const below = await lossNow();
      values[i] = value;
      const difference = Math.abs((above - below) / (2 * delta) - gradient[i]!) / largest;
      if (!(difference <= worst)) worst = difference; // NaN counts
    }
  }
  await session.release();
  return worst;
}

/** Numbers in [−scale, scale), the same for the same seed. */
export function randomDoubles(length: number, seed: number, scale = 1): Float64Array {
  let state = seed >>> 0;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return scale * ((2 * state) / 2 ** 32 - 1);
  });
}
