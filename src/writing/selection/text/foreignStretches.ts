import type { Block, InlineSpan, TextReading } from '../../../text/block.ts';
import { languageCode } from '../../../text/documentLanguage.ts';
import { voidElements } from '../../../text/html/elements.ts';
import { tokenize } from '../../../text/html/htmlTokens.ts';
import { OpenElements } from '../../../text/html/openElements.ts';
import { type GrammarName, ofGrammar } from '../../../text/languages.ts';
import { merged, type Span, spansAmong } from '../../../text/span.ts';

/** A stretch of a text whose markup says which language it is in. */
interface Declared extends Span {
  readonly language: string;
}

/** What a grammar's markup looks like where a language is declared; most texts have none of it. */
interface Declarations {
  readonly hint: RegExp;
  /** @param words the text with its code, formulas and comments as blanks */
  readonly find: (words: string, reading: TextReading) => Declared[];
}

/**
 * The text with what it says itself is in another language hidden like code: `<p lang="de">`, `\foreignlanguage{german}{…}`.
 * Who mends or rewords a text leaves such stretches alone.
 * @param language of the text
 */
export function withForeignHidden(reading: TextReading, language: string): TextReading {
  const foreign = foreignStretches(reading, language);
  if (foreign.length === 0) return reading;
  const known = new Map<Block, readonly InlineSpan[]>();
  const spansOf = (block: Block) => {
    const spans = known.get(block) ?? hidden(reading.spansOf(block), wordsAmong(foreign, block));
    known.set(block, spans);
    return spans;
  };
  return { ...reading, spansOf };
}

const wordsAmong = (foreign: readonly Span[], { contentStart, contentEnd }: Block): Span[] =>
  spansAmong(foreign, { start: contentStart, end: contentEnd }).map(({ start, end }) => ({
    start: Math.max(start, contentStart),
    end: Math.min(end, contentEnd),
  }));

/** One span for each foreign stretch, which takes in what it cuts. */
function hidden(spans: readonly InlineSpan[], foreign: readonly Span[]): readonly InlineSpan[] {
  if (foreign.length === 0) return spans;
  const cut = merged([...foreign, ...spans.filter((span) => spansAmong(foreign, span).length > 0)]);
  const whole = cut.map(({ start, end }): InlineSpan => ({ kind: 'raw', start, end }));
  return [...spans.filter((span) => spansAmong(cut, span).length === 0), ...whole].sort((a, b) => a.start - b.start);
}

/** In order, without overlap. The innermost declaration holds. */
function foreignStretches(reading: TextReading, language: string): Span[] {
  const declarations = ofGrammar(declared, reading.languageId);
  if (!declarations?.hint.test(reading.text)) return [];
  const stretches = declarations.find(withoutCode(reading), reading).sort((a, b) => a.start - b.start || b.end - a.end);
  const borders = [...new Set(stretches.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const foreign: Span[] = [];
  const open: Declared[] = [];
  let next = 0;
  for (const [i, start] of borders.entries()) {
    while (next < stretches.length && stretches[next]!.start <= start) open.push(stretches[next++]!);
    while (open.length > 0 && open.at(-1)!.end <= start) open.pop();
    const innermost = open.findLast(({ end }) => end > start);
    const end = borders[i + 1];
    if (innermost && end !== undefined && innermost.language !== language) foreign.push({ start, end });
  }
  return joined(foreign);
}

/** Neighbours become one. */
function joined(spans: readonly Span[]): Span[] {
  const whole: { start: number; end: number }[] = [];
  for (const { start, end } of spans) {
    const last = whole.at(-1);
    if (last?.end === start) last.end = end;
    else whole.push({ start, end });
  }
  return whole;
}

const unspoken: ReadonlySet<string> = new Set(['code', 'math', 'comment', 'frontMatter', 'target']);

function withoutCode({ text, blocks, spansOf }: TextReading): string {
  const parts: string[] = [];
  let at = 0;
  const blank = ({ start, end }: Span) => {
    if (start < at) return;
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
    at = end;
  };
  for (const block of blocks) {
    if (unspoken.has(block.kind)) blank(block);
    else for (const span of spansOf(block)) if (unspoken.has(span.kind)) blank(span);
  }
  return parts.join('') + text.slice(at);
}

function stretch(name: string, start: number, end: number | undefined): Declared[] {
  const language = languageCode(name);
  return language === undefined || end === undefined ? [] : [{ start, end, language }];
}

/** Where what is open at `from` is closed. */
function closedAt(text: string, from: number, [opener, closer]: string): number | undefined {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === opener) depth++;
    else if (text[at] === closer && --depth === 0) return at + 1;
  }
  return undefined;
}

/** Where each opener that is closed ends, by its place: all of them in one reading. */
function closings(text: string, [opener, closer]: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === opener) open.push(at);
    else if (text[at] === closer && open.length > 0) ends.set(open.pop()!, at + 1);
  }
  return ends;
}

