import { type Html, html } from './html.ts';
import type { CurvePoint } from './shownSuggestions.ts';

/** Of the curve's picture, in units of its view box. */
const width = 640;
const height = 300;
const margin = { left: 48, right: 16, top: 12, bottom: 44 };
const steps = [0, 0.2, 0.4, 0.6, 0.8, 1];

export interface CurveLabels {
  readonly title: string;
  readonly across: string;
  readonly up: string;
  readonly percent: (share: number) => string;
}

/** A line over the share shown; the last point is marked. */
export function curvePicture(points: readonly CurvePoint[], { title, across, up, percent }: CurveLabels): Html {
  const most = Math.max(...points.map(({ shown }) => shown));
  const end = Math.min(1, Math.max(0.1, Math.ceil(most * 10) / 10)); // of the axis
  const x = (share: number) => round(margin.left + (share / end) * (width - margin.left - margin.right));
  const y = (share: number) => round(height - margin.bottom - share * (height - margin.top - margin.bottom));
  const line = points.map(({ shown, right }) => `${x(shown)},${y(right)}`).join(' ');
  const last = points.at(-1)!;
  const [left, right, bottom] = [margin.left, width - margin.right, height - margin.bottom];
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
${steps.map(
  (share) => html`<line class="grid" x1="${left}" x2="${right}" y1="${y(share)}" y2="${y(share)}"/>
<text x="${left - 6}" y="${y(share) + 4}" text-anchor="end">${percent(share)}</text>
<text x="${x(share * end)}" y="${bottom + 16}" text-anchor="middle">${percent(share * end)}</text>
`,
)}<text x="${right}" y="${height - 8}" text-anchor="end">${across} →</text>
<text x="${left + 6}" y="${margin.top + 14}">↑ ${up}</text>
<polyline class="curve" points="${line}"/>
<circle class="dot" cx="${x(last.shown)}" cy="${y(last.right)}" r="5"/>
</svg>`;
}

/** A bar for a share of `whole`; what is negative leaves it empty. */
export function bar(share: number, whole: number): Html {
  const length = whole > 0 ? round(Math.min(1, Math.max(0, share / whole)) * 100) : 0;
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="fill" width="${length}" height="10"/></svg>`;
}

const round = (value: number) => Math.round(value * 10) / 10;
