import { verbForms } from '../rules/verbForms.ts';
import { numberWordsFrom } from '../text/numberWords.ts';
import { slipRows } from './slipTable.ts';

/** Number and person, where the subject is right before its verb or one group of words away from it. */

const people =
  'parents|children|friends|students|teachers|brothers|sisters|colleagues|neighbors|neighbours|grandparents|kids|users|customers|employees|players|workers|women|men|girls|boys|members|tests|results|researchers|scientists|doctors|dogs|cats|birds|companies|shops|stores|schools|trains|buses|cars|houses|trees|flowers|computers|phones|machines|servers|developers|authors|visitors|tourists|guests|patients|citizens|politicians|countries|cities|books|movies|films|songs|games|animals|bees|shoes|eyes|hands|feet|languages|rules|things|prices|days|lessons|exercises|problems|questions|answers|changes|functions|methods|classes|modules|files|options|settings|commands|libraries|tools';
const one =
  'brother|sister|mother|father|friend|teacher|boss|son|daughter|wife|husband|uncle|aunt|cousin|neighbor|neighbour|grandmother|grandfather|mom|dad|mum|colleague|roommate|girlfriend|boyfriend|doctor';
/** In the third person; as bases no nouns that would stand behind such subjects. */
const acts =
  'work|live|like|want|need|know|think|say|go|have|do|make|take|come|get|speak|play|love|hate|seem|look|give|eat|drink|believe|understand|feel|mean|show|write|run|keep|use|sleep|help|start|belong|contain|require|depend|include|tell|drive|teach|study|return|provide|support|allow|become|remain|exist|agree|suggest|indicate|prefer|grow|sell|buy|wear|sing|enjoy';
const third = acts
  .split('|')
  .map((verb) => ({ have: 'has', do: 'does', go: 'goes' })[verb] ?? verbForms(verb).s)
  .join('|');
/** None of these can follow its subject for another reason: `he need not`, `he like the others`. */
const plainActs = acts.replace(/\|(?:like|need|show|help|return|support)(?=\|)/gu, '');
/** None of these is a noun in the singular that could stand behind an adjective noun. */
const measures =
  'list|quality|price|size|color|colour|aim|purpose|goal|cost|value|lack|name|use|number|length|level|risk|role|presence|absence|existence|importance|behavior|behaviour|meaning|origin|speed|height|weight|age|order|position|location|status|performance|increase|decrease|impact|effect|cause|result|loss|removal|addition|creation|installation|development|owner|author|president|leader|mother|father|rate|cost|title|structure|accuracy|complexity|understanding|knowledge|description|definition|analysis|distribution';
const were: Readonly<Record<string, string>> = {
  are: 'is',
  were: 'was',
  have: 'has',
  "aren't": "isn't",
  "weren't": "wasn't",
  "haven't": "hasn't",
  "don't": "doesn't",
  do: 'does',
};
const irregularThirds: Readonly<Record<string, string>> = {
  have: 'has',
  do: 'does',
  go: 'goes',
  "don't": "doesn't",
  are: 'is',
  were: 'was',
};
const plural: Readonly<Record<string, string>> = {
  is: 'are',
  was: 'were',
  has: 'have',
  does: 'do',
  goes: 'go',
  "isn't": "aren't",
  "wasn't": "weren't",
  "doesn't": "don't",
  "hasn't": "haven't",
};
const childForms: Readonly<Record<string, string>> = {
  childs: 'children',
  womans: 'women',
  mans: 'men',
  foots: 'feet',
  tooths: 'teeth',
  sheeps: 'sheep',
  knifes: 'knives',
  wifes: 'wives',
  wolfs: 'wolves',
  thiefs: 'thieves',
  shelfs: 'shelves',
  leafs: 'leaves',
  childrens: 'children',
  loafs: 'loaves',
  gooses: 'geese',
  halfs: 'halves',
  deers: 'deer',
  oxes: 'oxen',
  mices: 'mice',
  peoples: 'people',
};

