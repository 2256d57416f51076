import type { TextChange } from '../completion/textChange.ts';
import type { ActionOutcome, ActionOutput, ActionProgress, Proposal } from '../selection/selectionAction.ts';
import type { Edit } from '../selection/wordChanges.ts';
import { type DocumentText, type OpenChange, Passage } from './passage.ts';
import { type ChangeOptions, proposedChanges, streamedChanges, withLineEnd } from './proposedChanges.ts';
import { paragraphEnd, type Target } from './targets.ts';

/** A change and where it stands in the document of now. */
export interface PlacedChange extends OpenChange {
  /** UTF-16 offsets into the document, in place of those into the passage */
  readonly start: number;
  readonly end: number;
}

interface Piece {
  readonly passage: Passage;
  /** the text that the action was given at first */
  readonly request: string;
  outcome: ActionOutcome | undefined;
  /** what has been written so far, while the action runs */
  written: string;
}

export interface SessionOptions {
  readonly output: ActionOutput;
  /** the document's line end */
  readonly lineEnd: string;
  readonly targets: readonly Target[];
  /** each passage is accepted or rejected as a whole */
  readonly isWhole: boolean;
  /** called after every change of what there is to see */
  readonly onChange: () => void;
}

/** Who accepts or rejects what: some changes, or all of them. */
export type Choice = 'all' | ReadonlySet<number>;

/**
 * What is proposed for one document, from the first word written to the last change accepted or rejected. It knows the
 * document by offsets and text only, and hands out edits for others to make: nothing enters the document before that.
 */
export class ProposalSession {
  readonly output: ActionOutput;
  readonly #options: SessionOptions;
  readonly #pieces: readonly Piece[];
  #lastId = 0;
  #isRunning = false;
  #progress: ActionProgress | undefined;

