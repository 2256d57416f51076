import type { DocumentText } from '../../../../src/writing/proposal/passage.ts';
import type { ProposalSession } from '../../../../src/writing/proposal/proposalSession.ts';
import type { Edit } from '../../../../src/writing/selection/wordChanges.ts';

/** A document as a session sees it: it can be edited and undone step by step, and tells the session as the editor does. */
export class EditedDocument implements DocumentText {
  session: ProposalSession | undefined;
  readonly #steps: { readonly before: string; readonly after: string; readonly edits: readonly Edit[] }[] = [];

  constructor(public text: string) {}

  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  whole(): string {
    return this.text;
  }

  /** One step of undo; edits in the document's offsets, in order. Like the editor, it tells the last one first. */
  edit(edits: readonly Edit[]): void {
    const before = this.text;
    for (const { start, end, replacement } of [...edits].reverse()) {
      this.text = this.text.slice(0, start) + replacement + this.text.slice(end);
    }
    this.#steps.push({ before, after: this.text, edits });
    this.#tell(edits);
  }

  /** Puts `replacement` in the place of the one occurrence of `text`. */
  replace(text: string, replacement: string): void {
    const start = this.text.indexOf(text);
    if (start < 0 || this.text.includes(text, start + 1)) throw new Error(`not exactly one "${text}"`);
    this.edit([{ start, end: start + text.length, replacement }]);
  }

  undo(): void {
    const { before, edits } = this.#steps.pop()!;
    let shift = 0;
    const inverse = edits.map(({ start, end, replacement }) => {
      const from = start + shift;
      shift += replacement.length - (end - start);
      return { start: from, end: from + replacement.length, replacement: before.slice(start, end) };
    });
    this.text = before;
    this.#tell(inverse);
  }

  #tell(edits: readonly Edit[]): void {
    const changes = [...edits].reverse().map(({ start, end, replacement }) => ({
      rangeOffset: start,
      rangeLength: end - start,
      text: replacement,
    }));
    this.session?.follow(changes, this);
  }
}
