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
  const quotes = (kind: ProseChange['kind']) =>
    new Set(changes.flatMap((change) => (change.kind === kind && 'quote' in change ? change.quote : [])));
  const [come, gone] = [quotes('textAdded'), quotes('textRemoved')];
  const items = (kind: ProseChange['kind']) =>
    changes.flatMap((change) => (change.kind === kind && 'items' in change ? change.items.join(', ') : []));
  const [comeItems, goneItems] = [items('itemsAdded'), items('itemsRemoved')];
  return changes.flatMap((change): ProseChange[] => {
    if ('items' in change) {
      const quote = change.items.join(', ');
      if (change.kind === 'itemsRemoved') return comeItems.includes(quote) ? [] : [change];
      const { section } = change;
      return goneItems.includes(quote)
        ? [{ kind: 'moved', quote, ...(section !== undefined && { section }) }]
        : [change];
    }
    if (change.kind === 'textAdded' && gone.has(change.quote)) return [{ ...change, kind: 'moved' }];
    return change.kind === 'textRemoved' && come.has(change.quote) ? [] : [change];
  });
}
