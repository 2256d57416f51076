import * as vscode from 'vscode';
import { type Horizon, horizons } from '../../protocol/usagePage.ts';
import { movedBy, type Place } from '../../writing/usage/survives.ts';

/** What is known about a suggestion some time after it was accepted or written over. */
export interface LaterLook {
  readonly kind: 'accepted' | 'rejected';
  readonly document: vscode.TextDocument;
  readonly place: Place;
  /** what was accepted, or what was passed over */
  readonly suggested: string;
  /** the first look at this one */
  readonly isFirst: boolean;
  /** seconds since then; undefined when it was looked at out of turn */
  readonly after?: Horizon;
}

type Suggestion = Pick<LaterLook, 'kind' | 'document' | 'place' | 'suggested'>;

interface Followed extends Suggestion {
  /** of a clock that never goes back */
  readonly sinceMs: number;
  place: Place;
  /** what was accepted so far, or what was passed over */
  suggested: string;
  /** of the document after the last change that belongs to it */
  version: number;
  /** how many of the horizons have passed */
  passed: number;
  wasLookedAt: boolean;
}

/** More are not followed at once; the oldest go. */
const mostFollowed = 300;

/**
 * Follows places of suggestions through later edits, and looks at them after 30 s, 2 min and 10 min; once, too, when a
 * document is closed before that.
 */
export class SuggestionFollower implements vscode.Disposable {
  #followed: Followed[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #looks = new vscode.EventEmitter<LaterLook>();
  readonly #listeners = vscode.Disposable.from(
    this.#looks,
    vscode.workspace.onDidChangeTextDocument((event) => this.#onChange(event)),
    vscode.workspace.onDidCloseTextDocument((document) => this.#onClose(document)),
  );

  get onLook(): vscode.Event<LaterLook> {
    return this.#looks.event;
  }

  /** To be called at the change that put the text where it stands. Parts that are accepted one after the other are one. */
  follow(suggestion: Suggestion): void {
    const { version } = suggestion.document;
    const last = this.#followed.at(-1);
    if (last && !last.wasLookedAt && isNextPart(last, suggestion)) {
      last.place = { start: last.place.start, end: suggestion.place.end };
      last.suggested += suggestion.suggested;
      last.version = version;
      return;
    }
    this.#followed.push({ ...suggestion, version, sinceMs: performance.now(), passed: 0, wasLookedAt: false });
    if (this.#followed.length > mostFollowed) this.#followed.shift();
    this.#schedule();
  }

  /** Has the first look at everything that still waits for it: nobody wants to wait to see what was kept. */
  lookNow(): void {
    for (const followed of [...this.#followed]) this.#lookOutOfTurn(followed);
  }

  forget(): void {
    this.#followed = [];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listeners.dispose();
  }

  #onChange({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    for (const followed of this.#followed) {
      if (followed.document !== document || followed.version === document.version) continue;
      for (const change of contentChanges) followed.place = movedBy(followed.place, change);
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const next = Math.min(...this.#followed.map(dueMs));
    this.#timer =
      next === Number.POSITIVE_INFINITY
        ? undefined
        : setTimeout(() => this.#lookAtDue(), Math.max(1, next - performance.now()));
  }

  #lookAtDue(): void {
    const now = performance.now();
    for (const followed of this.#followed.filter((one) => dueMs(one) <= now)) this.#look(followed);
    this.#schedule();
  }

  #look(followed: Followed): void {
    const after = horizons[followed.passed]!;
    followed.passed += 1;
    if (followed.passed === horizons.length || followed.kind === 'rejected') this.#drop((one) => one === followed);
    this.#tell(followed, after);
  }

  #lookOutOfTurn(followed: Followed): void {
    if (!followed.wasLookedAt) this.#tell(followed);
  }

  #tell(followed: Followed, after?: Horizon): void {
    const { kind, document, place, suggested, wasLookedAt } = followed;
    followed.wasLookedAt = true;
    this.#looks.fire({ kind, document, place, suggested, isFirst: !wasLookedAt, ...(after && { after }) });
  }

  #onClose(document: vscode.TextDocument): void {
    const closed = this.#followed.filter((followed) => followed.document === document);
    this.#drop((followed) => closed.includes(followed));
    for (const followed of closed) this.#lookOutOfTurn(followed);
  }

  #drop(isGone: (followed: Followed) => boolean): void {
    this.#followed = this.#followed.filter((followed) => !isGone(followed));
  }
}

const isNextPart = (last: Followed, { kind, document, place }: Suggestion): boolean =>
  kind === 'accepted' && last.kind === kind && last.document === document && last.place.end === place.start;

const dueMs = ({ sinceMs, passed }: Followed): number => sinceMs + 1000 * horizons[passed]!;
