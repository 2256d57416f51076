import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { InstalledPipelines } from '../../client/pipelinesClient.ts';
import { InklingError, toInklingError } from '../../protocol/errors.ts';
import type { PipelineWish } from '../../protocol/pipelines.ts';
import { documentSelector, isWritten } from '../../providers/completion/completionProvider.ts';
import { ActionLightBulb } from '../../providers/selection/actionLightBulb.ts';
import { ProposalHints } from '../../providers/selection/preview/inPlaceView.ts';
import { previewScheme, rangeOf } from '../../providers/selection/preview/previewDocuments.ts';
import { ProposalLenses } from '../../providers/selection/preview/proposalLenses.ts';
import { Proposals } from '../../providers/selection/proposals.ts';
import type { ActionTask, RunAction } from '../../providers/selection/proposed.ts';
import { languageOfText } from '../../text/language.ts';
import type { PromptOptions } from '../../writing/prompts/ownPrompt.ts';
import { actionCatalogue } from '../../writing/selection/actionCatalogue.ts';
import { wishOf } from '../../writing/selection/drafts/pipelineDrafts.ts';
import { type Offer, offerOf, whyNotOffered } from '../../writing/selection/offer.ts';
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
import { ActionStatusBar } from './actionStatusBar.ts';
import { actionTitle, instructionPrompt } from './actionTitles.ts';
import { askInstruction, InstructionHistory } from './askInstruction.ts';
import { chooseAction, commandOf, menuActions, withholdInMenu } from './chooseAction.ts';
import { commitMessage } from './commitMessage.ts';
import type { LongActions } from './longActions.ts';
import { noteText } from './noteTexts.ts';
import { ProposalCommands } from './proposalCommands.ts';
import { explain, runOnSelection, switchedOffError, targetsIn } from './runOnSelection.ts';
import { chooseFiles, summarizeFiles } from './summarizeFiles.ts';

export interface ActionsOptions {
  /**
   * undefined while Inkling is switched off
   * @throws InklingError `modelMissing`
   */
  readonly engine: () => ActionEngine | undefined;
  /** models made for one task */
  readonly pipelines: ActionPipelines & Pick<InstalledPipelines, 'mayHave'>;
  readonly longActions: LongActions;
  readonly memento: vscode.Memento;
  readonly isLanguageOn: (languageId: string) => boolean;
  /** the language that a person says a document's text is in; '' = none */
  readonly languageSet: (document: vscode.TextDocument) => string;
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
  /** of the model that actions last ran on; the one in the box is small */
  #parameters = 0;
  /** what the context menu was told to leave out */
  #inMenu: ReadonlySet<ActionId> = new Set();

