/** Where formulas begin and end: `$…$` by Pandoc's rules, `$$…$$`. All questions together take one walk over the text. */
export class Dollars {
  /** for each `$`, what it does to a formula that is open: it ends it, breaks it, or is part of it */
  #decisive: Map<number, { readonly at: number; readonly closes: boolean }> | undefined;

  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The end of the formula that begins at a `$`; undefined when none does; `open` when no later `$` decides it. */
  endOf(start: number): number | 'open' | undefined {
    const after = this.#text[start + 1];
    if (after === undefined) return 'open';
    if (/[\s$]/u.test(after)) return undefined;
    this.#decisive ??= decisiveDollars(this.#text);
    const next = this.#decisive.get(start);
    if (next === undefined) return 'open';
    return next.closes ? next.at + 1 : undefined;
  }
}

/** For each dollar sign the first one behind it that closes a formula or shows that none was open. */
function decisiveDollars(text: string): Map<number, { at: number; closes: boolean }> {
  const places: number[] = [];
  for (let i = text.indexOf('$'); i >= 0; i = text.indexOf('$', i + 1)) if (!isEscaped(text, i)) places.push(i);
  const decisive = new Map<number, { at: number; closes: boolean }>();
  let next: { at: number; closes: boolean } | undefined;
  for (const at of places.reverse()) {
    if (next !== undefined) decisive.set(at, next);
    const before = text[at - 1] ?? ' ';
    if (/\s/u.test(before)) next = { at, closes: false };
    else if (!/\d/u.test(text[at + 1] ?? '')) next = { at, closes: true };
  }
  return decisive;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

/**
 * Whether a dollar sign that nothing closes yet reads like the beginning of a formula that is being typed. It does not
 * before a digit (a price), before a name of a shell's variable, and not once words follow.
 */
export function readsLikeFormula(content: string): boolean {
  if (/^(?:[\d.,)]|[A-Z_][A-Z0-9_]+|\{|\()/u.test(content)) return false;
  return !/(?:^|\s)\p{L}{3,}[,;:]?\s+\p{L}{3,}/u.test(content.replace(/\\[a-zA-Z]+\{[^{}]*\}?/gu, ''));
}
