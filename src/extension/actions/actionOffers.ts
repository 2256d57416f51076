import * as vscode from 'vscode';
import type { InstalledPipelines } from '../../client/pipelinesClient.ts';
import { InklingError, toInklingError } from '../../protocol/errors.ts';
import type { PipelineWish } from '../../protocol/pipelines.ts';
import { rangeOf } from '../../providers/selection/preview/previewDocuments.ts';
import type { ActionTask } from '../../providers/selection/proposed.ts';
import { declarationChars, saidLanguage } from '../../text/documentLanguage.ts';
import { languageOfText } from '../../text/language.ts';
import { wishOf } from '../../writing/selection/drafts/pipelineDrafts.ts';
import { misplaced } from '../../writing/selection/misplaced.ts';
import { type Note, note, noteText } from '../../writing/selection/notes.ts';
import { isOnlyTold, type Offer, offerOf, waysWith, whyNotOffered } from '../../writing/selection/offer.ts';
import type { ActionEngine, ActionId, ActionPipelines, Refusal } from '../../writing/selection/selectionAction.ts';
import { holdsProse } from '../../writing/selection/text/reading.ts';
import type { Scope } from './actionArguments.ts';
import { MenuKeys, menuActions } from './chooseAction.ts';
import { explain, isPossibleHere, readingHere, switchedOffError } from './runOnSelection.ts';

export interface ActionOffersOptions {
  /**
   * undefined while Inkling is switched off
   * @throws InklingError `modelMissing`
   */
  readonly engine: () => ActionEngine | undefined;
  /** models made for one task */
  readonly pipelines: ActionPipelines & Pick<InstalledPipelines, 'mayHave'>;
  /** the language that a person says a document's text is in; '' = none */
  readonly languageSet: (document: vscode.TextDocument) => string;
  /** the language that the prose of a document was found to be in; undefined: nobody has looked, or it does not tell */
  readonly languageFound: (document: vscode.TextDocument) => string | undefined;
}

/** Which actions are offered in a document, with the model that actions run on. What speaks against one is told before anything is asked for. */
export class ActionOffers {
  readonly #options: ActionOffersOptions;
  /** of the model that actions last ran on; the one in the box is small */
  #parameters = 0;
  readonly #withheldInMenu = new MenuKeys('withheld');
  readonly #misplacedInMenu = new MenuKeys('misplaced');

  constructor(options: ActionOffersOptions) {
    this.#options = options;
  }

  engine(): ActionEngine | InklingError {
    try {
      return this.#options.engine() ?? switchedOffError();
    } catch (error) {
      return toInklingError(error);
    }
  }

  /** @throws InklingError where nothing can be run at all */
  demandEngine(): ActionEngine {
    const engine = this.engine();
    if (engine instanceof InklingError) throw engine;
    return engine;
  }

