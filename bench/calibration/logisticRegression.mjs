/**
 * Logistic regression by Newton's method, with a penalty on all weights but the constant.
 * @param {readonly { x: readonly number[], y: 0 | 1 | number }[]} rows `x` begins with the constant
 * @returns {number[]} a weight for each of `x`
 */
export function fit(rows, penalty = 2) {
  const size = rows[0].x.length;
  const weights = new Array(size).fill(0);
  for (let step = 0; step < 20; step++) {
    const system = Array.from({ length: size }, (_, i) => {
      const row = new Array(size + 1).fill(0);
      row[i] = i > 0 ? penalty : 1e-6;
      row[size] = i > 0 ? penalty * weights[i] : 0;
      return row;
    });
    for (const { x, y } of rows) {
      const p = sigmoid(dot(x, weights));
      for (let i = 0; i < size; i++) {
        system[i][size] += (p - y) * x[i];
        for (let j = 0; j < size; j++) system[i][j] += p * (1 - p) * x[i] * x[j];
      }
    }
    for (const [i, change] of solved(system).entries()) weights[i] -= change;
  }
  return weights;
}

/** Gauss–Jordan with pivots; the right side is the last column. */
function solved(system) {
  const size = system.length;
  for (let i = 0; i < size; i++) {
    let pivot = i;
    for (let k = i + 1; k < size; k++) if (Math.abs(system[k][i]) > Math.abs(system[pivot][i])) pivot = k;
    [system[i], system[pivot]] = [system[pivot], system[i]];
    for (let k = 0; k < size; k++) {
      const factor = system[k][i] / system[i][i];
      if (k !== i) for (let j = i; j <= size; j++) system[k][j] -= factor * system[i][j];
    }
  }
  return system.map((row, i) => row[size] / row[i]);
}

export function dot(a, b) {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

export function sigmoid(value) {
  return 1 / (1 + Math.exp(-value));
}
