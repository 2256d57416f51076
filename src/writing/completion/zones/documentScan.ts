import type { BlockState, Grammar } from './grammar.ts';

/** Characters between two kept states: more cost memory, fewer cost scanning after an edit. */
const checkpointChars = 16_384;
const comparedChars = 65_536;

interface Checkpoint {
  /** a line start; the state depends on nothing from there on */
  readonly offset: number;
  readonly state: BlockState;
}

/**
 * The block state at any line of one document, without scanning it anew at each keystroke: states are kept every few
 * pages and stay valid as far as the text before them is the same. Keyed on text, so that no edit events are needed.
 */
export class DocumentScan {
  private text = '';
  private checkpoints: Checkpoint[];

  constructor(private readonly grammar: Grammar) {
    this.checkpoints = [{ offset: 0, state: grammar.initial }];
  }

  /** State before the line that contains `offset` of `text`. */
  stateAt(text: string, offset: number): BlockState {
    this.forgetAfter(commonPrefixLength(this.text, text));
    this.text = text;
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    const from = this.checkpoints.findLast((checkpoint) => checkpoint.offset <= lineStart)!;
    return this.scan(text, from, offset === 0 ? 0 : lineStart);
  }

  private scan(text: string, from: Checkpoint, to: number): BlockState {
    let { state } = from;
    let kept = this.checkpoints.at(-1)!.offset;
    for (let start = from.offset; start < to; ) {
      const newline = text.indexOf('\n', start);
      const end = text.charCodeAt(newline - 1) === carriageReturn ? newline - 1 : newline;
      state = this.grammar.step(state, text, start, Math.max(start, end));
      start = newline + 1;
      if (start - kept >= checkpointChars) {
        this.checkpoints.push({ offset: start, state });
        kept = start;
      }
    }
    return state;
  }

  private forgetAfter(length: number): void {
    while (this.checkpoints.length > 1 && this.checkpoints.at(-1)!.offset > length) this.checkpoints.pop();
  }
}

const carriageReturn = 13;

/** A lower bound, at most `comparedChars` too small: slices are compared as memory, not character by character. */
function commonPrefixLength(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let same = 0;
  while (same < length) {
    const next = Math.min(same + comparedChars, length);
    if (a.slice(same, next) !== b.slice(same, next)) return same;
    same = next;
  }
  return same;
}
