/** What a language adds to how sentences end; all are sources of regular expressions with flag `u`. */
export interface SentenceRules {
  /** words before a full stop that does not end the sentence */
  readonly abbreviations: string;
  /** these words begin with a capital where they begin a sentence: `Vgl.` */
  readonly alsoCapital?: boolean;
  /** further things before a full stop that does not end the sentence when a capital follows */
  readonly unfinished?: readonly string[];
  /** a mark that ends a sentence besides those of all languages */
  readonly mark?: string;
  /** what closes a quotation behind the mark */
  readonly closers?: string;
  /** what cannot begin a sentence, as a class without brackets */
  readonly notFirst?: string;
  /** three points end a sentence before a capital and this, a lookahead; undefined: they do not */
  readonly ellipsis?: string;
  /** what shows behind a mark and its closers that the sentence goes on, in scripts without blanks */
  readonly goesOn?: string;
}

/** `z. B.`, `a. C.`: no sentence of these languages ends in a small letter alone. */
const smallLetters = String.raw`(?<![\p{L}\p{N}])[a-z]\.`;
const months = 'Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec';

/** Also for languages without rules of their own. */
const english: SentenceRules = {
  abbreviations: [
    'Mr|Mrs|Ms|Mx|Dr|Prof|Sr|Jr|St|Rev|Hon|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Capt|Mt|Ave|Blvd|Rd',
    String.raw`vs|etc|cf|al|approx|ca|est|e\.\s?g|i\.\s?e|a\.m|p\.m|U\.S|U\.K|Ph\.D`,
    'Fig|fig|No|Nr|Vol|vol|pp|p|ed|eds|ch|Ch|sec|Sec|eq|Eq|Inc|Ltd|Co|Corp|Dept|dept',
    months,
    String.raw`bzw|usw|vgl|z\.\s?B|d\.\s?h|Mme|Mlle|p\.\s?ex`,
  ].join('|'),
  unfinished: [String.raw`(?<![\p{L}\p{N}])\p{Ll}\.\s?\p{Ll}\.`], // u. a.
};

/** Capitalized words that begin German sentences and are no nouns: what stands before them has ended. */
const germanOpeners =
  'Der|Die|Das|Den|Dem|Des|Ein|Eine|Einen|Einem|Einer|Ich|Du|Er|Sie|Es|Wir|Ihr|Man|Wer|Was|Wo|Wie|Wann|Warum|Wenn|Als|Da|Dann|Danach|Dort|Damit|Dabei|Dazu|Daher|Darum|Deshalb|Denn|Doch|Aber|Und|Oder|Auch|Nach|Vor|In|Im|An|Am|Auf|Aus|Bei|Mit|Von|Vom|Zu|Zum|Zur|Für|Seit|Bis|Um|Ob|Weil|Obwohl|Dieser|Diese|Dieses|Diesen|Diesem|Jeder|Jede|Jedes|Jetzt|Heute|Gestern|Morgen|Hier|Nun|So|Nur|Noch|Schon|Nicht|Kein|Keine|Mein|Meine|Sein|Seine|Unser|Unsere|Alle|Alles|Viele|Manche|Einige|Beide|Zuerst|Später|Bald|Trotzdem|Außerdem|Allerdings|Sonst|Ja|Nein|Bitte|Können|Kann|Ist|Sind|War|Hat|Haben|Wird';
const germanOpener = String.raw`\s+(?:${germanOpeners})(?!\p{L})`;
const beforeGermanNoun = `(?!${germanOpener})`;

const german: SentenceRules = {
  alsoCapital: true,
  abbreviations: [
    String.raw`z\.\s?B|d\.\s?h|u\.\s?a|u\.\s?U|o\.\s?ä|s\.\s?o|s\.\s?u|i\.\s?d\.\s?R|m\.\s?E|v\.\s?a|z\.\s?T|u\.\s?v\.\s?m|n\.\s?Chr|v\.\s?Chr|a\.\s?a\.\s?O|i\.\s?A|i\.\s?V|o\.\s?g|s\.\s?a|u\.\s?Ä|o\.\s?Ä|u\.\s?dgl`,
    'bzw|vgl|ggf|evtl|inkl|exkl|zzgl|einschl|sog|bspw|resp|ca|max|min|Nr|Nrn|Abs|Art|Ziff|Bd|Bde|Hrsg|Hg|Kap|Abb|Tab|Anm|Aufl|Ausg|Rn|Rz|Lit|Tel|Str|St|Dr|Prof|Hr|Frl|Dipl|Ing|Mag|Hl|hl|geb|gest|gegr|verh|lt|gem|entspr|ehem|urspr|allg|bes|zw|ebd|ff|f|Mo|Di|Mi|Do|Sa|vs|Inc|Ltd|Co',
    'Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sep|Sept|Okt|Nov|Dez',
  ].join('|'),
  unfinished: [
    smallLetters,
    String.raw`(?<![\p{L}\p{N}.,])\d{1,3}\.${beforeGermanNoun}`, // am 29. Juli, im 19. Jahrhundert
    String.raw`(?<![\p{L}\p{N}])[IVX]{1,6}\.${beforeGermanNoun}`, // Ludwig XIV.
    String.raw`\p{Ll}str\.`, // Bahnhofstr. 5
    String.raw`(?<![\p{L}\p{N}])(?:usw|usf|etc|u\.\s?v\.\s?a|Mio|Mrd|Std|Min|Sek|Jhd?)\.${beforeGermanNoun}`,
  ],
  closers: String.raw`["'“”‘’«»‹›)\]*_]*`,
  ellipsis: `(?=${germanOpener})`,
};

