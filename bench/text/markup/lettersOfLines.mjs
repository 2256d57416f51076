/**
 * What each line is, of what each of its characters is: one letter a line, `.` for a blank one.
 * @param {string} text with \n for line ends
 * @param {ArrayLike<string>} letters one for each UTF-16 unit: H title, W words (in small letters: what stands among them), X markup, M formula, C code, K comment, T table
 */
export function lettersOfLines(text, letters) {
  let start = 0;
  return text
    .split('\n')
    .map((line) => {
      const kinds = Array.from({ length: line.length }, (_, index) => letters[start + index].toUpperCase());
      const ofWords = kinds.filter((_, index) => /[\p{L}\p{N}]/u.test(line[index]));
      start += line.length + 1;
      if (line.trim() === '') return '.';
      const found = new Set(ofWords.length > 0 ? ofWords : kinds);
      return ['H', 'W', 'T', 'X', 'M', 'C', 'K'].find((letter) => found.has(letter));
    })
    .join('');
}
