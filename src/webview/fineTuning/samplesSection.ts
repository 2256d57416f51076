import type { WritingSample } from '../../protocol/fineTuningPage.ts';
import { element } from '../element.ts';
import { formatCount, l10n } from '../l10n.ts';
import { derivedSection, type Section } from './section.ts';

/** The same beginnings, continued by the model as it was and as it is. */
export const samplesSection = (): Section =>
  derivedSection(
    l10n.t('How it writes'),
    ({ samples }) => (samples.length > 0 ? samples : undefined),
    (samples) => [
      element('p', { className: 'note' }, l10n.t('Texts of yours that are not learnt from, continued by the model.')),
      ...samples.map(sample),
    ],
  );

function sample({ prompt, before, after, step }: WritingSample): HTMLElement {
  const at = step === undefined ? l10n.t('After') : l10n.t('After step {0}', formatCount(step));
  return element(
    'article',
    { className: 'sample' },
    element('p', { className: 'prompt' }, `… ${prompt}`),
    element('div', { className: 'pair' }, continuation(l10n.t('Before'), before), continuation(at, after)),
  );
}

function continuation(title: string, text: string | undefined): HTMLElement {
  return element('div', {}, element('h3', {}, title), element('p', { className: 'continuation' }, text ?? '…'));
}
