/** Environments and commands whose text is a block of its own. */
export const blockText =
  /^(?:caption\w*|subcaption|footnotetext|title|author|thanks|abstract|todo|frametitle|framesubtitle)$/u;
export const verbCommand =
  /^(?:verb|lstinline|mintinline|Verb|path|url|nolinkurl|code|inlinecode|py|pyc|sage|Sexpr|spverb)$/u;

export const marks = /[\\{}%]|\${1,2}/gu;
export const commandName = /\\([a-zA-Z@]+\*?)/uy;
export const environmentName = /\s*\{([^{}]*)\}/uy;
export const argumentStart = /[ \t]*([[{\\#*=<])/uy;
export const overlay = /<[^<>]{0,60}>/uy;
export const lengthArgument =
  /[ \t]{0,4}(?:=|to|spread|by)?[ \t]{0,4}-?(?:\d[\d.]{0,9}|\.\d{1,9}) ?(?:pt|em|ex|cm|mm|in|sp|bp|pc|fil{1,3})(?![a-zA-Z])(?: {0,3}(?:plus|minus) {0,3}-?[\d.]{1,10} ?[a-z]{2,5})*/uy;
/** `(0,0)`, `(-\\a,2.5)`: where a command draws. */
export const coordinates = /(?:\((?=[^(),]{0,60},)(?:[-+\d., ]|\\[a-zA-Z@]{1,40}){1,40}\)){1,3}/uy;
export const lineBreak = /\\\\\*?(?:\[[^\]]{0,40}\])?/uy;
/** The first argument of `\mintinline`. */
export const codeLanguage = /\{[^{}]{0,60}\}/uy;
export const nothingMore = /[ \t]*$/uy;

/** Where a sticky pattern ends that begins at an offset. */
export function endOf(pattern: RegExp, line: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : undefined;
}
