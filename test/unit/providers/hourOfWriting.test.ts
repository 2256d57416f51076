import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { seededRandom } from '../../../src/protocol/seededRandom.ts';
import {
  type CompletionSettings,
  resolveCompletionSettings,
} from '../../../src/writing/completion/completionSettings.ts';
import { nextWord } from '../../../src/writing/completion/segment.ts';
import { type Cause, type Edit, EditedDocument, EditorAtCaret } from '../../support/editorAtCaret.ts';
import { editorChanges } from '../../support/fakeVscode.ts';
import { PacedGenerator, stepsOfTokens } from '../../support/pacedGenerator.ts';
import { Suggestions } from '../../support/suggestions.ts';
import { changeableModel, words } from '../writing/support/changeableModel.ts';
import { ScriptedGenerator } from '../writing/support/scriptedGenerator.ts';

vi.mock('vscode', () => import('../../support/fakeVscode.ts'));

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** An hour takes a minute: INKLING_WRITING_MINUTES=60 npx vitest run test/unit/providers/hourOfWriting.test.ts */
const minutes = Number(process.env['INKLING_WRITING_MINUTES'] ?? 4);

const opening = (what: string) =>
  `# Notes on ${what}  \n\nIt was a dark and stormy night, and the *wind* blew over the hills  \nof the old town, where nobody slept.\n\n- a list\n\n`;

/** Two documents side by side, and somebody who writes in them as people do. */
class Writing {
  readonly faults: string[] = [];
  shown = 0;
  typedThrough = 0;
  readonly #random: () => number;
  readonly #suggestions: Suggestions;
  readonly #editors: EditorAtCaret[];
  readonly #done: Edit[][] = [];
  readonly #undone: Edit[][] = [];
  readonly #log: string[] = [];
  #front: EditorAtCaret;
  /** how the suggestion that stands came to be as it is, since the last answer */
  #seen = '';

  constructor(showing: CompletionSettings['showing'], seed: number) {
    this.#random = seededRandom(seed);
    const paced = new PacedGenerator(
      new ScriptedGenerator(changeableModel),
      stepsOfTokens({ stepMs: 25, readMs: 3.5 }),
    );
    this.#suggestions = new Suggestions(paced, resolveCompletionSettings({ showing }));
    const { provider, watch } = this.#suggestions;
    this.#editors = ['rain', 'storms'].map(
      (name) =>
        new EditorAtCaret(provider, new EditedDocument(`${name}.md`, 'markdown', opening(name)), (visible, cause) =>
          this.#onVisible(visible, cause),
        ),
    );
    for (const editor of this.#editors)
      editor.onCommand = ({ arguments: [id] = [] }) => watch.acceptedAll(id as number);
    this.#front = this.#editors[0]!;
  }

  async goOnUntil(ms: number): Promise<void> {
    while (performance.now() < ms) await this.#doSomething();
    for (const editor of this.#editors) editor.dispose();
    this.#suggestions.dispose();
  }

  #onVisible(text: string, cause: Cause): void {
    const visible = text.trimEnd(); // of a blank at the end nothing is seen
    const before = this.#seen;
    this.#seen = visible;
    if (cause !== 'answer') return;
    if (before === '' && visible !== '') this.shown++;
    const isTakenBack = visible === '' && /undo|redo/u.test(this.#log.at(-1)!);
    if (before !== '' && !visible.startsWith(before) && !isTakenBack)
      this.faults.push(`“${before}” became “${visible}” after ${this.#log.slice(-6).join(', ')}`);
  }

  async #doSomething(): Promise<void> {
    const draw = this.#random();
    const { visible } = this.#front;
    if (visible !== '' && draw < 0.62) await this.#typesThrough();
    else if (draw < 0.66) await this.#type(this.#letter());
    else if (draw < 0.72) await this.#slips();
    else if (draw < 0.75) await this.#pauses(3000);
    else if (draw < 0.78) await this.#takesBack();
    else if (draw < 0.8) await this.#does('asks', () => this.#front.trigger());
    else if (draw < 0.84) await this.#accepts();
    else if (draw < 0.87) await this.#looksElsewhere();
    else if (draw < 0.89) await this.#changesEditor();
    else if (draw < 0.9) await this.#does('changes the language', () => this.#changeLanguage());
    else if (draw < 0.92) await this.#does('saves', () => this.#save());
    else if (draw < 0.94) await this.#does('saves and formats', () => this.#format());
    else if (draw < 0.97) await this.#typesAtTwoPlaces();
    else if (draw < 0.98) await this.#does('replaces everywhere', () => this.#replaceAll());
    else await this.#word();
  }

  /** Mostly fast; sometimes the answer comes in between. */
  #pauses = (most: number): Promise<unknown> => vi.advanceTimersByTimeAsync(20 + most * this.#random() ** 3);

