/** The code spans of a text: a run of backticks and the next one of the same length. */
export class Backticks {
  /** length of a run → where such runs begin, the last first */
  #runs: Map<number, number[]> | undefined;

  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The run that begins at an offset, and where its span ends; offsets must not fall. */
  spanAt(at: number): { readonly length: number; readonly end: number | undefined } {
    let length = 0;
    while (this.#text[at + length] === '`') length++;
    this.#runs ??= runsOf(this.#text);
    const places = this.#runs.get(length);
    while (places && places.length > 0 && places.at(-1)! <= at) places.pop();
    const close = places?.at(-1);
    return { length, end: close === undefined ? undefined : close + length };
  }
}

function runsOf(text: string): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (const { 0: run, index } of text.matchAll(/`+/gu)) {
    const places = runs.get(run.length);
    if (places) places.push(index);
    else runs.set(run.length, [index]);
  }
  for (const places of runs.values()) places.reverse();
  return runs;
}
