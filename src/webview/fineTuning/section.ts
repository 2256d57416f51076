import type { FineTuningPageAction, FineTuningView } from '../../protocol/fineTuningPage.ts';
import { element } from '../element.ts';

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
