import { describe, expect, test } from 'vitest';
import type { ZoneKind } from '../../../src/text/zone.ts';
import { outline } from './support/outline.ts';
import { zoneAt } from './support/zoneAt.ts';

const inEnvironment = (names: string, zone: ZoneKind) =>
  names.split(' ').map((name) => [`\\begin{${name}}\nThank you|`, zone] as const);
const behindEnvironment = (names: string) =>
  names.split(' ').map((name) => [`\\begin{${name}}\nx $ %\n\\end{${name}}\nThank you|`, 'prose'] as const);

/** What the caret stands in. */
const zones: Readonly<Record<string, readonly (readonly [drawn: string, zone: ZoneKind])[]>> = {
  'environments of formulas': inEnvironment(
    'equation equation* align align* gather multline eqnarray flalign IEEEeqnarray IEEEeqnarray* dmath dgroup alignedat aligned split cases matrix pmatrix bmatrix* array empheq CD displaymath math',
    'math',
  ),
  'environments of code': inEnvironment(
    'verbatim verbatim* Verbatim BVerbatim lstlisting minted alltt pycode pyblock sagesilent sageblock filecontents filecontents* Sinput asy luacode gnuplot',
    'code',
  ),
  'environments of drawings and algorithms': inEnvironment(
    'tikzpicture pgfpicture axis circuitikz forest pspicture tikzcd algorithm2e algorithmic picture overpic groupplot chemfig ganttchart bytefield prooftree',
    'code',
  ),
  'other environments': [
    ...inEnvironment('tabular tabular* tabularx longtable tblr supertabular', 'tableCell'),
    ...inEnvironment('center abstract theorem figure table flushleft minipage multicols proof', 'prose'),
    ...inEnvironment('quote quotation displayquote', 'quote'),
    ...inEnvironment('comment', 'comment'),
    ...inEnvironment('thebibliography', 'citation'),
    ['\\begin {verbatim}\nThank you|', 'code'],
    ['\\begin{lstlisting}[caption="$5"]\nx|', 'code'],
    ['\\begin{axis}[xlabel=Thank you|', 'code'],
    ['\\begin{IEEEeqnarray}{rCl}\n  E &=& m \\text{ where the mass |', 'math'],
    ['\\begin{algorithm}[H]\n\\caption{Thank you|', 'prose'],
    ['<<echo=FALSE>>=\n# Thank you|', 'code'],
    ['<<>>=\nx\n@\nThank you|', 'prose'],
  ],
  'behind an environment': behindEnvironment(
    'verbatim lstlisting minted alltt pycode equation align IEEEeqnarray tikzpicture axis algorithm2e comment tabular',
  ),
  'code, dollars and comments in a line': [
    ['Use \\lstinline|$x| here. Thank you|', 'prose'],
    ['Use \\verb|$| here. Thank you|', 'prose'],
    ['Use \\verb+$%+ here. Thank you|', 'prose'],
    ['Use \\verb*!$! here. Thank you|', 'prose'],
    ['Use \\mintinline{c}|$| here. Thank you|', 'prose'],
    ['Use \\lstinline[language=C]{$} here. Thank you|', 'prose'],
    ['Use \\verb+Thank you|', 'codeSpan'],
    ['Use \\lstinline!x |', 'codeSpan'],
    ['costs \\$5 and \\$6 |', 'prose'],
    ['at 5\\% of the |', 'prose'],
    ['at 5% of the |', 'comment'],
    ['\\\\% of the |', 'comment'],
    ['where $x$ and $y |', 'math'],
    ['where $x\ngoes on |', 'math'],
    ['where $x\n\nThank you|', 'prose'],
    ['\\[ x \\] Thank you|', 'prose'],
    ['\\[\nx |', 'math'],
    ['$$ x |', 'math'],
    ['$$ x $$ Thank you|', 'prose'],
    ['\\( x \\) and |', 'prose'],
    ['$\\text{where the |', 'math'],
    ['\\begin{lstlisting}\ncost = "$5"\n\\end{lstlisting}\nThank you|', 'prose'],
    ['100\\,\\% of the |', 'prose'],
  ],
  arguments: [
    ['as \\citep[see][p. 3]{smi|', 'citation'],
    ['as \\cite {smi|', 'citation'],
    ['as \\textcite{smi|', 'citation'],
    ['as \\Cref{smi|', 'citation'],
    ['as \\gls{smi|', 'citation'],
    ['as \\cite{smith} said |', 'prose'],
    ['\\label{sec:|', 'citation'],
    ['\\input{chap|', 'linkTarget'],
    ['\\includegraphics[width=|', 'command'],
    ['\\href{http://a.b/c%20d}{the |', 'prose'],
    ['\\footnote{The quick |', 'prose'],
    ['\\footnote{The quick\n\nbrown |', 'prose'],
    ['\\textcolor{re|', 'command'],
    ['\\textcolor{red}{the quick |', 'prose'],
    ['\\caption[Short]{The quick |', 'prose'],
    ['\\unknown{ke|', 'command'],
    ['\\unknown{The quick brown |', 'prose'],
    ['\\unknown{key=the quick brown |', 'command'],
    ['\\newcommand{\\x}[1]{The quick |', 'command'],
    ['\\newcommand\\x[1]{The quick |', 'command'],
    ['\\def\\x#1{The quick |', 'command'],
    ['\\newcommand{\\x}{\\begin{verbatim}}\nThe quick |', 'prose'],
    ['\\setlength{\\parindent}{3|', 'command'],
    ['{\\itshape The quick |', 'prose'],
    ['\\section[Short]{The qu|', 'heading'],
    ['\\section*{The qu|', 'heading'],
    ['\\section[Short]\n{The qu|', 'heading'],
    ['\\section{The} Then |', 'prose'],
    ['\\frametitle<1>{The |', 'heading'],
    ['\\vspace{3|', 'command'],
    ['\\LaTeX{} is |', 'prose'],
    ['\\LaTeX|', 'command'],
  ],
  'the document': [
    ['\\documentclass{article}\nThe |', 'command'],
    ['\\documentclass{article}\n\\title{The |', 'heading'],
    ['\\documentclass{article}\n% The |', 'comment'],
    ['\\documentclass{article}\n\\newcommand{\\x}{%\n\\begin{document}\nThe |', 'prose'],
    ['\\begin{document}\nA\n\\end{document}\nThe |', 'comment'],
    ['Write \\verb|\\end{document}| there.\nThe ‖', 'prose'],
    ['\\begin{itemize}\n\\item One\n\n  The |', 'listItem'],
    ['\\begin{enumerate}\n\\item[a)] The |', 'listItem'],
    ['\\begin{itemize}\n\\item One\n\\end{itemize}\nThe |', 'prose'],
    ['\\begin{itemize}\n\\item \\begin{equation}\nx |', 'math'],
    ['\\begin{itemize}\n\\item {\\bf One\n\\item The |', 'listItem'],
    ['\\begin{quote}\\begin{verbatim}\nx\n\\end{verbatim}\nThe |', 'quote'],
    ['\\begin{example}\n\\begin{picture}\n\\end{example}\nThe |', 'prose'],
    ['\\begin{example}\n\\[\n\\end{example}\nThe |', 'prose'],
  ],
};

