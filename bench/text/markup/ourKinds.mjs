const letters = {
  prose: 'W',
  listItem: 'W',
  quote: 'W',
  heading: 'H',
  code: 'C',
  math: 'M',
  table: 'T',
  comment: 'K',
  markup: 'X',
  frontMatter: 'X',
  blank: '.',
};

/**
 * What the product takes each line for, in the letters of the judges.
 * @param {import('../../../src/text/block.ts').TextReading} reading
 */
export function kindsOfLines({ text, blocks }) {
  const lines = text.split('\n');
  let kinds = '';
  let offset = 0;
  let at = 0;
  for (const line of lines) {
    while (at < blocks.length - 1 && blocks[at].end < offset) at++;
    const block = blocks[at];
    const inBlock = block !== undefined && block.start <= offset + line.length && offset <= block.end;
    if (line.trim() === '' || !inBlock) kinds += '.';
    else kinds += block.contentStart === block.contentEnd && letters[block.kind] === 'W' ? 'X' : letters[block.kind];
    offset += line.length + 1;
  }
  return kinds;
}