const french: SentenceRules = {
  alsoCapital: true,
  abbreviations: [
    String.raw`M|MM|Mme|Mmes|Mlle|Mlles|Mgr|Me|Dr|Pr|St|Ste|p\.\s?ex|c\.-à-d|J\.-C|op\.\s?cit|n\.\s?b`,
    'cf|av|apr|art|al|chap|fig|vol|no|p|pp|éd|env|tél|bd|boul|ex|max|min|ibid|id|réf|sq|ss|vs|Cie|St',
    'janv|févr|fév|avr|juil|sept|oct|nov|déc',
  ].join('|'),
  closers: String.raw`(?:["'”’)\]*_]|[ \u00A0\u202F]?[»›])*`,
  notFirst: '»›',
  ellipsis: '',
};

const spanish: SentenceRules = {
  alsoCapital: true,
  ellipsis: '',
  abbreviations: [
    `Sr|Sra|Sres|Srta|Dr|Dra|Dres|Ud|Uds|Vd|Vds|D|Dña|Prof|Profa|Lic|Ing|Arq|Gral|Mons|Fr|Sto|Sta`,
    String.raw`p\.\s?ej|p\.\s?e|EE|UU|a\.\s?C|d\.\s?C|a\.\s?m|p\.\s?m|S\.\s?A|pág|págs|núm|núms|tel|av|Av|Avda|avda|art|arts|cap|fig|vol|ed|aprox|máx|mín|cf|vs|ca|c`,
    'ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic',
  ].join('|'),
  unfinished: [smallLetters],
};

const italian: SentenceRules = {
  alsoCapital: true,
  ellipsis: '',
  abbreviations: [
    String.raw`sig|Sig|sigg|sig\.ra|Sig\.ra|dott|Dott|dott\.ssa|prof|Prof|ing|Ing|avv|Avv|arch|geom|rag|on|On|mons|S`,
    String.raw`ecc|p\.\s?es|es|pag|pagg|p|pp|art|artt|n|cfr|cap|fig|vol|ca|a\.\s?C|d\.\s?C|S\.\s?p\.\s?A|tel|ed|max|min|vs|gen|febb|sett|ott|nov|dic`,
  ].join('|'),
  unfinished: [smallLetters],
};

const portuguese: SentenceRules = {
  alsoCapital: true,
  ellipsis: '',
  abbreviations: [
    `Sr|Sra|Srs|Sras|Dr|Dra|Prof|Profa|Exmo|Exma|Eng|Arq|V.s?Ex|D|Pe|Sto|Sta`,
    String.raw`p\.\s?ex|ex|pág|págs|p|pp|núm|n|art|arts|tel|av|Av|séc|cap|fig|vol|ed|aprox|obs|máx|mín|cf|vs|a\.\s?C|d\.\s?C|jan|fev|abr|jun|jul|ago|set|out|nov|dez`,
  ].join('|'),
  unfinished: [smallLetters],
};

const dutch: SentenceRules = {
  alsoCapital: true,
  abbreviations: [
    String.raw`bijv|bv|o\.\s?a|d\.\s?w\.\s?z|m\.\s?b\.\s?t|i\.\s?p\.\s?v|t\.\s?o\.\s?v|e\.\s?d|e\.\s?a|a\.\s?u\.\s?b|z\.\s?g\.\s?n|m\.\s?n|t\.\s?a\.\s?v`,
    'dhr|Dhr|mevr|Mevr|mw|Mw|drs|Drs|ir|Ir|mr|Mr|ing|Ing|dr|Dr|prof|Prof|blz|pag|p|art|nr|nrs|resp|evt|incl|excl|ca|max|min|jl|zgn|nl|vgl|St|St|tel|vs|jan|feb|mrt|apr|jun|jul|aug|sept|okt|nov|dec',
  ].join('|'),
  unfinished: [smallLetters],
};

const russian: SentenceRules = {
  alsoCapital: true,
  ellipsis: '',
  abbreviations: String.raw`т\.\s?е|т\.\s?к|т\.\s?н|т\.\s?о|и\.\s?о|н\.\s?э|г|гг|в|вв|им|ул|пр|пл|наб|см|ср|напр|стр|с|рис|табл|гл|руб|коп|тыс|млн|млрд|проф|акад|доц|обл|р|оз|тел|кв|д|корп|изд|ред|янв|февр|фев|апр|авг|сент|окт|нояб|дек`,
};

/** Between digits it is a decimal point. */
const fullWidthStop = String.raw`．(?!\p{N})`;

/** `、` and `。` close nothing; behind a closed quotation these particles go on with the sentence around it. */
const japanese: SentenceRules = {
  abbreviations: english.abbreviations,
  mark: fullWidthStop,
  goesOn: 'と|って|という|など',
};
/** “你好！”他说。 */
const chinese: SentenceRules = {
  abbreviations: english.abbreviations,
  mark: fullWidthStop,
  goesOn: String.raw`\p{Script=Han}{0,4}[说道问喊叫答]`,
};

const rules: Readonly<Record<string, SentenceRules>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
  pt: portuguese,
  nl: dutch,
  ru: russian,
  el: {
    abbreviations: 'κ|κα|κκ|δηλ|π\\.\\s?χ|κ\\.\\s?λ\\.\\s?π|σελ|βλ|αρ|τηλ|μ\\.\\s?Χ|π\\.\\s?Χ',
    mark: '[;\\u037E]',
  },
  ja: japanese,
  zh: chinese,
};

export const sentenceRules = (language: string | undefined): SentenceRules =>
  language !== undefined && Object.hasOwn(rules, language) ? rules[language]! : english;
