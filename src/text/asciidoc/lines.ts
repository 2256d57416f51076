import type { BlockKind, Container } from '../block.ts';
import { blankLine } from '../lineLanguage.ts';
import { ownCopy } from '../ownCopy.ts';
import { itemAt } from './items.ts';
import { blockOfStyle, type Delimited, delimitedBy, patterns, styleOf } from './patterns.ts';
import { type AdocState, blanksAt, containersOf, lineIs, maxDepth, type Open, wordsAre } from './state.ts';

/** One line after the other, as Asciidoctor's parser reads blocks. */
export function step(state: AdocState, line: string, start: number): AdocState {
  const text = line.trimEnd();
  const { open } = state;
  const closed = openBlockClosedBy(open, text);
  if (closed !== undefined) {
    const isWhole = closed.block !== undefined;
    const around = { open: closed.parent, lists: closed.lists };
    const kind = closed.block ?? 'markup';
    return lineIs({ ...state, ...around }, line, kind, {
      continues: isWhole && closed === open && state.line.kind === kind,
    });
  }
  if (open?.block !== undefined) {
    return lineIs(state, line, open.block, { continues: state.line.kind === open.block, lists: state.lists });
  }
  if (text === '') return afterBlank(state);
  if (patterns.directive.test(text))
    return { ...lineIs(state, line, 'markup'), paragraph: state.paragraph, style: state.style };
  if (state.header === 'inside')
    return lineIs(state, line, 'frontMatter', { continues: state.line.kind === 'frontMatter' });
  if (state.entryGoesOn) return entry(state, line);
  return (state.paragraph && furtherLine(state, line, start)) ?? firstLine(state, line, start);
}

/** The open block that a line closes: of two that it could, the outer one. */
function openBlockClosedBy(open: Open | undefined, text: string): Open | undefined {
  if (text === '' || (text.length < 4 && text !== '--' && text !== '```' && text !== '""')) return undefined;
  let found: Open | undefined;
  for (let each = open; each !== undefined; each = each.parent) if (each.close === text) found = each;
  return found;
}

function afterBlank(state: AdocState): AdocState {
  const header = state.header === 'inside' ? 'behind' : state.header;
  return { ...state, line: blankLine, paragraph: undefined, header, entryGoesOn: false, lines: 0 };
}

/** The line as a further one of the paragraph above, if it is that. */
function furtherLine(state: AdocState, line: string, start: number): AdocState | undefined {
  const { kind, title } = state.paragraph!;
  const text = line.trimEnd();
  const level = title === undefined ? undefined : levelOfUnderline(title, text);
  if (level !== undefined) return underlined(state, line, { level, title: title! });
  if (patterns.comment.test(text)) return { ...lineIs(state, line, 'comment'), paragraph: { kind, title: undefined } };
  if (patterns.attributeList.test(text) || delimitedBy(text) !== undefined) return undefined;
  const inItem = state.lists.length > 0;
  if (inItem && (text === '+' || (kind !== 'code' && itemAt(state, line, start) !== undefined))) return undefined;
  const continues = state.line.kind === kind;
  const paragraph = { kind, title: undefined };
  return lineIs(state, line, kind, { continues, paragraph, ...(continues && { level: state.line.level }) });
}

/** Longer titles say little about where one is. */
const maxTitleChars = 200;
const underlines = '=-~^+';

/** A row of marks about as long as the line above makes a title of it. */
function levelOfUnderline(title: string, text: string): number | undefined {
  const level = underlines.indexOf(text[0]!);
  const isRow = level >= 0 && text.length >= 2 && text === text[0]!.repeat(text.length);
  return isRow && Math.abs(text.length - title.length) <= 1 && /[\p{L}\p{N}]/u.test(title) ? level : undefined;
}

function underlined(state: AdocState, line: string, { level, title }: { level: number; title: string }): AdocState {
  const after = lineIs(state, line, 'heading', { continues: true, level, header: level === 0 ? 'inside' : 'behind' });
  const reading = { ...after.line, contentEnd: after.line.contentStart, recast: { kind: 'heading' as const, level } };
  return withHeading({ ...after, line: reading }, level, title);
}

function withHeading(state: AdocState, level: number, title: string): AdocState {
  const heading = { level, line: ownCopy(title.trim().slice(0, maxTitleChars)) };
  return { ...state, headings: [...state.headings.filter((above) => above.level < level), heading] };
}

