import { holdsSentences } from './block.ts';
import { frequent, languageOfText, settledByScript } from './language.ts';
import { type GrammarName, ofGrammar } from './languages.ts';
import { frontMatterOf } from './markdown/frontMatter.ts';
import { readText } from './readText.ts';

/** A document says its language near its beginning; a preamble may be long. */
export const declarationChars = 20_000;
/** Enough prose to tell a language. */
const proseChars = 6_000;
/** Fewer letters or words of prose say nothing. */
const minLetters = 20;
const minWords = 4;
/** Of the words of English prose a third are among the most frequent; of other languages a few are, by chance. */
const minEnglishShare = 0.18;

/** What LaTeX's babel and polyglossia call languages. */
const latexNames: Readonly<Record<string, string>> = {
  ...named('en', 'english american british usenglish ukenglish canadian australian newzealand'),
  ...named('de', 'german ngerman austrian naustrian swissgerman nswissgerman'),
  ...named('fr', 'french francais frenchb acadian canadien'),
  ...named('es', 'spanish mexican'),
  ...named('it', 'italian'),
  ...named('pt', 'portuguese portuges brazilian brazil'),
  ...named('nl', 'dutch'),
  ...named('sv', 'swedish'),
  ...named('da', 'danish'),
  ...named('no', 'norwegian norsk nynorsk'),
  ...named('fi', 'finnish'),
  ...named('is', 'icelandic'),
  ...named('pl', 'polish'),
  ...named('cs', 'czech'),
  ...named('sk', 'slovak'),
  ...named('sl', 'slovene slovenian'),
  ...named('hr', 'croatian'),
  ...named('sr', 'serbian serbianc'),
  ...named('bg', 'bulgarian'),
  ...named('ru', 'russian'),
  ...named('uk', 'ukrainian'),
  ...named('ro', 'romanian'),
  ...named('hu', 'hungarian magyar'),
  ...named('tr', 'turkish'),
  ...named('el', 'greek polutonikogreek'),
  ...named('la', 'latin'),
  ...named('ca', 'catalan'),
  ...named('eu', 'basque'),
  ...named('gl', 'galician'),
  ...named('et', 'estonian'),
  ...named('lv', 'latvian'),
  ...named('lt', 'lithuanian'),
  ...named('he', 'hebrew'),
  ...named('ar', 'arabic'),
  ...named('fa', 'persian farsi'),
  ...named('hi', 'hindi'),
  ...named('vi', 'vietnamese'),
  ...named('th', 'thai'),
  ...named('id', 'indonesian'),
  ...named('zh', 'chinese chinese-simplified chinese-traditional'),
  ...named('ja', 'japanese'),
  ...named('ko', 'korean'),
};

function named(language: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, language]));
}

