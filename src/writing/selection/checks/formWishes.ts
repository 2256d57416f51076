import { type Note, note } from '../notes.ts';
import type { ActionId } from '../selectionAction.ts';
import { countOf, countPattern } from '../text/numberWords.ts';
import { isAllList, isNumbered, itemMark, linesOf } from './forms.ts';

type FormKind = 'list' | 'table' | 'paragraphs' | 'lines' | 'marked' | 'capitals' | 'smallLetters' | 'quote' | 'sorted';

/** A form that a person may ask for, such as a list: it changes how a text is laid out and nothing of what it says. */
interface FormWish {
  readonly kind: FormKind;
  readonly asked: RegExp;
  /** what a result of this form looks like */
  readonly isMet: (result: string, asked: RegExpExecArray) => boolean;
  readonly unmet: (asked: RegExpExecArray) => Note;
  /** the words of a result, without those that the form brings, such as names of columns */
  readonly withoutOwnWords?: (result: string, source: string) => string;
  /** the action that brings a text into this form */
  readonly action?: ActionId;
  /** the words may come in another order */
  readonly reorders?: true;
}

const anyOf = (...patterns: readonly string[]) => new RegExp(patterns.join('|'), 'iu');
const lead = '(?:\\b(?:as|into|in|to|with) )?(?:\\b(?:an?|the) )?(?:\\b(?:simple|plain|markdown|clean|flat) )?';
const paragraphs = (text: string): number => text.split(/\n[ \t]*\n/u).filter((part) => part.trim() !== '').length;

