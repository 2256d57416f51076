/** As Typst reads an address: with the brackets that are closed in it, without the punctuation behind it. */
export function addressLength(line: string, start: number): number {
  const open: string[] = [];
  let end = start;
  for (; end < line.length; end++) {
    const char = line[end]!;
    if (char === '(' || char === '[') open.push(char);
    else if (char === ')' || char === ']') {
      if (open.pop() !== (char === ')' ? '(' : '[')) break;
    } else if (!/[\w!#$%&*+,./:;=?@~'-]/.test(char)) break;
  }
  while ("!,.:;?'".includes(line[end - 1]!)) end--;
  return Math.max(end - start, 'http://'.length);
}

/** The length of a label without the punctuation behind it. */
export function withoutMarksBehind(label: string): number {
  let end = label.length;
  while (end > 0 && '.:-'.includes(label[end - 1]!)) end--;
  return end;
}
