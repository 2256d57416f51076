export const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z0-9]{1,31});/iuy;
export const latexCommand = /\\[a-zA-Z]{2,40}\*?(?:\[[^[\]\n]{0,200}\])?(?:\{[^{}\n]{0,200}\}){1,4}/uy;
/** What is no argument and no part of a path behind it. */
export const bareCommand = /(?<![^\s(])\\[a-zA-Z]{2,40}\*?(?![\p{L}\p{N}{[\\_])/uy;
/** Obsidian's name of a block, at its end. */
export const blockName = /(?<=\s)\^[a-zA-Z\d-]{0,100}(?![\s\S])/uy;
/** bookdown's; at the text's end it may lack its parenthesis */
export const bookReference = /\\@ref\([^()\s]{0,200}(?:\)|$)/uy;
/** Code that is run, and whose result stands among the words. */
export const inlineChunk = /^(?:r |\{\w{1,20}\} ?)/u;
export const openAttributes = /^\{(?:[#.:\w-][^{}\n]*)?$/u;
export const footnoteMark = /\[\^[^\]\s]{1,200}\]/uy;
export const alertMark = /\[!\w{1,40}\][+-]?/uy;
export const referenceLabel = /\[((?:[^[\]\\]|\\.){0,999})\]/suy;
export const attributeList = /\{[#.:\w-][^{}\n]{0,300}\}/uy;
export const roleName = /\{[a-z][\w:.+-]{0,60}\}(?=`)/iuy;
export const citationKey = /@(?:\{[^{}\s]{1,200}\}|\w(?:[\w:.#$%&+?<>~/-]{0,200}\w)?)/uy;
export const addressToken = /[^\s<>[\]`"|]{4,2000}/uy;

export const declarations = [
  ['<?', '?>'],
  ['<![CDATA[', ']]>'],
] as const;
export const templates = [
  ['{{', '}}'],
  ['{%', '%}'],
] as const;

/** A letter, a digit, `.`, `/` or `~`: what an address or a path may begin with. */
export const isWordStart = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x2e && code <= 0x39) || code === 0x7e;

export const maxLabelChars = 1_000;
/** What is still being typed is shorter. */
export const maxOpenChars = 300;

/** Whether a word may begin here. */
export const mayBegin = (text: string, at: number): boolean => /^[\s([{<"'*_~“‘«„>|=-]?$/u.test(text[at - 1] ?? '');
