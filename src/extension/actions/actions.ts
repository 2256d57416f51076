import * as vscode from 'vscode';
import { l10n } from 'vscode';
import { InklingError } from '../../protocol/errors.ts';
import { documentSelector, isWritten } from '../../providers/completion/completionProvider.ts';
import { ActionLightBulb } from '../../providers/selection/actionLightBulb.ts';
import { ProposalHints } from '../../providers/selection/preview/inPlaceView.ts';
import { rangeOf } from '../../providers/selection/preview/previewDocuments.ts';
import { ProposalLenses } from '../../providers/selection/preview/proposalLenses.ts';
import { Proposals } from '../../providers/selection/proposals.ts';
import type { ActionTask, RunAction } from '../../providers/selection/proposed.ts';
import type { PromptOptions } from '../../writing/prompts/ownPrompt.ts';
import { actionCatalogue, hasTrait } from '../../writing/selection/actionCatalogue.ts';
import { readAhead } from '../../writing/selection/readAhead.ts';
import { runAction } from '../../writing/selection/runAction.ts';
import type {
  ActionEngine,
  ActionId,
  ActionOutput,
  ActionPipelines,
  ActionRequest,
} from '../../writing/selection/selectionAction.ts';
import { choosePrompt, newPrompt } from '../prompts/promptCommands.ts';
import { PromptChecks, PromptCompletions } from '../prompts/promptFiles.ts';
import { type ActionArguments, actionArguments, chooseForm, chooseSummary, type Scope } from './actionArguments.ts';
import { ActionOffers, type ActionOffersOptions } from './actionOffers.ts';
import { ActionStatusBar } from './actionStatusBar.ts';
import { actionTitle, instructionPrompt } from './actionTitles.ts';
import { askInstruction, InstructionHistory } from './askInstruction.ts';
import { chooseAction, commandOf, menuActions } from './chooseAction.ts';
import { commitMessage } from './commitMessage.ts';
import type { LongActions } from './longActions.ts';
import { ProposalCommands } from './proposalCommands.ts';
import { isPossibleHere, runOnSelection, targetsIn, tell } from './runOnSelection.ts';
import { chooseFiles, summarizeFiles } from './summarizeFiles.ts';

export interface ActionsOptions extends ActionOffersOptions {
  readonly longActions: LongActions;
  readonly memento: vscode.Memento;
  readonly isLanguageOn: (languageId: string) => boolean;
  /** where the person keeps prompts for all workspaces */
  readonly userPrompts: vscode.Uri;
}

/** Actions on selected text: their commands, their proposals and how these are shown. */
export class Actions implements vscode.Disposable {
  /** on the proposal in front */
  readonly open: ProposalCommands;
  readonly #options: ActionsOptions;
  readonly #history: InstructionHistory;
  readonly #proposals: Proposals;
  readonly #parts: vscode.Disposable;
  readonly #offers: ActionOffers;
  #settling: NodeJS.Timeout | undefined;

