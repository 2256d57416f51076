import type { UsageFigures, UsageView } from '../../protocol/usagePage.ts';
import { formatCount, l10n } from '../editorHost.ts';
import { element, fold, svgElement, table } from '../element.ts';
import { niceTicks } from '../fineTuning/curvesSection.ts';

const width = 640;
const height = 220;
const margin = { left: 46, right: 8, top: 22, bottom: 28 };

type Week = UsageView['weeks'][number];

/** Parts of a bar from below, each with the class that draws it: they differ without their colors, too. */
const parts: readonly {
  readonly kind: string;
  readonly label: () => string;
  readonly of: (figures: UsageFigures) => number;
}[] = [
  { kind: 'taken', label: () => l10n.t('Accepted'), of: ({ outcomes }) => outcomes.takenWhole + outcomes.takenPart },
  { kind: 'typed', label: () => l10n.t('Typed the same by hand'), of: ({ outcomes }) => outcomes.typedSame },
  { kind: 'passed', label: () => l10n.t('Ignored'), of: ({ outcomes }) => outcomes.passedOver },
];

/** A bar a week, with what became of suggestions; the number above it is the keystrokes saved. Once more as a table. */
export function weeksChart(weeks: readonly Week[]): HTMLElement {
  const title = l10n.t('Suggestions by week, and keystrokes saved');
  const heights = weeks.map(({ figures }) => parts.reduce((sum, { of }) => sum + of(figures), 0));
  const ticks = niceTicks(0, Math.max(4, ...heights));
  const y = (value: number) => height - margin.bottom - (value / ticks.at(-1)!) * (height - margin.top - margin.bottom);
  const slot = (width - margin.left - margin.right) / weeks.length;
  const summary = l10n.t('{0} weeks; the figures are in the table below.', formatCount(weeks.length));
  const picture = svgElement('svg', {
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'aria-label': `${title}. ${summary}`,
  });
  for (const tick of ticks) {
    picture.append(
      svgElement('line', { class: 'grid', x1: margin.left, x2: width - margin.right, y1: y(tick), y2: y(tick) }),
      svgElement(
        'text',
        { class: 'tick', x: margin.left - 6, y: y(tick) + 4, 'text-anchor': 'end' },
        formatCount(tick),
      ),
    );
  }
  for (const [i, { start, figures }] of weeks.entries()) {
    const left = margin.left + i * slot;
    let below = 0;
    for (const { kind, of } of parts) {
      const above = below + of(figures);
      if (above > below)
        picture.append(
          svgElement('rect', {
            class: `bar ${kind}`,
            x: left + slot / 6,
            y: y(above),
            width: (2 * slot) / 3,
            height: y(below) - y(above),
          }),
        );
      below = above;
    }
    const middle = { x: left + slot / 2, class: 'tick', 'text-anchor': 'middle' };
    if (i % 2 === weeks.length % 2) picture.append(svgElement('text', { ...middle, y: height - 10 }, shortDay(start)));
    if (figures.shown > 0)
      picture.append(svgElement('text', { ...middle, y: y(below) - 5 }, formatCount(figures.keysSaved)));
  }
  const legend = parts.map(({ kind, label }) => element('span', { className: `legend ${kind}` }, label()));
  const caption = element(
    'figcaption',
    {},
    title,
    element('span', { className: 'legends', ariaHidden: 'true' }, ...legend),
  );
  return element(
    'div',
    {},
    element('figure', {}, caption, picture),
    fold(l10n.t('Week by week as a table'), weeksTable(weeks)),
  );
}

function weeksTable(weeks: readonly Week[]): HTMLElement {
  const heading = [
    l10n.t('Week from'),
    l10n.t('Shown'),
    ...parts.map(({ label }) => label()),
    l10n.t('Keystrokes saved'),
  ];
  const rows = weeks.map(({ start, figures }) => [
    shortDay(start),
    formatCount(figures.shown),
    ...parts.map(({ of }) => formatCount(of(figures))),
    formatCount(figures.keysSaved),
  ]);
  return element('div', { className: 'narrow' }, table(l10n.t('Week by week'), heading, rows));
}

/** @param day `2026-03-01` */
const shortDay = (day: string): string =>
  new Date(`${day}T00:00`).toLocaleDateString(document.documentElement.lang || 'en', {
    month: 'short',
    day: 'numeric',
  });
