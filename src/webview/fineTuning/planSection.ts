import { englishPlanNotes, type PlanNote } from '../../protocol/planNotes.ts';
import { proofShare } from '../../protocol/training.ts';
import { element, facts, fold } from '../element.ts';
import { formatCount, formatDuration, l10n } from '../l10n.ts';
import { derivedSection, type Section } from './section.ts';

/** What it will take, measured on this machine. */
export const planSection = (): Section =>
  derivedSection(
    l10n.t('What it takes'),
    ({ plan }) => plan,
    ({ estimatedSeconds, residentMb, totalSteps, sequenceLength, trainedParameters, notes }) => [
      facts([
        [l10n.t('Learning'), l10n.t('about {0}', formatDuration(estimatedSeconds))],
        [l10n.t('Comparing before and after'), l10n.t('at most {0}', formatDuration(proofShare * estimatedSeconds))],
        [l10n.t('Memory'), `${formatCount(residentMb)} MB`],
      ]),
      element(
        'p',
        { className: 'note' },
        l10n.t(
          'Measured by training a few sequences on this machine, at a low priority: you can go on writing meanwhile.',
        ),
      ),
      ...notes.map((note) => element('p', { className: 'note' }, planNoteText(note))),
      fold(
        l10n.t('Details'),
        facts([
          [l10n.t('Steps'), formatCount(totalSteps)],
          [l10n.t('Tokens per sequence'), formatCount(sequenceLength)],
          [l10n.t('Trainable parameters'), formatCount(trainedParameters)],
        ]),
      ),
    ],
  );

/** The note in the person's language. The English text is the key of its translation. */
export const planNoteText = ({ code, args }: PlanNote): string =>
  l10n.t(englishPlanNotes[code], ...args.map(formatCount));
