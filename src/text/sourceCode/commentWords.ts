/** What a line of a comment is: words, a tag with words behind it, an example that begins, or nothing that a person reads. */
export interface CommentWords {
  readonly kind: 'words' | 'tag' | 'example' | 'code' | 'comment' | 'markup';
  /** where the words begin and end in the line */
  readonly start: number;
  readonly end: number;
}

/** For programs: linters, formatters, editors, licenses. */
const forPrograms =
  /^(?:!|eslint|prettier|tslint|biome-|deno-|@ts-|@jsx|@flow|istanbul|c8 |v8 |noqa|noinspection|nosec|type: ?ignore|pylint|mypy|pyright|ruff|isort|fmt:|clang-format|NOLINT|go:|\+build|line |#?(?:end)?region|SPDX-|-\*-|vim?:|shellcheck|rubocop|frozen_string_literal|encoding:|coding:|pragma|sourceMappingURL|swiftlint|ktlint|@formatter|MARK: -$)/iu;
/** Program text that was commented out. */
const programText =
  /[;{}]$|^[)\]}]|^(?:const|let|var|return|import|from|def|fn|func|public|private|static)\s[^.]*[=({:]|^[\w.$]+(?:\([^()]*\)|\[[^[\]]*\])+$|^[\w.$]+ ?(?:=|:=|\+=) ?\S+$|^#(?:include|define|if|endif|pragma)\b/u;
const marksOnly = /^[\s\p{P}\p{S}]+$/u;

/** Tags with a name before their words, and those without words. */
const namedTags = new Set('param arg argument property prop tparam template retval exception throws raises'.split(' '));
const wordlessTags = new Set(
  `type typedef see link author since version license module class extends implements default memberof namespace
   internal private public protected readonly override abstract function method name file ingroup defgroup`.split(
    /\s+/u,
  ),
);
const exampleTags = new Set(['example', 'code', 'verbatim', 'sample']);

/** `Args:` and the like begin a part of a docstring. */
const section =
  /^(?:Args|Arguments|Parameters|Returns?|Yields?|Raises|Attributes|Examples?|Notes?|References|See Also|Warnings?|Todo|Keyword Args|Other Parameters):?$/u;
/** `name (type): words` of Google's docstrings, `:param name: words` of Sphinx'. */
const field =
  /^(?::[a-z]+(?: [\w.*]+){0,2}:|\*{0,2}[a-z_]\w*(?: \([^()]{1,60}\))?: |[-*] `[^`]{1,60}`(?: \([^()]{1,60}\))?: )\s*/u;
const xmlTags = /^(?:<\/?[a-zA-Z][^<>]{0,200}>\s*)+/u;

/** @param text a line without the marks of its comment */
export function commentWords(text: string): CommentWords {
  const from = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  const words = text.slice(from, end);
  const told = (kind: CommentWords['kind'], start = from, until = end): CommentWords => ({ kind, start, end: until });
  if (forPrograms.test(words)) return told('comment');
  if (words === '' || marksOnly.test(words)) return told('markup');
  const tag = /^[@\\]([a-zA-Z]+)(?:\s|$)/u.exec(words)?.[1];
  if (tag !== undefined) return tagged(text, tag, from);
  if (/^(?:>>>|\.\.\.)(?:\s|$)/u.test(words) || programText.test(words)) return told('code');
  if (section.test(words) || /^\.\. [\w-]+::/u.test(words)) return told('markup');
  if (words.startsWith('<')) return inTags(text, from);
  const named = field.exec(words)?.[0];
  if (named === undefined) return told('words');
  return named.length === words.length ? told('markup') : told('tag', from + named.length);
}

function tagged(text: string, tag: string, from: number): CommentWords {
  const end = text.trimEnd().length;
  const name = tag.toLowerCase();
  if (exampleTags.has(name)) return { kind: 'example', start: from, end };
  if (wordlessTags.has(name)) return { kind: 'markup', start: from, end };
  let start = from + 1 + tag.length;
  const skip = (pattern: RegExp) => {
    start += pattern.exec(text.slice(start, start + 300))?.[0].length ?? 0;
  };
  skip(/^\s+/u);
  skip(/^\{[^}]{0,200}\}\s*/u);
  if (namedTags.has(name)) skip(/^(?:\[[^\]]{0,100}\]|[\w.$<>*&]+)\s*/u);
  skip(/^-\s+/u);
  return start >= end ? { kind: 'markup', start: from, end } : { kind: 'tag', start, end };
}

/** XML comments: `<summary>` alone, or with words between it and its end. */
function inTags(text: string, from: number): CommentWords {
  const end = text.trimEnd().length;
  const start = from + (xmlTags.exec(text.slice(from, end))?.[0].length ?? 0);
  if (start >= end) return { kind: 'markup', start: from, end };
  const close = /<\/[a-zA-Z]{1,40}>$/u.exec(text.slice(0, end))?.index ?? end;
  return start === from ? { kind: 'words', start, end } : { kind: 'tag', start, end: Math.max(start, close) };
}
