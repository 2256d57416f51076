import { InklingError } from '../../protocol/errors.ts';

/** @throws InklingError `modelBroken` naming the weights */
export function demandFinite(values: Float32Array, name: string): void {
  if (!values.every(Number.isFinite)) throw notFinite(name);
}

export const notFinite = (name: string) =>
  new InklingError('modelBroken', `The weights ${name} hold numbers that are not finite. Get the file again.`);
