import { greatest } from '../../../text/greatest.ts';
import { type GrammarName, ofGrammar } from '../../../text/languages.ts';
import { columns } from '../../completion/segment.ts';

/** A point of a list and what is below it; 0 = outermost. */
export interface ListPoint {
  readonly text: string;
  readonly depth: number;
}

/** How one markup writes what actions make. */
export interface Dialect {
  /** @param ordered numbered rather than with bullets */
  list(points: readonly ListPoint[], ordered?: boolean): string;
  /** What stands before an item: `- `, or `3. ` of the third one; left out where items have no marks of their own. */
  mark?(item: { readonly ordered: boolean; readonly number: number; readonly depth: number }): string;
  /** @param rows all of one length; `heads` are the words of the first row, where the text has some */
  table(rows: readonly (readonly string[])[], heads: readonly string[] | undefined): string | undefined;
  /** @param level 1 = the document's title; deeper ones than the markup has are its deepest */
  heading(text: string, level: number): string;
  /** The level, as above, of what the text's reader found on its own scale, where that is another one. */
  levelOf?(found: number): number;
  strong(text: string): string;
  /** a row's headings must be there, if only to be filled in */
  readonly headsNeeded: boolean;
}

type Mark = NonNullable<Dialect['mark']>;

/** Items below others stand under their words. */
const indented =
  (mark: Mark) =>
  (points: readonly ListPoint[], ordered = false): string => {
    const counts: number[] = [];
    const indents = [''];
    return points
      .map(({ text, depth }) => {
        counts.length = Math.min(counts.length, depth + 1);
        counts[depth] = (counts[depth] ?? 0) + 1;
        const marker = `${mark({ ordered, number: counts[depth], depth })} `;
        indents[depth + 1] = (indents[depth] ?? '') + ' '.repeat(marker.length);
        return `${indents[depth] ?? ''}${marker}${text}`;
      })
      .join('\n');
  };

const counted: Mark = ({ ordered, number }) => (ordered ? `${number}.` : '-');

const aligned = (rows: readonly (readonly string[])[], rule: (widths: readonly number[]) => string): string => {
  const widths = rows[0]!.map((_, column) =>
    greatest(
      rows.map((row) => row[column]!.length),
      3,
    ),
  );
  const lines = rows.map((row) => `| ${row.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`);
  return [lines[0], rule(widths), ...lines.slice(1)].join('\n');
};

const escapedBars = (text: string): string => text.replace(/(?<!\\)\|/gu, '\\|');
const empty = (rows: readonly (readonly string[])[]): string[] => rows[0]!.map(() => '');

