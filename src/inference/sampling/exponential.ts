/** Steps of the table per unit; what lies between two is a short series. */
const stepsPerUnit = 32;
/** Beyond this e^−x is below 5e-20: a million of them would not change a sum that has 1 in it. */
const negligibleFrom = 45;

const powers = Float64Array.from({ length: negligibleFrom * stepsPerUnit + 1 }, (_, step) =>
  Math.exp(-step / stepsPerUnit),
);

/**
 * e^−x for x ≥ 0, to twelve digits, 0 beyond 45: sums over a vocabulary ask for it 50,000 to 262,144 times a token, and
 * `Math.exp` takes four to eight times as long. NaN stays NaN.
 */
export function expOfMinus(x: number): number {
  if (x >= negligibleFrom) return 0;
  const step = (x * stepsPerUnit) | 0;
  const rest = step / stepsPerUnit - x; // in (−1/32, 0]
  const series = 1 + rest * (1 + rest * (1 / 2 + rest * (1 / 6 + rest * (1 / 24 + rest / 120))));
  return powers[step]! * series;
}
