/** What a diff does to a text, as a person would name it. */
export type ProseChange =
  | { readonly kind: 'sectionAdded' | 'sectionRemoved' | 'wordsAdded' | 'wordsRemoved'; readonly what: string }
  | { readonly kind: 'sectionRenamed' | 'replaced' | 'number'; readonly from: string; readonly to: string }
  | { readonly kind: 'version'; readonly to: string }
  | { readonly kind: 'itemsAdded' | 'itemsRemoved'; readonly items: readonly string[]; readonly section?: string }
  | { readonly kind: 'textAdded' | 'textRemoved' | 'moved'; readonly quote: string; readonly section?: string }
  | { readonly kind: 'spelling'; readonly word?: string }
  | { readonly kind: 'links' | 'punctuation' | 'rewrapped' | 'figures' | 'blanks' | 'markup' | 'code' }
  | { readonly kind: 'reworded'; readonly section?: string };

/** A name that a heading has lost is no misspelling where it stands below. */
export const isOfName = (change: ProseChange, sections: readonly ProseChange[]): boolean =>
  change.kind === 'spelling' &&
  sections.some((section) => section.kind === 'sectionRenamed' && change.word && section.to.includes(change.word));

/** What goes here and comes there has moved. */
export function moved(changes: readonly ProseChange[]): ProseChange[] {
  const [come, gone] = [wordsOf(changes, comes), wordsOf(changes, goes)];
  return changes.flatMap((change): ProseChange[] => {
    const quote = quoteOf(change);
    if (quote === undefined) return [change];
    if (goes.has(change.kind)) return come.has(quote) ? [] : [change];
    if (!comes.has(change.kind) || !gone.has(quote)) return [change];
    const section = 'section' in change ? change.section : undefined;
    return [{ kind: 'moved', quote, ...(section !== undefined && { section }) }];
  });
}

const comes: ReadonlySet<ProseChange['kind']> = new Set(['textAdded', 'itemsAdded']);
const goes: ReadonlySet<ProseChange['kind']> = new Set(['textRemoved', 'itemsRemoved']);

const wordsOf = (
  changes: readonly ProseChange[],
  kinds: ReadonlySet<ProseChange['kind']>,
): ReadonlySet<string | undefined> => new Set(changes.filter(({ kind }) => kinds.has(kind)).map(quoteOf));

function quoteOf(change: ProseChange): string | undefined {
  if ('items' in change) return change.items.join(', ');
  return 'quote' in change ? change.quote : undefined;
}