  constructor(options: ActionsOptions) {
    this.#options = options;
    this.#offers = new ActionOffers(options);
    this.#history = new InstructionHistory(options.memento);
    this.#proposals = new Proposals(options.languageSet);
    this.open = new ProposalCommands(this.#proposals, this.#history, () => this.#offers.demandEngine());
    const lightBulb = new ActionLightBulb({
      isOffered: (document) => isWritten(document) && options.isLanguageOn(document.languageId),
      actions: (document, range) => {
        const withheld = this.#offers.withheldIn(document);
        const misplaced = this.#offers.misplacedIn(document, range);
        const offered = menuActions().filter((action) => hasTrait(action, 'inLightBulb') && !misplaced.has(action));
        return offered.map((action) => ({
          title: withheld.has(action) ? withoutModel(action) : actionTitle(action),
          command: commandOf(action),
        }));
      },
    });
    const lenses = new ProposalLenses(this.#proposals);
    this.#parts = vscode.Disposable.from(
      this.#proposals,
      new ActionStatusBar(this.#proposals),
      new PromptChecks(),
      PromptCompletions.register(),
      vscode.languages.registerCodeLensProvider(documentSelector, lenses),
      vscode.languages.registerInlayHintsProvider(documentSelector, new ProposalHints(this.#proposals)),
      vscode.languages.registerCodeActionsProvider(documentSelector, lightBulb, ActionLightBulb.metadata),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#followEditor(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#followSelection(textEditor)),
      // another markup, or another language declared in it
      vscode.workspace.onDidOpenTextDocument((document) => this.#followMenuOf(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#followMenuOf(document)),
    );
  }

  dispose(): void {
    clearTimeout(this.#settling);
    this.#parts.dispose();
  }

  /** Lets the person choose what to do with the selected text. */
  choose = async (): Promise<void> => {
    this.#offers.demandEngine();
    const editor = vscode.window.activeTextEditor;
    if (!editor) return tell(l10n.t('Open a document first.'));
    const withheld = await this.#offers.withheld();
    const misplaced = this.#offers.misplacedIn(editor.document, editor.selection);
    await chooseAction(
      (action) => !withheld.has(action),
      (action) => !misplaced.has(action),
    );
  };

  /** To be called when the document in front, its language or the model is another one. */
  followMenu = (): Promise<void> => this.#offers.followMenu();

  #followMenuOf(document: vscode.TextDocument): void {
    if (document === vscode.window.activeTextEditor?.document) void this.followMenu();
  }

  /** It comes with the selection that it had: the editor tells of changes alone. */
  #followEditor(editor: vscode.TextEditor): void {
    void this.followMenu();
    this.#followSelection(editor);
  }

  #followSelection(editor: vscode.TextEditor): void {
    clearTimeout(this.#settling);
    if (!editor.selection.isEmpty)
      this.#settling = setTimeout(() => void this.#offers.followSelection(editor), settledMs);
  }

  async commitMessage(control?: vscode.SourceControl): Promise<void> {
    this.#offers.demandEngine();
    await commitMessage(this.#run, control);
  }

  /** @param file in whose menu this was chosen, among `all` that are selected; without one the person chooses files */
  async summarizeFiles(file?: vscode.Uri, all?: readonly vscode.Uri[]): Promise<void> {
    this.#offers.demandEngine();
    const form = await chooseForm(actionTitle('summarize'));
    if (form) await summarizeFiles(this.#run, form, all ?? (file ? [file] : await chooseFiles()));
  }

  /** @param given a prompt's title, from a key binding; without one the person chooses */
  runPrompt = (given?: unknown): Promise<void> =>
    choosePrompt(
      {
        userFolder: this.#options.userPrompts,
        proposals: this.#proposals,
        history: this.#history,
        runWith: (sampling) => this.#runWith(sampling),
        mayRun: (output, scope) => this.#offers.isPossible({ action: 'custom', output }, scope),
        readingAhead: (asWhole, ask) => this.#readingAhead({ action: 'custom', asWhole }, 'selection', ask),
      },
      given,
    );

  newPrompt = (): Promise<void> => newPrompt(this.#options.userPrompts);

  /** Asks what the action has to know and was not told, and runs it; what can be said against it is said before. */
  async act(action: ActionId, given: unknown): Promise<void> {
    this.#offers.demandEngine();
    const told = actionArguments(given);
    const { output, instruction: need } = actionCatalogue[action];
    const asks = need === 'required' && told.instruction === undefined;
    if (asks && !(await this.#offers.isPossible({ action, output }, told.scope))) return;
    if (!told.anyway && !(await this.#offers.isUpTo(action))) return;
    if (action === 'summarize') return this.#summarize(told);
    const title = actionTitle(action);
    const question = { title, placeholder: instructionPrompt(action), kind: action };
    const ask = () => this.#readingAhead({ action }, told.scope, () => askInstruction(question, this.#history));
    const instruction = told.instruction ?? (asks ? await ask() : undefined);
    if (asks && instruction === undefined) return;
    const task = { action, title, output, ...(instruction === undefined ? {} : { instruction }) };
    await this.#runOn(task, told.scope);
  }

  /** While a person says what they want, the model reads what it is about. */
  async #readingAhead<Answer>(
    { action, asWhole = false }: Pick<ActionRequest, 'action' | 'asWhole'>,
    scope: Scope = 'selection',
    ask: () => Thenable<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const engine = this.#offers.engine();
    const editor = vscode.window.activeTextEditor;
    const [target] = editor ? targetsIn(editor, scope, { action, output: actionCatalogue[action].output }) : [];
    if (engine instanceof InklingError || !editor || !target) return ask();
    const { document } = editor;
    const text = document.getText(rangeOf(document, target.request.start, target.request.end));
    const cancellation = new vscode.CancellationTokenSource();
    void readAhead({ action, asWhole, text, languageId: document.languageId }, engine, cancellation.token);
    const answer = await ask();
    if (answer === undefined) cancellation.cancel(); // otherwise the action goes on where this is
    return answer;
  }

  async #summarize(told: ActionArguments): Promise<void> {
    const choice = await chooseSummary(told, (scope) =>
      isPossibleHere({ action: 'summarize', output: outputOf(scope) }, scope),
    );
    if (!choice) return;
    const { scope, form } = choice;
    if (scope === 'files') return summarizeFiles(this.#run, form, await chooseFiles());
    await this.#runOn({ action: 'summarize', title: actionTitle('summarize'), output: outputOf(scope), form }, scope);
  }

  #runOn(task: ActionTask, scope: Scope = 'selection'): Promise<void> {
    return runOnSelection(task, this.#proposals, this.#run, scope);
  }

  readonly #run: RunAction = (...call) => this.#runWith({})(...call);

  #runWith(sampling: PromptOptions): RunAction {
    return async (request, token, listener) => {
      const engine = this.#offers.engine();
      if (engine instanceof InklingError) return { kind: 'failed', error: engine };
      const sampled = engineWith(engine, sampling, this.#options.pipelines);
      const long = await this.#options.longActions.run(request, sampled, token, listener);
      return long ?? runAction(request, sampled, token, listener);
    };
  }
}

/** While a selection grows nobody opens a menu. */
const settledMs = 100;

/** A summary of all of it belongs neither above nor below: it is shown, and can be put in or copied from there. */
const outputOf = (scope: Scope): ActionOutput => (scope === 'document' ? 'panel' : actionCatalogue.summarize.output);

/** An engine that samples as a prompt wants it, whatever the action would choose. */
const engineWith = (engine: ActionEngine, sampling: PromptOptions, pipelines: ActionPipelines): ActionEngine => ({
  pipelines,
  load: () => engine.load(),
  knownParameters: () => engine.knownParameters?.(),
  knownToFollowInstructions: () => engine.knownToFollowInstructions?.(),
  tokenize: (text) => engine.tokenize(text),
  score: (request) => engine.score(request),
  scoreEach: (request, token) => engine.scoreEach(request, token),
  generate: (request, token, onPartial) =>
    engine.generate({ ...request, options: { ...request.options, ...sampling } }, token, onPartial),
});

const withoutModel = (action: ActionId): string => l10n.t('{0} (needs a larger model)', actionTitle(action));
