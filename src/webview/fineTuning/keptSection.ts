import { button, element } from '../element.ts';
import { formatCount, l10n } from '../l10n.ts';
import type { Section, Send } from './section.ts';

/** Suggestions that were taken or written over, as further examples: used only when the writer ticks it, before the start. */
export function keptSection(send: Send): Section {
  const box = element('input', { type: 'checkbox', id: 'useKept' });
  box.addEventListener('change', () => send({ kind: 'useKept', on: box.checked }));
  const label = element('label', { htmlFor: 'useKept' });
  const show = button(l10n.t('Look at them'), () => send({ kind: 'showKept' }));
  const root = element(
    'section',
    { hidden: true },
    element('h2', {}, l10n.t('Learning from use')),
    element('div', { className: 'choice' }, box, label, show),
  );
  return {
    root,
    update({ kept, phase }) {
      root.hidden = kept === undefined;
      if (!kept) return;
      box.checked = kept.areUsed;
      box.disabled = phase !== 'ready';
      label.textContent = l10n.t('Also learn from {0} suggestions that you took or corrected', formatCount(kept.count));
    },
  };
}
