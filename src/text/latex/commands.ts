import { isAddress } from './arguments.ts';

/**
 * What the arguments in braces of a command hold, one letter each: t text, h a heading, k keys, u an address or a file
 * name, f a file name that needs no braces, c something else that is no prose, n names without braces. Of definitions: m the
 * name that is defined, p that with the parameters of TeX, d what it is defined as. A command that is not here may hold text.
 */
const signatures: Readonly<Record<string, string>> = {
  ...named(
    't',
    `emph textbf textit textsl textsc textsf texttt textrm textup textmd textnormal text mbox hbox fbox underline uline
     uuline uwave sout st hl footnote footnotetext endnote caption captionbelow captionabove subcaption marginpar
     marginnote sidenote sidenotetext thanks enquote todo note textsuperscript textsubscript makebox framebox
     centerline leftline rightline alert structure author affil address date keywords acknowledgments
     blockquote epigraph textquote hyperlink uppercase MakeUppercase MakeLowercase lowercase
     added deleted chapterprecis dedication abstract pdfcomment`,
  ),
  ...named(
    'h',
    `title subtitle part chapter section subsection subsubsection paragraph subparagraph addpart addchap addsec minisec
     frametitle framesubtitle chapterauthor`,
  ),
  ...named(
    'k',
    `label ref pageref eqref autoref cref Cref nameref vref Vref fref labelcref cpageref autopageref namecref lcnamecref
     cite nocite bibitem gls Gls GLS glspl Glspl glsentrylong glsentryshort acrshort acrlong acrfull
     ac Ac acs acl acf acp acsp aclp acfp citation index`,
  ),
  ...named(
    'u',
    `url nolinkurl path includegraphics includesvg includepdf include includeonly subfile import bibliography
     addbibresource graphicspath lstinputlisting verbatiminput VerbatimInput lstset movie attachfile`,
  ),
  ...named(
    'c',
    `documentclass usepackage RequirePackage PassOptionsToPackage pagestyle thispagestyle bibliographystyle
     vspace hspace setcounter addtocounter stepcounter refstepcounter setlength addtolength settowidth color
     pagenumbering newcounter usetikzlibrary hypersetup geometry setmainfont setsansfont setmonofont fontsize
     selectlanguage setlist definecolor colorlet ifthenelse raisebox phantom hphantom vphantom rule
     pgfplotsset tikzset sisetup SI si num qty unit ang ce chemfig ensuremath newacronym
     newglossaryentry DeclareMathOperator theoremstyle linespread addcontentsline markboth markright
     captionsetup bookmark hyphenation write special directlua pdfinfo pdfbookmark cmidrule cline columncolor
     rowcolor cellcolor rowcolors arrayrulecolor tcbset newtcolorbox lstdefinestyle lstdefinelanguage setminted
     usemintedstyle newlength newsavebox AtBeginDocument AtEndDocument newtheorem newfloat floatname multirow
     KwIn KwOut KwData KwResult KwRet SetKwInOut SetKwFunction tcp tcc`,
  ),
  ...named('cc', 'While If uIf lIf eIf ElseIf uElseIf For ForEach ForAll Repeat'), // algorithms
  ...named(
    'md',
    'newcommand renewcommand providecommand DeclareRobustCommand newrobustcmd renewrobustcmd providerobustcmd',
  ),
  ...named('mdd', 'newenvironment renewenvironment provideenvironment'),
  ...named('mcd', 'NewDocumentCommand RenewDocumentCommand ProvideDocumentCommand DeclareDocumentCommand'),
  ...named(
    'mcdd',
    'NewDocumentEnvironment RenewDocumentEnvironment ProvideDocumentEnvironment DeclareDocumentEnvironment',
  ),
  ...named('pd', 'def gdef edef xdef'),
  ...named('mddd', 'pretocmd apptocmd'),
  patchcmd: 'mdddd',
  ...named('n', 'newif newtoks newdimen newcount newskip'),
  let: 'nn',
  input: 'f',
  ...named('cc', 'setbeamertemplate setbeamerfont setbeamercolor setbeamersize pgfdeclareimage'),
  ...named('ccc', 'addtobeamertemplate defbeamertemplate'),
  ...named(
    'c',
    'usebeamerfont usebeamercolor usebeamertemplate usetheme usecolortheme usefonttheme useinnertheme useoutertheme',
  ),
  setcounter: 'cc',
  addtocounter: 'cc',
  setlength: 'cc',
  addtolength: 'cc',
  settowidth: 'cc',
  rule: 'cc',
  fontsize: 'cc',
  definecolor: 'ccc',
  colorlet: 'cc',
  SI: 'cc',
  qty: 'cc',
  newacronym: 'kcc',
  newglossaryentry: 'kc',
  DeclareMathOperator: 'cc',
  newtheorem: 'cc',
  addcontentsline: 'ccc',
  markboth: 'cc',
  pdfbookmark: 'cc',
  multirow: 'cct',
  multicolumn: 'cct',
  raisebox: 'ct',
  ifthenelse: 'ctt',
  href: 'ut',
  hyperref: 't',
  hyperlink: 'kt',
  hypertarget: 'kt',
  import: 'uu',
  lstset: 'c',
  textcolor: 'ct',
  colorbox: 'ct',
  fcolorbox: 'cct',
  parbox: 'ct',
  foreignlanguage: 'ct',
  captionof: 'ct',
  blockcquote: 'kt',
  textcquote: 'kt',
  foreigntextquote: 'ct',
  epigraph: 'tt',
  glslink: 'kt',
  begin: '',
  end: '',
  item: '',
};

function named(signature: string, names: string): Record<string, string> {
  return Object.fromEntries(
    names
      .trim()
      .split(/\s+/u)
      .map((name) => [name, signature]),
  );
}

/** Commands that write a word or a mark and take no argument. */
const words =
  /^(?:[Tt]e[Xx]|La[Tt]e[Xx]e?|LaTeXe|BibTeX|XeTeX|XeLaTeX|LuaLaTeX|KOMAScript|[lcvd]?dots|textellipsis|ss|SS|[aA][eE]|[oO][eE]|[oOlL]|aa|AA|i|j|today|copyright|pounds|euro|texteuro|degree|slash|textbackslash|textasciitilde|textendash|textemdash|quotedblbase|glqq|grqq|textquote(?:left|right))$/u;

export const isWord = (name: string): boolean => words.test(name);

/** undefined: a command that nobody described */
export function signatureOf(name: string): string | undefined {
  if (Object.hasOwn(signatures, name)) return signatures[name];
  if (isWord(name)) return '';
  if (/cites$/iu.test(name)) return 'kkkkkkkk'; // one after the other
  if (/cite/iu.test(name)) return 'k';
  return /^(?:[a-zA-Z]*ref|gls\w*|Gls\w*)$/u.test(name) ? 'k' : undefined;
}

/** Commands that put a file in their place: one in a line of its own is no part of a paragraph. */
export const isFile = (name: string): boolean => /^(?:f|uu?)$/u.test(signatureOf(name) ?? '') && !isAddress(name);

/** 0: the document's title */
const headingLevels: Readonly<Record<string, number>> = {
  title: 0,
  subtitle: 1,
  part: 1,
  addpart: 1,
  chapter: 2,
  addchap: 2,
  section: 3,
  addsec: 3,
  subsection: 4,
  frametitle: 4,
  subsubsection: 5,
  minisec: 5,
};

export const headingLevelOf = (name: string): number => (Object.hasOwn(headingLevels, name) ? headingLevels[name]! : 6);