  /**
   * Whether there is a text here that the task could be done on, and a model that could be told to. Where there is none,
   * that is told.
   * @throws InklingError where nothing can be run at all
   */
  async isPossible(task: Pick<ActionTask, 'action' | 'output'>, scope?: Scope): Promise<boolean> {
    const engine = this.demandEngine();
    if (!(await isPossibleHere(task, scope))) return false;
    this.#knowSize(engine);
    const isDeaf = engine.knownToFollowInstructions?.() === false && isOnlyTold(task.action, this.#parameters);
    if (!isDeaf || (await this.#hasPipeline(task.action))) return true;
    await refuse('noChatTemplate', note('noChatTemplate'));
    return false;
  }

  /** Whether the model is up to it; where it is not, that is told, with a way to another one. */
  async isUpTo(action: ActionId): Promise<boolean> {
    await this.#knowModel();
    const offer = this.#offersIn(documentInFront())(action);
    if (offer.kind !== 'needsLargerModel' || (await this.#hasPipeline(action))) return true;
    await refuse('modelTooSmall', whyNotOffered(action, offer, this.#parameters));
    return false;
  }

  /** Actions that neither the model nor another one is up to in the document in front. */
  async withheld(): Promise<ReadonlySet<ActionId>> {
    await this.#knowModel();
    const needLarger = this.#needLarger();
    const installed = await Promise.all(needLarger.map((action) => this.#hasPipeline(action)));
    return new Set(needLarger.filter((_, i) => !installed[i]));
  }

  /** The same as far as it is known without starting a process. */
  withheldIn(document: vscode.TextDocument | undefined): ReadonlySet<ActionId> {
    return new Set(this.#needLarger(document).filter((action) => !this.#options.pipelines.mayHave(wishFor(action))));
  }

  /** To be called when the document in front, its language or the model is another one: the context menu goes by them. */
  async followMenu(): Promise<void> {
    if (!this.#knowSize()) return; // no model is loaded for a menu, and no process started
    await this.#withheldInMenu.leaveOut(this.withheldIn(documentInFront()));
  }

  /**
   * To be called when something is selected. A caret is not followed: a click opens the menu and moves the caret at once,
   * and the menu would be that of the place before.
   */
  async followSelection({ document, selection }: vscode.TextEditor): Promise<void> {
    if (!selection.isEmpty) await this.#misplacedInMenu.leaveOut(this.misplacedIn(document, selection));
  }

  /** Actions that find nothing to work on at a selection, or in the paragraph at a caret. */
  misplacedIn(document: vscode.TextDocument, selection: vscode.Range): ReadonlySet<ActionId> {
    const reading = readingHere(document, selection);
    if (!reading) return new Set();
    const isSilent = !holdsProse(reading);
    return new Set(
      menuActions().filter((action) => {
        const asksScope = selection.isEmpty && action === 'summarize';
        return !asksScope && (misplaced(action, reading) !== undefined || (isSilent && this.#quotes(action, document)));
      }),
    );
  }

  /** With the model in use it answers with sentences of the text alone. */
  #quotes(action: ActionId, document: vscode.TextDocument): boolean {
    return waysWith(action, this.#languageOf(document), this.#parameters).every((way) => way === 'extractive');
  }

  /** Whether a model made for the task is installed; of translations one that reads the language of the text in front. */
  async #hasPipeline(action: ActionId): Promise<boolean> {
    const wish = wishFor(action);
    if (!wish) return false;
    const document = documentInFront();
    const from = action === 'translate' && document ? this.#languageOf(document) : undefined;
    return (await this.#options.pipelines.find(from ? { ...wish, from } : wish)) !== undefined;
  }

  #needLarger(document = documentInFront()): readonly ActionId[] {
    const offerIn = this.#offersIn(document);
    return menuActions().filter((action) => offerIn(action).kind === 'needsLargerModel');
  }

  /** What is offered depends on the model's size: its folder tells, or it has to be loaded. */
  async #knowModel(): Promise<void> {
    const engine = this.engine();
    if (engine instanceof InklingError || this.#knowSize(engine)) return;
    await engine.load().then(
      ({ parameters }) => {
        this.#parameters = parameters;
      },
      () => undefined, // the action itself says what is wrong with the model
    );
  }

  /** @returns whether it is known without loading the model */
  #knowSize(engine = this.engine()): boolean {
    const known = engine instanceof InklingError ? undefined : engine.knownParameters?.();
    this.#parameters = known ?? this.#parameters;
    return known !== undefined;
  }

  /** The document's language is told once: the light bulb asks for several actions at each selection. */
  #offersIn(document: vscode.TextDocument | undefined): (action: ActionId) => Offer {
    const language = document && this.#languageOf(document);
    return (action) => offerOf(action, language, this.#parameters);
  }

  /** What the person or the document says, else what its prose was found to be in, else what its beginning shows. */
  #languageOf(document: vscode.TextDocument): string | undefined {
    const { languageSet, languageFound } = this.#options;
    const head = document.getText(rangeOf(document, 0, declarationChars));
    return (
      saidLanguage(head, document.languageId, languageSet(document)) ??
      languageFound(document) ??
      languageOfText(head.slice(0, languageChars))
    );
  }
}

const documentInFront = () => vscode.window.activeTextEditor?.document;

const wishFor = (action: ActionId): PipelineWish | undefined =>
  action === 'translate' ? { kind: 'text2text', use: action } : wishOf({ action, text: '', languageId: '' });

const refuse = (reason: Refusal, why: Note): Promise<void> =>
  explain({ kind: 'none', reason, note: why, detail: noteText(why) });

/** Enough of a document to tell its language. */
const languageChars = 4000;
