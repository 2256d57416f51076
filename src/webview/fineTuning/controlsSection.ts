import type { FineTuningPhase, FineTuningView } from '../../protocol/fineTuningPages.ts';
import { englishPlanNotes, type PlanNote, proofShare } from '../../protocol/training.ts';
import { formatCount, formatDuration, formatFigure, formatPercent, l10n } from '../editorHost.ts';
import { button, derivedSection, element, facts, fold, type Section, type Send } from '../element.ts';

const phaseTexts: Readonly<Record<FineTuningPhase, () => string>> = {
  planning: () => l10n.t('Reading your texts and measuring what it will take…'),
  ready: () => l10n.t('Ready to learn. Check the figures below, then start.'),
  running: () => l10n.t('Learning. You can go on writing, and close this page.'),
  paused: () => l10n.t('Paused. Nothing computes.'),
  proving: () => l10n.t('Comparing before and after on texts that were kept apart…'),
  done: () => l10n.t('Done.'),
  discarded: () => l10n.t('Discarded. Nothing was kept.'),
  failed: () => l10n.t('It did not work out.'),
};

/** Learning is over before all that is told about it has been measured. */
const statusOf = ({ phase, proof }: FineTuningView): string =>
  phase === 'done' && proof ? l10n.t('Learned. What it saves is still being measured…') : phaseTexts[phase]();

/** What happens now, how far it is, and the buttons. */
export function controlsSection(send: Send): Section {
  const status = element('p', { className: 'status', role: 'status' });
  const problem = element('p', { className: 'problem', role: 'alert', hidden: true });
  const bar = element('progress', { max: 1, ariaLabel: l10n.t('Progress') });
  const figures = element('div');
  const buttons = controlButtons(send);
  const row = element('div', { className: 'buttons' }, ...buttons.map(({ root }) => root));
  const root = element('section', { className: 'controls' }, status, problem, bar, figures, row);
  return {
    root,
    update(view) {
      setText(status, statusOf(view));
      problem.hidden = view.problem === undefined;
      setText(problem, view.problem ?? '');
      const fraction = fractionOf(view);
      bar.hidden = fraction === undefined && view.phase !== 'planning';
      if (fraction === undefined) bar.removeAttribute('value');
      else bar.value = fraction;
      figures.replaceChildren(...liveFigures(view));
      for (const { root: made, isShown } of buttons) {
        made.hidden = !isShown(view);
        made.disabled = view.isBusy;
      }
    },
  };
}

/** Changed only when it differs: a live region is read out at every change. */
function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** undefined: nothing to be told, or nothing that can be */
function fractionOf({ phase, steps, plan, preparation, proof }: FineTuningView): number | undefined {
  if (phase === 'planning') return preparation?.fraction;
  if (phase === 'proving') return proof?.fraction ?? 0;
  const isTraining = phase === 'running' || phase === 'paused';
  if (!isTraining || !plan) return undefined;
  return (steps.at(-1)?.step ?? 0) / plan.totalSteps;
}

function liveFigures(view: FineTuningView): HTMLElement[] {
  const { phase, steps, plan, preparation, proof } = view;
  if (phase === 'planning' && preparation) return [facts([planningFigure(preparation)])];
  if (proof && (phase === 'proving' || phase === 'done')) {
    return [facts([[l10n.t('Comparison, time left'), formatDuration(proof.secondsLeft)]])];
  }
  const last = steps.at(-1);
  if (!last || !plan || (phase !== 'running' && phase !== 'paused')) return [];
  const done = formatPercent(last.step / plan.totalSteps);
  return [
    facts([
      [l10n.t('Step'), `${formatCount(last.step)} / ${formatCount(plan.totalSteps)} (${done})`],
      [l10n.t('Time left'), formatDuration(last.etaSeconds)],
      [l10n.t('Training loss'), formatFigure(last.loss)],
      [l10n.t('Learning rate'), String(Number(last.learningRate.toPrecision(2)))],
      [l10n.t('Tokens per second'), formatCount(last.tokensPerSecond)],
    ]),
  ];
}

const planningFigure = ({ stage, fraction = 0 }: NonNullable<FineTuningView['preparation']>) =>
  stage === 'texts'
    ? ([l10n.t('Texts read'), formatPercent(fraction)] as const)
    : ([l10n.t('Texts read'), l10n.t('all; now the model is made ready and a step is measured')] as const);

interface ControlButton {
  readonly root: HTMLButtonElement;
  readonly isShown: (view: FineTuningView) => boolean;
}

function controlButtons(send: Send): ControlButton[] {
  const isTraining = ({ phase }: FineTuningView) => phase === 'running' || phase === 'paused';
  const hasLearnt = (view: FineTuningView) => isTraining(view) && view.steps.length > 0;
  const isOver = ({ phase }: FineTuningView) => phase === 'done' || phase === 'discarded' || phase === 'failed';
  return [
    {
      root: button(l10n.t('Start'), () => send({ kind: 'start' }), 'primary'),
      isShown: ({ phase }) => phase === 'ready',
    },
    {
      root: button(l10n.t('Change Settings'), () => send({ kind: 'openSettings' })),
      isShown: (view) => view.phase === 'ready' || view.phase === 'failed',
    },
    {
      root: button(l10n.t('Cancel'), () => send({ kind: 'stop', keep: false })),
      isShown: ({ phase }) => phase === 'planning' || phase === 'ready',
    },
    {
      root: button(l10n.t('Choose Another Folder…'), () => send({ kind: 'chooseFolder' }), 'primary'),
      isShown: ({ isTooLittle }) => isTooLittle,
    },
    {
      root: button(l10n.t('Stop Comparing'), () => send({ kind: 'stopProof' })),
      isShown: ({ phase, proof }) => phase === 'proving' || (phase === 'done' && proof !== undefined),
    },
    {
      root: button(l10n.t('Pause'), () => send({ kind: 'pause' })),
      isShown: ({ phase }) => phase === 'running',
    },
    {
      root: button(l10n.t('Go On'), () => send({ kind: 'resume' }), 'primary'),
      isShown: ({ phase }) => phase === 'paused',
    },
    { root: button(l10n.t('Stop and Keep'), () => send({ kind: 'stop', keep: true })), isShown: hasLearnt },
    { root: button(l10n.t('Stop and Discard'), () => send({ kind: 'stop', keep: false })), isShown: isTraining },
    {
      root: button(l10n.t('Go On from the Last Checkpoint'), () => send({ kind: 'tryAgain', resume: true }), 'primary'),
      isShown: ({ phase, canResume }) => phase === 'failed' && canResume,
    },
    { root: button(l10n.t('Train Again'), () => send({ kind: 'tryAgain', resume: false })), isShown: isOver },
  ];
}

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
