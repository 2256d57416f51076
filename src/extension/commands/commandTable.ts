import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { toInklingError } from '../../protocol/errors.ts';
import type { ActionId } from '../../writing/selection/selectionAction.ts';
import type { DeferredFeatures, Features } from '../features.ts';
import { errorMessage } from '../reasonTexts.ts';
import { toggle, toggleLanguage, togglePause } from '../whileSwitchedOn.ts';
import { suggestNow } from './acceptPart.ts';
import { chooseActionModel, chooseModel } from './chooseModel.ts';
import { openSample } from './openSample.ts';
import { showMenu } from './showMenu.ts';
import { whyNothing } from './whyNothing.ts';

type Run = (features: Features, ...given: never[]) => unknown;

export interface CommandRow {
  /** what happens; gets what a menu, a link or a key binding hands over */
  readonly run: Run;
  /** when the command palette lists it; left out: always */
  readonly when?: string;
  /** when it can be run at all */
  readonly enablement?: string;
  /** a product icon, for menus */
  readonly icon?: string;
}

/** A command of what is loaded once suggestions work. */
const deferred =
  <Given extends unknown[]>(run: (features: DeferredFeatures, ...given: Given) => unknown) =>
  async (features: Features, ...given: Given): Promise<unknown> =>
    run(await features.deferred, ...given);

const never = 'false';
const inEditor = 'editorIsOpen';
const inText = 'editorTextFocus && !editorReadonly';
const hasProposal = 'inkling.hasProposal';
const isDecidable = 'inkling.hasProposal && !inkling.isActing';
const isActing = 'inkling.isActing';

const action = (id: ActionId): CommandRow => ({
  run: deferred(({ actions }, given?: unknown) => actions.act(id, given)),
  when: inEditor,
});

/** @param enablement also decides whether the palette lists it */
const proposal = (icon: string, enablement: string, run: Run): CommandRow => ({
  run,
  when: enablement,
  enablement,
  icon,
});

/**
 * Every command: who handles it, and when it is offered. package.json is generated from this table (`npm run manifest`);
 * the title of `inkling.NAME` is `command.NAME` in package.nls.json.
 */
