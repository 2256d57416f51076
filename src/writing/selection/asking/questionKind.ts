import { contentStems } from '../text/contentWords.ts';
import { numberWordsFrom } from '../text/numberWords.ts';

/** What an answer has to hold; `fact`: nothing that a pattern could tell. */
export type QuestionKind =
  | 'person'
  | 'nameOf' // what somebody or something is called
  | 'time'
  | 'place'
  | 'count'
  | 'money'
  | 'age'
  | 'duration'
  | 'reason'
  | 'whether' // yes or no
  | 'color'
  | 'version'
  | 'code' // a number that is no quantity: of a telephone, a room, an order
  | 'fact';

/** `What happens if it rains?` is about the rain. */
export const asksWhatFollows =
  /\bwhat (?:(?:will|would|can|could|should) )?happen(?:s|ed)? (?:if|when|in|to|with|after|at|on|once|unless)\b/iu;

const kinds: readonly (readonly [QuestionKind, RegExp])[] = [
  ['fact', asksWhatFollows],
  [
    'whether',
    /^\s*(?:is|are|was|were|do|does|did|has|have|had|can|could|may|must|should|will|would)\b(?!.*\b(?:who|whom|whose|when|where|why|how|what|which)\b)/iu,
  ],
  ['color', /\b(?:what|which) colou?rs?\b|什么颜色/iu],
  ['version', /\b(?:what|which) (?:[\p{L}.+#-]+ )?versions?\b/iu],
  ['nameOf', /\bname of\b|['’]s (?:first |last |full )?name\b|\bname\b.*\?|\bcalled\s*\?|叫什么|名字|姓名/iu],
  [
    'code',
    /\b(?:phone|telephone|fax|room|order|account|house|version|serial|reference|ticket|parcel|customer) (?:number|code)\b|\bnumber of (?:the|his|her|my|your|our|their)\b(?!.*\b(?:how|many)\b)(?!\s+\w+s\b)|号码|电话/iu,
  ],
  ['age', /\bhow old\b|\bat what age\b|(?<!\p{L})wie alt(?!\p{L})|几岁|多大/iu],
  ['money', /\bhow much (?:is|are|was|were|do|does|did|will|would)\b|\b(?:price|cost|costs|fee)\b|多少钱|价格/iu],
  ['duration', /\bhow (?:long|soon|quickly)\b|(?<!\p{L})wie lange(?!\p{L})|多久|多长时间/iu],
  [
    'count',
    /\bhow (?:many|much|often|far|high|big|large|heavy|tall|deep|fast)\b|\bwhat (?:percentage|number|share)\b|(?<!\p{L})wie viele?(?!\p{L})|多少|几[个次人本天]|多[长高远重深宽快](?!时间)/iu,
  ],
  ['person', /\b(?:who|whom|whose)\b|谁/iu],
  [
    'time',
    /\b(?:when|what (?:time|date|day|year|month|weekday)|which (?:day|year|month)|deadline)\b|^\s*(?:seit |ab )?wann(?!\p{L})|什么时候|何时|几[月日号点]|哪[天年]/iu,
  ],
  [
    'place',
    /\b(?:where|what (?:place|town|city|country)|which (?:town|city|country|room|street)|(?:what|which) direction)\b|哪里|哪儿|何处/iu,
  ],
  ['reason', /\bwhy\b|\bwhat for\b|\bfor what reason\b|为什么|为何/iu],
];

export const questionKind = (question: string): QuestionKind =>
  kinds.find(([, pattern]) => pattern.test(question))?.[0] ?? 'fact';

/** But for May, which is a verb, too. */
export const months = 'January|February|March|April|June|July|August|September|October|November|December';
export const weekday = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
const month = `${months}|May|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?`;
const numberWord = `${numberWordsFrom(0)}|dozen|half|both|no|none|once|twice|thrice|several|score`;
const unit = 'seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|centur(?:y|ies)';

/** What stands in a sentence that answers a question of the kind. */
export const answering: Readonly<Partial<Record<QuestionKind, RegExp>>> = {
  time: new RegExp(
    `\\b(?:(?:${month})(?!\\p{L}|\\s+(?:not|be|have|I|we|you|they|he|she|it)\\b)|${weekday}s?|(?:1[0-9]|20)\\d\\d|\\d{1,2}(?:[:.]\\d\\d|\\s?(?:a|p)\\.?m\\b)|yesterday|today|tonight|(?:at|since|until|before|after) (?:Easter|Christmas|Whitsun|Michaelmas|Pentecost|Ramadan|Thanksgiving|New Year)|tomorrow|noon|midnight|(?:this|last|next|the (?:first|second|third|fourth|same|next|following)) (?:morning|afternoon|evening|night|week|weekend|month|year|spring|summer|autumn|fall|winter|quarter|day)|(?:morning|evening|summer|autumn|winter|century)s?\\b|(?:${unit}) (?:ago|later)|\\d{1,2}(?:st|nd|rd|th)\\b|(?:week|year) \\d+|between \\d+ and \\d+|(?:working|business) days?|daily|weekdays?|at (?:half past |a quarter (?:to|past) )?(?:${numberWord})\\b(?! (?:time|end|side|point|go|hand|place|stage|level|of)\\b)|(?:after|before|until|till|when|while|as soon as|during|once) \\p{L}+)|[一二三四五六七八九十〇零\\d](?:年|月|日|号|点)|星期|周[一二三四五六日]|昨天|今天|明天|前天|后天|去年|前年|今年|明年|后年|[本上下]个?[月周]|[春夏秋冬](?:天|季)|早上|清晨|上午|中午|下午|傍晚|晚上|夜里`,
    'iu',
  ),
  count: new RegExp(`\\d|\\b(?:${numberWord})\\b|[一二三四五六七八九十百千万两]`, 'iu'),
  money: new RegExp(
    `[$€£¥]\\s?\\d[\\d.,]*(?![\\d.,]| (?:off|more|less|extra|cheaper|dearer)\\b)|\\b(?:\\d[\\d.,]*|${numberWord})\\s?(?:[$€£¥]|euros?|dollars?|pounds?|cents?|pence|francs?|yen|shillings?|crowns?|kron(?:a|or|er|e)|rupees?|lira|pesos?|rubles?|roubles?|rand|zloty|forints?|guilders?|ducats?|(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|JPY|CNY|INR|CAD|AUD)\\b|(?:Mio|Mrd)\\.? Euro)(?! (?:off|more|less|extra|cheaper|dearer)\\b)|元|\\b(?:(?:is|are|was|were|be|travels?|enters?|gets? in|admitted|comes?) (?:\\w+ )?free|no (?:charge|fee|cost))\\b|免费`,
    'iu',
  ),
  age: new RegExp(`\\b(?:\\d+|${numberWord})[ -]years?[ -]old\\b|\\baged?\\b|Jahre alt|岁`, 'iu'),
  duration: new RegExp(
    `\\b(?:for|up to|takes?|took|needs?|lasts?|lasted|within) (?:\\w+ ){0,2}(?:\\d[\\d.,]*|${numberWord}|an?) (?:${unit})\\b(?! (?:longer|more|less|later|earlier|late|early|ago)\\b)|\\b(?:\\d[\\d.,]*|${numberWord}|an?|few|couple of|all) (?:\\w+ )?(?:${unit})\\b(?! (?:longer|more|later|earlier|ago|old|after|before|late|early|away)\\b)|\\b(?:\\d{1,9}|ein(?:e|en|em)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf) (?:Sekunden?|Minuten?|Stunden?|Tagen?|Wochen?|Monaten?|Jahren?)\\b|\\bbis (?:zum |Anfang |Mitte |Ende |\\d)|\\b(?:until|till|forever|overnight)\\b|[一二三四五六七八九十两几\\d](?:个?月|天|年|周|小时|分钟)`,
    'iu',
  ),
  reason:
    /\b(?:because|since|as|(?<=, )so(?! (?:far|much|many|that|called|on|as)\b)|due to|owing to|so that|so as to|in order (?:to|that)|thanks to|therefore|thus|hence|cause[sd]?|causing|reason|result(?:s|ed)? (?:of|from)|on account of|for (?:fear|want|lack) of|(?:by|for|from) fears? of|, that (?:\p{L}+ ){1,4}(?:may|might|shall|should|do not|does not)|to (?:avoid|prevent|protect|keep|make))\b|因为|由于|为了|所以/iu,
  place: new RegExp(
    `\\b(?:in|at|on|near|to|into|from|behind|under|above|below|beside|next to|between|opposite|outside|inside|along|across|around|over|through|towards?) (?:the |a |an |my |his |her |its |our |their |this |that )?(?!(?:${numberWord}|noon|midnight|night|dawn|dusk|once|all|least|most|last|first|present)\\b|time|order|case|fact|addition|general|particular|winter|summer|spring|autumn|${months}|${weekday}s?|May\\b|\\d)[\\p{L}-]{3,}|\\b(?:here|there|upstairs|downstairs|abroad|home)\\b|(?:在|到|从)(?![一二三四五六七八九十〇零两半\\d]+[年月日号点时天周个分]|[前后今明昨去][年天月]|[早晚]上|[上中下]午)|门口|旁边|附近|对面|路口`,
    'iu',
  ),
  color:
    /\b(?:red|blue|green|yellow|black|white|gr[ea]y|brown|orange|purple|pink|violet|golden|silver|scarlet|crimson|beige|turquoise)(?:ish)?\b|[红蓝绿黄黑白灰紫棕橙]色/iu,
  version: /\bv?\d{1,9}\.\d|\bversions? \d|(?<!\p{L})\p{Lu}[\p{L}.+#]{1,40} \d/u,
  code: /\d[\d\s/-]{2,}\d|\b[A-Z]+-?\d{2,}\b|\d{3,}|\b\d+\.\d+/u,
};

/** A person or a body of persons: a name, or somebody called by what they do or are. */
export const someone =
  /\b(?:(?:Mr|Mrs|Ms|Dr|Prof|Captain|Sir|Lady)\.? )?\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*|\b(?:I|we|myself|ourselves)\b|\b\p{Ll}*(?:er|or|ist|ian|man|men|woman|women|ee|clerk|cook|king|queen|guest|guys|staff|team|committee|meeting|police|mother|father|sister|brother|aunt|uncle|friend|neighbou?r|child|children|boy|girl|people|parents|family|company|firm|board|assistant|tenant|student|captain|nurse|chief|judge|pilot|librarian|everybody|nobody|everyone)s?\b/gu;

/** `walked there to fetch a doctor`: what for; not after a verb that only says what is wanted or begun. */
export const purpose =
  /(?<!\b(?:wants?|wanted|wish(?:es|ed)?|tr(?:y|ies|ied)|decide[sd]?|plan(?:s|ned)?|need(?:s|ed)?|ask(?:s|ed)?|told|like[sd]?|began|begins?|start(?:s|ed)?|used|able|going|ought|seem(?:s|ed)?|agree[sd]?|refuse[sd]?|hope[sd]?|promise[sd]?|continue[sd]?|help(?:s|ed)?|allow(?:s|ed)?|happen(?:s|ed)?|manage[sd]?|learn(?:s|ed|t)?|ready|easy|hard|likely|supposed|has|have|had|is|are|was|were|be|how|what|where|when|whether|way|time|right|failed|regret(?:s|ted)?|happy|glad|sorry|pleased|proud|afraid|free|welcome|due|about|available|required|expected|advised|invited|intend(?:s|ed)?|mean[st]?)) to (?!(?:the|an?|his|her|its|my|our|your|their|this|that|these|those|each|all|both|one|some|any|no|\p{L}+ing)\b)(\p{Ll}{3,})\b/giu;

/** The same in Chinese, where names have no capitals. */
export const someoneChinese =
  /由(?!于|此)\p{Script=Han}{2,3}|老师|先生|女士|小姐|经理|主任|医生|护士|警察|老板|校长|馆长|市长|局长|司机|父亲|母亲|爸爸|妈妈|爷爷|奶奶|叔叔|阿姨|哥哥|姐姐|弟弟|妹妹|志愿者|学生|工人|(?<![一二三四五六七八九十两几半上下本每\d])(?!黄色|周[一二三四五六日末围边])[李王张刘陈杨赵黄周吴]\p{Script=Han}{1,2}/u;

/** Words that say what kind of answer is wanted, and not what it is about. */
export const kindWords: ReadonlySet<string> = new Set(
  contentStems(
    'anybody anyone somebody someone anything something colour color version direction name called number time date day year long old many far often much happen happens happened mean means kind sort reason exactly person people place deadline done wie lange viel viele wann 几点 几月 几号 几天 几个 几次 什么 时候 什么时候 哪里 哪儿 多久 哪些 多少 为什么 谁 几 怎么 何时 名字 的 了 是 在 吗 呢 有 要 会 可以 能 最 和 与 被 把 对 从 到 这 那 个 哪 多 年 年纪 多大 几岁 钱 多少钱 价钱 颜色 叫',
  ),
);
export const numberStem = contentStems('number')[0]!;
/** The same where a number is asked for. */
export const codeWords: ReadonlySet<string> = new Set(contentStems('telephone phone'));
/** Who speaks in a text that says `I`. */
export const narrators: ReadonlySet<string> = new Set(
  contentStems('author writer narrator speaker sender 作者 笔者 叙述者'),
);