describe('the zone at a caret', () => {
  for (const [kind, rows] of Object.entries(zones)) {
    test.each(rows)(`${kind}: %j is %s`, (drawn, zone) => {
      const oneCaret = drawn.includes('‖') ? drawn : drawn.replace(/\|$/u, '‖');
      expect(zoneAt(oneCaret, 'latex')).toBe(zone);
    });
  }
});

/** A text, and its blocks drawn by `outline`. */
const readings: readonly (readonly [text: string, ...blocks: string[]])[] = [
  [
    '\\newpage\nWe recieve \\cite{recieve} and \\ref{fig:teh}. See \\verb|teh teh|.\n% recieve',
    'markup: \\newpage',
    'prose: We recieve ⟦\\cite{recieve}⟧ and ⟦\\ref{fig:teh}⟧. See ⟦\\verb|teh teh|⟧.',
    'comment: % recieve',
  ],
  [
    'One\n\\begin{lstlisting}\nteh\n\nthe\n\\end{lstlisting}\nTwo',
    'prose: One',
    'code: \\begin{lstlisting}\nteh\n\nthe\n\\end{lstlisting}',
    'prose: Two',
  ],
  [
    'One\n\\begin{IEEEeqnarray}{rCl}\n a &=& the the\n\\end{IEEEeqnarray}\nTwo',
    'prose: One',
    'math: \\begin{IEEEeqnarray}{rCl}\n a &=& the the\n\\end{IEEEeqnarray}',
    'prose: Two',
  ],
  ['One\n\\[\nx\n\\]\nwhere', 'prose: One', 'math: \\[\nx\n\\]', 'prose: where'],
  ['\\end{equation} where', 'prose: where'],
  ['\\section{One $x$}\\label{sec:one}\nTwo\nthree', 'heading@3: One ⟦$x$⟧', 'prose: Two\nthree'],
  ['\\section\n{One}\nTwo', 'markup: \\section', 'heading@3: One', 'prose: Two'],
  [
    '\\subsection[x] \n  {One two\nthree}\nFour',
    'markup: \\subsection[x] ',
    'heading@4: One two\nthree',
    'prose: Four',
  ],
  ['\\title\n[x]\n{One}\nTwo', 'markup: \\title\n[x]', 'heading: One', 'prose: Two'],
  ['\\section\n\n{One}\nTwo', 'markup: \\section', 'prose: ⟦{⟧One⟦}⟧\nTwo'],
  ['\\section\nOne {two}\nThree', 'markup: \\section', 'prose: One ⟦{⟧two⟦}⟧\nThree'],
  ['\\section*{One}\n\\subsection[x]{Two}', 'heading@3: One', 'heading@4: Two'],
  ['\\paragraph{One} Two', 'prose: Two'],
  [
    '\\begin{itemize}\n  \\item One\n    two\n\n    three\n  \\item \\begin{enumerate}\n  \\item Four\n\\end{enumerate}\n\\end{itemize}',
    'markup: \\begin{itemize}',
    'listItem+ in listItem(\\item): One\n⟦    ⟧two',
    'listItem in listItem(\\item): three',
    'listItem+ in listItem(\\item): ',
    'listItem@1+ in listItem(\\item) listItem(\\item): Four',
    'markup: \\end{enumerate}\n\\end{itemize}',
  ],
  [
    '\\begin{description}\n\\item[One] Two\n\\end{description}',
    'markup: \\begin{description}',
    'listItem+ in listItem(\\item[One]): Two',
    'markup: \\end{description}',
  ],
  ['\\begin{quote}\nOne\n\\end{quote}', 'markup: \\begin{quote}', 'quote in quote(): One', 'markup: \\end{quote}'],
  ['\\begin{tabular}{l}\nOne & two \\\\\n\\end{tabular}', 'table: \\begin{tabular}{l}\nOne & two \\\\\n\\end{tabular}'],
  [
    '\\begin{figure}[htb]\n\\centering\n\\includegraphics{x}\n\\caption{One}\n\\end{figure}',
    'markup: \\begin{figure}[htb]\n\\centering\n\\includegraphics{x}',
    'prose: One',
    'markup: \\end{figure}',
  ],
  ['One \\emph{two} \\footnote{three $x$}.', 'prose: One ⟦\\emph{⟧two⟦}⟧ ⟦\\footnote{⟧three ⟦$x$⟧⟦}⟧.'],
  ['One \\href{http://x}{two}, \\url{http://y}.', 'prose: One ⟦\\href{http://x}⟧⟦{⟧two⟦}⟧, ⟦\\url{http://y}⟧.'],
  ['One % two\nthree', 'prose: One ⟦% two⟧\nthree'],
  ['One $x\n  + y$ two', 'prose: One ⟦$x\n  + y$⟧ two'],
  ['One\n\\citet{x}\ntwo', 'prose: One\n⟦\\citet{x}⟧\ntwo'],
  ['One \\foo{two} three \\foo{four five six}.', 'prose: One ⟦\\foo{two}⟧ three ⟦\\foo{⟧four five six⟦}⟧.'],
  ["caf\\'e 5\\% \\& \\LaTeX\\ a\\\\ b", "prose: caf\\'e 5\\% \\& \\LaTeX\\ a⟦\\\\⟧ b"],
  [
    '\\documentclass{x}\n\\usepackage{y}\n\\title{One}\n\\begin{document}\nTwo\n\\end{document}\nthree',
    'frontMatter: \\documentclass{x}\n\\usepackage{y}',
    'heading: One',
    'frontMatter: \\begin{document}',
    'prose: Two',
    'markup: \\end{document}',
    'comment: three',
  ],
  ['<<a>>=\nx <- 1\n\n@\nOne', 'code: <<a>>=\nx <- 1\n\n@', 'prose: One'],
  [
    '\\begin{tikzpicture}\n\\node {One two three};\n\\begin{tikzpicture}\n\\end{tikzpicture}\nx\n\\end{tikzpicture}\nOne',
    'code: \\begin{tikzpicture}\n\\node {One two three};\n\\begin{tikzpicture}\n\\end{tikzpicture}\nx\n\\end{tikzpicture}',
    'prose: One',
  ],
  ['\\begin{frame}{One two}\nThree', 'heading@4: One two', 'prose: Three'],
  ...['thebibliography', 'theindex', 'verse', 'tabular', 'longtable'].flatMap((rows) =>
    [
      ['comment', 'comment'],
      ['verbatim', 'code'],
      ['tikzpicture', 'code'],
      ['lstlisting', 'code'],
    ].map(([name, kind]): readonly [string, ...string[]] => [
      `\\begin{${rows}}\nOne\n\n\\begin{${name}}\nx\n\\end{${name}}\n\nTwo\n\\end{${rows}}`,
      `${rows === 'tabular' || rows === 'longtable' ? 'table' : 'markup'}: \\begin{${rows}}\nOne\n`,
      `${kind}: \\begin{${name}}\nx\n\\end{${name}}`,
      `${rows === 'tabular' || rows === 'longtable' ? 'table' : 'markup'}: \nTwo\n\\end{${rows}}`,
    ]),
  ),
];

describe('the blocks of a text', () => {
  test.each(readings)('%j', (text, ...blocks) => expect(outline(text, 'latex')).toEqual(blocks));
  test.each(readings)('with CRLF: %j', (text, ...blocks) =>
    expect(outline(text.replaceAll('\n', '\r\n'), 'latex')).toEqual(
      blocks.map((block) => block.replaceAll('\n', '\r\n')),
    ),
  );
});
