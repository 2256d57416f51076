import { describe, expect, test } from 'vitest';
import type { BlockKind } from '../../../src/text/block.ts';
import { readText } from '../../../src/text/readText.ts';
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

/** What each line of a text is: words, Heading, listItem, code, math, table, Comment, markUp. */
const linesOfKinds: Readonly<Record<string, readonly (readonly [text: string, kinds: string])[]>> = {
  'drawings, formulas and tables within an argument': [
    ['\\put(0,0){\\begin{picture}(4,1)\n\\put(0,0){\\line(2,1){2}}\n\\end{picture}}\nThe words go on.', 'cccw'],
    [
      '\\newcommand{\\x}{%\n  \\begin{picture}(0,0)\n  \\thicklines\n  \\put(0,0){x}\n  \\end{picture}}\nThe words go on.',
      'uccccw',
    ],
    [
      '\\newcommand{\\x}{\n  \\begin{picture}(0,0)\n  \\put(0,0){x}\n\n  \\put(0,0){two words more}\n  \\end{picture}}\nThe words go on.',
      'uccccw',
    ],
    [
      '\\newcommand{\\x}{%\n\\begin{tikzpicture}\n\\node {two words more};\n\\end{tikzpicture}}\nThe words go on.',
      'ucccw',
    ],
    ['\\newcommand{\\x}[2]{\\hbox{\\begin{tabular}[t]{c}#1\\\\\n#2\\end{tabular}}}\nThe words go on.', 'ttw'],
    ['\\newcommand{\\x}[2]{%\n\\begin{tabular}{c}\n#1 \\\\ #2\n\\end{tabular}%\n}\nThe words go on.', 'utttuw'],
    ['\\def\\x{%\n\\begin{equation}\nx\n\\end{equation}}\nThe words go on.', 'ummmw'],
    ['\\def\\x{%\n\\begin{align*}\nx\n\\end{align*}\n}\nThe words go on.', 'ummmuw'],
    ['\\savebox{\\x}{\\begin{picture}(4,1)\n\\put(0,0){x}\n\\end{picture}}\nThe words go on.', 'cccw'],
    ['\\newcommand{\\x}{\\begin{picture}(0,0)\\end{picture}}\nThe words go on.', 'uw'],
    ['\\newenvironment{x}{\\begin{tabular}{l}}{\\end{tabular}}\nThe words go on.', 'uw'],
    ['\\newenvironment{x}{\\begin{picture}(0,0)}{\\end{picture}}\nThe words go on.', 'uw'],
    ['\\newenvironment{x}{%\n\\begin{tikzpicture}%\n}{%\n\\end{tikzpicture}%\n}\nThe words go on.', 'uccuuw'],
    ['\\newcommand{\\x}{\\begin{verbatim}}\nThe words go on.', 'uw'],
    ['\\newcommand{\\x}{\\begin{center}\nx\n\\end{center}}\nThe words go on.', 'uuuw'],
    ['\\put(0,0){\\begin{picture}(4,1)\n\\put(0,0){x}\n\nThe words go on.', 'ccw'],
    ['\\put(0,0){\\begin{picture}(4,1)\n\\put(0,0){x}\n}\nThe words go on.', 'cccw'],
    [
      '\\newcommand{\\x}{%\n\\begin{picture}(4,1)\n\\begin{picture}(4,1)\nx\n\\end{picture}\ny\n\\end{picture}}\nThe words go on.',
      'uccccccw',
    ],
    ['\\begin{figure}\n\\put(0,0){\\begin{picture}(4,1)\n\\end{figure}\nThe words go on.', 'uccw'],
    ['\\newcommand{\\x}{{\\begin{tikzcd}\nA \\\\\n\n{B}\n\\end{tikzcd}}}\nThe words go on.', 'ccccw'],
    ['\\newcommand{\\x}{\\begin{avm} x & y \\\\\nz\n\\end{avm}}\nThe words go on.', 'uuuw'],
    ['\\foo{key=1,\n\\begin{forest}\n[two words more]\n\\end{forest}\n}\nThe words go on.', 'ucccuw'],
  ],
  'openers of environments in comments': [
    ['\\begin{picture}\n%\\begin{picture}\nx\n\\end{picture}\nThe words go on.', 'ccccw'],
    ['\\begin{picture}\n  % \\put(1,1){\\begin{picture}(2,2)\nx\n\\end{picture}\nThe words go on.', 'ccccw'],
    ['\\begin{tikzpicture}\nx % \\begin{tikzpicture} and more\n\\end{tikzpicture}\nThe words go on.', 'cccw'],
    ['\\begin{equation}\n% \\begin{equation}\nx\n\\end{equation}\nThe words go on.', 'mmmmw'],
    ['\\begin{align*}\n% \\begin{align*}\n% \\end{align*}\nx\n\\end{align*}\nThe words go on.', 'mmmmmw'],
    ['\\begin{array}\nx \\% \\begin{array}\ny\n\\end{array}\n\\end{array}\nThe words go on.', 'mmmmmw'],
    ['\\begin{picture} % \\begin{picture}\nx\n\\end{picture}\nThe words go on.', 'cccw'],
    ['\\begin{forest} %\\begin{forest}\n[a]\n\\end{forest} The words go on.', 'ccw'],
  ],
  'definitions whose body begins in the next line': [
    ['\\newcommand\\x\n  {The words go on.}\nThe words go on.', 'uuw'],
    ['\\newcommand*\\x\n  {The words go on.}\nThe words go on.', 'uuw'],
    ['\\newcommand{\\x}\n{The words go on.}\nThe words go on.', 'uuw'],
    ['\\newcommand{\\x}[1]\n{The words go on.}\nThe words go on.', 'uuw'],
    ['\\newcommand{\\x}[2][a]%\n{The words go on.\n\nThe words go on.}\nThe words go on.', 'uuuw'],
    ['\\newcommand{\\x}[1]% what it is\n{%\nThe words go on.\n}\nThe words go on.', 'uuuuw'],
    ['\\renewcommand{\\x}\n% what it is\n{The words go on.}\nThe words go on.', 'ukuw'],
    ['\\def\\x\n{The words go on.}\nThe words go on.', 'uuw'],
    ['\\def\\x#1#2\n{The words go on.}\nThe words go on.', 'uuw'],
    ['\\def\\x#1#2%\n{The words go on.}\nThe words go on.', 'uuw'],
    ['\\def\\x(#1,#2)#3{The words go on.}\nThe words go on.', 'uw'],
    ['\\def\\x#1\\relax{The words go on.}\nThe words go on.', 'uw'],
    ['\\gdef\\x<#1>{The words go on.}\nThe words go on.', 'uw'],
    ['\\newenvironment{x}\n{The words go on.}\n{The words go on.}\nThe words go on.', 'uuuw'],
    ['\\newenvironment{x}[1]\n  {The words go on.}%\n  {The words go on.}\n{The words go on.}', 'uuuw'],
    ['\\NewDocumentCommand\\x{m}\n{The words go on.}\nThe words go on.', 'uuw'],
    ['\\NewDocumentCommand{\\x}{ O{a} m }\n{The words go on.}\nThe words go on.', 'uuw'],
    ['\\NewDocumentEnvironment{x}{m}\n{The words go on.}\n{The words go on.}\nThe words go on.', 'uuuw'],
    ['\\newcommand{\\x}{a}\n{The words go on.}', 'uw'],
    ['\\newcommand{\\x}{a} {The words go on.}', 'w'],
    ['\\def\\x{a}{The words go on.}', 'w'],
    ['\\newcommand{\\x}\\emph\nThe words go on.', 'uw'],
    ['\\newcommand{\\x}\n\n{The words go on.}', 'uw'],
    ['\\let\\x\\y\\section{The words}', 'h'],
    ['\\let\\x=\\y {The words go on.}', 'w'],
    ['\\global\\def\\x{The words go on.}\nThe words go on.', 'uw'],
    ['\\setbeamertemplate{title page}\n{\n  The words go on.\n}\nThe words go on.', 'uuuuw'],
    ['\\setbeamertemplate{footline}[text line]{The words go on.}\nThe words go on.', 'uw'],
    ['\\addtobeamertemplate{x}{}\n{The words go on.}\nThe words go on.', 'uuw'],
    ['\\setbeamerfont{title in sidebar}{size=\\small}\nThe words go on.', 'uw'],
    ['\\section%\n{The words}\nThe words go on.', 'uhw'],
    ['\\section[a]% what it is\n  {The words}\nThe words go on.', 'uhw'],
    ['The words \\cite\n{smith and jones, 2003} go on.', 'ww'],
  ],
  'files in a line of their own': [
    ['The words go on.\n\\input{the words}\nThe words go on.', 'wuw'],
    ['The words go on.\n\\input{the words}%\nThe words go on.', 'wuw'],
    ['The words go on.\n\\include{chapter}', 'wu'],
    ['The words go on.\n\\includegraphics[width=3cm]{a b}\nThe words go on.', 'wuw'],
    ['The words go on.\n  \\includegraphics{a}\\includegraphics{b}\n', 'wu'],
    ['The words go on.\n\\lstinputlisting{a.c}\nThe words go on.', 'wuw'],
    ['The words go on.\n\\verbatiminput{a.c}', 'wu'],
    ['The words go on.\n\\bibliography{a,b}', 'wu'],
    ['The words go on.\n\\import{a}{b}\nThe words go on.', 'wuw'],
    ['\\input the-file', 'u'],
    ['\\input docstrip\nThe words go on.', 'uw'],
    ['\\input xkeyval.tex % loaded\nThe words go on.', 'uw'],
    ['\\input ../a/b.tex \\relax', 'u'],
    ['\\input{a} The words go on.', 'w'],
    ['The \\includegraphics{a} words go on.', 'w'],
    ['The words go on at\n\\url{http://a.b}\nand so on.', 'www'],
    ['The words go on at\n\\cite{a}\nand so on.', 'www'],
    ['The words go on at\n\\href{http://a.b}{two words}\nand so on.', 'www'],
    ['The words go on at\n\\path{a/b}\nand so on.', 'www'],
    ['\\input', 'u'],
  ],
  'lengths of TeX': [
    ['\\vskip 0pt plus 1fill', 'u'],
    ['\\vskip0pt plus1filll\nThe words go on.', 'uw'],
    ['\\parskip=.5em plus 1pt minus 1pt', 'u'],
    ['\\hskip -.3cm', 'u'],
    ['\\vskip 0cm plus 1.5fill', 'u'],
    ['\\leftskip=0pt plus1fill\\relax', 'u'],
    ['\\hbox to2cm{\\hss}', 'u'],
    ['\\hbox to 2cm{\\hfill}', 'u'],
    ['\\hbox spread 3pt{\\hss}', 'u'],
    ['\\hbox to 2cm{The words go on.}', 'w'],
    ['\\vbox to 2cm{\\vfil}', 'u'],
    ['\\put(0,0){x}', 'u'],
    ['\\multiput(-1,.5)(0,\\a){3}{\\line(1,0){2}}', 'u'],
    ['\\makebox(0,0)[b]{The words go on.}', 'w'],
    ['\\foo(see one, two) The words go on.', 'w'],
    ['\\kern-.5em The words go on.', 'w'],
  ],
};

const letters: Readonly<Record<BlockKind, string>> = {
  prose: 'w',
  quote: 'w',
  listItem: 'i',
  heading: 'h',
  code: 'c',
  math: 'm',
  table: 't',
  comment: 'k',
  markup: 'u',
  frontMatter: 'f',
  blank: '',
};

describe('what each line is', () => {
  for (const [kind, rows] of Object.entries(linesOfKinds)) {
    test.each(rows)(`${kind}: %j`, (text, kinds) => {
      const { blocks } = readText(text, 'latex');
      const found = blocks.map(({ kind, start, end }) =>
        text
          .slice(start, end)
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(() => letters[kind])
          .join(''),
      );
      expect(found.join('')).toBe(kinds);
    });
  }
});