  constructor(document: DocumentText, options: SessionOptions) {
    this.output = options.output;
    this.#options = options;
    this.#pieces = options.targets.map(({ request, place }) => ({
      passage: new Passage(place.start, document.slice(place.start, place.end)),
      request: document.slice(request.start, request.end),
      outcome: undefined,
      written: '',
    }));
  }

  /** The texts to run the action on, in the document's order; with what has been accepted since. */
  get requests(): readonly string[] {
    return this.#pieces.map((piece) => this.#request(piece));
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get progress(): ActionProgress | undefined {
    return this.#progress;
  }

  /** True once the text of a passage was edited by somebody else. */
  get isStale(): boolean {
    return this.#pieces.some(({ passage }) => passage.isStale);
  }

  get outcomes(): readonly ActionOutcome[] {
    return this.#pieces.map(({ outcome }) => outcome).filter((outcome) => outcome !== undefined);
  }

  get proposals(): readonly Proposal[] {
    return this.outcomes.map(proposalOf).filter((proposal) => proposal !== undefined);
  }

  /** The passages in the document of now. */
  get places(): readonly { readonly start: number; readonly end: number }[] {
    return this.#pieces.map(({ passage: { start, end } }) => ({ start, end }));
  }

  /** What can be accepted or rejected, in the document's order; while an action runs, what it has proposed so far. */
  get changes(): readonly PlacedChange[] {
    return this.#pieces.flatMap(({ passage }) =>
      passage.changes.map((change) => ({
        ...change,
        start: passage.start + change.start,
        end: passage.start + change.end,
      })),
    );
  }

  /** The results as text, without what was rejected. */
  get text(): string {
    const texts = this.#pieces.map((piece) => {
      if (this.output === 'replace') return piece.passage.proposedText;
      const isUndecided = piece.outcome === undefined || wasCutOff(piece);
      return proposalOf(piece.outcome)?.text ?? (isUndecided ? piece.written : ''); // what was refused is no result
    });
    return withLineEnd(texts.filter((text) => text !== '').join('\n\n'), this.#options.lineEnd);
  }

  /** All passages are to be written anew. */
  start(): void {
    this.#isRunning = true;
    this.#progress = undefined;
    for (const piece of this.#pieces) {
      piece.outcome = undefined;
      piece.written = '';
      piece.passage.propose([]);
    }
    this.#options.onChange();
  }

  /** @param index of the request */
  stream(index: number, written: string): void {
    const piece = this.#pieces[index]!;
    piece.written = written;
    piece.passage.propose(this.#numbered(streamedChanges(written, this.#changeOptions(piece))));
    this.#options.onChange();
  }

  report(progress: ActionProgress): void {
    this.#progress = progress;
    this.#options.onChange();
  }

  /** True when some of what is proposed was stopped in the middle, before its checks. */
  get isUnexamined(): boolean {
    return this.#pieces.some((piece) => wasCutOff(piece) && piece.passage.changes.length > 0);
  }

  /** What came of one request; a cancelled one leaves what was done until then, or else what was written. */
  settle(index: number, outcome: ActionOutcome): void {
    const piece = this.#pieces[index]!;
    piece.outcome = outcome;
    const proposal = proposalOf(outcome);
    const options = this.#changeOptions(piece);
    const unfinished = wasCutOff(piece) ? streamedChanges(piece.written, options) : [];
    piece.passage.propose(this.#numbered(proposal ? proposedChanges(proposal, options) : unfinished));
    this.#options.onChange();
  }

  /** Nothing runs any more. */
  end(): void {
    this.#isRunning = false;
    this.#progress = undefined;
    this.#options.onChange();
  }

  /** Edits that make the chosen changes, in order; empty while an action runs or a passage was edited. */
  accept(choice: Choice): Edit[] {
    if (this.#isRunning || this.isStale) return [];
    const ids = this.#ids(choice);
    return this.#pieces.flatMap(({ passage }) => passage.accept(ids));
  }

  reject(choice: Choice): void {
    const ids = this.#ids(choice);
    for (const { passage } of this.#pieces) passage.reject(ids);
    this.#options.onChange();
  }

  /** Edits that put the results below the paragraphs instead of in their place. */
  insertBelow(document: DocumentText): Edit[] {
    if (this.#isRunning || this.isStale) return [];
    const whole = document.whole();
    const { lineEnd } = this.#options;
    return this.#pieces.flatMap(({ passage, outcome }) => {
      const text = this.output === 'replace' ? passage.proposedText : proposalOf(outcome)?.text;
      if (text === undefined || text === '' || text === passage.text) return [];
      const at = paragraphEnd(whole, passage.end);
      return [{ start: at, end: at, replacement: lineEnd + lineEnd + withLineEnd(text, lineEnd) }];
    });
  }

  /** Follows edits of the document, whoever made them. */
  follow(edits: readonly TextChange[], document: DocumentText): void {
    for (const { passage } of this.#pieces) passage.follow(edits, document);
    this.#options.onChange();
  }

  #ids(choice: Choice): ReadonlySet<number> {
    return choice === 'all' ? new Set(this.changes.map(({ id }) => id)) : choice;
  }

  #numbered(changes: ReturnType<typeof proposedChanges>): OpenChange[] {
    return changes.map((change) => ({ ...change, id: ++this.#lastId }));
  }

  #request({ passage, request }: Piece): string {
    return this.output === 'replace' ? passage.text : request;
  }

  #changeOptions(piece: Piece): ChangeOptions {
    const { lineEnd, isWhole } = this.#options;
    return { output: this.output, passage: piece.passage.text, request: this.#request(piece), lineEnd, isWhole };
  }
}

const wasCutOff = ({ outcome, written }: Piece): boolean =>
  outcome?.kind === 'cancelled' && outcome.partial === undefined && written !== '';

function proposalOf(outcome: ActionOutcome | undefined): Proposal | undefined {
  if (outcome?.kind === 'proposal') return outcome;
  return outcome?.kind === 'cancelled' ? outcome.partial : undefined;
}