const markdown: Dialect = {
  list: indented(counted),
  mark: counted,
  table: (rows, heads) =>
    aligned(
      [heads ?? empty(rows), ...rows].map((row) => row.map(escapedBars)),
      (widths) => `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ),
  heading: (text, level) => `${'#'.repeat(Math.min(6, level))} ${text}`,
  strong: (text) => `**${text}**`,
  headsNeeded: true,
};

const plain: Dialect = { ...markdown, heading: (text) => text, strong: (text) => text };

/** Environments nest; a point may begin with a bracket, which a bare `\item` would take for its label. */
const latex: Dialect = {
  list: (points, ordered = false) => {
    const lines: string[] = [];
    const name = ordered ? 'enumerate' : 'itemize';
    let depth = -1;
    const to = (wanted: number) => {
      for (; depth < wanted; depth++) lines.push(`${'  '.repeat(depth + 1)}\\begin{${name}}`);
      for (; depth > wanted; depth--) lines.push(`${'  '.repeat(depth)}\\end{${name}}`);
    };
    for (const { text, depth: wanted } of points) {
      to(wanted);
      lines.push(`${'  '.repeat(depth + 1)}\\item ${text.startsWith('[') ? `{}${text}` : text}`);
    }
    to(-1);
    return lines.join('\n');
  },
  table: (rows, heads) => {
    const all = heads ? [heads, ...rows] : rows;
    if (all.some((row) => row.some((text) => /(?<!\\)&|\\\\/u.test(text)))) return undefined;
    const lines = all.map((row) => `  ${row.join(' & ')} \\\\`);
    if (heads) lines.splice(1, 0, '  \\hline');
    return [`\\begin{tabular}{${'l'.repeat(all[0]!.length)}}`, ...lines, '\\end{tabular}'].join('\n');
  },
  heading: (text, level) =>
    level === 1 ? `\\title{${text}}` : `\\${'sub'.repeat(Math.min(2, level - 2))}section{${text}}`,
  levelOf: (found) => Math.max(1, found - 1),
  strong: (text) => `\\textbf{${text}}`,
  headsNeeded: false,
};

const starsOrDots: Mark = ({ ordered, depth }) => (ordered ? '.' : '*').repeat(depth + 1);

const asciidoc: Dialect = {
  list: (points, ordered = false) =>
    points.map(({ text, depth }) => `${starsOrDots({ ordered, number: 0, depth })} ${text}`).join('\n'),
  mark: starsOrDots,
  table: (rows, heads) => {
    const line = (row: readonly string[]) => row.map((text) => `| ${escapedBars(text)}`).join(' ');
    const options = `[cols="${rows[0]!.map(() => '1').join(',')}"${heads ? ',options="header"' : ''}]`;
    return [options, '|===', ...(heads ? [line(heads), ''] : []), ...rows.map(line), '|==='].join('\n');
  },
  heading: (text, level) => `${'='.repeat(Math.min(6, level))} ${text}`,
  levelOf: (found) => found + 1,
  strong: (text) => `*${text}*`,
  headsNeeded: false,
};

/** In the order that most documents have. */
const underlines = ['=', '-', '~', '^', '"'];

function numberSigns({ ordered }: { readonly ordered: boolean }): string {
  return ordered ? '#.' : '-';
}

/** Levels of a list stand apart by blank lines. */
const restructuredText: Dialect = {
  list: (points, ordered = false) =>
    points
      .map(({ text, depth }, i) => {
        const gap = i > 0 && points[i - 1]!.depth !== depth ? '\n' : '';
        const marker = `${numberSigns({ ordered })} `;
        return `${gap}${' '.repeat(marker.length * depth)}${marker}${text}`;
      })
      .join('\n'),
  mark: numberSigns,
  table: (rows, heads) => {
    const all = heads ? [heads, ...rows] : rows;
    const line = (row: readonly string[]) => row.map((text, i) => `   ${i === 0 ? '* -' : '  -'} ${text}`.trimEnd());
    const options = heads ? ['   :header-rows: 1'] : [];
    return ['.. list-table::', ...options, '', ...all.flatMap(line)].join('\n');
  },
  heading: (text, level) => `${text}\n${(underlines[level - 1] ?? '"').repeat(Math.max(3, columns(text)))}`,
  strong: (text) => `**${text}**`,
  headsNeeded: false,
};

const plusOrDash: Mark = ({ ordered }) => (ordered ? '+' : '-');

const typst: Dialect = {
  list: indented(plusOrDash),
  mark: plusOrDash,
  table: (rows, heads) => {
    const all = heads ? [heads, ...rows] : rows;
    if (all.some((row) => row.some((text) => !isBalanced(text)))) return undefined;
    const line = (row: readonly string[]) => `  ${row.map((text) => `[${text}]`).join(', ')},`;
    return ['#table(', `  columns: ${all[0]!.length},`, ...all.map(line), ')'].join('\n');
  },
  heading: (text, level) => `${'='.repeat(Math.min(6, level))} ${text}`,
  strong: (text) => `*${text}*`,
  headsNeeded: false,
};

const html: Dialect = {
  list: (points, ordered = false) =>
    htmlList(points, { name: ordered ? 'ol' : 'ul', from: 0, depth: 0 }).lines.join('\n'),
  table: (rows, heads) => {
    const line = (row: readonly string[], tag: string) =>
      `<tr>${row.map((text) => `<${tag}>${text}</${tag}>`).join('')}</tr>`;
    return ['<table>', ...(heads ? [line(heads, 'th')] : []), ...rows.map((row) => line(row, 'td')), '</table>'].join(
      '\n',
    );
  },
  heading: (text, level) => `<h${Math.min(6, level)}>${text}</h${Math.min(6, level)}>`,
  strong: (text) => `<strong>${text}</strong>`,
  headsNeeded: false,
};

function htmlList(
  points: readonly ListPoint[],
  { name, from, depth }: { readonly name: 'ul' | 'ol'; readonly from: number; readonly depth: number },
): { lines: string[]; next: number } {
  const indent = '  '.repeat(depth);
  const lines = [`${indent}<${name}>`];
  let at = from;
  while (at < points.length && points[at]!.depth >= depth) {
    const { text } = points[at++]!;
    if (at >= points.length || points[at]!.depth <= depth) {
      lines.push(`${indent}<li>${text}</li>`);
      continue;
    }
    const inner = htmlList(points, { name, from: at, depth: depth + 1 });
    lines.push(`${indent}<li>${text}`, ...inner.lines, `${indent}</li>`);
    at = inner.next;
  }
  lines.push(`${indent}</${name}>`);
  return { lines, next: at };
}

const org: Dialect = {
  list: indented(counted),
  mark: counted,
  table: (rows, heads) => {
    const cells = [heads ?? empty(rows), ...rows].map((row) => row.map((text) => text.replace(/\|/gu, '\\vert{}')));
    return aligned(cells, (widths) => `|${widths.map((width) => '-'.repeat(width + 2)).join('+')}|`);
  },
  heading: (text, level) => (level === 1 ? `#+title: ${text}` : `${'*'.repeat(level - 1)} ${text}`),
  levelOf: (found) => found + 1,
  strong: (text) => `*${text}*`,
  headsNeeded: true,
};

const dialects: Readonly<Partial<Record<GrammarName, Dialect>>> = {
  latex,
  asciidoc,
  restructuredText,
  typst,
  html,
  org,
  markdown,
  mdx: markdown,
};

/** A language without markup of its own gets lists and tables as mails have them. */
export const dialectOf = (languageId: string): Dialect => ofGrammar(dialects, languageId) ?? plain;

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[') depth++;
    if (character === ']' && --depth < 0) return false;
  }
  return depth === 0;
}