const lists = {
  people,
  one,
  acts,
  plainActs,
  third,
  measures,
  number: numberWordsFrom(2),
  possessive: 'my|your|his|her|our|their',
  /** A count behind these begins a compound: `a three day trip`. */
  determiner: 'a|an|the|this|that|these|those|each|every|per|first|last|next|my|your|his|her|its|our|their|we|you|they',
  count: `${numberWordsFrom(2)}|several|many`,
  /** none of them is a verb or an adjective */
  counted:
    'day|week|month|year|hour|car|student|teacher|friend|letter|idea|sentence|apple|egg|dog|cat|brother|sister|product|problem|mile|dollar|kilometer|meeting',
  /** behind these a count and such a word are no subject and verb */
  beforeCounts: 'have|has|had|with|for|of|in|need|read|bought|wrote|ask|asked|answer|got|took|take|only',
  /** these may be verbs: `many question it` */
  countedActs:
    'book|file|page|question|room|document|report|test|tool|plan|word|message|chair|table|ticket|minute|second|chapter|time|house|person',
};
const forms = {
  singular: (verb: string) => irregularThirds[verb] ?? verbForms(verb).s,
  plural: (verb: string) => plural[verb] ?? acts.split('|').find((base) => verbForms(base).s === verb),
  is: (verb: string) => were[verb],
  are: (verb: string) => plural[verb],
  nounPlural: (noun: string) =>
    ({ child: 'children', man: 'men', woman: 'women', person: 'people', foot: 'feet', tooth: 'teeth' })[noun] ??
    verbForms(noun).s,
  one: (noun: string) => noun.replace(/s$/u, ''),
  people: (noun: string) => childForms[noun],
};

