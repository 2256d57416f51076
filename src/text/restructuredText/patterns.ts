/** How lines of reStructuredText begin, as docutils/parsers/rst/states.py has it. All are sticky: set by `matchAt`. */
const name = String.raw`(?:(?!_)[\p{L}\p{N}])+(?:[-._+:](?:(?!_)[\p{L}\p{N}])+)*`;
const option = `(?:[-+][a-zA-Z0-9](?: ?(?:[a-zA-Z][a-zA-Z0-9_-]*|<[^<>]+>))?|(?:--|/)[a-zA-Z0-9][a-zA-Z0-9_-]*(?:[ =](?:[a-zA-Z][a-zA-Z0-9_-]*|<[^<>]+>))?)`;

export const patterns = {
  bullet: /[-+*•‣⁃](?: +|$)/uy,
  enumerator:
    /(?:\(([0-9]+|[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+|#)\)|([0-9]+|[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+|#)([).]))(?: +|$)/uy,
  field: /:(?![: ])(?:[^:\\]|\\.|:(?![ `]|$))*(?<! ):(?: +|$)/uy,
  option: new RegExp(`${option}(?:, ${option})*(?: {2,}| ?$)`, 'uy'),
  doctest: />>>(?: |$)/uy,
  lineBlock: /\|(?: +|$)/uy,
  gridTable: /\+-[-+]+-\+ *$/uy,
  simpleTable: /=+(?: +=+)+ *$/uy,
  explicit: /\.\.(?: +|$)/uy,
  anonymous: /__(?: +|$)/uy,
  /** behind `.. ` */
  footnote: new RegExp(String.raw`\[(?:[0-9]+|#(?:${name})?|\*|${name})\](?: +|$)`, 'uy'),
  target: /_(?![ ]|$)/uy,
  substitution: /\|(?![ ]|$)/uy,
  directive: new RegExp(`(${name}) ?::(?: +|$)`, 'uy'),
} as const satisfies Record<string, RegExp>;

/** The mark of a line that consists of one ASCII punctuation mark, repeated; '' for others. */
export function adornmentOf(text: string): string {
  const mark = text[0] ?? '';
  if (!isPunctuation(mark)) return '';
  for (let i = 1; i < text.length; i++) if (text[i] !== mark) return '';
  return mark;
}

export const isPunctuation = (character: string): boolean => /^[!-/:-@[-`{-~]/u.test(character);