  async #does(what: string, act: () => void): Promise<void> {
    this.#log.push(what);
    act();
    await this.#pauses(600);
  }

  #pick = <T>(from: readonly T[]): T => from[Math.floor(this.#random() * from.length)]!;
  #letter = (): string => (this.#random() < 0.35 ? ' ' : this.#pick(this.#pick(words).split('')));

  #type(text: string): Promise<void> {
    return this.#does(`types “${text}”`, () => this.#change([{ offset: this.#front.caret, removed: 0, text }]));
  }

  async #word(): Promise<void> {
    for (const letter of `${this.#pick([' ', '. ', ', ', '\n\n', '\n'])}${this.#pick(words)}`) await this.#type(letter);
  }

  async #typesThrough(): Promise<void> {
    const { visible } = this.#front;
    await this.#type(visible[0]!);
    this.typedThrough++;
  }

  async #slips(): Promise<void> {
    const wrong = Array.from({ length: 1 + Math.floor(this.#random() * 3) }, () => this.#letter());
    for (const letter of wrong) await this.#type(letter);
    for (const _ of wrong) await this.#backspace();
  }

  #backspace(): Promise<void> {
    const { caret } = this.#front;
    return this.#does('backspace', () => this.#change([{ offset: caret - 1, removed: 1, text: '' }]));
  }

  async #takesBack(): Promise<void> {
    const [from, to, name] =
      this.#random() < 0.6 ? [this.#done, this.#undone, 'undo'] : [this.#undone, this.#done, 'redo'];
    const edits = (from as Edit[][]).pop();
    if (!edits) return;
    await this.#does(String(name), () => {
      (to as Edit[][]).push(this.#inverse(edits));
      this.#front.document.change(edits, name === 'undo' ? 1 : 2);
    });
  }

  async #accepts(): Promise<void> {
    const { visible } = this.#front;
    if (visible === '') return;
    const [what, length] = this.#pick([
      ['all', visible.length],
      ['a word', nextWord(visible).length],
      ['a line', (visible.indexOf('\n') + 1 || visible.length) as number],
    ] as const);
    this.#done.length = 0;
    await this.#does(`accepts ${what}`, () => {
      if (length < visible.length) this.#suggestions.watch.takes(visible.slice(0, length));
      this.#front.accept(length);
    });
  }

  async #looksElsewhere(): Promise<void> {
    const { caret, document } = this.#front;
    await this.#does('goes elsewhere', () => this.#front.moveTo(Math.floor(this.#random() * document.text.length)));
    if (this.#random() < 0.3) await this.#word();
    await this.#does('comes back', () => this.#front.moveTo(Math.min(caret, document.text.length)));
    if (this.#random() < 0.5) await this.#does('goes to the end', () => this.#front.moveTo(document.text.length));
  }

  async #changesEditor(): Promise<void> {
    await this.#does('goes to the other editor', () => {
      this.#front.moveTo(this.#front.caret);
      this.#front = this.#editors.find((editor) => editor !== this.#front)!;
      this.#seen = this.#front.visible;
      this.#done.length = 0;
      this.#undone.length = 0;
      editorChanges.fire(undefined);
    });
  }

  #changeLanguage(): void {
    const { document } = this.#front;
    document.languageId = document.languageId === 'markdown' ? 'latex' : 'markdown';
  }

  /** Blanks at the ends of lines go, but for the caret's. */
  #save(): void {
    this.#changeAll(/[ \t]+$/gmu, '');
  }

  #format(): void {
    const { document } = this.#front;
    this.#changeAll(document.text.includes('*wind*') ? /\*(?=wind)|(?<=wind)\*/gu : /_(?=wind)|(?<=wind)_/gu, '');
    const at = document.text.indexOf('\n\n');
    this.#change([{ offset: at, removed: 0, text: '\n' }]);
  }

  #replaceAll(): void {
    const [from, to] = [this.#pick(words), this.#pick(words)];
    this.#changeAll(new RegExp(`\\b${from}\\b`, 'gu'), to);
  }

  #changeAll(pattern: RegExp, text: string): void {
    const { document, caret } = this.#front;
    const edits = [...document.text.matchAll(pattern)]
      .map(({ index, 0: found }) => ({ offset: index, removed: found.length, text }))
      .filter(({ offset, removed }) => offset + removed < caret || offset > caret);
    if (edits.length > 0) this.#change(edits);
  }

  /** As with two carets, or a placeholder of a snippet that stands twice. */
  async #typesAtTwoPlaces(): Promise<void> {
    for (let count = 0; count < 3; count++) {
      const { caret, document, visible } = this.#front;
      const text = visible !== '' && this.#random() < 0.7 ? visible[0]! : this.#letter();
      const line = document.text.lastIndexOf('\n', caret - 1);
      const offset = this.#random() < 0.5 ? Math.max(0, line) : Math.min(document.text.length, caret + 12);
      if (offset === caret) continue;
      await this.#does(`types “${text}” at two places`, () =>
        this.#change([
          { offset, removed: 0, text },
          { offset: caret, removed: 0, text },
        ]),
      );
    }
  }

  #change(edits: Edit[]): void {
    this.#done.push(this.#inverse(edits));
    this.#undone.length = 0;
    const isTyped = edits.length === 1 && edits[0]!.offset === this.#front.caret && edits[0]!.removed === 0;
    if (isTyped) this.#front.type(edits[0]!.text);
    else this.#front.document.change(edits);
  }

  /** What takes edits back once they are made. */
  #inverse(edits: readonly Edit[]): Edit[] {
    const { text } = this.#front.document;
    let shift = 0;
    return edits
      .toSorted((a, b) => a.offset - b.offset)
      .map(({ offset, removed, text: added }) => {
        const back = { offset: offset + shift, removed: added.length, text: text.slice(offset, offset + removed) };
        shift += added.length - removed;
        return back;
      });
  }
}

test.each(['calm', 'normal', 'eager'] as const)(
  '%s: whatever a writer does in two editors, nothing that is shown changes under the eye',
  async (showing) => {
    const writing = new Writing(showing, 11);
    await writing.goOnUntil(performance.now() + (minutes / 3) * 60_000);
    expect(writing.faults).toEqual([]);
    expect(writing.shown).toBeGreaterThan(minutes * 3);
    expect(writing.typedThrough).toBeGreaterThan(minutes * 10);
  },
);