export const numberRows = [
  ...slipRows(
    `
    START {possessive}|both|the|these|those|all|most|many|some|two|three both|of|the|these|those|my|our|his|her|your|their|two|three|four|new|old|other|young* {people} [{third} > @plural] !:VB|NN|STOP|MD|POS|analysis|assessment
    START a lot|couple|few|number of {people}|people [{third}|is|was|has|doesn't|isn't|wasn't|hasn't > @plural] !:VB|NN|STOP|MD|POS|what|how|who|enough|too|not
    START a lot of {people}|people [{third} > @plural] so|STOP
    START a lot of {people}|people [doesn't|isn't|wasn't|hasn't > @plural]
    START|and|but|because|that|so people [{third}|is|was|has > @plural] !:VB|MD
    START these|those|both|many|several|most|all|some {people} [{third} > @plural] that|it|the|a|an|to|in|at|on|for|very|as|with|like
    START|because|but|so|that|and it [{plainActs} > @singular] on|like|that|to|a|the|very|more|too|from|in|me|you|us TOLD
    START {possessive}|the {one} [{plainActs}|don't > @singular] in|at|to|for|as|with|a|an|the|that|it|me|very|his|her|my|on|like|about|english|not|german|french|how|what
    START everyone|everybody|nobody [know|want|need|love|agree|believe|seem|don't > @singular] that|the|a|an|to|it|how|what|in|about|his|her|their|my|me|him|them|who|why|where|for|with TOLD
    START everyone|everybody|nobody [think > thinks] that|it|he|she|we|they|i|you :PRP|VBZ|VBD|=DT|MD TOLD
    START|and|but|because everybody|everyone|nobody [are > is] :VBN|VBG|JJ|DT|IN|not|very|so TOLD
    START he|she [{plainActs}|bring|swim|walk > @singular] in|at|to|for|as|with|a|an|the|that|it|me|very|his|her|my|on|like|about|english|german|french|how|what|him|them|not|every|two|three|no|many|too|from|more TOLD
    because|but|so|think|says|said|know|that|when he|she|it [don't > doesn't]
    START|and|but|because|so i [has > have] been|to|two|three|never|already|some|many|not|seen|done|it|lost|found|sent|made|got
    START|and|but|because|so i [has > have] a|an|the|no !value|unit|inverse|limit|root|zero|basis|maximum|minimum|solution|shape|form|meaning|length|size|stem|serif|dot|point|symbol|magnitude|direction|units|solutions|values|same|inverses
    START|and|but|because i [is > am] very|from|going
    START|because|that|when|if they|we|you [was|is|has|doesn't|wasn't|isn't|hasn't > @are] !:NNP
    START the {people} [is|was|has|isn't|wasn't|hasn't > @are] :JJ|VBN|VBG|RB|IN
  `,
    {
      lists,
      forms,
      unless:
        'does|did|do|let|make|makes|made|saw|see|sees|heard|hear|help|helped|watched|watch|had|have|if|lest|that|suggest|recommend|insist|demand|should|would|could|can|will|may|might|must',
    },
  ),
  // the list of items are long
  ...slipRows(
    `
    START the {measures} of the|these|those|this|that|my|our|his|her|its|their|all|such|some|most|each? :JJ|VBN|NN? :=NNS [are|were|have|aren't|weren't|haven't > @is] :JJ|VBN|VBG|RB|=DT|=IN|not|too
    START the total? number of :JJ? :=NNS has|have? [are|were > @is] increasing|decreasing|growing|rising|falling|unknown|limited|too|very|fixed|known|the|small|large|huge|high|low
    START|that|but|and|because the number of the? :JJ|NN? :=NNS [have > has] increased|decreased|grown|risen|fallen|doubled|tripled|dropped|been|changed|gone|reached|declined
    START one of the|my|our|his|her|these|those|their|your|its main|most|biggest|best|first|other|many|key|common? :JJ|NN? :=NNS [are|were|have|aren't|weren't|don't > @is] !:VBP|VBD|PRP
    START one of {possessive} friends|brothers|sisters|colleagues|students|teachers|sons|daughters|cousins|neighbors|uncles|aunts|classmates [{acts} > @singular] in|at|to|for|as|with|a|an|the|that|it|me|very|his|her|my|on|like|about|near
    START each|one of the|these|those|them|us|my|our|his|her|their|you :JJ|NN? :=NNS? [are|were|have|aren't|weren't|don't > @is] :=DT|=VBN|JJ|RB|=IN|CD|=VBG|PRP$|to|been
    START every one of the|these|those|them|us|my|our|his|her|their :JJ|NN? :=NNS? [are|were|have|aren't|weren't|don't > @is]
    START each|every :JJ? :=NN [are|were|have|aren't|weren't|don't > @is] :=DT|JJ|RB|=IN|CD|PRP$|to|been|not
    START the :JJ? {people}|effects|causes|books|keys|pictures|letters|reasons|pages|boxes|windows|shops|flowers|ideas|rules of the|this|these|my|our|his|her :JJ? :NN :NN? [was|is|has|isn't|wasn't|hasn't > @are] :JJ|VBN|RB|not|too
    START the :JJ? {people}|effects|causes|keys|pictures|letters|boxes|windows|flowers in|on|at|from|behind|near|under|with|for the|this|my|our|his|her|that :JJ? :NN :NN? [was|is|has|belongs > @plural] :JJ|VBN|VBG|RB|not|too|to|mine|been|very
    START the :JJ? {people}|people in|on|at|from|behind|near|under the|this|my|our|that :JJ? :NN [was|is|has > @are] :JJ|VBN|VBG|RB|not|too|to|mine
    START there [is|was|isn't|wasn't > @are] {number}|many|several|some|a? :=JJ? {people}|reasons|ways|options|chairs|rooms|boxes|errors|bugs|mistakes|apples|eggs|tickets|seats|types|kinds|differences|bottles|pages|steps|minutes STOP|in|on|at|for|of|to|that|who|which|with|standing|waiting|sitting|left|here|why|between
    START there [is|was > @are] {number} months|weeks|days|hours|minutes|seconds in a|an|one
    START|but|because there [is|was > @are] two|three|four|five|six|seven|eight|nine|ten|many|several|both !years|months|weeks|days|hours|minutes|seconds|miles|degrees :=NNS|people|of|other|different|big|new|more|small
    START|but|because there [is|was > @are] lots of? :=NNS|people
    START there [are|were > @is] a|an|one|another big|small|good|new|old|huge|little? problem|way|difference|man|woman|book|dog|cat|car|house|reason|table|chair|person|bug|mistake|error|question|chance|meeting|park|tree|picture|river|bank|school|hotel|restaurant|shop|message END
  `,
    { lists, forms: { ...forms, plural: (verb) => ({ belongs: 'belong' })[verb] ?? plural[verb] }, unless: 'and|or' },
  ),
  // seven person, these book
  ...slipRows(
    `
    {number}|many|several|few|these|those other|more|new|old|young|different? [person|child|man|woman > @nounPlural] were|are|have|who|in|at|from|came|waiting|died|per
    !{determiner} {number}|several|few other|more|new|old|young|different? [person|child|man|woman > @nounPlural] END
    these|those [car|student|problem|day|idea|lesson|method|product|system|letter|cat|apple|song|game|example > @nounPlural] STOP|are|were|have|in|on|from|and|that|which|for|will|can
    START [these|those > @this] book|car|house|student|file|page|question|problem|word|picture|idea|exercise|lesson|method|test|product|system|rule|tool|letter|message|photo|dog|cat|apple|table|chair|place|flower|song|game|reason|example|article|paper|document|function|module|package|movie|film|year|week|month is|was|has
    START [this > these] two|three|four|five|six :=NNS are|were|have
    START [this > these] {people}|exercises|lessons|shoes|clothes|photos|pictures|words|letters|ideas|rooms|numbers|examples|pages are|were|have
    START one of the|these|my|your|our [test|file|option|link|example|build|server|user|page|button|line|rule|module|package|step|image > @nounPlural] is|was|has|fails|failed|works|contains|does|looks|seems
    one of the|my|his|her|our|your|their|these|those|its best|most|biggest|largest|greatest|oldest|first|few|main|important|famous|beautiful|popular|favorite* [player|friend|book|student|reason|teacher|city|problem|movie|film|song|game|place|thing|day|person|brother|sister|way|example|restaurant|writer|artist|question|colleague|neighbor|issue|feature|word|house|option|method|language|advantage|disadvantage|goal|part|year|moment > @nounPlural] STOP|in|on|of|at|to|for|is|was|who|that|i|we|and|from|ever
    a few|couple of? [{counted}|minute|second > @nounPlural] END|ago|later|before|after|are|were
    a few|couple of? [{counted} > @nounPlural] from|in|at|on
    {beforeCounts} a few|couple of? [{countedActs} > @nounPlural] END
    !{determiner} {count} [{counted} > @nounPlural] END|;|ago|later|are|were|in|for|from|at
    !{determiner} {count} [{counted} > @nounPlural] , and|but|so|which|because|then|i|he|she|we|they|it|the
    !{determiner} {count} [{counted} > @nounPlural] and :PRP|IN|then|a|an|the
    !{determiner} {count} [{counted} > @nounPlural] to :=VB
    {beforeCounts} {count} [{countedActs} > @nounPlural] END|ago|later
    have|has|had|need|needs {count} [{countedActs} > @nounPlural] to :=VB
    {number} [{countedActs} > @nounPlural] ago|later|are|were
    the|{possessive}|two|three|four|many|some|all|of|these|those|few|several|both [childrens|womans|leafs|tooths|wifes|shelfs|thiefs|loafs|gooses|sheeps|childs|knifes|halfs|deers|oxes|mices > @people] STOP|are|were|is|was|have|had|in|on|of|from|fall|to|and|who|hurt|at|for
    {possessive} [foots > feet] STOP|are|were|is|was|hurt|and|in
    [childrens > children's] room|rooms|book|books|party|game|games|clothes|hospital|toys|parents|names|department|home|playground|choir|shoes|school|eyes|rights|section|menu|birthday|day
    [womens > women's] NN
    [mens > men's] room|clothing|clothes|shoes|team|health|department|fashion|wear|toilet|rights|shirts|soccer
    {possessive} [mothers > mother's] car|birthday|job|death|family|kitchen|sister|brother|friend|cooking|advice|recipe|day
    {possessive} [fathers > father's] car|birthday|job|death|family|kitchen|sister|brother|friend|office|company|desk|shop
    {possessive} [husbands|wifes|boss > @owner] car|birthday|job|death|family|office|desk|parents|brother|sister|mother
  `,
    {
      lists,
      forms: {
        ...forms,
        this: (word) => ({ these: 'this', those: 'that' })[word],
        owner: (noun) => ({ husbands: "husband's", wifes: "wife's", boss: "boss's" })[noun],
      },
    },
  ),
  // many advices, equipments
  ...slipRows(
    `
    [many advices|equipments|furnitures|homeworks|luggages > @much] !:NN
    some|any|good|useful|important|new|helpful|my|your|our|more [advices|equipments|homeworks|luggages|furnitures|feedbacks|softwares|knowledges|informations > @one] STOP|for|in|on|to|of|from|about|and|with|at
    [an > some] advice|equipment|evidence STOP|for|about|on|to|that
  `,
    {
      lists,
      forms: { ...forms, much: (found) => `much ${found.split(' ')[1]!.replace(/s$/u, '')}` },
      unless: 'his|her|the|of',
    },
  ),
];
