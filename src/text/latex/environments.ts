import type { BlockKind } from '../block.ts';

/** What an environment makes of its text. One that is not here holds prose: theorem, abstract, center, figure … */
export interface Environment {
  readonly kind: 'opaque' | 'verbatim' | 'list' | 'quote' | 'block' | 'frame';
  /** of `opaque`, `verbatim` and `block`: what its lines are */
  readonly block: BlockKind;
}

const prose: Environment = { kind: 'block', block: 'prose' };

/** `verbatim` knows no comments and no commands; the text of `opaque` is not read; that of `block` is, for the caret. */
const environments: Readonly<Record<string, Environment>> = {
  ...named(
    'verbatim',
    'code',
    `verbatim verbatimtab Verbatim BVerbatim LVerbatim SaveVerbatim VerbatimOut lstlisting minted alltt listing
     code spverbatim verbatimwrite verbbox tcblisting tcboutputlisting dispListing codeblock
     pycode pyblock pyconsole pyverbatim pysub sympycode sympyblock pylabcode luacode luacodeasis
     sagesilent sageblock sageexample sageverbatim sagecommandline Scode Sinput Soutput Schunk Rcode knitrout
     filecontents asy asydef gnuplot dot2tex mermaid plantuml lilypond abc cppcode ccode haskell
     shell bashcode console terminal python java xml json html macrocode sourcecode LTXexample`,
  ),
  ...named('verbatim', 'comment', 'comment'),
  ...named(
    'opaque',
    'code',
    `tikzpicture pgfpicture axis semilogxaxis semilogyaxis loglogaxis polaraxis ternaryaxis groupplot circuitikz
     forest tikzcd tikztimingtable pspicture psmatrix picture overpic psgraph mpost metapost feynman
     feynmandiagram fmfgraph fmfgraph* fmffile chemfig bytefield msc sequencediagram ganttchart
     algorithm2e algorithmic algorithmicx algpseudocode pseudocode program prooftree mathpar bussproof
     dirtree scope pgfonlayer music abcnotation lilypond chessboard tabbing bnf grammar
     qtree parsetree istgame dependency deptext`,
  ),
  ...named(
    'opaque',
    'math',
    `equation align gather multline eqnarray displaymath math flalign alignat xalignat xxalignat split array
     IEEEeqnarray IEEEeqnarraybox dmath dseries dgroup darray aligned alignedat gathered multlined cases rcases
     dcases drcases numcases subnumcases matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix psmallmatrix
     bsmallmatrix subarray empheq CD equations mathdisplay gmatrix blockarray`,
  ),
  ...named(
    'block',
    'table',
    `tabular tabularx tabulary longtable supertabular xtabular mpsupertabular tabu longtabu tblr longtblr talltblr
     NiceTabular nicetabular sidewaystabular ctabular tabularray xltabular deluxetable`,
  ),
  ...named('block', 'markup', 'thebibliography theindex biblist verse altverse patverse longverse lyrics'),
  ...named(
    'list',
    'prose',
    `itemize enumerate description list trivlist compactitem compactenum compactdesc inparaenum inparaitem
     asparaenum asparaitem itemize* enumerate* description* easylist tasks labeling outline questions parts
     checklist todolist etaremune`,
  ),
  ...named('quote', 'prose', 'quote quotation displayquote blockquote displaycquote'),
  ...named('frame', 'prose', 'frame block exampleblock alertblock'),
};

function named(kind: Environment['kind'], block: BlockKind, names: string): Record<string, Environment> {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/u)
      .map((name) => [name, { kind, block }]),
  );
}

/** @param name with its `*`, if it has one */
export function environmentOf(name: string): Environment {
  if (Object.hasOwn(environments, name)) return environments[name]!;
  const plain = name.replace(/\*$/u, '');
  return Object.hasOwn(environments, plain) ? environments[plain]! : prose;
}

export const isOrdered = (name: string): boolean => /enum|questions|parts|tasks|etaremune/u.test(name);
