/** What an instruction can have filled in; never the selected text, which the model is given apart from it. */
export const placeholderNames = ['wish', 'fileName', 'languageId'] as const;

export type PlaceholderName = (typeof placeholderNames)[number];

interface Placeholder {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Blanks around the name are trimmed afterwards: a pattern that may give them to the name or not takes cubic time. */
const pattern = /\{\{([^{}]*)\}\}/gu;

export const findPlaceholders = (instruction: string): Placeholder[] =>
  [...instruction.matchAll(pattern)].map((match) => ({
    name: match[1]!.trim(),
    start: match.index,
    end: match.index + match[0].length,
  }));

/** Whether the person is to be asked for words before the prompt runs. */
export const asksForWish = (instruction: string): boolean =>
  findPlaceholders(instruction).some(({ name }) => name === 'wish');

/** Puts values in, in one pass: what looks like a placeholder within a value stays as it is. */
export const fillPlaceholders = (instruction: string, values: Readonly<Record<PlaceholderName, string>>): string =>
  instruction.replaceAll(pattern, (whole, inner: string) => {
    const name = inner.trim();
    return Object.hasOwn(values, name) ? values[name as PlaceholderName] : whole;
  });
