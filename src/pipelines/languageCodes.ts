import type { PreTrainedTokenizer } from '@xenova/transformers';
import { InklingError, sentence } from '../protocol/errors.ts';

/** NLLB's codes of languages (FLORES-200), by BCP 47. */
const floresCodes: Readonly<Record<string, string>> = {
  ar: 'arb_Arab',
  bg: 'bul_Cyrl',
  bn: 'ben_Beng',
  ca: 'cat_Latn',
  cs: 'ces_Latn',
  cy: 'cym_Latn',
  da: 'dan_Latn',
  de: 'deu_Latn',
  el: 'ell_Grek',
  en: 'eng_Latn',
  es: 'spa_Latn',
  et: 'est_Latn',
  eu: 'eus_Latn',
  fa: 'pes_Arab',
  fi: 'fin_Latn',
  fr: 'fra_Latn',
  ga: 'gle_Latn',
  gl: 'glg_Latn',
  he: 'heb_Hebr',
  hi: 'hin_Deva',
  hr: 'hrv_Latn',
  hu: 'hun_Latn',
  id: 'ind_Latn',
  is: 'isl_Latn',
  it: 'ita_Latn',
  ja: 'jpn_Jpan',
  ko: 'kor_Hang',
  lt: 'lit_Latn',
  lv: 'lvs_Latn',
  mt: 'mlt_Latn',
  nl: 'nld_Latn',
  no: 'nob_Latn',
  nb: 'nob_Latn',
  nn: 'nno_Latn',
  pl: 'pol_Latn',
  pt: 'por_Latn',
  ro: 'ron_Latn',
  ru: 'rus_Cyrl',
  sk: 'slk_Latn',
  sl: 'slv_Latn',
  sr: 'srp_Cyrl',
  sv: 'swe_Latn',
  sw: 'swh_Latn',
  th: 'tha_Thai',
  tr: 'tur_Latn',
  uk: 'ukr_Cyrl',
  ur: 'urd_Arab',
  vi: 'vie_Latn',
  zh: 'zho_Hans',
  'zh-tw': 'zho_Hant',
  'zh-hant': 'zho_Hant',
  'zh-hans': 'zho_Hans',
  'zh-cn': 'zho_Hans',
};

/** Codes of the languages that a tokenizer of several languages knows; undefined for one that knows none. */
export function languageCodesOf(tokenizer: PreTrainedTokenizer): readonly string[] | undefined {
  const codes = (tokenizer as { readonly language_codes?: unknown }).language_codes;
  return Array.isArray(codes) ? (codes as string[]) : undefined;
}

/**
 * What the model calls a language: its own code is taken as it is, `de` is `deu_Latn` to NLLB, `de` to M2M100 and `de_DE`
 * to mBART.
 * @throws InklingError `optionOutOfRange`
 */
export function codeOf(language: string, known: readonly string[]): string {
  if (known.includes(language)) return language;
  const wanted = language.toLowerCase();
  const short = wanted.split('-')[0]!;
  const found = [floresCodes[wanted], floresCodes[short], short].find((code) => code && known.includes(code));
  const code = found ?? known.find((each) => each.startsWith(`${short}_`));
  if (code) return code;
  const some = known.slice(0, 12).join(', ');
  throw new InklingError(
    'optionOutOfRange',
    sentence`The model does not know the language ${language}; it knows ${some} …`,
  );
}