  constructor(options: ActionsOptions) {
    this.#options = options;
    this.#history = new InstructionHistory(options.memento);
    this.#proposals = new Proposals(options.languageSet);
    this.open = new ProposalCommands(this.#proposals, this.#history);
    const lightBulb = new ActionLightBulb({
      isOffered: (document) => isWritten(document) && options.isLanguageOn(document.languageId),
      actions: (document) => {
        const offerIn = this.#offersIn(document);
        return lightBulbActions.map((action) => ({
          title: offerIn(action).kind === 'needsLargerModel' ? withoutModel(action) : actionTitle(action),
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
      vscode.languages.registerCodeLensProvider({ scheme: previewScheme }, lenses),
      vscode.languages.registerInlayHintsProvider(documentSelector, new ProposalHints(this.#proposals)),
      vscode.languages.registerCodeActionsProvider(documentSelector, lightBulb, ActionLightBulb.metadata),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.followMenu()),
    );
  }

  dispose(): void {
    this.#parts.dispose();
  }

  /** Lets the person choose what to do with the selected text. */
  choose = async (): Promise<void> => {
    await this.#knowModel();
    const withheld = await this.#withheld();
    await chooseAction((action) => !withheld.has(action));
  };

  /** To be called when the document in front or the model is another one: the context menu leaves out what it is not up to. */
  followMenu = async (): Promise<void> => {
    if (!this.#knowSize()) return; // no model is loaded for a menu, and no process started
    const { pipelines } = this.#options;
    const withheld = new Set(this.#needLarger().filter((action) => !pipelines.mayHave(wishFor(action))));
    const isSame = withheld.size === this.#inMenu.size && [...withheld].every((action) => this.#inMenu.has(action));
    this.#inMenu = withheld;
    if (!isSame) await withholdInMenu(withheld);
  };

  commitMessage = (control?: vscode.SourceControl): Promise<void> => commitMessage(this.#run, control);

  /** @param file in whose menu this was chosen, among `all` that are selected; without one the person chooses files */
  async summarizeFiles(file?: vscode.Uri, all?: readonly vscode.Uri[]): Promise<void> {
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
        readingAhead: (asWhole, ask) => this.#readingAhead({ action: 'custom', asWhole }, 'selection', ask),
      },
      given,
    );

  newPrompt = (): Promise<void> => newPrompt(this.#options.userPrompts);

  /** Asks what the action has to know and was not told, and runs it. */
  async act(action: ActionId, given: unknown): Promise<void> {
    const told = actionArguments(given);
    if (!told.anyway && !(await this.#mayRun(action))) return;
    if (action === 'summarize') return this.#summarize(told);
    const title = actionTitle(action);
    const { output, instruction: need } = actionCatalogue[action];
    const question = { title, placeholder: instructionPrompt(action), kind: action };
    const ask = () => this.#readingAhead({ action }, told.scope, () => askInstruction(question, this.#history));
    const instruction = told.instruction ?? (need === 'required' ? await ask() : undefined);
    if (need === 'required' && instruction === undefined) return;
    const task = { action, title, output, ...(instruction === undefined ? {} : { instruction }) };
    await this.#runOn(task, told.scope);
  }

  /** Before anything is asked for: whether the model is up to it; where it is not, that is told, with a way to another one. */
  async #mayRun(action: ActionId): Promise<boolean> {
    await this.#knowModel();
    const offer = this.#offersIn(vscode.window.activeTextEditor?.document)(action);
    if (offer.kind !== 'needsLargerModel' || (await this.#mayBeInstalled(action))) return true;
    const note = whyNotOffered(action, offer, this.#parameters);
    await explain({ kind: 'none', reason: 'modelTooSmall', note, detail: noteText(note) });
    return false;
  }

  /** A model made for the task is there; of translations it depends on the language, which is asked for first. */
  async #mayBeInstalled(action: ActionId): Promise<boolean> {
    return action === 'translate' || this.#hasPipeline(action);
  }

  async #hasPipeline(action: ActionId): Promise<boolean> {
    const wish = wishFor(action);
    return wish !== undefined && (await this.#options.pipelines.find(wish)) !== undefined;
  }

  /** Actions that the model is not up to in the document in front. */
  async #withheld(): Promise<ReadonlySet<ActionId>> {
    const needLarger = this.#needLarger();
    const installed = await Promise.all(needLarger.map((action) => this.#hasPipeline(action)));
    return new Set(needLarger.filter((_, i) => !installed[i]));
  }

  #needLarger(): readonly ActionId[] {
    const offerIn = this.#offersIn(vscode.window.activeTextEditor?.document);
    return menuActions().filter((action) => offerIn(action).kind === 'needsLargerModel');
  }

  /** What is offered depends on the model's size: its folder tells, or it has to be loaded. */
  async #knowModel(): Promise<void> {
    const engine = this.#engine();
    if (engine instanceof InklingError || this.#knowSize(engine)) return;
    await engine.load().then(
      ({ parameters }) => {
        this.#parameters = parameters;
      },
      () => undefined, // the action itself says what is wrong with the model
    );
  }

  /** @returns whether it is known without loading the model */
  #knowSize(engine = this.#engine()): boolean {
    const known = engine instanceof InklingError ? undefined : engine.knownParameters?.();
    this.#parameters = known ?? this.#parameters;
    return known !== undefined;
  }

  /** What is offered in a document. Its language is told once, from its beginning: the light bulb asks at each selection. */
  #offersIn(document: vscode.TextDocument | undefined): (action: ActionId) => Offer {
    const language = languageOfText(document?.getText(rangeOf(document, 0, languageChars)) ?? '');
    return (action) => offerOf(action, language, this.#parameters);
  }

  /** While a person says what they want, the model reads what it is about. */
  async #readingAhead<Answer>(
    { action, asWhole = false }: Pick<ActionRequest, 'action' | 'asWhole'>,
    scope: Scope = 'selection',
    ask: () => Thenable<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const engine = this.#engine();
    const editor = vscode.window.activeTextEditor;
    const [target] = editor ? targetsIn(editor, scope, actionCatalogue[action].output) : [];
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
    const choice = await chooseSummary(told);
    if (!choice) return;
    const { scope, form } = choice;
    if (scope === 'files') return summarizeFiles(this.#run, form, await chooseFiles());
    // A summary of all of it belongs neither above nor below: it is shown, and can be put in or copied from there.
    const output: ActionOutput = scope === 'document' ? 'panel' : actionCatalogue.summarize.output;
    await this.#runOn({ action: 'summarize', title: actionTitle('summarize'), output, form }, scope);
  }

  #runOn(task: ActionTask, scope: Scope = 'selection'): Promise<void> {
    return runOnSelection(task, this.#proposals, this.#run, scope);
  }

  readonly #run: RunAction = (...call) => this.#runWith({})(...call);

  #runWith(sampling: PromptOptions): RunAction {
    return async (request, token, listener) => {
      const engine = this.#engine();
      if (engine instanceof InklingError) return { kind: 'failed', error: engine };
      const sampled = engineWith(engine, sampling, this.#options.pipelines);
      const long = await this.#options.longActions.run(request, sampled, token, listener);
      return long ?? runAction(request, sampled, token, listener);
    };
  }

  #engine(): ActionEngine | InklingError {
    try {
      return this.#options.engine() ?? switchedOffError();
    } catch (error) {
      return toInklingError(error);
    }
  }
}

const wishFor = (action: ActionId): PipelineWish | undefined =>
  action === 'translate' ? { kind: 'text2text', use: action } : wishOf({ action, text: '', languageId: '' });

/** An engine that samples as a prompt wants it, whatever the action would choose. */
const engineWith = (engine: ActionEngine, sampling: PromptOptions, pipelines: ActionPipelines): ActionEngine => ({
  pipelines,
  load: () => engine.load(),
  knownParameters: () => engine.knownParameters?.(),
  tokenize: (text) => engine.tokenize(text),
  score: (request) => engine.score(request),
  scoreEach: (request, token) => engine.scoreEach(request, token),
  generate: (request, token, onPartial) =>
    engine.generate({ ...request, options: { ...request.options, ...sampling } }, token, onPartial),
});

/** Enough of a document to tell its language. */
const languageChars = 4000;

const withoutModel = (action: ActionId): string => l10n.t('{0} (needs a larger model)', actionTitle(action));

/** Few: the menu of the light bulb has others in it. */
const lightBulbActions: readonly ActionId[] = ['fix', 'shorten', 'rewrite', 'simplify', 'formal', 'friendly', 'expand'];
