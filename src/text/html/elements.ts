import type { BlockKind } from '../block.ts';

/** Elements that parts of a page are made of: they end what stands before them; all others stand within a line. */
export const blockElements = new Set(
  `address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer
   form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre search
   section summary table tbody td tfoot th thead title tr ul`.split(/\s+/u),
);

/** Elements that have no content and no closing tag. */
export const voidElements = new Set(
  'area base basefont br col embed frame hr img input link meta param source track wbr'.split(' '),
);

/** Elements whose whole content is no text of a page, and what it is. */
export const opaqueElements: Readonly<Record<string, Exclude<BlockKind, 'blank'>>> = {
  ...kinds('code', 'script style pre textarea xmp listing plaintext'),
  ...kinds('math', 'math'),
  ...kinds('markup', 'template noscript svg select button nav iframe object canvas noframes audio video datalist'),
};

/** Elements within a line whose content stays as it is. */
export const codeElements = new Set(['code', 'kbd', 'samp', 'var', 'tt']);

function kinds<Kind extends BlockKind>(kind: Kind, names: string): Record<string, Kind> {
  return Object.fromEntries(names.split(' ').map((name) => [name, kind]));
}

/** What an opening tag closes without saying so, up to the element that bounds it. */
const impliedEnds: Readonly<Record<string, { readonly ends: readonly string[]; readonly within: readonly string[] }>> =
  {
    li: { ends: ['li'], within: ['ul', 'ol', 'menu', 'dir'] },
    dt: { ends: ['dt', 'dd'], within: ['dl'] },
    dd: { ends: ['dt', 'dd'], within: ['dl'] },
    tr: { ends: ['tr', 'caption'], within: ['table'] },
    td: { ends: ['td', 'th'], within: ['tr', 'table'] },
    th: { ends: ['td', 'th'], within: ['tr', 'table'] },
    tbody: { ends: ['tbody', 'thead', 'tfoot', 'caption'], within: ['table'] },
    thead: { ends: ['tbody', 'thead', 'tfoot', 'caption'], within: ['table'] },
    tfoot: { ends: ['tbody', 'thead', 'tfoot', 'caption'], within: ['table'] },
    option: { ends: ['option'], within: ['select'] },
    body: { ends: ['head'], within: [] },
  };

/** The names that an opening tag ends, and those that it does not look behind. A block ends the paragraph it stands in. */
export function endedBy(name: string): { readonly ends: readonly string[]; readonly within: readonly string[] } {
  if (Object.hasOwn(impliedEnds, name)) return impliedEnds[name]!;
  return blockElements.has(name) ? { ends: ['p'], within: paragraphBounds } : nothing;
}

const nothing = { ends: [], within: [] };
const paragraphBounds = ['td', 'th', 'caption', 'table', 'body', 'html'];