const langAttribute = /\s(?:xml:)?lang\s{0,3}=\s{0,3}["']?([\w-]{1,40})/iu;

/** Elements with `lang`; without an end tag up to where a browser ends them. */
function inElements(words: string, { languageId }: TextReading): Declared[] {
  const found: Declared[] = [];
  const open = new OpenElements();
  let held: { readonly start: number; readonly name: string; readonly language: string }[] = [];
  const settle = (end: number) => {
    if (held.length === 0) return;
    const still = new Set(open.all.map(({ start }) => start));
    for (const { start, language } of held.filter((each) => !still.has(each.start)))
      found.push(...stretch(language, start, end));
    held = held.filter((each) => still.has(each.start));
  };
  const nothing = () => undefined;
  tokenize(words, 0, {
    text: nothing,
    comment: nothing,
    openTag(name, { start, end, selfClosing }) {
      open.endBefore(name);
      settle(start);
      if (selfClosing || voidElements.has(name)) return;
      open.open({ name, start, end });
      const language = name === 'html' ? undefined : langAttribute.exec(words.slice(start, end))?.[1];
      if (language) held.push({ start, name, language });
    },
    closeTag(name, { end }) {
      open.close(name);
      settle(end);
    },
  });
  const isPage = languageId === 'html';
  for (const { start, language } of held) {
    const blank = /\n[ \t]*\r?\n/gu;
    blank.lastIndex = start;
    found.push(...stretch(language, start, isPage ? words.length : (blank.exec(words)?.index ?? words.length)));
  }
  return found;
}

const keyValue = String.raw`[^{}\n]{0,200}?\blang=["']?([\w-]{1,40})["']?[^{}\n]{0,200}`;

/** Pandoc's divs and spans, and what kramdown writes below a paragraph. */
function inAttributes(words: string, { blocks }: TextReading): Declared[] {
  const spans = [...words.matchAll(new RegExp(String.raw`\[[^[\]\n]{1,2000}\]\{${keyValue}\}`, 'gu'))].flatMap(
    ({ 0: whole, 1: name, index }) => stretch(name!, index, index + whole.length),
  );
  let at = 0;
  const below = [...words.matchAll(new RegExp(String.raw`^[ \t]{0,3}\{:${keyValue}\}[ \t]*$`, 'gmu'))].flatMap(
    ({ 1: name, index }) => {
      while (at < blocks.length && blocks[at]!.end < index - 1) at++;
      const block = blocks[at];
      return block ? stretch(name!, block.start, index) : [];
    },
  );
  return [...spans, ...below, ...inDivs(words)];
}

function inDivs(words: string): Declared[] {
  const found: Declared[] = [];
  const open: { readonly start: number; readonly name: string | undefined }[] = [];
  for (const { index, 1: rest } of words.matchAll(/^ {0,3}:{3,9}(?!:)([^\n]{0,500})$/gmu)) {
    if (rest!.trim() !== '') open.push({ start: index, name: new RegExp(keyValue, 'u').exec(rest!)?.[1] });
    else {
      const { start, name } = open.pop() ?? {};
      if (start !== undefined && name !== undefined) found.push(...stretch(name, start, index));
    }
  }
  return found;
}

const latexCommand =
  /\\(?:(?:foreignlanguage|textlang|(?:foreign|hyphen)(?:text|block)?quote)\*?(?:\[[^\]\n]{0,200}\])?\{([\w-]{4,40})\}|text([a-z]{4,40})(?:\[[^\]\n]{0,200}\])?)\s{0,3}\{/gu;
const latexEnvironment =
  /\\(begin|end)\{(?:(otherlanguage|foreigndisplay|foreignblockquote|hyphenblockquote|lang)\*?|([a-z]{4,40}))\}(?:\[[^\]\n]{0,200}\])?(?:\{([\w-]{2,40})\})?/gu;

/** Commands and environments of babel, polyglossia and csquotes; `\selectlanguage` up to the next one. */
function inLatex(words: string): Declared[] {
  const found: Declared[] = [];
  const ends = closings(words, '{}');
  for (const { 0: whole, 1: named, 2: own, index } of words.matchAll(latexCommand))
    found.push(...stretch(named ?? own!, index, ends.get(index + whole.length - 1)));
  const open: { readonly start: number; readonly name: string }[] = [];
  for (const { 0: whole, 1: side, 2: general, 3: own, 4: named, index } of words.matchAll(latexEnvironment)) {
    const name = general === undefined ? own! : (named ?? '');
    if (general === undefined && languageCode(own!) === undefined) continue;
    if (side === 'begin') open.push({ start: index, name });
    else if (open.length > 0) {
      const opener = open.pop()!;
      found.push(...stretch(opener.name, opener.start, index + whole.length));
    }
  }
  return [...found, ...fromOneToTheNext(words, /\\selectlanguage\{([\w-]{2,40})\}/gu)];
}

