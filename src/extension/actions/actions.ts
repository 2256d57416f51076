import * as vscode from 'vscode';
import { documentSelector, isWritten } from '../../providers/completion/documentSelector.ts';
import { ActionLightBulb } from '../../providers/selection/actionLightBulb.ts';
import type { ActionTask, RunAction } from '../../providers/selection/actionTask.ts';
import { ProposalHints } from '../../providers/selection/preview/proposalHints.ts';
import { ProposalLenses } from '../../providers/selection/preview/proposalLenses.ts';
import { Proposals } from '../../providers/selection/proposals.ts';
import type { PromptOptions } from '../../writing/prompts/ownPrompt.ts';
import { actionCatalogue } from '../../writing/selection/actionCatalogue.ts';
import { runAction } from '../../writing/selection/runAction.ts';
import type { ActionEngine, ActionId, SummaryForm } from '../../writing/selection/selectionAction.ts';
import { PromptChecks } from '../prompts/promptChecks.ts';
import { promptCommands } from '../prompts/promptCommands.ts';
import { PromptCompletions } from '../prompts/promptCompletions.ts';
import { isLanguageOn } from '../settings.ts';
import { ActionStatusBar } from './actionStatusBar.ts';
import { actionTitle, formTitle, instructionPrompt } from './actionTitles.ts';
import { askInstruction, InstructionHistory } from './askInstruction.ts';
import { chooseAction, commandOf } from './chooseAction.ts';
import { commitMessage } from './commitMessage.ts';
import { proposalCommands } from './proposalCommands.ts';
import { runOnSelection, switchedOffError } from './runOnSelection.ts';
import { summarizeFiles } from './summarizeFiles.ts';

export interface ActionsOptions {
  /** undefined while Inkling is switched off */
  readonly engine: () => ActionEngine | undefined;
  readonly memento: vscode.Memento;
  /** where the person keeps prompts for all workspaces */
  readonly userPrompts: vscode.Uri;
}

type Commands = Readonly<Record<string, (...parameters: never[]) => unknown>>;

/** Actions on selected text: their commands, their proposals and how these are shown. */
export class Actions implements vscode.Disposable {
  readonly commands: Commands;
  readonly #options: ActionsOptions;
  readonly #history: InstructionHistory;
  readonly #proposals = new Proposals();
  readonly #parts: vscode.Disposable;

  constructor(options: ActionsOptions) {
    this.#options = options;
    this.#history = new InstructionHistory(options.memento);
    this.commands = {
      'inkling.actions': chooseAction,
      'inkling.commitMessage': (control?: vscode.SourceControl) => commitMessage(this.#run, control),
      'inkling.summarizeFiles': async (file?: vscode.Uri, all?: readonly vscode.Uri[]) => {
        const form = await chooseForm(actionTitle('summarize'));
        if (form) await summarizeFiles(this.#run, form, all ?? (file ? [file] : []));
      },
      ...Object.fromEntries(selectionActions.map((action) => [commandOf(action), () => this.#act(action)])),
      ...proposalCommands(this.#proposals, this.#history),
      ...promptCommands({
        userFolder: options.userPrompts,
        proposals: this.#proposals,
        history: this.#history,
        runWith: (sampling) => this.#runWith(sampling),
      }),
    };
    const lightBulb = new ActionLightBulb({
      isOffered: (document) => isWritten(document) && isLanguageOn(document.languageId),
      actions: () => lightBulbActions.map((action) => ({ title: actionTitle(action), command: commandOf(action) })),
    });
    this.#parts = vscode.Disposable.from(
      this.#proposals,
      new ActionStatusBar(this.#proposals),
      new PromptChecks(),
      PromptCompletions.register(),
      vscode.languages.registerCodeLensProvider(documentSelector, new ProposalLenses(this.#proposals)),
      vscode.languages.registerInlayHintsProvider(documentSelector, new ProposalHints(this.#proposals)),
      vscode.languages.registerCodeActionsProvider(documentSelector, lightBulb, ActionLightBulb.metadata),
    );
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** Asks what the action has to know, and runs it on the selection. */
  async #act(action: ActionId): Promise<void> {
    const task = await this.#taskOf(action);
    if (task) await runOnSelection(task, this.#proposals, this.#run);
  }

  async #taskOf(action: ActionId): Promise<ActionTask | undefined> {
    const title = actionTitle(action);
    const { output, instruction: need } = actionCatalogue[action];
    if (action === 'summarize') {
      const form = await chooseForm(title);
      return form && { action, title, output, form };
    }
    if (need !== 'required') return { action, title, output };
    const question = { title, placeholder: instructionPrompt(action), kind: action };
    const instruction = await askInstruction(question, this.#history);
    return instruction === undefined ? undefined : { action, title, output, instruction };
  }

  readonly #run: RunAction = (...call) => this.#runWith({})(...call);

  #runWith(sampling: PromptOptions): RunAction {
    return (request, token, listener) => {
      const engine = this.#options.engine();
      if (!engine) return Promise.resolve({ kind: 'failed', error: switchedOffError() });
      return runAction(request, engineWith(engine, sampling), token, listener);
    };
  }
}

/** An engine that samples as a prompt wants it, whatever the action would choose. */
const engineWith = (engine: ActionEngine, sampling: PromptOptions): ActionEngine => ({
  load: () => engine.load(),
  tokenize: (text) => engine.tokenize(text),
  score: (request) => engine.score(request),
  generate: (request, token, onPartial) =>
    engine.generate({ ...request, options: { ...request.options, ...sampling } }, token, onPartial),
});

/** All that work on a selection; a commit message is made of a diff. */
const selectionActions = (Object.keys(actionCatalogue) as ActionId[]).filter((action) => action !== 'commitMessage');

/** Few: the menu of the light bulb has others in it. */
const lightBulbActions: readonly ActionId[] = ['fix', 'shorten', 'rewrite', 'simplify', 'formal', 'friendly', 'expand'];

const forms: readonly SummaryForm[] = ['sentence', 'paragraph', 'bullets', 'outline'];

async function chooseForm(title: string): Promise<SummaryForm | undefined> {
  const items = forms.map((form) => ({ label: formTitle(form), form }));
  return (await vscode.window.showQuickPick(items, { title }))?.form;
}
