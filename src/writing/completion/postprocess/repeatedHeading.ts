import type { Rule } from './rule.ts';

interface HeadingLine {
  /** the lower, the more it encloses; comparable within one markup language */
  readonly level: number;
  readonly title: string;
}

const byMarks = /^(?<marks>#{1,6}|={1,6}|\*{1,8})[ \t]+(?<title>\S[^\n]*)$/u;
const byCommand =
  /^\s*\\(?<command>part|chapter|section|subsection|subsubsection|paragraph|subparagraph)\*?\{(?<title>[^{}\n]+)/u;
const commands = ['part', 'chapter', 'section', 'subsection', 'subsubsection', 'paragraph', 'subparagraph'];

/** Lines above that are looked at. */
const maxLines = 2_000;

/**
 * A heading that stands beside this one already is not offered again: who begins another “Con…” below the same title does not
 * mean the one that is there. Under another title it may be meant (“Added” of each version), and so it may where the
 * author has it twice.
 */
export const repeatedHeading: Rule = (text, { zone, before }) => {
  if (zone !== 'heading') return text;
  const lineStart = before.lastIndexOf('\n') + 1;
  const heading = headingIn(before.slice(lineStart) + text);
  if (!heading) return text;
  const above = before.slice(0, lineStart).split('\n').slice(-maxLines);
  return timesBeside(heading, above) === 1 ? { drop: 'repeatsText' } : text;
};

function timesBeside({ level, title }: HeadingLine, above: readonly string[]): number {
  let times = 0;
  for (const line of above.toReversed()) {
    const other = headingIn(line);
    if (!other) continue;
    if (other.level < level) break;
    if (other.level === level && other.title === title) times++;
  }
  return times;
}

function headingIn(line: string): HeadingLine | undefined {
  const { marks, command, title } = (byMarks.exec(line) ?? byCommand.exec(line))?.groups ?? {};
  if (title === undefined) return undefined;
  const level = marks?.length ?? commands.indexOf(command!);
  return { level, title: title.replace(/[\s#=.:]{1,60}$/u, '').toLowerCase() };
}