/** Each declaration holds up to the next one, or to the end of the braces or brackets that it stands in. */
function fromOneToTheNext(words: string, pattern: RegExp, brackets = '{}'): Declared[] {
  const all = [...words.matchAll(pattern)];
  return all.flatMap(({ 1: name, index }, i) => {
    const held = words.slice(index, all[i + 1]?.index);
    return stretch(name!, index, index + (closedAt(held, 0, brackets) ?? held.length));
  });
}

function inTypst(words: string): Declared[] {
  const texts = [...words.matchAll(/#text\([^()\n]{0,300}?\blang:\s?"([\w-]{1,40})"[^()\n]{0,300}\)\[/gu)];
  const ends = closings(words, '[]');
  return [
    ...texts.flatMap(({ 0: whole, 1: name, index }) => stretch(name!, index, ends.get(index + whole.length - 1))),
    ...fromOneToTheNext(words, /#set text\([^()\n]{0,300}?\blang:\s?"([\w-]{1,40})"/gu, '[]'),
  ];
}

const rstRole =
  /^\.\.[ ]role::[ ]{1,9}([\w-]{1,60})(?:\([\w-]{1,60}\))?[ ]*\n(?:[ \t]+:(?!class:)[^\n]*\n){0,9}[ \t]+:class:[^\n]{0,200}\blanguage-([\w-]{1,40})/gmu;
const rstClass = /^([ \t]*)\.\.[ ](?:rst-)?class::[ ][^\n]{0,200}?\blanguage-([\w-]{1,40})[^\n]*$/gmu;

/** Roles and classes called `language-…`, which docutils makes languages of. */
function inRest(words: string, reading: TextReading): Declared[] {
  const roles = new Map([...reading.text.matchAll(rstRole)].map(({ 1: role, 2: name }) => [role!, name!]));
  const inRoles = [...words.matchAll(/:([\w-]{1,60}):`[^`]{1,2000}`/gu)].flatMap(({ 0: whole, 1: role, index }) =>
    stretch(roles.get(role!) ?? '', index, index + whole.length),
  );
  const inClasses = [...words.matchAll(rstClass)].flatMap(({ 0: whole, 1: indent, 2: name, index }) =>
    stretch(name!, index, endBelow(words, index + whole.length, indent!)),
  );
  return [...inRoles, ...inClasses];
}

/** Of what belongs to a directive: what is indented below it, or else the next paragraph. */
function endBelow(words: string, from: number, indent: string): number {
  const first = /\n([ \t]*)\S/u.exec(words.slice(from, from + 10_000));
  const isWithin = first !== null && first[1]!.length > indent.length;
  const end = isWithin
    ? new RegExp(`\\n[ \\t]{0,${indent.length}}\\S`, 'gu')
    : /(?<=\S[ \t]{0,9})\n(?=[ \t]{0,99}(?:\n|$))/gu;
  end.lastIndex = from;
  const found = end.exec(words);
  if (!found) return words.length;
  return isWithin ? found.index : found.index + found[0].length;
}

/** `[lang=de]` above a paragraph or a delimited block, and before `#words#`. */
function inAsciidoc(words: string): Declared[] {
  const lists = words.matchAll(/\[[^[\]\n]{0,200}?\blang=["']?([\w-]{1,40})["']?[^[\]\n]{0,200}\](\n?)/gu);
  return [...lists].flatMap(({ 0: whole, 1: name, 2: isAbove, index }) => {
    const from = index + whole.length;
    const rest = words.slice(from, from + 100_000);
    if (!isAbove) {
      const marked = /^(#{1,2})[^#]{1,2000}\1/u.exec(rest);
      return stretch(name!, index, marked ? from + marked[0].length : undefined);
    }
    const fence = /^(-{2,}|={4,}|_{4,}|\*{4,})[ \t]*\n/u.exec(rest)?.[1];
    const end = fence ? rest.indexOf(`\n${fence}`, fence.length) : rest.search(/\n[ \t]*(?:\n|$)/u);
    return stretch(name!, index, end < 0 ? words.length : from + end);
  });
}

const markdown: Declarations = {
  hint: /\blang\s{0,3}=/iu,
  find: (words, reading) => [...inElements(words, reading), ...inAttributes(words, reading)],
};

const declared: Readonly<Partial<Record<GrammarName, Declarations>>> = {
  html: { hint: /\blang\s{0,3}=/iu, find: inElements },
  markdown,
  mdx: markdown,
  latex: { hint: /language|\\text[a-z]{4}|\\begin\{[a-z]{4}|quote/u, find: inLatex },
  restructuredText: { hint: /\blanguage-/u, find: inRest },
  asciidoc: { hint: /\blang=/u, find: inAsciidoc },
  typst: { hint: /\blang:/u, find: inTypst },
};
