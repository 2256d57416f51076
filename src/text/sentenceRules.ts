/** What a language adds to how sentences end; all are sources of regular expressions with flag `u`. */
export interface SentenceRules {
  /** words before a full stop that does not end the sentence */
  readonly abbreviations: string;
  /** these words begin with a capital where they begin a sentence: `Vgl.` */
  readonly alsoCapital?: boolean;
  /** further things before a full stop that does not end the sentence when a capital follows */
  readonly unfinished?: readonly string[];
  /** words of both kinds that end the sentence all the same where this follows */
  readonly mayEnd?: readonly MayEnd[];
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

interface MayEnd {
  readonly words: string;
  readonly follows: string;
}

/** Capitalized words that begin sentences and are no names: what stands before them has ended. */
const openers = (words: string): string => String.raw`(?:${words})(?!\p{L})`;

/** `z. B.`, `a. C.`: no sentence of these languages ends in a small letter alone. */
const smallLetters = String.raw`(?<![\p{L}\p{N}])[a-z]\.`;
const months = 'Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec';

const englishOpeners = openers(
  String.raw`The|An|A(?=\s\p{Ll})|This|That|These|Those|It|He|She|They|We|You|I(?=[’']|\s\p{Ll})|His|Her|Its|Their|Our|My|Your|There|Here|Then|But|And|Or|So|If|When|While|As|In|On|At|For|From|To|By|With|After|Before|Since|Until|Because|Although|However|Now|Today|Not|No|Yes|What|Who|Where|Why|How|Which|Is|Are|Was|Were|Do|Does|Did|Can|Could|Will|Would|Some|Many|Most|All|Both|Each|Every|Another|Other|One|Only|Also|Nobody|Nothing|Everyone|Everything`,
);
/** These are no family names either. */
const plainOpeners = openers('The|This|That|These|Those|It|They|There|But|If|When|However|Then|His|Her|Their');
/** Not before `5 p.m. Eastern Time`, behind `At 5 p.m. Smith`, or within `the 5 p.m. Mass`. */
const englishHours: MayEnd = {
  words: String.raw`[ap]\.m(?<!(?<!\p{L})(?:At|By|Around|About|Until|Till|Before|After|Since|From|On)\s[^.!?\n]{0,24}[ap]\.m)(?<!(?<!\p{L})(?:[Tt]he|[Aa]n?|[Oo]ur|[Yy]our|[Hh]is|[Hh]er|[Tt]heir|[Tt]his|[Tt]hat|[Ee]very|[Ee]ach)\s\d{1,2}(?::\d\d)?\s?[ap]\.m)`,
  follows: String.raw`(?!(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?s?|${months}|January|February|March|April|May|June|July|August|September|October|November|December|Eastern|Central|Mountain|Pacific|Atlantic|Greenwich|British|Local|Standard|Today|Tonight|Tomorrow|\p{Lu}{2,5}|U\.[SK])(?!\p{L}))["“‘(]?\p{Lu}`,
};

/** Also for languages without rules of their own. */
const english: SentenceRules = {
  abbreviations: [
    'Mr|Mrs|Ms|Mx|Dr|Prof|Sr|Jr|St|Rev|Hon|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Capt|Mt|Ave|Blvd|Rd',
    String.raw`vs|etc|cf|al|approx|ca|est|e\.\s?g|i\.\s?e|a\.m|p\.m|U\.S|U\.K|Ph\.D`,
    'Fig|fig|No|Nr|Vol|vol|pp|p|ed|eds|ch|Ch|sec|Sec|eq|Eq|Inc|Ltd|Co|Corp|Bros|Dept|dept',
    months,
    String.raw`bzw|usw|vgl|z\.\s?B|d\.\s?h|Mme|Mlle|p\.\s?ex`,
  ].join('|'),
  unfinished: [String.raw`(?<![\p{L}\p{N}])\p{Ll}\.\s?\p{Ll}\.`], // u. a.
  mayEnd: [
    englishHours,
    {
      words: `etc|al|Ph\\.D|Inc|Ltd|Co|Corp|Dept|dept|Jr|Sr|St|Ave|Blvd|Rd|No|sec|${months}`,
      follows: englishOpeners,
    },
    { words: String.raw`(?:\p{Lu}\.){1,3}\p{Lu}(?<!P\.S|N\.B)`, follows: englishOpeners }, // U.S.
    { words: String.raw`(?<=\p{Ll}\s)\p{Lu}`, follows: plainOpeners }, // plan B.
  ],
};

const germanOpeners =
  'Der|Die|Das|Den|Dem|Des|Ein|Eine|Einen|Einem|Einer|Ich|Du|Er|Sie|Es|Wir|Ihr|Man|Wer|Was|Wo|Wie|Wann|Warum|Wenn|Als|Da|Dann|Danach|Dort|Damit|Dabei|Dazu|Daher|Darum|Deshalb|Denn|Doch|Aber|Und|Oder|Auch|Nach|Vor|In|Im|An|Am|Auf|Aus|Bei|Mit|Von|Vom|Zu|Zum|Zur|Für|Seit|Bis|Um|Ob|Weil|Obwohl|Dieser|Diese|Dieses|Diesen|Diesem|Jeder|Jede|Jedes|Jetzt|Heute|Gestern|Morgen|Hier|Nun|So|Nur|Noch|Schon|Nicht|Kein|Keine|Mein|Meine|Sein|Seine|Unser|Unsere|Alle|Alles|Viele|Manche|Einige|Beide|Zuerst|Später|Bald|Trotzdem|Außerdem|Allerdings|Sonst|Ja|Nein|Bitte|Können|Kann|Ist|Sind|War|Hat|Haben|Wird|Manchmal|Niemand|Nichts|Siehe';
const germanOpener = openers(germanOpeners);
const beforeGermanNoun = String.raw`(?!\s+${germanOpener})`;
const germanMonths = 'Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sep|Sept|Okt|Nov|Dez';

const german: SentenceRules = {
  alsoCapital: true,
  abbreviations: [
    String.raw`z\.\s?B|d\.\s?h|u\.\s?a|u\.\s?U|o\.\s?ä|s\.\s?o|s\.\s?u|i\.\s?d\.\s?R|m\.\s?E|v\.\s?a|z\.\s?T|u\.\s?v\.\s?m|n\.\s?Chr|v\.\s?Chr|a\.\s?a\.\s?O|i\.\s?A|i\.\s?V|o\.\s?g|s\.\s?a|u\.\s?Ä|o\.\s?Ä|u\.\s?dgl`,
    'bzw|vgl|ggf|evtl|inkl|exkl|zzgl|einschl|sog|bspw|resp|ca|max|min|Nr|Nrn|Abs|Art|Ziff|Bd|Bde|Hrsg|Hg|Kap|Abb|Tab|Anm|Aufl|Ausg|Rn|Rz|Lit|Tel|Str|St|Dr|Prof|Hr|Frl|Dipl|Ing|Mag|Hl|hl|geb|gest|gegr|verh|lt|gem|entspr|ehem|urspr|allg|bes|zw|ebd|ff|f|Mo|Di|Mi|Do|Sa|vs|Inc|Ltd|Co',
    germanMonths,
  ].join('|'),
  mayEnd: [
    {
      words: String.raw`[vn]\.\s?Chr|[uo]\.\s?[aäÄ]|u\.\s?dgl|u\.\s?v\.\s?m|i\.\s?d\.\s?R|a\.\s?D|ff?|Inc|Ltd|Co|\p{L}{0,30}[Ss]tr|${germanMonths}`,
      follows: germanOpener,
    },
    { words: String.raw`(?<=\p{L}{2}\s)\p{Lu}`, follows: germanOpener }, // Plan B.
  ],
  unfinished: [
    smallLetters,
    String.raw`(?<![\p{L}\p{N}.,])\d{1,3}\.${beforeGermanNoun}`, // am 29. Juli, im 19. Jahrhundert
    String.raw`(?<![\p{L}\p{N}])[IVX]{1,6}\.${beforeGermanNoun}`, // Ludwig XIV.
    String.raw`\p{Ll}str\.`, // Bahnhofstr. 5
    String.raw`(?<![\p{L}\p{N}])(?:usw|usf|etc|u\.\s?v\.\s?a|Mio|Mrd|Std|Min|Sek|Jhd?)\.${beforeGermanNoun}`,
  ],
  closers: String.raw`["'“”‘’«»‹›)\]*_]`,
  ellipsis: String.raw`(?=\s+${germanOpener})`,
};

const frenchMonths = 'janv|févr|fév|avr|juil|sept|oct|nov|déc';

const french: SentenceRules = {
  alsoCapital: true,
  abbreviations: [
    String.raw`M|MM|Mme|Mmes|Mlle|Mlles|Mgr|Me|Dr|Pr|St|Ste|p\.\s?ex|c\.-à-d|J\.-C|op\.\s?cit|n\.\s?b`,
    'cf|av|apr|art|al|chap|fig|vol|no|p|pp|éd|env|tél|bd|boul|ex|max|min|ibid|id|réf|sq|ss|vs|Cie|St',
    frenchMonths,
  ].join('|'),
  closers: String.raw`["'”’)\]*_]|[ \u00A0\u202F]?[»›]`,
  mayEnd: [
    {
      words: String.raw`J\.-C|Cie|ibid|id|op\.\s?cit|sq|ss|éd|al|max|min|${frenchMonths}`,
      follows: openers(
        String.raw`Ils?|Elles?|L[ae]|Les|Une?|Des|C(?:e|es|ette|ela)|Ça|On|Nous|Vous|Je|Tu|Et|Mais|Ou|Où|Donc|Car|Dans|En|Aux?|À|Pour|Par|Sur|Sans|Avec|Après|Avant|Puis|Ensuite|Alors|Quand|Si|Comme|[MS](?:on|a|es)|Notre|Votre|Leurs?|Qui|Que|Quelle?|Pourquoi|Comment|Tout|Tous|Toutes?|Plus|Rien|Personne|Ne|[LCJND](?=[’'])`,
      ),
    },
  ],
  notFirst: '»›',
  ellipsis: '',
};

const spanishMonths = 'ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic';

const spanish: SentenceRules = {
  alsoCapital: true,
  ellipsis: '',
  abbreviations: [
    `Sr|Sra|Sres|Srta|Dr|Dra|Dres|Ud|Uds|Vd|Vds|D|Dña|Prof|Profa|Lic|Ing|Arq|Gral|Mons|Fr|Sto|Sta`,
    String.raw`p\.\s?ej|p\.\s?e|EE|UU|a\.\s?C|d\.\s?C|a\.\s?m|p\.\s?m|S\.\s?A|pág|págs|núm|núms|tel|av|Av|Avda|avda|art|arts|cap|fig|vol|ed|aprox|máx|mín|cf|vs|ca|c`,
    spanishMonths,
  ].join('|'),
  unfinished: [smallLetters],
  mayEnd: [
    {
      words: String.raw`EE\.\s?UU|[ad]\.\s?C|[ap]\.\s?m|S\.\s?A|máx|mín|tel|${spanishMonths}`,
      follows: openers(
        'El|La|Los|Las|Una?|Unos|Unas|Él|Ell[ao]s?|Yo|Tú|Nosotros|Ustedes|Est[aeo]|Est[ao]s|Es[aeo]|Y|O|Pero|Si|No|Sí|Ni|En|Con|Por|Para|Sin|Sobre|Tras|Cuando|Como|Donde|Porque|Aunque|Entonces|Luego|Después|Antes|Ahora|Hoy|Ayer|Allí|Aquí|Así|También|Además|Es|Son|Era|Fue|Hay|Había|Sus?|Mis?|Nuestr[ao]|Tod[ao]s?|Se|Les?|Lo|Nos|Me|Te|Qué|Quién|Much[ao]s|Algun[ao]s',
      ),
    },
  ],
};

const italian: SentenceRules = {
  alsoCapital: true,
  ellipsis: '',
  abbreviations: [
    String.raw`sig|Sig|sigg|sig\.ra|Sig\.ra|dott|Dott|dott\.ssa|prof|Prof|ing|Ing|avv|Avv|arch|geom|rag|on|On|mons|S`,
    String.raw`ecc|p\.\s?es|es|pag|pagg|p|pp|art|artt|n|cfr|cap|fig|vol|ca|a\.\s?C|d\.\s?C|S\.\s?p\.\s?A|tel|ed|max|min|vs|gen|febb|sett|ott|nov|dic`,
  ].join('|'),
  unfinished: [smallLetters],
  mayEnd: [
    {
      words: String.raw`[ad]\.\s?C|ecc|S\.\s?p\.\s?A|S\.\s?r\.\s?l|max|min|gen|febb|sett|ott|nov|dic`,
      follows: openers(
        String.raw`Il|Lo|La|I|Gli|Le|L(?=[’'])|Un[ao]?|Egli|Lui|Lei|Loro|Noi|Voi|Io|Tu|Quest[aeio]|Quell[aeio]|Ciò|Ed?|O|Ma|Se|Non|Né|In|Con|Per|Da|Dopo|Prima|Poi|Allora|Quando|Come|Dove|Perché|Anche|Oggi|Ieri|Ora|Qui|È|Sono|Era|Erano|Fu|C(?=[’'])|Si|Che|Chi|Tutt[aeio]|Molt[aeio]|Alcun[ei]|Suo|Sua|Nostr[ao]|Nel|Nella|Al|Alla`,
      ),
    },
  ],
};

const portuguese: SentenceRules = {
  alsoCapital: true,
  ellipsis: '',
  abbreviations: [
    `Sr|Sra|Srs|Sras|Dr|Dra|Prof|Profa|Exmo|Exma|Eng|Arq|V.s?Ex|D|Pe|Sto|Sta`,
    String.raw`p\.\s?ex|ex|pág|págs|p|pp|núm|n|art|arts|tel|av|Av|séc|cap|fig|vol|ed|aprox|obs|máx|mín|cf|vs|a\.\s?C|d\.\s?C|jan|fev|abr|jun|jul|ago|set|out|nov|dez`,
  ].join('|'),
  unfinished: [smallLetters],
  mayEnd: [
    {
      words: String.raw`[ad]\.\s?C|S\.\s?A|máx|mín|tel|jan|fev|abr|jun|jul|ago|set|out|nov|dez`,
      follows: openers(
        'O|A|Os|As|Uma?|El[ae]s?|Eu|Nós|Vocês?|Isto|Isso|Est[ae]s?|Ess[ae]s?|Aquel[ae]|E|Ou|Mas|Se|Não|Nem|Em|N[ao]s?|Com|Por|Para|Depois|Antes|Então|Quando|Como|Onde|Porque|Também|Hoje|Ontem|Agora|Aqui|É|São|Era|Foi|Há|Seus?|Suas?|Meu|Minha|Noss[ao]|Tod[ao]s?|Muit[ao]s|Alguns|Que|Quem',
      ),
    },
  ],
};

const dutch: SentenceRules = {
  alsoCapital: true,
  abbreviations: [
    String.raw`bijv|bv|o\.\s?a|d\.\s?w\.\s?z|m\.\s?b\.\s?t|i\.\s?p\.\s?v|t\.\s?o\.\s?v|e\.\s?d|e\.\s?a|a\.\s?u\.\s?b|z\.\s?g\.\s?n|m\.\s?n|t\.\s?a\.\s?v`,
    'dhr|Dhr|mevr|Mevr|mw|Mw|drs|Drs|ir|Ir|mr|Mr|ing|Ing|dr|Dr|prof|Prof|blz|pag|p|art|nr|nrs|resp|evt|incl|excl|ca|max|min|jl|zgn|nl|vgl|St|St|tel|vs|jan|feb|mrt|apr|jun|jul|aug|sept|okt|nov|dec',
  ].join('|'),
  unfinished: [smallLetters],
  mayEnd: [
    {
      words: String.raw`e\.\s?[ad]|[vn]\.\s?Chr|jl|jan|feb|mrt|apr|jun|jul|aug|sept|okt|nov|dec`,
      follows: openers(
        'De|Het|Een|Hij|Zij|Ze|Wij|We|Ik|Jij|Je|U|Jullie|Dit|Dat|Deze|Die|En|Of|Maar|Als|Toen|Dan|Daarna|Daar|Hier|Er|Nu|Niet|Geen|In|Op|Van|Voor|Met|Bij|Na|Naar|Om|Uit|Over|Door|Ook|Want|Omdat|Wie|Wat|Waar|Waarom|Wanneer|Hoe|Is|Zijn|Was|Waren|Alle|Veel|Sommige|Mijn|Haar|Ons|Onze|Hun',
      ),
    },
  ],
};

const russian: SentenceRules = {
  alsoCapital: true,
  ellipsis: '',
  abbreviations: String.raw`т\.\s?е|т\.\s?к|т\.\s?н|т\.\s?о|и\.\s?о|н\.\s?э|г|гг|в|вв|им|ул|пр|пл|наб|см|ср|напр|стр|с|рис|табл|гл|руб|коп|тыс|млн|млрд|проф|акад|доц|обл|р|оз|тел|кв|д|корп|изд|ред|янв|февр|фев|апр|авг|сент|окт|нояб|дек`,
  mayEnd: [
    {
      words: String.raw`гг?|вв?|руб|коп|тыс|млн|млрд|т\.\s?[дп]|пр|н\.\s?э|янв|февр|фев|апр|авг|сент|окт|нояб|дек`,
      follows: openers(
        'Он[аио]?|Я|Мы|Вы|Ты|Эт[аио]|Этот|Тот|Та|Те|То|И|А|Но|Или|Если|Когда|Как|Что|Кто|Где|Почему|Потому|Потом|Затем|Тогда|Теперь|Сейчас|Сегодня|Вчера|Завтра|Там|Тут|Здесь|Так|Также|Не|Ни|Нет|Да|Во?|На|Со?|К|По|Из|От|До|За|Для|При|Об?|У|После|Перед|Через|Его|Её|Их|Мой|Моя|Наш|Все|Всё|Весь|Многие|Некоторые',
      ),
    },
  ],
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
