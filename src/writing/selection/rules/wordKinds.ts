import leven from 'leven';

export const isFigure = (text: string) => /^[-+−]?\p{Sc}?\d[\d.,–%]*\p{L}{0,2}$|^\d+(?:[-/.:]\d+)+$/u.test(text);
export const isWholeFigure = (text: string) => /^[^-/:]*\d%?$/u.test(text); // not the front of 1e-3
export const isVersion = (text: string) => /^(?:v\d+(?:\.\d+)*|\d+\.\d+\.\d+(?:\.\d+)*)(?:-[\w.]+)?$/u.test(text);

/** In the form of a dictionary, as far as a renamed term shows it: once "folders", once "folder". */
export const singular = (text: string): string => text.toLowerCase().replace(/(?<=[^s]{3})s$/u, '');

/** One word with one or two letters more, fewer, other or exchanged; not another number of the same noun. */
export function isMisspelt(from: string, to: string): boolean {
  if (!/^[\p{L}’'-]{8,80}$/u.test(from + to) || from.length < 4 || to.length < 4 || singular(from) === singular(to))
    return false;
  const [a, b] = [from.toLowerCase(), to.toLowerCase()];
  const isSame = [...a].sort().join('') === [...b].sort().join('');
  return a !== b && a[0] === b[0] && (isSame || leven(a, b) <= 2);
}
