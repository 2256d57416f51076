import { element, facts } from '../element.ts';
import { formatCount, formatDuration, l10n } from '../l10n.ts';
import { planNoteText } from './planNoteTexts.ts';
import { derivedSection, type Section } from './section.ts';

/** What it will take, measured on this machine. */
export const planSection = (): Section =>
  derivedSection(
    l10n.t('What it takes'),
    ({ plan }) => plan,
    (plan) => [
      facts([
        [l10n.t('Time'), l10n.t('about {0}', formatDuration(plan.estimatedSeconds))],
        [l10n.t('Memory'), `${formatCount(plan.residentMb)} MB`],
        [l10n.t('Steps'), formatCount(plan.totalSteps)],
        [l10n.t('Tokens per sequence'), formatCount(plan.sequenceLength)],
        [l10n.t('Numbers that are learnt'), formatCount(plan.trainedParameters)],
      ]),
      element(
        'p',
        { className: 'note' },
        l10n.t(
          'Measured by training a few sequences on this machine, at a low priority: you can go on writing meanwhile.',
        ),
      ),
      ...plan.notes.map((note) => element('p', { className: 'note' }, planNoteText(note))),
    ],
  );
