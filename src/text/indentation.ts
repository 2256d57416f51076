/** Columns of the blanks at the beginning of a line; a tab leads to the next multiple of four. */
export function indentation(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === ' ') columns += 1;
    else if (character === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}
