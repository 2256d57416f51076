import type { Block, InlineSpan } from '../../../text/block.ts';
import { codeElements } from '../../../text/html/elements.ts';

/** Commands and elements whose words are code, keys, file names or people, though their markup may hold any text. */
const command =
  /\\(?:texttt|code|file|filename|command|cmd|env|envvar|option|package|pkg|samp|kbd|menu|author|orcid)\*?\s{0,9}\{$/u;
const longestPhrase = 1_000;
/** Spans behind an opening tag that are looked at for its end. */
const nearSpans = 40;

/** Spans in order, those of such commands and elements with their words as one: no action changes them. */
export function withVerbatim(text: string, block: Block, spans: readonly InlineSpan[]): readonly InlineSpan[] {
  const phrases = verbatimPhrases(text, block, spans);
  if (phrases.length === 0) return spans;
  let next = 0;
  const others = spans.flatMap((span): InlineSpan[] => {
    while (next < phrases.length && phrases[next]!.end <= span.start) next++;
    const parts: InlineSpan[] = [];
    let at = span.start;
    for (let i = next; i < phrases.length && phrases[i]!.start < span.end; i++) {
      if (phrases[i]!.start > at) parts.push({ ...span, start: at, end: phrases[i]!.start });
      at = Math.max(at, phrases[i]!.end);
    }
    return at < span.end ? [...parts, { ...span, start: at }] : parts;
  });
  return [...others, ...phrases].sort((a, b) => a.start - b.start);
}

function verbatimPhrases(text: string, block: Block, spans: readonly InlineSpan[]): InlineSpan[] {
  const { contentStart, contentEnd } = block;
  const phrases: InlineSpan[] = [];
  if (endsInCommand(text.slice(block.start, contentStart)) !== undefined && contentStart < contentEnd)
    phrases.push({
      kind: 'code',
      start: contentStart,
      end: closingBrace(text, contentStart, contentEnd) ?? contentEnd,
    });
  for (const [i, { kind, start, end }] of spans.entries()) {
    if (start < (phrases.at(-1)?.end ?? 0)) continue;
    const markup = text.slice(start, end);
    if (kind === 'raw') {
      const name = /^<([a-z]+)(?:\s[^>]*)?>$/iu.exec(markup)?.[1]?.toLowerCase();
      if (name === undefined || !(codeElements.has(name) || name === 'pre')) continue;
      const closer = spans
        .slice(i + 1, i + 1 + nearSpans)
        .find((span) => text.slice(span.start, span.end).toLowerCase() === `</${name}>`);
      if (closer && closer.end - start <= longestPhrase) phrases.push({ kind: 'code', start, end: closer.end });
    } else if (kind === 'command') {
      const at = endsInCommand(markup);
      const close = at === undefined ? undefined : closingBrace(text, end, Math.min(contentEnd, end + longestPhrase));
      if (close !== undefined) phrases.push({ kind: 'code', start: start + at!, end: close });
    }
  }
  return phrases;
}

/** Where one of the commands begins that the markup ends with. */
const endsInCommand = (markup: string): number | undefined => command.exec(markup)?.index;

/** Where the braces that were opened before `from` are closed. */
function closingBrace(text: string, from: number, to: number): number | undefined {
  let depth = 1;
  for (let at = from; at < to; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}
