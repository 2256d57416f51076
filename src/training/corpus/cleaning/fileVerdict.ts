import { isCredentialsFile } from './secrets.ts';

/** Licences, and lists for programs that end in `.txt`: nobody's voice. */
const boilerplateName =
  /(?:^|\/)(?:(?:(?:un)?licen[cs]e(?:[-.][\w.-]*)?|copying|notice|third[-_ ]?party[-_ ]?notices?)\.[a-z]+|(?:cmakelists|robots|ads|(?:requirements|constraints)[\w.-]*)\.txt)$/iu;

/** What a file's name says against learning from it. */
export function verdictOnName(path: string): 'credentials' | 'boilerplate' | undefined {
  if (isCredentialsFile(path)) return 'credentials';
  return boilerplateName.test(path) ? 'boilerplate' : undefined;
}

const generatorMarks = [
  /@generated\b/u,
  /\bDO NOT EDIT\b/u,
  /^\s*(?:<!--|%|\.\.|\/\/|#\+).*\b(?:auto-?generated|automatically generated|generated (?:by|from|with))\b/imu,
  /<meta\s[^>]{0,200}name=["']?generator\b/iu,
];
const markedLines = 8;
/** Prose has a blank every few characters, or is written in a script without blanks. */
const minifiedLineChars = 2_000;

/** Whether a program wrote this text: it says so at the top, or has long lines with hardly a blank. */
export function isGenerated(text: string): boolean {
  const top = text.slice(0, 2_000).split('\n', markedLines).join('\n');
  if (generatorMarks.some((mark) => mark.test(top))) return true;
  let long = 0;
  for (const line of text.split('\n')) {
    if (line.length >= minifiedLineChars && blanksAndDenseScript(line) < 0.08) long += line.length;
  }
  return long > text.length / 2;
}

function blanksAndDenseScript(line: string): number {
  const sample = line.slice(0, 10_000);
  return (sample.match(/[\s\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/gu)?.length ?? 0) / sample.length;
}

/** Whether at least half of the visible characters are letters: tables of figures and drawings are no prose. */
export function readsLikeProse(text: string): boolean {
  const visible = text.match(/\S/gu)?.length ?? 0;
  const letters = text.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
  return letters >= visible / 2;
}
