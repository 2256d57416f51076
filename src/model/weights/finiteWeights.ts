import { InklingError, sentence } from '../../protocol/errors.ts';
import type { BlockMatrix } from './blockFormats.ts';

/** @throws InklingError `modelBroken` naming the weights */
export function demandFinite(values: Float32Array, name: string): void {
  if (!values.every(Number.isFinite)) throw notFinite(name);
}

/** The same of what its blocks are multiplied with and begin at. */
export function demandFiniteBlocks({ scales, mins }: Pick<BlockMatrix, 'scales' | 'mins'>, name: string): void {
  for (const numbers of mins ? [scales, mins] : [scales]) {
    const areFinite = numbers instanceof Float32Array ? numbers.every(Number.isFinite) : numbers.every(isFiniteHalf);
    if (!areFinite) throw notFinite(name);
  }
}

const exponentOfHalf = 0x7c00;
const isFiniteHalf = (bits: number) => (bits & exponentOfHalf) !== exponentOfHalf;

export const notFinite = (name: string) =>
  new InklingError('modelBroken', sentence`The weights ${name} hold numbers that are not finite. Get the file again.`);
