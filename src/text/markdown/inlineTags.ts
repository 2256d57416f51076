/** What begins with `<` within a paragraph. */
export type Tag = { readonly kind: 'raw' | 'comment' | 'target'; readonly length: number };

const openTag = /^<[a-z][\w-]*(?:\s+[a-z:_@][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"|\{[^{}]*\}))?)*\s*\/?>/iu;
const closeTag = /^<\/[a-z][\w.:-]*\s*>/iu;
const autolink = /^<(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*)>/iu;
/** Longer tags are none. */
const maxTagChars = 4_000;

/** A tag, comment, declaration or address in angle brackets at the beginning of a text. */
export function tagAt(text: string): Tag | undefined {
  const head = text.slice(0, maxTagChars);
  const tag = openTag.exec(head) ?? closeTag.exec(head);
  if (tag) return { kind: 'raw', length: tag[0].length };
  const address = autolink.exec(head);
  return address ? { kind: 'target', length: address[0].length } : undefined;
}

const elements = new Set(
  `a abbr acronym address article aside audio b bdi bdo blockquote body br button canvas caption center cite code col data
   dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr
   html i iframe img input ins kbd label legend li link main map mark math meta nav noscript object ol option output p param
   picture pre progress q s samp script section select small source span strong style sub summary sup svg table tbody td
   template textarea tfoot th thead time title tr track u ul var video wbr`.split(/\s+/u),
);

/** Whether a text that begins with `<` and has no `>` reads like a tag that is being typed: `x <y and z` does not. */
export function readsLikeTag(text: string): boolean {
  if (/^<(?:![a-z][^>]*|!\[CDATA\[[^\]]*)$/iu.test(text)) return true;
  const match = /^<(?:[/!?]|\/?([a-zA-Z][\w.:-]*)(?![\w.:-])(.*))?$/su.exec(text);
  if (!match) return false;
  const [, name, attributes = ''] = match;
  if (name === undefined) return true;
  const isKnown = elements.has(name.toLowerCase()) || /[-:.]|^[A-Z]/u.test(name) || attributes.includes('=');
  if (!isKnown) return false;
  return /^(?:\s+[\w:@.-]+\s*=\s*(?:[^\s"'=<>`]+(?![^\s"'=<>`])|'[^']*'|"[^"]*"|\{[^{}]*\}))*(?:\s*[\w:@.-]+)?\s*(?:=\s*(?:[^\s"'=<>`]*|'[^']*|"[^"]*|\{.*))?$/su.test(
    attributes,
  );
}