const inHtml = [/<html\b[^>]{0,500}\slang\s?=\s?["']?([\w-]{1,40})/iu];
/** Where markup says the language of a document; each pattern's first group is the name. All are linear. */
const declarations: Readonly<Partial<Record<GrammarName, readonly RegExp[]>>> = {
  latex: [
    /\\(?:setmainlanguage|setdefaultlanguage)(?:\[[^\]\n]{0,200}\])?\{([\w-]{1,40})\}/u,
    /\\babelprovide\[[^\]\n]{0,200}\bmain\b[^\]\n]{0,200}\]\{([\w-]{1,40})\}/u,
    /\\usepackage\[[^\]\n]{0,200}\bmain\s?=\s?([\w-]{1,40})[^\]\n]{0,200}\]\{babel\}/u,
    /\\usepackage\[(?:[^\]\n]{0,200},)?\s{0,9}([\w-]{1,40})\s{0,9}\]\{babel\}/u, // the last option is the main language
  ],
  html: inHtml,
  markdown: inHtml,
  mdx: inHtml,
  asciidoc: [/^:lang:[ \t]{1,9}([\w-]{1,40})[ \t]{0,9}$/mu],
  typst: [/^#set text\([^)\n]{0,300}\blang:\s?"([\w-]{1,40})"/mu],
  org: [/^#\+LANGUAGE:[ \t]{1,9}([\w-]{1,40})[ \t]{0,9}$/imu],
};
const yamlKey = /^(?:lang|language|locale)[ \t]{0,9}:[ \t]{0,9}["']?([\w-]{1,40})["']?[ \t]{0,9}(?:#.*)?$/imu;
/** As checkers of spelling read them, in comments of any markup. */
const comments = [
  /\bLTeX:[ \t]{1,9}[^\n]{0,100}\blanguage=([\w-]{1,40})/u,
  /^%[ \t]{0,9}![ \t]?TeX[ \t]{1,9}(?:spellcheck|language)[ \t]?=[ \t]?([\w-]{1,40})/imu,
];

/**
 * The language that a document says it is in: YAML before the text, babel, `<html lang>`, a comment for a checker of
 * spelling, and the like.
 * @returns an ISO 639 code such as `de`
 */
export function declaredLanguage(text: string, languageId: string): string | undefined {
  const head = text.slice(0, declarationChars);
  const above = frontMatterOf(head);
  const yaml = above?.open === false ? head.slice(0, above.end) : '';
  const own = ofGrammar(declarations, languageId) ?? [];
  const found = [yamlKey.exec(yaml), ...[...comments, ...own].map((pattern) => pattern.exec(head))];
  for (const match of found) {
    const language = match && languageCode(match[1]!);
    if (language) return language;
  }
  return undefined;
}

/** `pt-BR`, `pt_BR` and `brazilian` are `pt`; undefined for what is no language. */
export function languageCode(name: string): string | undefined {
  const small = name.trim().toLowerCase().replaceAll('_', '-');
  if (Object.hasOwn(latexNames, small)) return latexNames[small];
  try {
    const { language } = new Intl.Locale(small);
    return language.length <= 3 && language !== 'und' ? language : undefined;
  } catch {
    return undefined;
  }
}

/** The language of a document's prose; code, formulas and markup do not count. Linear, and bounded. */
export async function recognizedLanguage(text: string, languageId: string): Promise<string | undefined> {
  const prose = proseOf(text, languageId);
  const letters = prose.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
  const script = letters < minLetters / 4 ? undefined : settledByScript(prose);
  if (script !== undefined) return script;
  const words = prose.toLowerCase().match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? [];
  if (letters < minLetters || words.length < minWords) return undefined;
  const told = languageOfText(prose);
  if (told === 'en' && englishShare(words) >= minEnglishShare) return 'en';
  if (told === undefined && words.some((word) => contraction.test(word))) return 'en';
  const { eld } = await import('eld/extrasmall'); // 30 MB, which writers of English need not have
  const found = eld.detect(prose);
  return found.isReliable() ? found.language : undefined;
}

const frequentEnglish = new Set(`${frequent.en} a i he she at his her we an my your`.split(' '));
/** No other language writes these: `can't`, `we're`. A short text may have nothing else to tell it by. */
const contraction = /^(?:\p{L}{2,}n['’]t|(?:i|you|we|they|he|she|it|that|there)['’](?:re|ve|ll|m|d))$/u;
const englishShare = (words: readonly string[]): number =>
  words.filter((word) => frequentEnglish.has(word)).length / words.length;

function proseOf(text: string, languageId: string): string {
  const reading = readText(text.slice(0, declarationChars), languageId);
  const parts: string[] = [];
  let length = 0;
  for (const block of reading.blocks) {
    if (length > proseChars) break;
    if (!holdsSentences(block)) continue;
    let at = block.contentStart;
    for (const { kind, start, end } of reading.spansOf(block)) {
      if (kind === 'link') continue;
      parts.push(text.slice(at, start));
      at = end;
    }
    parts.push(text.slice(at, block.contentEnd), '\n');
    length += block.contentEnd - block.contentStart;
  }
  return parts.join(' ').slice(0, proseChars);
}

/**
 * The language that a person says a document is in, else what it says itself.
 * @param text its beginning is enough
 * @param said as a person wrote it; '' = nothing
 */
export const saidLanguage = (text: string, languageId: string, said = ''): string | undefined =>
  languageCode(said) ?? declaredLanguage(text, languageId);

/** The same, else the one that its prose shows. */
export async function documentLanguage(text: string, languageId: string, said = ''): Promise<string | undefined> {
  return saidLanguage(text, languageId, said) ?? (await recognizedLanguage(text, languageId));
}

/** Languages that a model for one reads as well as the other, by name or nearly so. */
const near = ['no nb nn', 'ms id', 'he iw', 'hr sr bs', 'zh yue'].map((group) => new Set(group.split(' ')));

/** Codes of all languages that a model reads, by its list: each keystroke asks, and reading a tag takes microseconds. */
const codesOfLists = new WeakMap<readonly string[], ReadonlySet<string>>();

function codesOf(known: readonly string[]): ReadonlySet<string> {
  let codes = codesOfLists.get(known);
  if (!codes) {
    const own = known.map(languageCode).filter((code) => code !== undefined);
    const groups = near.filter((group) => own.some((code) => group.has(code)));
    codes = new Set([...own, ...groups.flatMap((group) => [...group])]);
    codesOfLists.set(known, codes);
  }
  return codes;
}

/** Whether a model that knows some languages knows this one. */
export const knowsLanguage = (known: readonly string[], language: string): boolean => codesOf(known).has(language);

/**
 * Whether a document is in a language that a model does not know; false where one of the two cannot be said.
 * @param known of the model; [] when its maker does not say
 * @param said the document's, as a person wrote it; '' = nothing
 */
export async function isForeign(
  { text, languageId }: { readonly text: string; readonly languageId: string },
  known: readonly string[],
  said = '',
): Promise<boolean> {
  if (known.length === 0) return false;
  const language = await documentLanguage(text, languageId, said);
  return language !== undefined && !knowsLanguage(known, language);
}
