/** Enough of one kind of prose to learn something of: the words of a page are drawn from few. */
export function pageOfProse(number: number): string {
  const words = 'the keeper of an old garden walked along a quiet river and wrote about rain over roofs at night'.split(
    ' ',
  );
  const word = (i: number) => words[(i * 7 + number * (i % 5) + ((i * i) % 11)) % words.length];
  const sentence = (start: number) => {
    const text = Array.from({ length: 9 + (start % 5) }, (_, i) => word(start + i)).join(' ');
    return `${text[0]!.toUpperCase()}${text.slice(1)} ${number}.`;
  };
  const paragraph = (start: number) => Array.from({ length: 5 }, (_, i) => sentence(start + 31 * i)).join(' ');
  return `# Page ${number}\n\n${Array.from({ length: 9 }, (_, i) => paragraph(number * 101 + 173 * i)).join('\n\n')}\n`;
}
