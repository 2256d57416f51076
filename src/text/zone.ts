/** The kinds of places in a text that need different help. One row each: what may be suggested there. */
export interface ZoneRule {
  /** suggestions are on here unless the setting `zones` says otherwise */
  readonly enabled: boolean;
  /** a suggestion may cross a line end where the author hard-wraps lines */
  readonly wraps: boolean;
  /** regular expression source (flag `u`) of what ends a suggestion here; it is not part of it; '' = nothing but the usual */
  readonly end: string;
  /** columns that a line must not exceed; 0 = no bound */
  readonly maxColumns: number;
}

const oneLine: ZoneRule = { enabled: true, wraps: false, end: '', maxColumns: 0 };
const flowing: ZoneRule = { ...oneLine, wraps: true };
const off: ZoneRule = { ...oneLine, enabled: false };

export const zoneRules = {
  prose: flowing,
  heading: oneLine,
  listItem: { ...flowing, end: String.raw`\n[ \t]*(?:[-*+]|\d+[.)]|\\item)\s` }, // one item
  quote: flowing,
  tableCell: { ...oneLine, end: String.raw`\||(?<!\\)&|\\\\` }, // never breaks the row
  commitSubject: { ...oneLine, maxColumns: 72 },
  commitBody: { ...flowing, end: String.raw`\n#` },
  comment: flowing, // in markup and, where the language is switched on, in source code
  codeSpan: oneLine,
  math: off,
  code: off, // fences, verbatim and literal blocks, program text
  frontMatter: off,
  linkTarget: off, // link targets, web addresses, file paths
  citation: off, // citation and reference keys
  command: off, // LaTeX and Typst commands and arguments that are no prose
  directive: off, // reStructuredText directives, AsciiDoc attributes and block macros
  markup: off, // inside the angle brackets of a tag
} as const satisfies Record<string, ZoneRule>;

export type ZoneKind = keyof typeof zoneRules;

export const zoneKinds = Object.keys(zoneRules) as ZoneKind[];

export const ruleOf = (zone: ZoneKind): ZoneRule => zoneRules[zone];
