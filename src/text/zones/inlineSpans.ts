/** What is still open at the end of a text, for constructs that several languages share. All inputs are bounded. */

/** A web address, an e-mail address or a file path that the caret stands in. */
export function endsInAddress(text: string): boolean {
  const word = /\S*$/u.exec(text)?.[0] ?? '';
  const bare = word.replace(/^[<("'“‘[]+/u, '');
  return (
    /^[a-z][a-z0-9+.-]*:\/\//iu.test(bare) ||
    /^(?:www\.|mailto:)/iu.test(bare) ||
    /^[\w.+-]+@[\w-]+\.?/u.test(bare) ||
    /^(?:\.{0,2}|~)\/[\w.-]+/u.test(bare) || // ./a, ../a, ~/a, /usr
    /^[\w.-]+\/[\w.-]+\/[\w./-]*$/u.test(bare) // a/b/c: `and/or` is a word
  );
}

/** True inside a code span: a run of backticks without its equally long closing run. */
export function inBackticks(text: string): boolean {
  let open = 0;
  for (const { 0: run, index } of text.matchAll(/`+/gu)) {
    if (open === 0 && text[index - 1] === '\\') continue;
    if (open === 0) open = run.length;
    else if (open === run.length) open = 0;
  }
  return open > 0;
}

/**
 * True inside `$…$` or `$$…$$`. A dollar sign before a blank or a digit opens nothing unless `prices` is false: prose
 * speaks of money more often than of formulas.
 */
export function inDollars(text: string, prices: boolean): boolean {
  let open = '';
  for (const { 0: run, index } of text.matchAll(/(?<!\\)\${1,2}/gu)) {
    if (open !== '') {
      open = '';
      continue;
    }
    const next = text[index + run.length];
    if (prices && next !== undefined && /[\s\d.,)]/u.test(next)) continue;
    open = run;
  }
  return open !== '';
}

/** True inside the angle brackets of a tag: `<a href="…`. */
export function inTag(text: string): boolean {
  return /<\/?[a-zA-Z][^<>]*$/u.test(text) || /<!?$/u.test(text);
}
