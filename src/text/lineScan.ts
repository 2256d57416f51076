/** Characters between two kept states: more cost memory, fewer cost scanning after an edit. */
const checkpointChars = 16_384;
/** Places that were asked about last: at a keystroke the caret's line and some lines above it are. */
const recentPlaces = 4;
const comparedChars = 65_536;

/** What a scan needs of a language: states that lines change. */
export interface LineSteps<State> {
  readonly initial: State;
  step(state: State, line: string, start: number): State;
}

interface Checkpoint<State> {
  /** a line start; the state depends on nothing from there on */
  readonly offset: number;
  readonly state: State;
}

/**
 * The state at any line of one document, without scanning it anew at each keystroke: states are kept every few pages
 * and where they were asked for last, and stay valid as far as the text before them is the same. Keyed on text, so that
 * no edit events are needed.
 */
export class LineScan<State> {
  #text = '';
  #checkpoints: Checkpoint<State>[];
  /** in the order of use, the latest first */
  #recent: readonly Checkpoint<State>[] = [];

  readonly #steps: LineSteps<State>;

  constructor(steps: LineSteps<State>) {
    this.#steps = steps;
    this.#checkpoints = [{ offset: 0, state: steps.initial }];
  }

  /** State before the line that contains `offset` of `text`. */
  stateAt(text: string, offset: number): State {
    this.#forgetAfter(commonPrefixLength(this.#text, text));
    this.#text = text;
    const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
    const state = this.#scan(text, this.#lastBefore(lineStart), lineStart);
    const others = this.#recent.filter(({ offset }) => offset !== lineStart).slice(0, recentPlaces - 1);
    this.#recent = [{ offset: lineStart, state }, ...others];
    return state;
  }

  #lastBefore(lineStart: number): Checkpoint<State> {
    let last = this.#checkpoints.findLast(({ offset }) => offset <= lineStart)!;
    for (const place of this.#recent) if (place.offset <= lineStart && place.offset > last.offset) last = place;
    return last;
  }

  #scan(text: string, from: Checkpoint<State>, to: number): State {
    let { state } = from;
    let kept = this.#checkpoints.at(-1)!.offset;
    for (let start = from.offset; start < to; ) {
      const newline = text.indexOf('\n', start);
      const end = text.charCodeAt(newline - 1) === carriageReturn ? newline - 1 : newline;
      state = this.#steps.step(state, text.slice(start, Math.max(start, end)), start);
      start = newline + 1;
      if (start - kept >= checkpointChars) {
        this.#checkpoints.push({ offset: start, state });
        kept = start;
      }
    }
    return state;
  }

  #forgetAfter(length: number): void {
    while (this.#checkpoints.length > 1 && this.#checkpoints.at(-1)!.offset > length) this.#checkpoints.pop();
    this.#recent = this.#recent.filter(({ offset }) => offset <= length);
  }
}

const carriageReturn = 13;

/** How many characters two texts begin with in common: slices are compared as memory, ever shorter ones. */
export function commonPrefixLength(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let same = 0;
  for (let chars = comparedChars; chars >= 1; chars >>= 4)
    while (same + chars <= length && a.slice(same, same + chars) === b.slice(same, same + chars)) same += chars;
  return same;
}