const isTableRow = (line: string): boolean => /^\s*(?:\||<tr)/u.test(line);
const isTable = (text: string): boolean =>
  linesOf(text).filter(isTableRow).length > 1 || /\\begin\{tabular|^#table\(|list-table::/mu.test(text);

/** Names of columns are the table's own, where the text has no such words. */
function withoutHeads(result: string, source: string): string {
  const lines = result.split('\n');
  const first = lines.findIndex(isTableRow);
  const known = new Set(wordsOf(source));
  const isOwn = first >= 0 && /^\s*\|[\s:|-]+$/u.test(lines[first + 1] ?? '');
  if (!isOwn) return result;
  const kept = wordsOf(lines[first]!).filter((word) => known.has(word));
  const below = new Set(wordsOf(lines.slice(first + 1).join('\n')));
  return [...lines.slice(0, first), kept.filter((word) => !below.has(word)).join(' '), ...lines.slice(first + 1)].join(
    '\n',
  );
}

const forms: readonly FormWish[] = [
  {
    kind: 'list',
    asked: anyOf(
      `${lead}\\b(?:numbered|ordered|enumerated) (?:markdown )?lists?\\b`,
      '\\bnumber (?:the |all (?:the )?|these |each )?(?:steps?|items?|points?|sentences?|lines?)\\b',
      '\\bnummerierte[nr]? Liste|\\bliste numérotée|\\blista numerada|编号列表|有序列表',
    ),
    isMet: isNumbered,
    unmet: () => note('wishNumbered'),
    action: 'numbered',
  },
  {
    kind: 'list',
    asked: anyOf(`${lead}\\b(?:check ?-?lists?|task lists?|to-?do lists?)\\b`, '待办(?:事项)?列表'),
    isMet: (result) => (result.match(/^[ \t]*[-*+] \[[ xX]\] \S/gmu)?.length ?? 0) > 1 && isAllList(result),
    unmet: () => note('wishList'),
  },
  {
    kind: 'list',
    asked: anyOf(
      `${lead}\\b(?:bullet(?:ed)?(?:[- ]point)?s?|unordered|dashed) lists?\\b`,
      `${lead}\\bbullet(?:ed)?(?: points?|s)\\b`,
      `\\b(?:as|into|in|to) (?:an? )?(?:(?:simple|plain|markdown|clean|flat) )?lists?\\b`,
      '\\bals (?:Liste|Aufzählung)|\\bsous forme de liste|\\ben (?:una )?lista\\b|\\bcomo (?:una )?lista\\b|列表|项目符号',
    ),
    isMet: isAllList,
    unmet: () => note('wishList'),
    action: 'bullets',
  },
  {
    kind: 'table',
    asked: anyOf(
      `\\b(?:as|into|in|to|make(?: me)?|create|give me) (?:an? )?(?:(?:simple|plain|markdown|clean) )?tables?\\b`,
      '\\bals Tabelle|\\ben (?:un )?tableau|\\b(?:como|en) (?:una )?tabla|表格',
    ),
    isMet: isTable,
    unmet: () => note('wishTable'),
    action: 'table',
    withoutOwnWords: withoutHeads,
    reorders: true,
  },
  {
    kind: 'paragraphs',
    asked: anyOf(
      `\\b(?:as|in|into|to) (${countPattern})(?: single| short)? paragraphs?\\b`,
      '\\b(one|single) paragraph\\b',
      '\\bin einem (Absatz)|\\ben un (?:seul )?(paragraphe)|\\ben un (?:solo )?(párrafo)|(一)(?:个)?段',
    ),
    isMet: (result, asked) =>
      paragraphs(result) === countIn(asked) && !linesOf(result).some((line) => itemMark.test(line)),
    unmet: (asked) => note('wishParagraphs', countIn(asked)),
  },
  {
    kind: 'lines',
    asked: anyOf(
      '\\b(?:one|each|every) sentence (?:per|a|on (?:a|its own)) (?:(?:separate|new|own) )?line\\b',
      '\\bone (?:sentence|item|point) per line\\b',
      '每句一行',
    ),
    isMet: (result) =>
      linesOf(result).length > 1 && linesOf(result).every((line) => !/\p{Ll}{2}[.!?] \p{Lu}|[。！？]\S/u.test(line)),
    unmet: () => note('wishLines'),
  },
  {
    kind: 'marked',
    asked: anyOf(
      '\\b(?:in )?(?:bold(?:face)?(?: (?:type|letters|font|print))?)\\b',
      '\\bfett\\b|\\ben gras\\b|\\ben negrita\\b|加粗|粗体',
    ),
    isMet: (result) => /\*\*\S|\\textbf\{|<(?:b|strong)>|(?<!\*)\*\S|#strong/u.test(result),
    unmet: () => note('wishMarked'),
  },
  {
    kind: 'marked',
    asked: anyOf('\\b(?:in )?italics?\\b', '\\bkursiv\\b|\\ben italique\\b|\\ben cursiva\\b|斜体'),
    isMet: (result) => /[*_/]\S|\\(?:textit|emph)\{|<(?:i|em)>|#emph/u.test(result),
    unmet: () => note('wishMarked'),
  },
  {
    kind: 'capitals',
    asked: anyOf(
      '\\b(?:in )?(?:all )?(?:capitals|caps|capital letters|upper ?-?case)\\b',
      '\\bin Großbuchstaben\\b|大写',
    ),
    isMet: (result) => result === result.toUpperCase(),
    unmet: () => note('wishLetters'),
  },
  {
    kind: 'smallLetters',
    asked: anyOf(
      '\\b(?:in )?(?:all )?(?:small letters|lower ?-?case(?: letters)?)\\b',
      '\\bin Kleinbuchstaben\\b|小写',
    ),
    isMet: (result) => result === result.toLowerCase(),
    unmet: () => note('wishLetters'),
  },
  {
    kind: 'quote',
    asked: anyOf('\\bas (?:an? )?(?:block ?)?quot(?:e|ation)\\b', '\\bals Zitat\\b|引用块'),
    isMet: (result) => linesOf(result).every((line) => /^\s*>/u.test(line)) || /quote|_{4}/u.test(result),
    unmet: () => note('wishQuote'),
  },
  {
    kind: 'sorted',
    asked: anyOf(
      '\\b(?:sort(?:ed)?|order(?:ed)?|arrange)\\b[\\w ]{0,20}\\balphabetically\\b',
      '\\b(?:in )?alphabetical order\\b',
      '\\balphabetically\\b',
    ),
    isMet: (result) => isSorted(linesOf(result).map((line) => line.replace(itemMark, '').trim())),
    unmet: () => note('wishSorted'),
    reorders: true,
  },
];

function countIn(asked: RegExpExecArray): number {
  const named = asked.slice(1).find((group) => group !== undefined)!;
  return countOf(named) || 1; // `single`, and the name of the form itself
}

const isSorted = (lines: readonly string[]): boolean =>
  lines.every((line, i) => i === 0 || lines[i - 1]!.localeCompare(line, undefined, { sensitivity: 'base' }) <= 0);

/** What may stand around the name of a form without asking for more. */
const fillers = new Set(
  (
    'please kindly can could would will you i want like to it this that these those them all of everything the my our ' +
    'whole entire following above selected text texts paragraph paragraphs passage section selection sentence sentences ' +
    'step steps item items point points line lines list lists words as in into a an and with make put turn write rewrite ' +
    'format reformat convert change present show give me structure lay set out split break up use using be should just only simply ' +
    'instead markdown form formatting layout thanks thank do say cut of no bit little much ' +
    'bitte mach mache schreib schreibe wandle formatiere als eine einer einen einem um daraus den das der die es ' +
    "s'il te vous plaît mets mettez en une un sous forme de le la transforme texte ça écris comme " +
    'por favor pon ponlo como una escribe convierte esto el texto lo'
  ).split(' '),
);
const keepsAll =
  /\b(?:(?:and|but) )?(?:keep(?:ing)?|with) (?:all |every |the |its )*(?:details?|content|wording|words|order|information|facts|text)\b(?: as (?:it|they) (?:is|are)| unchanged| the same)?|\b(?:(?:and|but) )?(?:without|don['’]t|do not|never) (?:losing|los(?:e|ing)|chang(?:e|ing)|omit(?:ting)?|leav(?:e|ing) out|add(?:ing)?|drop(?:ping)?|shorten(?:ing)?)(?: (?:or|any|anything|nothing|words?|the|details?|content|wording|information|else|it|add|lose|adding|losing))*\b/giu;
const chineseFillers =
  /请|把|将|它|这|那|段|文字|文本|文章|内容|改写|改|成|为|写|转换|换|变|整理|用|以|一|个|的|形式|格式|列出|显示|排列/gu;

/** What the text is now, in `Turn the bullet points into a table` and `把列表改成表格`. */
const presentForm =
  /\b(?:the|this|these|my) (?:(?:numbered|bullet(?:ed)?) )?(?:lists?|bullet points|bullets|points|items|table|paragraphs?)(?= (?:(?:in)?to|as) )|(?<=[把将](?:这个|这|该|此|上面的|下面的)?)(?:编号|有序|无序|项目)?(?:列表|清单|表格|段落)(?=(?:改写|转换|变换|改|变|转|换|写|整理|做)?[成为])/giu;

/** The list that a wish names, among whatever else: `a numbered list of the dangers`. */
export function listIn(wish: string): 'numbered' | 'any' | undefined {
  const asked = wish.replace(presentForm, ' ');
  const list = forms.find((form) => form.kind === 'list' && form.asked.test(asked));
  return list && (list.isMet === isNumbered ? 'numbered' : 'any');
}

interface Asked {
  readonly form: FormWish;
  readonly asked: RegExpExecArray;
}

/** The forms that a wish names, where it asks for nothing else: then all that a text says must stay. */
function formsAlone(wish: string): readonly Asked[] {
  const found: Asked[] = [];
  let rest = wish.replace(keepsAll, ' ').replace(presentForm, ' ');
  for (const form of forms) {
    const asked = form.asked.exec(rest);
    if (!asked) continue;
    found.push({ form, asked });
    rest = `${rest.slice(0, asked.index)} ${rest.slice(asked.index + asked[0].length)}`;
  }
  return asksNoMore(rest) ? found : [];
}

/** What is left of a wish, without what was understood of it, is please, the text and the like. */
export const asksNoMore = (rest: string): boolean =>
  (
    rest
      .replace(chineseFillers, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}'’]+/gu) ?? []
  ).every((word) => fillers.has(word));

/** They bind parts of a sentence, or make one of a point: they come and go with the form. */
const joints = new Set(
  'a an the and then also next finally lastly is are was were be been it they this these that those which there 和 与 及 也'.split(
    ' ',
  ),
);
/** Each character of a script without blanks, each other word. */
const unit =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}]+(?:['’]\p{L}+)*/gu;
const markup =
  /^[ \t]*(?:>[ \t]?)*(?:[-*+•.#][.*]*|\d{1,4}[.)、])[ \t]+(?:\[[ xX]\][ \t]+)?|\\(?:begin|end)\{\w+\*?\}(?:\{[^}\n]*\})?|\\(?:item|textbf|textit|emph|hline|toprule|midrule|bottomrule|section|par)\b|<\/?\w{1,10}(?: [^<>\n]{0,200})?>|#(?:table|enum|list|strong|emph)\b|\bcolumns: \d+|\[(?:cols|options)[^\]\n]{0,200}\]|\.\. list-table::|:header-rows: \d|^```.*$/gmu;

const wordsOf = (text: string): string[] =>
  (text.replace(markup, ' ').toLowerCase().replaceAll('’', "'").match(unit) ?? []).filter((word) => !joints.has(word));

const countedWords = (words: readonly string[]): Map<string, number> => {
  const counted = new Map<string, number>();
  for (const word of words) counted.set(word, (counted.get(word) ?? 0) + 1);
  return counted;
};

/** So many words are named; all of them would be no sentence. */
const named = (words: readonly string[]): string => [...new Set(words)].slice(0, 4).join(', ');

/** What a result says more or less, or in another order, than its text; only the form was to change. */
function changedWords(source: string, result: string, reorders: boolean): Note | undefined {
  const before = wordsOf(source);
  const after = wordsOf(result);
  const had = countedWords(before);
  const has = countedWords(after);
  const lost = before.filter((word) => (has.get(word) ?? 0) < had.get(word)!);
  if (lost.length > 0) return note('wishLoses', named(lost));
  const added = after.filter((word) => !had.has(word));
  if (added.length > 0) return note('wishAdds', named(added));
  const doubled = after.filter((word) => has.get(word)! > had.get(word)!);
  if (doubled.length > 0) return note('wishDoubles', named(doubled));
  return reorders || before.every((word, i) => after[i] === word) ? undefined : note('wishReorders');
}

/** What is wrong with a result of which only the form was asked for; a wish for more is not judged here. */
export function unmetForm(wish: string, source: string, result: string): Note | undefined {
  const asked = formsAlone(wish);
  const isAboutPart = wish.search(presentForm) >= 0; // the rest of the text has another form
  for (const each of isAboutPart ? [] : asked)
    if (!each.form.isMet(result.trim(), each.asked)) return each.form.unmet(each.asked);
  if (asked.length === 0) return undefined;
  const bare = asked.reduce((text, { form }) => form.withoutOwnWords?.(text, source) ?? text, result);
  return changedWords(source, bare, isAboutPart || asked.some(({ form }) => form.reorders));
}

/** The action for a wish that names one form and nothing else: `as a numbered list, please`, `als Aufzählung`. */
export function actionOfForm(wish: string): ActionId | undefined {
  const asked = formsAlone(wish);
  return asked.length === 1 ? asked[0]!.form.action : undefined;
}

/** What no text can be at once: a list in one paragraph, small capitals. */
export function formsContradict(wish: string): boolean {
  const named = new Set(formsAlone(wish).map(({ form }) => form.kind));
  return excluding.some((kinds) => kinds.filter((kind) => named.has(kind)).length > 1);
}
const excluding: readonly (readonly FormKind[])[] = [
  ['list', 'table', 'paragraphs', 'lines'],
  ['capitals', 'smallLetters'],
];
