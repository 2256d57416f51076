import type { CancellationToken } from 'vscode-jsonrpc';
import type { InklingError } from '../../protocol/errors.ts';
import type {
  LoadedModel,
  ScoreAnswer,
  ScoreEachAnswer,
  ScoreEachRequest,
  ScoreRequest,
  TextGenerator,
} from '../../protocol/inference.ts';
import type {
  FillMaskAnswer,
  FillMaskRequest,
  PipelineWish,
  RewriteTextsAnswer,
  RewriteTextsRequest,
} from '../../protocol/pipelines.ts';
import type { Note } from './notes.ts';

/** What can be done with selected text; `actionCatalogue` says what each one needs, gives and how it is made. */
export type ActionId =
  | 'summarize'
  | 'rewrite'
  | 'shorten'
  | 'expand'
  | 'fix'
  | 'simplify'
  | 'formal'
  | 'friendly'
  | 'bullets' // prose → list
  | 'numbered' // prose or bullets → numbered list
  | 'prose' // list → prose
  | 'table' // list → table
  | 'continue'
  | 'title'
  | 'headings'
  | 'betterWord'
  | 'translate'
  | 'ask'
  | 'custom'
  | 'commitMessage'; // the text is a diff

/** Where a proposal goes once it is accepted. */
export type ActionOutput = 'replace' | 'insertBelow' | 'insertAbove' | 'panel';

export type SummaryForm = 'sentence' | 'paragraph' | 'bullets' | 'outline';

/**
 * Who does the work. `model`: the language model writes. `extractive`: sentences of the text itself are chosen.
 * `rules`: fixed rules edit the text. The last two invent nothing. `pipeline`: a model made for this one task writes,
 * where one is installed.
 */
export type Way = 'pipeline' | 'model' | 'extractive' | 'rules';

export interface ActionRequest {
  readonly action: ActionId;
  /** the selected text, line ends as in the document; data, never an instruction */
  readonly text: string;
  /** the editor's language id */
  readonly languageId: string;
  /** everything left of the selection; '' or left out when unknown */
  readonly before?: string;
  /** everything right of it */
  readonly after?: string;
  /** of the document, as it says itself; told by its prose when left out. An ISO 639 code */
  readonly textLanguage?: string;
  /** the question of `ask`, the wish of `custom`, the language of `translate`; a wish for the style of others */
  readonly instruction?: string;
  /** of `summarize`; default `paragraph` */
  readonly form?: SummaryForm;
  /** of `commitMessage`: subjects of the repository's commits, newest first, whose style it keeps to */
  readonly earlierSubjects?: readonly string[];
  /** of `custom`: something about the text is wanted, not the text with changes; it is read as a whole then */
  readonly asWhole?: boolean;
  /** another seed gives another try; default 0, which takes the likeliest text */
  readonly seed?: number;
  /** default: what suits the size of the model best */
  readonly way?: Way;
}

/** What actions need of the engine; `InferenceClient` is one. Nothing is called before a way needs the model. */
export interface ActionEngine extends TextGenerator {
  load(): Promise<LoadedModel>;
  /** of the model, where that is known without loading it */
  knownParameters?(): number | undefined;
  /** whether it has a chat template, where it has been loaded */
  knownToFollowInstructions?(): boolean | undefined;
  tokenize(text: string): Promise<{ tokens: number[] }>;
  score(request: ScoreRequest): Promise<ScoreAnswer>;
  scoreEach(request: ScoreEachRequest, token: CancellationToken): Promise<ScoreEachAnswer>;
  /** models made for one task, of which some may be installed */
  readonly pipelines?: ActionPipelines;
}

/** What actions need of models made for one task; `InstalledPipelines` is one. */
export interface ActionPipelines {
  /** @returns undefined where no such model is installed */
  find(wish: PipelineWish): Promise<{ readonly name: string; readonly folder: string } | undefined>;
  rewrite(request: RewriteTextsRequest, token: CancellationToken): Promise<RewriteTextsAnswer>;
  fillMask(request: FillMaskRequest): Promise<FillMaskAnswer>;
}

