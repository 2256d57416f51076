/** @param {readonly (readonly string[])[]} rows the first is the head */
export function markdownTable([head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** `12.3 (11.9 – 13.0)` */
export function withSpread({ median, minimum, maximum }, digits) {
  return `${median.toFixed(digits)} (${minimum.toFixed(digits)} – ${maximum.toFixed(digits)})`;
}

/** `12.3 [11.9, 13.0]`: a value with its 95 % interval */
export function withInterval({ value, low, high }, digits) {
  return `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}

/** `12.3 %` of a share; – where there is none */
export function percent(share) {
  return share === null || Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`;
}

/** `+1.2`: percentage points of a difference of shares */
export function signed(difference) {
  return `${difference < 0 ? '−' : '+'}${Math.abs(100 * difference).toFixed(1)}`;
}
