/** A rough answer to "which language is this?", enough to notice that an answer came in another one. */

/** Words so frequent that a sentence or two holds some of them, and that differ between the languages. */
export const frequent = {
  en: 'the and of to in is that it was for with as are this be on have not you they which from or had but by',
  de: 'der die und das ist nicht mit ein eine den von zu auf für sich dem des auch im wird sind als es war oder',
  fr: 'le la les et des est que une dans pour pas sur avec qui du au ce il elle sont plus nous vous par mais',
  es: 'el la los de que y en las por con para una es del se no un su al lo como más pero sus le fue',
  it: 'il di che la è per un una non con del della sono gli le si nel anche come più da ma dei delle alla',
  pt: 'o de que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das',
  nl: 'de het een en van ik te dat die in is niet zijn op aan met als voor er maar om door ook bij naar',
} as const;
const languagesOfWord = new Map<string, string[]>();
for (const [language, list] of Object.entries(frequent)) {
  for (const word of list.split(' ')) languagesOfWord.set(word, [...(languagesOfWord.get(word) ?? []), language]);
}

/** Writing systems, each with the language that most texts in it are in. */
const scripts: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['th', /\p{Script=Thai}/gu],
];
/** None of these stands below, nor among the quotation marks and dashes of other texts. */
const perhapsOfScript = /[\u0370-\u1fff\u2100-\uffff]/;
const decisiveShare = 0.2;
const minFrequentWords = 2;
const sampleChars = 20_000;

/** These are written in by other languages, too. */
const shared = new Set(['ru', 'ar', 'hi']);

/** The language that a text's writing system leaves no doubt of. */
export function settledByScript(text: string): string | undefined {
  const language = languageByScript(text.slice(0, sampleChars));
  return language === undefined || shared.has(language) ? undefined : language;
}

function languageByScript(sample: string): string | undefined {
  if (!perhapsOfScript.test(sample)) return undefined;
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return scripts.find(([, letter]) => (sample.match(letter)?.length ?? 0) > decisiveShare * letters)?.[0];
}

/** A language code such as `en`; undefined when the text is too short or too mixed to tell. */
export function languageOfText(text: string): string | undefined {
  const sample = text.slice(0, sampleChars);
  const script = languageByScript(sample);
  if (script !== undefined) return script;
  const counts = new Map<string, number>();
  for (const word of sample.toLowerCase().match(/\p{L}+/gu) ?? []) {
    for (const language of languagesOfWord.get(word) ?? []) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const [first, second] = [...counts].sort(([, a], [, b]) => b - a);
  if (!first || first[1] < minFrequentWords || first[1] <= 1.3 * (second?.[1] ?? 0)) return undefined;
  return first[0];
}
