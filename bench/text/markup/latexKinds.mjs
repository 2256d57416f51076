// What unified-latex takes each line of LaTeX for: one letter a line.
// W words, H heading, C code or a drawing, M formula, T table, K comment, X other markup, . blank, ? nobody can tell
// without knowing the document's own commands.
import { parse } from '@unified-latex/unified-latex-util-parse';

const list = (names) => new Set(names.split(/\s+/));
const environments = {
  C: list(
    'verbatim Verbatim BVerbatim LVerbatim lstlisting minted alltt filecontents tikzpicture pgfpicture axis pspicture ' +
      'forest algorithmic algorithmicx algorithm2e circuitikz tabbing picture LTXexample verbatimtab macrocode code ' +
      'tikzcd qtree listing sourcecode',
  ),
  K: list('comment'),
  T: list('tabular tabularx tabulary longtable supertabular xtabular tabu longtabu'),
  M: list('IEEEeqnarray dmath CD numcases subnumcases empheq equation align eqnarray'),
  X: list('thebibliography theindex verse'),
};
const headings = list(
  'title subtitle part chapter section subsection subsubsection paragraph subparagraph addchap addsec addpart minisec ' +
    'frametitle framesubtitle',
);
const texts = list(
  'emph textbf textit textsl textsc textsf texttt textrm textup textmd textnormal text mbox hbox fbox underline ' +
    'footnote footnotetext caption captionof marginpar thanks enquote todo note textsuperscript textsubscript makebox ' +
    'framebox centerline author date href textcolor colorbox parbox foreignlanguage multicolumn hyperlink hypertarget ' +
    'uppercase MakeUppercase MakeLowercase raisebox sout uline alert marginnote sidenote textquote blockquote address ' +
    'hyperref leftline rightline fcolorbox epigraph',
);
const definitions = list('def gdef edef xdef newcommand renewcommand providecommand newenvironment renewenvironment');
const inline =
  /^(?:.*cite.*|.*ref|label|gls.*|url|path|nolinkurl|index|,|;|~|\\|-|\/|ldots|dots|LaTeX|TeX|BibTeX|ss|o|O|ae|aa|[a-zA-Z])$/i;

/** @param {string} text with \n for line ends */
export function latexKinds(text) {
  const lines = text.split('\n');
  const starts = [0];
  for (const line of lines) starts.push(starts.at(-1) + line.length + 1);
  const marks = lines.map(() => new Set());
  const lineAt = (offset) => {
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const mark = (node, letter) => {
    if (!node.position) return;
    const last = lineAt(Math.max(node.position.start.offset, node.position.end.offset - 1));
    for (let line = lineAt(node.position.start.offset); line <= last; line++) marks[line].add(letter);
  };
  const nameOf = (env) => (typeof env === 'string' ? env : (env?.content ?? ''));
  const walkAll = (nodes, context, environment = false) => {
    let isArgument = environment; // of a macro or environment that nobody described
    let inBrackets = false;
    let isDefined = false; // what stands between a name that is defined and its body
    for (const node of nodes) {
      if (isDefined) {
        isDefined = node.type !== 'group' && node.type !== 'parbreak';
        walk(node, 'x');
        continue;
      }
      isDefined = node.type === 'macro' && definitions.has(node.content);
      if (isArgument && node.type === 'string' && node.content === '[') inBrackets = true;
      walk(node, isArgument && context === 'W' && (node.type === 'group' || inBrackets) ? '?' : context);
      if (inBrackets && node.type === 'string' && node.content === ']') inBrackets = false;
      else if (node.type === 'macro' && !node.args && /^[a-zA-Z@]/.test(node.content)) isArgument = true;
      else if (node.type !== 'group' && !inBrackets) isArgument = false;
    }
  };
  const walk = (node, context) => {
    switch (node.type) {
      case 'string':
        if (/\p{L}/u.test(node.content)) mark(node, context);
        else mark(node, 'i');
        break;
      case 'macro':
        walkMacro(node, context);
        break;
      case 'group':
        if (node.position)
          for (const offset of [node.position.start.offset, node.position.end.offset - 1])
            marks[lineAt(offset)].add('x');
        walkAll(node.content, context);
        break;
      case 'inlinemath':
      case 'verb':
        mark(node, 'i');
        break;
      case 'displaymath':
      case 'mathenv':
        mark(node, 'M');
        break;
      case 'verbatim':
        mark(node, nameOf(node.env) === 'comment' ? 'K' : 'C');
        break;
      case 'comment':
        mark(node, 'k');
        break;
      case 'environment':
        walkEnvironment(node, context);
        break;
      default:
    }
  };
  const walkMacro = (node, context) => {
    const { content: name, args = [] } = node;
    mark(node, inline.test(name) ? 'i' : 'x');
    const kind = headings.has(name) ? (context === '?' ? '?' : 'H') : texts.has(name) ? context : 'x';
    const last = args.findLast((argument) => argument.openMark === '{');
    if (name === 'item')
      for (const argument of args) walkAll(argument.content, argument.openMark === '' ? context : 'x');
    else for (const argument of args) walkAll(argument.content, argument === last ? kind : 'x');
  };
  const walkEnvironment = (node, context) => {
    const name = nameOf(node.env).replace(/\*$/, '');
    const letter = Object.keys(environments).find((key) => environments[key].has(name));
    if (letter) mark(node, letter);
    if (letter === 'X') walkAll(node.content, 'x');
    else if (!letter) walkAll(node.content, context, true);
    if (node.position && /^(?:frame|.*block)$/.test(name)) marks[lineAt(node.position.start.offset)].add('?');
    if (node.position)
      for (const offset of [node.position.start.offset, node.position.end.offset - 1]) marks[lineAt(offset)].add('x');
  };
  const { content } = parse(text);
  const body = content.find((node) => node.type === 'environment' && nameOf(node.env) === 'document');
  if (body) {
    walkAll(body.content, 'W');
  } else walkAll(content, 'W');
  const from = body ? lineAt(body.position.start.offset) : -1;
  const to = body ? lineAt(body.position.end.offset - 1) : lines.length;
  return lines
    .map((line, index) => {
      const found = marks[index];
      if (line.trim() === '') return '.';
      if (index <= from) return index === from ? 'X' : '?';
      if (index >= to) return index > to ? 'K' : 'X';
      for (const letter of 'CKTM') if (found.has(letter) && !found.has('W')) return letter;
      if (found.has('T')) return 'T';
      if (found.has('W')) return 'W';
      if (found.has('H')) return 'H';
      if (found.has('?')) return '?';
      if (found.has('X')) return 'X';
      if (found.has('i') || /^\s*(?:\\item\b|[{}[\]]+\s*(?:%|$))/.test(line)) return '?';
      return found.has('x') || !found.has('k') ? 'X' : 'K';
    })
    .join('');
}
