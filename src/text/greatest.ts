/** As `Math.max(or, ...values)`, whose arguments have to fit on the stack, for any number of values. */
export function greatest(values: Iterable<number>, or = Number.NEGATIVE_INFINITY): number {
  let found = or;
  for (const value of values) found = Math.max(found, value);
  return found;
}

/** As `Math.min(...values)`, for any number of values. */
export function least(values: Iterable<number>): number {
  let found = Number.POSITIVE_INFINITY;
  for (const value of values) found = Math.min(found, value);
  return found;
}