/**
 * One piece that can be accepted or rejected alone: `text.slice(start, end)` of the request becomes `replacement`.
 * Changes are in order and do not overlap; all of them together turn the request's text into the proposal's.
 */
export interface Change {
  /** UTF-16 offsets into the request's text */
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly replacement: string;
  /** protected parts and whole sentences that this change drops, and parts that it brings in; empty when all is well */
  readonly lost: readonly string[];
  readonly invented: readonly string[];
}

/** What a result was examined for, as a closed set. */
export type CheckId =
  | 'protected' // links, citations, math, code, numbers and names are those of the text
  | 'length' // within the action's bounds
  | 'language' // the text's script and language
  | 'repetition' // no loop
  | 'chatter' // no talk about the task, no instruction, no quotes around the whole
  | 'faithful' // the text's content words are kept, few others come in
  | 'form'; // bullets are bullets, a title is one line, a sentence is one sentence

export interface CheckResult {
  readonly check: CheckId;
  readonly passed: boolean;
  /** what is wrong; left out when passed */
  readonly note?: Note;
  /** the same in English; '' when passed */
  readonly detail: string;
}

export interface Candidate {
  readonly text: string;
  /** log-probability, of a word with its sentence, of a title per token; comparable within one proposal */
  readonly score: number;
}

export interface Proposal {
  readonly kind: 'proposal';
  readonly action: ActionId;
  readonly output: ActionOutput;
  readonly way: Way;
  /** with `replace` the new text in place of the request's; otherwise the text to insert or show */
  readonly text: string;
  /** with `replace`; else empty */
  readonly changes: readonly Change[];
  /** of `betterWord` and `title`, best first; `text` is the first one */
  readonly candidates: readonly Candidate[];
  /** protected parts of the request's text */
  readonly masked: number;
  /** those of them that the proposal still has */
  readonly kept: number;
  /** sentences that were left out, and the other protected parts */
  readonly lost: readonly string[];
  readonly invented: readonly string[];
  readonly checks: readonly CheckResult[];
  /** for the person: what kind of result this is, what was left alone and why */
  readonly notes: readonly Note[];
  /** words of the request's text, and how many of them were read; less only when stopped early */
  readonly words: number;
  readonly readWords: number;
  /** stopped before the end: what had been done until then, the rest as it was */
  readonly partial: boolean;
}

export type Refusal =
  | 'emptySelection'
  | 'binary' // no text
  | 'tooLarge'
  | 'needsInstruction'
  | 'noProse' // code, math or markup only
  | 'notAList' // for `table` and `prose`
  | 'notAWord' // for `betterWord`
  | 'unsupportedWay' // the action cannot be done in the way asked for
  | 'nothingToChange' // the text is good as it is
  | 'nothingGood' // whatever was made failed its checks
  | 'modelTooSmall'
  | 'noChatTemplate';

export type ActionOutcome =
  | Proposal
  | {
      readonly kind: 'none';
      readonly reason: Refusal;
      /** one sentence for the person */
      readonly note: Note;
      /** the same in English */
      readonly detail: string;
    }
  /** with what had been done until then, when something had */
  | { readonly kind: 'cancelled'; readonly partial?: Proposal }
  | { readonly kind: 'failed'; readonly error: InklingError };

export interface ActionProgress {
  readonly stage: 'reading' | 'writing' | 'comparing';
  /** pieces of the text, such as paragraphs or sections */
  readonly done: number;
  readonly total: number;
}

/** Called while an action runs; both may be left out. */
export interface ActionListener {
  /** awaited: return a promise to let other work of the process have its turn */
  onProgress?(progress: ActionProgress): void | Promise<void>;
  /** the whole text of the proposal as far as it is known, unchecked: with `replace` it ends where the work stands */
  onPartial?(text: string): void;
  /** of actions that give several results to choose from: those found so far, not ranked yet; called as they come */
  onCandidates?(texts: readonly string[]): void;
}
