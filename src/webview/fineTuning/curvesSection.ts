import type { StepEvent } from '../../protocol/training.ts';
import { formatCount, formatFigure, l10n } from '../editorHost.ts';
import { derivedSection, element, type Section, svgElement } from '../element.ts';

/** How well it fits what it learns from, and what it does not. */
export const curvesSection = (): Section =>
  derivedSection(
    l10n.t('Curves'),
    ({ steps, evaluations, plan }) => (plan && steps.length > 1 ? { steps, evaluations, plan } : undefined),
    ({ steps, evaluations, plan }) => [
      lineChart(
        l10n.t('Loss by step: lower is better'),
        [
          { label: l10n.t('Training loss, smoothed'), kind: 'training', points: smoothed(steps) },
          {
            label: l10n.t('Validation loss, on texts that are not learned from'),
            kind: 'validation',
            points: evaluations.map(({ step, validationLoss }) => [step, validationLoss] as const),
            hasDots: true,
          },
        ],
        plan.totalSteps,
      ),
      lineChart(
        l10n.t('Learning rate by step'),
        [
          {
            label: l10n.t('Learning rate'),
            kind: 'rate',
            points: steps.map(({ step, learningRate }) => [step, learningRate] as const),
          },
        ],
        plan.totalSteps,
      ),
    ],
  );

/** Mean over the steps around each: single sequences differ more from one another than a person can learn in a step. */
function smoothed(steps: readonly StepEvent[]): (readonly [number, number])[] {
  const reach = Math.floor(steps.length / 20);
  return steps.map(({ step }, i) => {
    const around = steps.slice(Math.max(0, i - reach), i + reach + 1);
    return [step, around.reduce((sum, { loss }) => sum + loss, 0) / around.length] as const;
  });
}

interface ChartSeries {
  readonly label: string;
  /** class of the line: `training`, `validation`, `rate` */
  readonly kind: string;
  /** in the order of x */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** marks each point, so that the line can be told from others without its color */
  readonly hasDots?: boolean;
}

const width = 640;
const height = 190;
const margin = { left: 66, right: 14, top: 12, bottom: 28 };

/**
 * Lines over steps, as a picture that describes itself to a screen reader.
 * @param maxX end of the axis: how many steps there will be
 */
function lineChart(title: string, series: readonly ChartSeries[], maxX: number): HTMLElement {
  const drawn = series.filter(({ points }) => points.length > 0);
  const label = `${title}. ${drawn.map(summary).join(' ')}`;
  const picture = svgElement('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
  const values = drawn.flatMap(({ points }) => points.map(([, y]) => y));
  const ticks = niceTicks(Math.min(...values), Math.max(...values));
  const [low, high] = [ticks[0]!, ticks.at(-1)!];
  const x = (value: number) => margin.left + (value / maxX) * (width - margin.left - margin.right);
  const y = (value: number) =>
    height - margin.bottom - ((value - low) / (high - low)) * (height - margin.top - margin.bottom);
  for (const tick of ticks) picture.append(...horizontal(y(tick), formatFigure(tick)));
  for (const tick of [0, Math.round(maxX / 2), maxX]) {
    const place = { x: x(tick), y: height - 8, class: 'tick', 'text-anchor': tick === maxX ? 'end' : 'middle' };
    picture.append(svgElement('text', place, formatCount(tick)));
  }
  for (const { kind, points, hasDots } of drawn) {
    const path = points.map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`).join(' ');
    picture.append(svgElement('polyline', { class: `line ${kind}`, points: path }));
    if (hasDots) {
      picture.append(...points.map(([px, py]) => svgElement('circle', { class: kind, cx: x(px), cy: y(py), r: 3.5 })));
    }
  }
  return element('figure', {}, element('figcaption', {}, title, legend(drawn)), picture);
}

function horizontal(y: number, text: string): SVGElement[] {
  return [
    svgElement('line', { class: 'grid', x1: margin.left, x2: width - margin.right, y1: y, y2: y }),
    svgElement('text', { class: 'tick', x: margin.left - 6, y: y + 4, 'text-anchor': 'end' }, text),
  ];
}

function legend(series: readonly ChartSeries[]): HTMLElement | undefined {
  if (series.length < 2) return undefined;
  const items = series.map(({ label, kind }) => element('span', { className: `legend ${kind}` }, label));
  return element('span', { className: 'legends', ariaHidden: 'true' }, ...items);
}

const summary = ({ label, points }: ChartSeries) =>
  `${label}: ${formatFigure(points[0]![1])} → ${formatFigure(points.at(-1)![1])}.`;

/** Round numbers around a range: the first is at most `low`, the last at least `high`, and they differ. */
export function niceTicks(low: number, high: number): number[] {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= rough)!;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}
