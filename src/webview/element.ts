import type { FineTuningPageAction, FineTuningView } from '../protocol/fineTuningPages.ts';

type Content = Node | string | undefined;

/** Makes an element; `undefined` among its children stands for nothing. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<Omit<HTMLElementTagNameMap[K], 'style'>> = {},
  ...children: readonly Content[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  Object.assign(made, properties);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

export function button(label: string, onClick: () => void, kind: 'primary' | 'secondary' = 'secondary') {
  const made = element('button', { type: 'button', className: kind }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** Rows of cells under a heading that is read out with them. */
export function table(caption: string, heading: readonly string[], rows: readonly (readonly Content[])[]) {
  const head = element(
    'tr',
    {},
    ...heading.map((text) => (text ? element('th', { scope: 'col' }, text) : element('td'))),
  );
  const body = rows.map((row) => element('tr', {}, ...row.map((cell, i) => cellOf(cell, heading[i]))));
  return element(
    'table',
    {},
    element('caption', { className: 'visually-hidden' }, caption),
    element('thead', {}, head),
    element('tbody', {}, ...body),
  );
}

/** Where there is no room for columns, the style sheet puts each cell on a line of its own, behind its heading. */
function cellOf(content: Content, heading: string | undefined): HTMLElement {
  const cell = element('td', {}, content);
  if (heading) cell.dataset['heading'] = heading;
  return cell;
}

/** Names and values side by side. */
export function facts(entries: readonly (readonly [name: string, value: Content] | undefined)[]) {
  const pairs = entries.flatMap((entry) =>
    entry ? [element('div', {}, element('dt', {}, entry[0]), element('dd', {}, entry[1]))] : [],
  );
  return element('dl', { className: 'facts' }, ...pairs);
}

/** What a person may open. */
export function fold(summary: string, ...content: readonly HTMLElement[]): HTMLElement {
  const inner = element('div', { className: 'scroll', tabIndex: 0 }, ...content);
  return element('details', {}, element('summary', {}, summary), inner);
}

const svgNamespace = 'http://www.w3.org/2000/svg';

export function svgElement<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** A part of the page. What can have the focus is made once; `update` changes only what differs. */
export interface Section {
  readonly root: HTMLElement;
  update(view: FineTuningView): void;
}

export type Send = (action: FineTuningPageAction) => void;

/**
 * A part with a heading whose content is made anew when what it depends on has changed.
 * @param title asked for when the texts are translated
 * @param pick what the content depends on; undefined hides the part
 */
export function derivedSection<T>(
  title: string,
  pick: (view: FineTuningView) => T | undefined,
  content: (picked: T) => readonly (Node | string | undefined)[],
): Section {
  const inner = element('div');
  const root = element('section', { hidden: true }, element('h2', {}, title), inner);
  let shown: string | undefined;
  return {
    root,
    update(view) {
      const picked = pick(view);
      root.hidden = picked === undefined;
      if (picked === undefined) return;
      const key = JSON.stringify(picked);
      if (key === shown) return;
      shown = key;
      inner.replaceChildren(...content(picked).filter((node) => node !== undefined));
    },
  };
}
