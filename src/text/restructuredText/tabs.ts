const tabColumns = 8;

/** A line in columns: docutils reads a tab as blanks up to the next multiple of eight. */
export interface Columns {
  readonly text: string;
  /** the offset in the line of the character at a column */
  offsetOf(column: number): number;
}

export function columnsOf(line: string): Columns {
  if (!line.includes('\t')) return { text: line, offsetOf: (column) => column };
  const parts: string[] = [];
  const starts: number[] = []; // the column of each part; parts end with a tab
  let column = 0;
  for (const part of line.split('\t')) {
    starts.push(column);
    const width = part.length + tabColumns - ((column + part.length) % tabColumns);
    parts.push(part.padEnd(width));
    column += width;
  }
  return { text: parts.join('').trimEnd(), offsetOf: (wanted) => offsetIn(line, starts, wanted) };
}

function offsetIn(line: string, starts: readonly number[], column: number): number {
  let offset = 0;
  for (let part = 0; part < starts.length; part++) {
    const tab = line.indexOf('\t', offset);
    const end = tab < 0 ? line.length : tab;
    if (part + 1 === starts.length || column < starts[part + 1]!) {
      return Math.min(offset + column - starts[part]!, end);
    }
    offset = end + 1;
  }
  return line.length;
}