export const commandTable = {
  'inkling.toggle': { run: ({ settings }) => toggle(settings) },
  'inkling.toggleLanguage': { run: ({ settings }) => toggleLanguage(settings), when: inEditor },
  'inkling.pause': { run: ({ pause }) => togglePause(pause) },
  'inkling.trigger': {
    run: ({ decisions, completions }) => suggestNow(decisions, completions.value !== undefined),
    when: inEditor,
  },
  'inkling.acceptWord': {
    run: ({ partAcceptance }) => partAcceptance.word(),
    when: never,
    enablement: inText,
  },
  'inkling.acceptSentence': {
    run: ({ partAcceptance }) => partAcceptance.sentence(),
    when: never,
    enablement: inText,
  },
  'inkling.whyNothing': {
    run: ({ decisions, completions }) => whyNothing(decisions.newestFirst, completions.value !== undefined),
  },
  'inkling.models': { run: deferred(({ models }, language?: unknown) => models.open(language)) },
  'inkling.chooseModel': { run: (features) => chooseModel(features) },
  'inkling.chooseActionModel': { run: (features) => chooseActionModel(features) },
  'inkling.enterServerKey': { run: deferred(({ server }) => server.enterKey()) },
  'inkling.restartEngine': { run: ({ completions }) => completions.value?.restartEngine() },
  'inkling.showLog': { run: ({ log }) => log.show() },
  'inkling.openSettings': { run: ({ extension }) => openSettings(extension.id) },
  'inkling.openSample': { run: (features) => openSample(features) },
  'inkling.showMenu': { run: (features) => showMenu(features), when: never },
  'inkling.tone': { run: deferred(({ tone }) => tone.show()), when: inEditor },
  'inkling.usage': { run: deferred(({ usage }) => usage.show()) },
  'inkling.whatItSaves': { run: deferred(({ models }) => models.showWhatItSaves()) },
  'inkling.learnt': { run: deferred(({ usage }) => usage.showExamples()) },
  'inkling.forgetLearnt': { run: deferred(({ usage }) => usage.forgetExamples()) },

  'inkling.actions': { run: deferred(({ actions }) => actions.choose()), when: inEditor, icon: 'edit' },
  'inkling.action.fix': action('fix'),
  'inkling.action.shorten': action('shorten'),
  'inkling.action.rewrite': action('rewrite'),
  'inkling.action.simplify': action('simplify'),
  'inkling.action.expand': action('expand'),
  'inkling.action.formal': action('formal'),
  'inkling.action.friendly': action('friendly'),
  'inkling.action.betterWord': action('betterWord'),
  'inkling.action.translate': action('translate'),
  'inkling.action.bullets': action('bullets'),
  'inkling.action.numbered': action('numbered'),
  'inkling.action.prose': action('prose'),
  'inkling.action.table': action('table'),
  'inkling.action.headings': action('headings'),
  'inkling.action.summarize': action('summarize'),
  'inkling.action.continue': action('continue'),
  'inkling.action.title': action('title'),
  'inkling.action.ask': action('ask'),
  'inkling.action.custom': action('custom'),
  'inkling.runPrompt': {
    run: deferred(({ actions }, given?: unknown) => actions.runPrompt(given)),
    when: inEditor,
  },
  'inkling.newPrompt': { run: deferred(({ actions }) => actions.newPrompt()) },
  'inkling.commitMessage': {
    run: deferred(({ actions }, control?: vscode.SourceControl) => actions.commitMessage(control)),
    when: 'scmProvider == git || gitOpenRepositoryCount != 0',
    icon: 'edit',
  },
  'inkling.summarizeFiles': {
    run: deferred(({ actions }, file?: vscode.Uri, all?: readonly vscode.Uri[]) => actions.summarizeFiles(file, all)),
  },

  'inkling.acceptProposal': proposal(
    'check-all',
    isDecidable,
    deferred(({ actions }) => actions.open.acceptAll()),
  ),
  'inkling.rejectProposal': proposal(
    'close',
    hasProposal,
    deferred(({ actions }) => actions.open.rejectAll()),
  ),
  'inkling.acceptChange': proposal(
    'check',
    isDecidable,
    deferred(({ actions }, uri?: string, change?: number) => actions.open.acceptChange(uri, change)),
  ),
  'inkling.rejectChange': proposal(
    'discard',
    isDecidable,
    deferred(({ actions }, uri?: string, change?: number) => actions.open.rejectChange(uri, change)),
  ),
  'inkling.chooseChanges': proposal(
    'checklist',
    isDecidable,
    deferred(({ actions }) => actions.open.chooseChanges()),
  ),
  'inkling.insertProposalBelow': proposal(
    'arrow-down',
    isDecidable,
    deferred(({ actions }) => actions.open.insertBelow()),
  ),
  'inkling.copyProposal': proposal(
    'copy',
    hasProposal,
    deferred(({ actions }) => actions.open.copy()),
  ),
  'inkling.stopAction': proposal(
    'debug-stop',
    isActing,
    deferred(({ actions }) => actions.open.stop()),
  ),
  'inkling.retryAction': proposal(
    'refresh',
    isDecidable,
    deferred(({ actions }) => actions.open.retry()),
  ),
  'inkling.changeInstruction': proposal(
    'edit',
    isDecidable,
    deferred(({ actions }, given?: unknown) => actions.open.changeInstruction(given)),
  ),
  'inkling.showProposalDetails': proposal(
    'info',
    hasProposal,
    deferred(({ actions }) => actions.open.showDetails()),
  ),
  'inkling.showProposalMenu': {
    run: deferred(({ actions }) => actions.open.showMenu()),
    when: hasProposal,
    enablement: hasProposal,
  },

  'inkling.fineTune': { run: deferred(({ training }) => training.fineTune()) },
  'inkling.adapters': { run: deferred(({ training }) => training.showAdapters()) },
} as const satisfies Record<`inkling.${string}`, CommandRow>;

export type CommandId = keyof typeof commandTable;

const openSettings = (extensionId: string): Thenable<unknown> =>
  vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId}`);

/** Wraps a command: what it throws is logged, and told with what is known about it. */
function guarded<P extends unknown[]>(
  run: (...parameters: P) => unknown,
  { log, settings }: Pick<Features, 'log' | 'settings'>,
): (...parameters: P) => Promise<void> {
  return async (...parameters) => {
    try {
      await run(...parameters);
    } catch (thrown) {
      const error = toInklingError(thrown);
      if (error.code === 'modelNotLoaded' && !settings.general.enabled) return offerToTurnOn(settings);
      log.error(error.code, error.stack ?? error.message);
      const showLog = l10n.t('Show Log');
      const answer = await vscode.window.showErrorMessage(errorMessage(error), showLog);
      if (answer === showLog) log.show();
    }
  };
}

/** For what needs the model while Inkling is turned off. */
async function offerToTurnOn(settings: Features['settings']): Promise<void> {
  const turnOn = l10n.t('Turn On');
  const answer = await vscode.window.showInformationMessage(l10n.t('Inkling is turned off.'), turnOn);
  if (answer === turnOn && !settings.general.enabled) await toggle(settings);
}

/** Every command of the table with the editor. */
export function registerCommands(subscriptions: vscode.Disposable[], features: Features): void {
  for (const id of Object.keys(commandTable) as CommandId[]) {
    const run = (...given: never[]) => commandTable[id].run(features, ...given);
    subscriptions.push(vscode.commands.registerCommand(id, guarded(run, features)));
  }
}
