/** Openers that nothing closes, closers that nothing opened, and what is nested more deeply than anybody writes. */
const pieces: readonly string[] = [
  '[ ![ ]( [a]( [a](b [a](<b [a](b" [a](b( ]: [[ [^ [a][ ]] ![a](b "c) [a]',
  '` `a `` ```a ~~~ ``a`',
  '< <a <!-- <? <![CDATA[ <a\u00a0b=" <a\u00a0b=\' </a <!A <a:b> <http://a',
  '\\begin{align}\\end{align} \\begin{align}\\end\u00a0{align} \\begin{quote}\\begin{align}\\end{align}',
  '$ $a $$ $a$1 $$a \\( \\[ \\$ \\a{ \\begin{a}',
  '{{ {% {{< {a}` {#a {: {.a}',
  '* ** _ ~~ *a **a_ == %% & &a; @ @a a@b a@b. a/b/ http://a www. ( " \' « “',
  '> - + 1. # ::: :::a : | |- a| \\ \\\\ = -- --- +++',
  '.. :: __ `a`_ |a| _a: ..\u00a0a::',
  '<<a <<a, [[a +++ ==== ---- // #let #( /* */',
  '<div> <p> <li> <b> <pre> <script> </div> </p> <table><tr><td> <svg> <code> <ul><li>',
].flatMap((line) => line.split(' ').map((piece) => piece.replaceAll('\u00a0', ' ')));

/** Inputs of about so many characters each, by name. */
export function hostileTexts(chars: number): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const add = (name: string, piece: string, before = '') => {
    texts.set(name, before + piece.repeat(Math.ceil(chars / piece.length)));
  };
  for (const piece of pieces) {
    add(`${piece} in one line`, piece);
    add(`${piece} and a blank`, `${piece} `);
    add(`${piece} in lines`, `${piece}\n`);
    add(`${piece} in paragraphs`, `${piece}\n\n`);
    add(`${piece} behind a word`, `a${piece}`);
  }
  for (const blank of [' ', '\t', '\u00a0', '\r', '\n', '\r\n', '\0', '\ud800', 'e\u0301', '\u200d']) {
    add(`${JSON.stringify(blank)} alone`, blank);
    add(`${JSON.stringify(blank)} behind a heading`, blank, '# a');
    add(`${JSON.stringify(blank)} behind a row`, blank, 'a|b\n');
    add(`${JSON.stringify(blank)} and letters`, `a${blank}`);
    add(`${JSON.stringify(blank)} behind a link definition`, blank, '[a]: b "c');
  }
  add('lines behind the title of a link definition', 'word\n', '[a]: b "c');
  add('lines behind a bracket', 'word\n', '[a ');
  add('lines behind a row', 'a|b\n', 'a|b\n');
  const depth = Math.floor(Math.sqrt(chars));
  texts.set('nested items', Array.from({ length: depth }, (_, i) => `${'  '.repeat(i)}- a`).join('\n'));
  texts.set('nested quotes', Array.from({ length: depth }, (_, i) => `${'> '.repeat(i)}a`).join('\n\n'));
  texts.set('runs of backticks', Array.from({ length: depth }, (_, i) => '`'.repeat(i + 1)).join('a'));
  texts.set('one long word', 'a'.repeat(chars));
  texts.set('one long line', 'a word and '.repeat(Math.ceil(chars / 11)));
  return texts;
}
