// What Asciidoctor takes each line of AsciiDoc for: one letter a line.
// W words, H heading, C code, M formula, T table, K comment, X other markup, . blank, ? left out by a condition
import { LoggerManager, load } from 'asciidoctor';

LoggerManager.logger = new Proxy({}, { get: () => () => undefined }); // what is wrong in a document is not the question
const letters = { listing: 'C', literal: 'C', pass: 'C', stem: 'M', table: 'T', verse: 'X', paragraph: 'W' };

/** @param {string} text with \n for line ends */
export async function asciidoctorKinds(text) {
  // What a condition or an include makes of a document is not the question: their lines are read as comments.
  const lines = text
    .split('\n')
    .map((line) => (/^\\?(?:ifn?def|ifeval|endif|include)::.*\[.*\]\s*$/.test(line) ? '//?' : line));
  const kinds = lines.map((line) =>
    line.trim() === '' ? '.' : line === '//?' ? '?' : line.startsWith('//') && !/^\/{4,}\s*$/.test(line) ? 'K' : 'X',
  );
  let at = 0;
  const find = (wanted, from) => {
    const plain = wanted.trim();
    for (let i = from; i < Math.min(lines.length, from + 400); i++)
      if (lines[i].trim() === plain || lines[i].trim().endsWith(plain)) return i;
    return -1;
  };
  const mark = (source, letter, from) => {
    let line = Math.max(at, from);
    for (const part of source) {
      if (part.trim() === '') continue;
      const found = find(part, line);
      if (found < 0) continue;
      if (kinds[found] !== '.' && kinds[found] !== '?') kinds[found] = letter;
      line = found + 1;
    }
    at = Math.max(at, line);
  };
  const document = await load(lines.join('\n'), { sourcemap: true, safe: 'secure', standalone: false, logger: false });
  const header = document.hasHeader?.() ? document.getHeader?.() : undefined;
  if (header?.getTitle?.()) {
    const number = (header.getLineNumber?.() ?? 1) - 1;
    const title = lines.findIndex(
      (line, index) =>
        index >= Math.max(0, number - 3) &&
        /\p{L}/u.test(line) &&
        !line.startsWith(':') &&
        !line.startsWith('//') &&
        !line.startsWith('['),
    );
    if (title >= 0) {
      kinds[title] = 'H';
      if (/^=+\s*$/.test(lines[title + 1] ?? '')) kinds[title + 1] = 'H';
    }
  }
  const walk = (block) => {
    const context = block.getContext?.() ?? block.getNodeName?.();
    const number = (block.getLineNumber?.() ?? at + 1) - 1;
    if (context === 'section' || context === 'floating_title') {
      let line = Math.max(number, 0);
      while (line < lines.length && (/^\s*$/.test(lines[line]) || /^(?:\[.*\]|\.\S.*|\/\/.*)\s*$/.test(lines[line])))
        line++;
      kinds[line] = 'H';
      if (/^([=\-~^+])\1+\s*$/.test(lines[line + 1] ?? '') && !/^(?:=|#)+ /.test(lines[line])) kinds[line + 1] = 'H';
      at = line + 1;
    } else if (context === 'table') {
      const start = lines.findIndex((line, index) => index >= number && /^[|,:!]={3,}\s*$/.test(line));
      if (start >= 0) {
        const end = lines.findIndex((line, index) => index > start && line.trimEnd() === lines[start].trimEnd());
        for (let i = start; i <= (end < 0 ? lines.length - 1 : end); i++)
          if (kinds[i] !== '.' && kinds[i] !== '?') kinds[i] = 'T';
        at = (end < 0 ? lines.length : end) + 1;
      }
      return;
    } else if (context === 'list_item') {
      if (block._text) mark(String(block._text).split('\n'), 'W', Math.max(0, number));
    } else if (context === 'dlist') {
      for (const [terms, description] of block.getItems?.() ?? block.blocks) {
        at = Math.max(at, (terms[0]?.getLineNumber?.() ?? at + 1) - 1);
        if (description) walk(description);
      }
      return;
    } else if (block.lines?.length > 0) {
      const letter =
        letters[context] ??
        (context === 'admonition' ||
        context === 'quote' ||
        context === 'open' ||
        context === 'example' ||
        context === 'sidebar'
          ? 'W'
          : 'X');
      const start = Math.max(0, number - 1);
      const before = at;
      mark(block.lines, letter, start);
      if (letter === 'C' || letter === 'M' || letter === 'X') fences(before, letter);
    }
    for (const child of block.getBlocks?.() ?? block.blocks ?? []) walk(child);
  };
  /** The delimiters around a block belong to it. */
  const fences = (before, letter) => {
    for (let i = before; i <= Math.min(at, lines.length - 1); i++) {
      if (kinds[i] === 'X' && /^(?:-{4,}|\.{4,}|\+{4,}|`{3}.*|_{4,})\s*$/.test(lines[i]))
        kinds[i] = letter === 'X' ? 'X' : letter;
    }
  };
  for (const child of document.getBlocks?.() ?? document.blocks) walk(child);
  let comment = '';
  for (const [index, line] of lines.entries()) {
    const isFence = /^\/{4,}\s*$/.test(line);
    if (isFence && comment === '' && kinds[index] === 'X') comment = line.trimEnd();
    else if (comment === '') continue;
    else if (line.trimEnd() === comment) comment = '';
    if (kinds[index] !== '.') kinds[index] = 'K';
  }
  return kinds.join('');
}
