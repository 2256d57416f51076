import { someone } from '../asking/questionKind.ts';
import { isFunctionWord } from '../text/contentWords.ts';

/** What the wording of a sentence says about its place in a summary: English, German, French, Chinese. */

const kinds =
  'paper|article|chapter|package|document|vignette|manual|module|library|tool|command|book|guide|plugin|project|introduction|report|page|study|work|text|note|letter|proposal|pep|rfc|memo|specification|standard|draft|post|essay|tutorial|survey|review';
const namesItself = new RegExp(
  String.raw`^["“(]?(?:(?:this|the present|our) (?:[\w-]+ )?(?:${kinds})\b|(?:die(?:se[rsm]?)?|der vorliegende|das vorliegende) (?:Artikel|Kapitel|Dokument|Bericht|Buch|Text|Anleitung|Beitrag|Arbeit)\b|(?:cet?|cette|le présent) (?:article|chapitre|document|rapport|livre|texte|guide|page)\b)|\bin this (?:${kinds})\b|(?:本|这[一]?[篇本份个])(?:文|章|节|书|页|教程|指南|文章|文档|手册|项目)`,
  'iu',
);
/** `However, in this chapter …` leans all the same. */
const beginsWithItself = (sentence: string): boolean => namesItself.test(sentence) && !leansAnyway.test(sentence);
const leansAnyway =
  /^["“(]?(?:but|and|so|however|therefore|thus|hence|also|then|yet|instead|moreover|furthermore|besides|nevertheless|consequently|accordingly|likewise|similarly|otherwise|conversely|these|those|they|he|she|such|as a result|in (?:contrast|addition|that|the latter|the former)|for (?:example|each)|on the other hand|此外|因此|因而|所以|但|然而|不过|可是|另外|同时|相反)(?:(?![\p{L}\p{N}])|(?<=\p{Script=Han}))/iu;
const saysWhatItDoes =
  /\b(?:we|I) (?:present|describe|propose|show|introduce|study|discuss|develop|report|explain|illustrate|demonstrate|find|argue|investigate|explore)\b|\bis proposed\b|\b(?:purpose|goal|aim|objective) of\b/iu;
const openings =
  'this|that|these|those|it|its|they|them|their|theirs|he|him|his|she|hers?|such|so|but|and|or|nor|yet|however|therefore|thus|then|also|too|instead|otherwise|similarly|likewise|moreover|furthermore|additionally|besides|nevertheless|nonetheless|still|consequently|hence|accordingly|meanwhile|afterwards?|afterward|firstly|both|another|others?|neither|either|the (?:former|latter|same|other|others|second|third|rest|result|resulting|above|following|next|latter)\\b|for (?:example|instance|this|that|these|those)|for (?:each|all|both|either)(?=,)|in (?:the (?:latter|former|first|second|last|above|same|other) case|either case|both cases|addition|contrast|turn|fact|this|that|these|those|such|other words|particular|short|both|comparison)|as (?:a result|such|a consequence|before|above|mentioned|described|shown|noted|seen|in the previous)|on the (?:other hand|contrary)|by (?:contrast|doing|this|that|comparison)|at (?:this|that|the same time)|of (?:these|those|this|course)|to (?:this end|do (?:this|that|so))|because of (?:this|that)|after (?:this|that)|with (?:this|that|these)|from (?:this|that|there|these)|under (?:this|these)|here|there(?!\\s+(?:is|are|was|were|will|has|have|can|may|exists?)\\b)|note|again|indeed|now(?= (?:that|let|we))|finally|lastly|secondly?|third(?:ly)?|next|first of all|if (?:so|not)\\b|more (?:generally|precisely|specifically)|specifically|conversely|alternatively|equivalently|even (?:so|then)|that is|i\\.e|e\\.g|one (?:such|of (?:these|them|those))|some of (?:these|them|those)|many of (?:these|them|those)|most of (?:these|them|those)|each of (?:these|them|those)|all of (?:these|them|this|that)|none of (?:these|them|those)|yes|no(?=[,.])|well,|ok|okay';
const leaning = new RegExp(String.raw`^["“‘'(*_]*(?:${openings})(?![\p{L}\p{N}])`, 'iu');
const germanOpenings =
  'dies(?:e[rsmn]?)?|das (?:ist|war|sind|hat|wird|kann|heißt|bedeutet)|er|sie(?! (?:können|müssen|sollten|haben|brauchen|möchten|finden))|es (?!gibt|gab|wird|ist|war)|ihre?[rsmn]?|seine?[rsmn]?|aber|und|oder|denn|doch|jedoch|allerdings|daher|deshalb|deswegen|darum|dabei|dadurch|damit|dafür|dagegen|danach|dann|dazu|außerdem|zudem|ferner|trotzdem|dennoch|stattdessen|somit|folglich|hingegen|ebenso|auch|so|solche[rsmn]?|jene[rsmn]?|beide|zum Beispiel|im Gegensatz|ander(?:e|er|erseits)|hier|dort|schließlich|sonst|also|nun';
const leaningGerman = new RegExp(String.raw`^["„“(*_]*(?:${germanOpenings})(?![\p{L}\p{N}])`, 'iu');
const frenchOpenings =
  "ce(?:la|ci|tte|t|s|lui|lle|ux|lles)?(?! (?:document|article|chapitre|guide|rapport|livre|texte|page))|c['’]|il (?!y a|faut)|ils|elles?|leurs?|son|sa|ses|lui|mais|et|ou|or|donc|car|cependant|toutefois|pourtant|néanmoins|ainsi|alors|ensuite|puis|aussi|de plus|en outre|par exemple|par conséquent|en effet|en revanche|au contraire|d['’]autre part|enfin|y|en cela|autrement|sinon|ici|là";
const leaningFrench = new RegExp(String.raw`^["«“(*_]*\s?(?:${frenchOpenings})(?![\p{L}\p{N}])`, 'iu');
const leaningChinese =
  /^[“「（(*_]*(?:这(?!(?:一)?[篇本份章节](?:文|书|章|节|教程|指南|文档)?)|那|此外|此|该|它|他|她|其(?!实|中)|其中|但|然而|不过|可是|而且?|并且?|因此|因而|所以|于是|从而|否则|另外|同时|同样|反之|相反|例如|比如|譬如|换句话说|也就是说|总之|接着|然后|随后|最后|首先|其次|再次|此时|这时|当然|的确|同理|上述|以上|以下|如上|前者|后者|两者|又|也(?!许)|还(?!原)|就|则|以及|或者|虽然如此|尽管如此|即使如此|除此之外|对此|为此|由此|如此)/u;
const pointers =
  /\b(?:(?:see|shown|given|listed|described|discussed|mentioned|explained) (?:above|below|earlier|previously|in the (?:previous|next|following))|the (?:following|above|preceding|previous) (?:\w+ )?(?:example|code|table|list|command|section|figure|snippet|listing|output|function|program|file|line|paragraph)s?|as follows|(?:see|in) (?:figure|table|listing|section|chapter|appendix|example|eq(?:uation)?\.?) ?[\dA-Z(]|(?:figure|listing|table) \d|siehe (?:oben|unten|Abschnitt)|wie folgt|ci-(?:dessous|dessus))\b|(?:如下|如上|下面的|上面的|以下|下列|下图|上图|下表|见图|见表|前面|上一[节章])/iu;
const examples =
  /\b(?:for example|for instance|e\.g\.|such as|suppose|consider|imagine|let['’]s|say)\b|例如|比如|假设|想象/iu;
const links = /\]\([^)]*\)|https?:\S+/gu;
const greeting =
  /^["“]?(?:hi|hello|hey|dear|thanks|thank you|best|regards|cheers|sincerely|welcome|good (?:morning|afternoon|evening|luck)|can(?:['’]t|not) wait|(?:(?:I|we)(?: am|['’]m| are|['’]re)? )?look(?:ing)? forward|(?:(?:I|we) )?hope (?:you|this|all)|have a (?:nice|good|great|lovely)|see you|take care|(?:please )?(?:do not|don['’]t) hesitate|(?:please )?feel free|all the best|hallo|liebe[rs]?|guten|danke|(?:vielen|herzlichen|besten|tausend) dank|viele|mit freundlichen|bonjour|salut|chère?|merci|cordialement|hola|buen[oa]s|estimad[oa]s?|querid[oa]s?|(?:muchas )?gracias|(?:un )?(?:saludos?|abrazo)|你好|您好|大家好|谢谢|感谢|亲爱的|此致)(?![\p{L}\p{N}])/iu;

/** What a text says of itself that is not what it is about. */
const formal =
  /\b(?:public domain|copyright|licen[cs]ed? (?:under|as|is)|all rights reserved|no (?:iana|security|related|known|new)|(?:does|do|is|are|has|have|was|were) (?:not|neither)|don['’]t|neutral|organi[sz]ed as follows|structured as follows)\b|版权|许可证/iu;
const formalHeading =
  /\b(?:copyright|licen[cs](?:e|ing)|acknowledge?ments?|references|bibliography|(?:iana|security|privacy) considerations|authors?|contributors|contributing|credits|change ?log|history|sponsors?|backers|funding|footnotes|further reading|see also|support|appendix|danksagung|literatur|lizenz|remerciements|licence)\b|致谢|参考文献|版权|许可|贡献/iu;

/** `This paper describes …`, `We propose …`: the text says what it is about. */
export const speaksOfItself = (sentence: string): boolean =>
  (namesItself.test(sentence) || saysWhatItDoes.test(sentence)) && !formal.test(sentence);

/** A proposal or a standard says what it is for right at its beginning. */
export const presentsItself = (sentence: string): boolean =>
  /\b(?:this|the present) (?:document|pep|rfc|memo|specification|standard|proposal)\b/iu.test(sentence);

/** Rights, thanks and sources: needed, and not what a text is about. */
export const isFormal = (sentence: string, heading: string): boolean =>
  formalHeading.test(heading) || (namesItself.test(sentence) && formal.test(sentence));

/** Begins with a word that means something said before; `This paper` means the text itself. */
export const leansOnPrevious = (sentence: string): boolean =>
  !beginsWithItself(sentence) &&
  (spokenBySomebody.test(sentence) ||
    answersSomebody.test(sentence) ||
    hasLonePronoun(sentence) ||
    beginsLeaning(sentence) ||
    pointsBack(sentence));

/** What is meant without being named before: `this year`, `this chapter`. */
const here = `today|year|week|month|morning|afternoon|evening|weekend|season|spring|summer|autumn|winter|quarter|semester|term|century|decade|country|city|town|village|region|world|planet|life|release|version|software|product|licen[cs]e|agreement|contract|notice|policy|repository|website|site|blog|course|workshop|${kinds}`;
/** `during this time`, `in that case`, `the next day`; at the end also `before that` and `for this pump`; `The price of these`. */
const back = new RegExp(
  String.raw`\b(?:during|at|on|in|by|from|since|until|till) (?:this|that|these|those) (?:times?|periods?|points?|stages?|moments?|days?|nights?|years|hours?|cases?|ways?|respects?|contexts?|situations?|events?|places?|manner|regard|purpose)\b|\bfor (?:this|that) (?:reason|purpose)\b|\b(?:since|until|till|by|from|before) then\b|\bfrom there\b|^there (?:is|are|was|were) (?:[\p{L}’'-]+ ){0,4}of them\b|, (?:though|too)[.!]$|\bthe (?:same|next|following|previous|preceding) (?:day|morning|afternoon|evening|night|week|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\b(?:during|at|on|in|by|from|since|until|till|for|of|to|with|without|about|after|before|under|over|through|against|like|than|between|behind|beside|near) (?:this|that|these|those)(?: (?!(?:${here})s?\b)\p{Ll}+)?[.!?…]["”’)]*$|^(?:the|an?) (?:[\p{L}-]+ ){1,3}(?:of|between|for|in|to|from|on|about|behind) (?:this|these|those) (?!(?:${here})s?\b)\p{Ll}`,
  'iu',
);
/** A clause of some words stands before: what is meant may be in it. */
const clauseBefore = /^(?:\S+\s+){4,}\S*(?:[,;:]|\s(?:and|but|because|so|which|when|while|if))\s/u;

/** Something said before is meant further on in the sentence. */
function pointsBack(sentence: string): boolean {
  const at = back.exec(sentence)?.index;
  return at !== undefined && !clauseBefore.test(sentence.slice(0, at));
}

function beginsLeaning(sentence: string): boolean {
  if (/\p{Script=Han}/u.test(sentence)) return leaningChinese.test(sentence);
  const isGerman = /[äöüß]|\b(?:und|ist|der|die|das|nicht|ein|eine)\b/iu.test(sentence);
  const isFrench = /[éèàçêôûîœ]|\b(?:est|les|des|une|dans|pour|avec|qui)\b/iu.test(sentence);
  return (
    leaning.test(sentence) || (isGerman && leaningGerman.test(sentence)) || (isFrench && leaningFrench.test(sentence))
  );
}

/** `“…,” he said`: who? */
const spokenBySomebody =
  /^["“][^"”]*["”],? (?:(?:he|she|they|it)\b|(?:said|asked|cried|replied|answered|added) (?:he|she|they|it)\b)/iu;
/** `“Not at all?” asked Ann.`, `“No,” said the judge.`: what was said before is missing. */
const answersSomebody =
  /^["“](?:[^"”]*\?|(?:no|yes|not|never|nothing|perhaps|maybe|well|oh)\b[^"”]{0,30})["”] (?:asked|said|replied|answered|cried) \p{L}/iu;
const persons =
  /\b(?:he|she|him|his|hers|himself|herself)\b|(?<=\b(?:tell|ask|give|let|help|thank|call|show|send|remind) )her\b/u;

/** Speaks of a man or a woman whom nobody before in the sentence can be. */
function hasLonePronoun(sentence: string): boolean {
  const at = persons.exec(sentence)?.index;
  const before = at === undefined ? [] : (sentence.slice(0, at).match(someone) ?? []);
  return at !== undefined && before.every((each) => isFunctionWord(each.toLowerCase()) || ordered.test(each));
}

/** `Please tell her …`: nobody is named. */
const ordered = /^(?:please|tell|ask|give|let|thank|call|help|remind|take|bring|send|show|meet|follow)(?!\p{L})/iu;

/** Points to a place of the text: what stands there is not in the summary. */
export const pointsElsewhere = (sentence: string): boolean => pointers.test(sentence);

export const givesExample = (sentence: string): boolean => examples.test(sentence);

/** `Thanks for the quick answer.` Longer sentences say something besides. */
export const greets = (sentence: string): boolean =>
  greeting.test(sentence) && wordsIn(sentence) <= mostOfGreeting && !saysMore(sentence);

/** `Hi, I’ve got a problem with the pump.` */
function saysMore(sentence: string): boolean {
  const rest = sentence.replace(salutation, '');
  return rest !== sentence && wordsIn(rest) >= fewestOfMore && !greeting.test(rest);
}
const salutation = /^["“]?(?:hi|hello|hey|hallo|hola|bonjour|salut)(?: [\p{L}’'-]+){0,3}(?:[,!]| [–—-]) /iu;
const fewestOfMore = 5;
const wordsIn = (sentence: string): number => sentence.split(/\s+/u).length;

const mostOfGreeting = 12;

/** Names of code may begin small. */
export const beginsSmall = (sentence: string): boolean =>
  /^\p{Ll}(?![\p{L}\p{N}_.-]* (?:is|are|has|was|can|will|does|lets|makes|gives|provides|supports|takes|returns|helps|allows)\b)/u.test(
    sentence,
  );

/** A label or a reference rather than a sentence: names a thing before a colon, sends elsewhere. */
export const isFragment = (sentence: string): boolean =>
  /^\|\s/u.test(sentence) || // the line of a table or of a quoted passage
  /^[“"(]?(?:See|Siehe|Voir) (?:also |auch |aussi )?\S|^(?:参见|另见|请参阅)/u.test(sentence) ||
  /^\p{L}+(?: \p{L}+)?: (?=\p{Lu}[\p{L}.’'-]*(?: \p{Lu}[\p{L}.’'-]*){0,3}(?: \([^()]{1,40}\))?(?:,| and |\.?$))/u.test(
    sentence,
  );

/** `Minutes of the society, 4 March` above what was said there. */
export const isTitleOfRecord = (sentence: string): boolean =>
  /^(?:minutes|agenda|notes|memo(?:randum)?|record|protocol|invoice|subject|re|protokoll|tagesordnung)\b(?!.*[.!?。]$)/iu.test(
    sentence,
  );

/** Share of the characters that are addresses, doubled, at most 1: such a sentence sends its reader elsewhere. */
export function linkShare(sentence: string): number {
  const length = (sentence.match(links) ?? []).reduce((sum, link) => sum + link.length, 0);
  return Math.min(1, (2 * length) / Math.max(1, sentence.length));
}

/** False where a quotation or a bracket begins or ends outside of the sentence. */
export function isWhole(sentence: string): boolean {
  const plain = sentence.replace(/`[^`]*`|[:;]-?[()]|(?<![\p{L}\p{N}])(?:\d+|[a-z])\)/gu, '');
  const count = (marks: RegExp) => (plain.match(marks) ?? []).length;
  const pairs = [
    [/\(/gu, /\)/gu],
    [/（/gu, /）/gu],
    [/「/gu, /」/gu],
    [/《/gu, /》/gu],
    [/«/gu, /»/gu],
  ] as const;
  const quotes = plain.includes('„') ? count(/„/gu) === count(/[“”]/gu) : count(/“/gu) === count(/”/gu);
  return quotes && count(/"/gu) % 2 === 0 && pairs.every(([open, close]) => count(open) === count(close));
}
