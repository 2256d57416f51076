import { matchAt } from '../matchAt.ts';
import { environmentOf } from './environments.ts';
import { environmentAbove, type Frame, push } from './frame.ts';
import { environmentName } from './patterns.ts';

/** How far an environment or formula that is not read goes in a line. */
export interface Unread {
  readonly end: number;
  /** what is open behind it */
  readonly frame: Frame | undefined;
  /** a comment follows */
  readonly comment: boolean;
}

/** Up to the `\end` of an environment. */
export function environmentEnd(line: string, at: number, frame: Frame): Unread {
  const { name, environment } = frame;
  const isVerbatim = environment!.kind === 'verbatim';
  const closing = closingOf(line, at, name);
  const broken = isVerbatim ? -1 : brokenBy(line, at, frame, closing);
  if (broken >= 0) return { end: broken, frame: frame.parent, comment: false };
  const isOpen = closing < 0 || (!isVerbatim && commentIn(line, at, closing) < closing);
  const end = isOpen ? line.length : line.indexOf('}', closing) + 1;
  const begun = isVerbatim ? 0 : countOf(`\\begin{${name}}`, line.slice(at, commentIn(line, at, end)));
  const nested = frame.nested + begun - (isOpen ? 0 : 1);
  if (nested < 0) return { end, frame: frame.parent, comment: false };
  return { end, frame: nested === frame.nested ? frame : { ...frame, nested }, comment: false };
}

function closingOf(line: string, from: number, name: string): number {
  let at = line.indexOf('\\end', from);
  while (at >= 0 && !isEndOf(line, at, name)) at = line.indexOf('\\end', at + 1);
  return at;
}

const isEndOf = (line: string, at: number, name: string): boolean =>
  line.startsWith(`\\end{${name}}`, at) || line.startsWith(`\\end {${name}}`, at);

/** The environment around it, whose end breaks it off: examples of LaTeX in LaTeX need not be whole. */
function nameAround(frame: Frame): string | undefined {
  const around = environmentAbove(frame.parent, () => true)?.name;
  return around === frame.name ? undefined : around;
}

/** Where the environment around it ends before it does. */
function brokenBy(line: string, at: number, frame: Frame, closing: number): number {
  const around = nameAround(frame);
  const end = around === undefined ? -1 : closingOf(line.slice(at, closing < 0 ? line.length : closing), 0, around);
  return end < 0 ? -1 : at + end;
}

const mathMarks = /\\[\s\S]?|\${1,2}|%/gu;

/** Up to what closes a formula, or to the end of the environment around it. */
export function formulaEnd(line: string, at: number, frame: Frame): Unread {
  const around = nameAround(frame);
  mathMarks.lastIndex = at;
  for (let mark = mathMarks.exec(line); mark; mark = mathMarks.exec(line)) {
    if (mark[0] === '%') return { end: mark.index, frame, comment: true };
    if (mark[0] === '\\e' && around !== undefined && isEndOf(line, mark.index, around))
      return { end: mark.index, frame: frame.parent, comment: false };
    const closes = mark[0] === frame.name || (frame.name === '$' && mark[0] === '$$');
    if (closes) return { end: mark.index + frame.name.length, frame: frame.parent, comment: false };
  }
  return { end: line.length, frame, comment: false };
}

/** Where a comment begins; `to`: it has none. */
function commentIn(line: string, from: number, to: number): number {
  const at = line.slice(from, to).search(/(?<!\\)%/u);
  return at < 0 ? to : from + at;
}

const countOf = (part: string, text: string): number => text.split(part).length - 1;

/** The end of an environment around it or the beginning of the document: the argument was never closed. */
export function breaksArgument(line: string, at: number, frame: Frame | undefined): boolean {
  if (line.startsWith('\\begin{document}', at)) return true;
  if (!line.startsWith('\\end{', at)) return false;
  const innermost = environmentAbove(frame, () => true);
  const around = environmentAbove(frame, ({ mode }) => mode === 'text');
  return [innermost, around].some((open) => open && line.startsWith(`\\end{${open.name}}`, at));
}

const begin = '\\begin';

/** A drawing, formula or table that begins in an argument that is not read: its lines are told apart all the same. */
export function environmentInArgument(
  line: string,
  at: number,
  parent: Frame | undefined,
): Omit<Unread, 'comment'> | undefined {
  const match = line.startsWith(begin, at) ? matchAt(environmentName, line, at + begin.length) : null;
  if (match === null) return undefined;
  const { kind, block } = environmentOf(match[1]!);
  if (kind === 'verbatim' || !/^(?:code|math|table)$/u.test(block)) return undefined;
  const environment = { kind: 'block', block } as const;
  const long = parent?.long === true;
  const frame = push(parent, { kind: 'environment', name: match[1]!, mode: 'command', environment, long });
  return { end: at + begin.length + match[0].length, frame };
}