/** The line as the first one of a block. */
function firstLine(state: AdocState, line: string, start: number): AdocState {
  const text = line.trimEnd();
  const { style, attached, header } = state;
  if (patterns.comment.test(text))
    return { ...lineIs(state, line, 'comment', { continues: state.line.kind === 'comment' }), style, attached };
  if (patterns.attributeEntry.test(text)) return entry(state, line);
  if (patterns.attributeList.test(text))
    return { ...lineIs(state, line, 'markup'), style: styleOf(text) ?? style, attached };
  const behind: AdocState = header === 'before' ? { ...state, header: 'behind' } : state;
  const delimited = delimitedBy(text);
  if (delimited !== undefined) return opened(behind, line, { delimited, start });
  if (text === '+' && state.lists.length > 0) {
    const lists = state.lists.map((list) => ({ ...list, awaitsWords: false }));
    return lineIs(behind, line, 'markup', { attached: true, lists });
  }
  const heading = patterns.heading.exec(text);
  if (heading && (state.open === undefined || style === 'discrete' || style === 'float'))
    return titled(state, line, heading);
  if (patterns.rule.test(text)) return lineIs(behind, line, 'markup', { lists: [] });
  if (patterns.blockTitle.test(text)) return { ...lineIs(behind, line, 'markup'), style, attached };
  if (patterns.blockMacro.test(text)) return lineIs(behind, line, 'markup', { lists: attached ? state.lists : [] });
  const item = style === undefined || blockOfStyle(style) === undefined ? itemAt(behind, line, start) : undefined;
  return item ?? paragraph(behind, line, start);
}

/** `:name: value`, which a backslash at its end lets go on. */
function entry(state: AdocState, line: string): AdocState {
  const kind: BlockKind = state.header === 'behind' ? 'markup' : 'frontMatter';
  const { style, attached } = state;
  return {
    ...lineIs(state, line, kind, { continues: state.line.kind === kind }),
    style,
    attached,
    entryGoesOn: / [\\+]$/u.test(line.trimEnd()),
  };
}

function titled(state: AdocState, line: string, heading: RegExpExecArray): AdocState {
  const level = heading[1]!.length - 1;
  const isTitle = level === 0 && state.header === 'before';
  const after = lineIs(state, line, 'heading', {
    lists: [],
    level,
    contentStart: heading[0].length - 1,
    header: isTitle ? 'inside' : 'behind',
  });
  return withHeading(after, level, line);
}

function opened(
  state: AdocState,
  line: string,
  { delimited, start }: { delimited: Delimited; start: number },
): AdocState {
  const { close } = delimited;
  const block = blockOfStyle(state.style) ?? (delimited.block === 'blocks' ? undefined : delimited.block);
  const depth = (state.open?.depth ?? 0) + 1;
  const lists = state.attached ? state.lists : [];
  if (depth > maxDepth) return lineIs(state, line, 'markup', { lists });
  const outer = containersOf({ ...state, lists });
  const kind = close.startsWith('_') || state.style === 'quote' || close === '""' ? 'quote' : 'note';
  const holds =
    block === undefined && (kind === 'quote' || close[0] === '=' || close[0] === '*' || state.style !== undefined);
  const container: Container = { kind, start: start + blanksAt(line), marker: '', ordered: false, task: false };
  const containers = holds ? [...outer, container] : outer;
  const open: Open = { parent: state.open, depth, close, block, containers, lists };
  return lineIs(state, line, block ?? 'markup', { open, lists: [] });
}

/** Words, an indented literal paragraph, or what the style above makes of them. */
function paragraph(state: AdocState, line: string, start: number): AdocState {
  const { style, attached } = state;
  const isIndented = blanksAt(line) > 0;
  const inItem = state.lists.length > 0;
  const lists = attached || (isIndented && inItem && style === undefined) ? state.lists : [];
  const own = state.lists.at(-1);
  if (own?.awaitsWords && !attached) {
    return wordsAre(state, line, { lists: [...state.lists.slice(0, -1), { ...own, awaitsWords: false }] });
  }
  const block = blockOfStyle(style) ?? (isIndented && style === undefined ? 'code' : undefined);
  if (block !== undefined) return lineIs(state, line, block, { lists, paragraph: { kind: block, title: undefined } });
  const marks = patterns.admonition.exec(line) ?? patterns.quote.exec(line);
  if (marks === null && style !== 'quote') {
    const title =
      lists.length === 0 && state.open === undefined ? ownCopy(line.trimEnd().slice(0, maxTitleChars)) : undefined;
    const after = wordsAre(state, line, { lists });
    return { ...after, paragraph: { ...after.paragraph!, title } };
  }
  const kind = marks === null || marks[0].startsWith('>') ? 'quote' : 'note';
  const container: Container = { kind, start, marker: marks?.[0] ?? '', ordered: false, task: false };
  const containers = [...containersOf({ ...state, lists }), container];
  const after = wordsAre(state, line, {
    lists: [...lists, { marker: '', awaitsWords: false, containers }],
    contentStart: marks?.[0].length ?? 0,
  });
  return { ...after, lists };
}
