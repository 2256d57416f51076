import { verbForms } from '../rules/verbForms.ts';
import { numberWordsFrom } from '../text/numberWords.ts';
import { slipRows } from './slipTable.ts';
import { base3 } from './verbRows.ts';
import { verbForm } from './verbTable.ts';

/** What people carry over from their own language: from German, Spanish, French and Chinese. */

const thirds = 'likes|wants|needs|knows|goes|loves|thinks|works|lives|says|means|makes|takes|costs|looks|gets|comes';

const lists = {
  person: 'i|you|he|she|we|they',
  possessive: 'my|your|his|her|our|their',
  count: `${numberWordsFrom(2)}|[2-9]|[1-9][0-9]`,
  span: 'minutes|hours|days|weeks|months|years',
  language: 'english|german|french|spanish|italian|chinese|japanese',
  thirds,
  knows: 'know|knew|remember|understand|wonder',
  /** what a question asks of, and none of them a noun behind such a pronoun */
  asked:
    'mean|cost|work|want|live|come|go|take|look|do|cause|eat|happen|belong|understand|say|know|like|see|think|weigh|prefer|call|find|get|make|need|use|have',
  /** none of them is a noun that could stand behind a preposition */
  verbs: 'go|be|have|take|make|do|get|come|give|buy|pay|eat|write|know|tell|send|ask|bring|become|choose|leave|learn',
  arrivals: 'arrive|arrived|arrives',
  comes: 'arrive|come|get|have|know|finish|receive|return|hear|find',
  things:
    'film|movie|book|song|house|car|letter|email|mail|picture|photo|invoice|document|file|restaurant|hotel|bus|train|game|phone|computer|laptop|bag|coat|dress|product|cake|present|gift',
  someone: 'man|woman|boy|girl|guy|teacher|doctor|student|neighbour|neighbor|colleague|manager|nurse',
  profession:
    'doctor|teacher|lawyer|engineer|nurse|dentist|farmer|policeman|musician|painter|journalist|pilot|foreigner|colleague',
  sizes: 'warm|big|old|tall|strong|fast|rich|large|long|small|cheap|easy|clear|close|safe|brave|smart|quick',
  subjects:
    'art|history|music|politics|science|sports|football|computers|languages|literature|photography|fashion|cooking|math|mathematics|philosophy|economics|cars|animals|nature',
  /** it is brought about by nobody */
  affected:
    'users|customers|people|students|employees|residents|members|families|systems|devices|servers|versions|patients|workers|farmers|drivers|passengers|clients|tenants|children|teachers|visitors|players|companies|countries|animals|plants|crops|applications|installations|subscribers|readers',
  /** their past form is their participle, or one that both have in common */
  met: 'met|bought|sent|received|called|visited|watched|finished|sold|lost|found|paid|played|asked|booked|ordered|tried|made|told',
};

const objects: Readonly<Record<string, string>> = {
  i: 'me',
  he: 'him',
  she: 'her',
  we: 'us',
  they: 'them',
  you: 'you',
};
const subjects: Readonly<Record<string, string>> = { me: 'I', him: 'he', her: 'she', us: 'we', them: 'they' };
const possessives: Readonly<Record<string, string>> = {
  me: 'mine',
  him: 'his',
  her: 'hers',
  us: 'ours',
  them: 'theirs',
};
const haves: Readonly<Record<string, string>> = { live: 'lived', lives: 'lived', know: 'known', knows: 'known' };

const gerund = (verb: string): string => ({ be: 'being', see: 'seeing', get: 'getting' })[verb] ?? verbForms(verb).ing;
const past = (verb: string): string => verbForm.pastOfBase(verb) ?? verbForms(verb).past;
const last = (words: string): string => words.slice(words.lastIndexOf(' ') + 1);
const first = (words: string): string => words.slice(0, words.indexOf(' '));
const third = (verb: string): string => ({ have: 'has', do: 'does', go: 'goes' })[verb] ?? verbForms(verb).s;

/** `does it cost` → `it costs` */
function told(question: string): string {
  const [auxiliary, subject, verb] = question.split(' ') as [string, string, string];
  const form = { do: (base: string) => base, did: past, does: third }[auxiliary]!;
  return `${subject === 'i' ? 'I' : subject} ${form(verb)}`;
}

const forms = {
  told,
  base3,
  behind: (words: string) => words.replace(/^(very (?:much|well)|enough) (.+)$/u, '$2 $1'),
  moved: (words: string) => words.replace(/^(is|are) (.+)$/u, '$2 $1'),
  meant: (words: string) => words.replace(/^means (.+)$/u, 'does $1 mean'),
  turned: (words: string) => words.split(' ').reverse().join(' '),
  ing: (words: string) => gerund(last(words)),
  ofDoing: (words: string) => `${first(words)} of ${gerund(last(words))}`,
  toDo: (words: string) => `${objects[words.split(' ')[1]!]} to ${base3(last(words))}`,
  toVerb: (words: string) => `${objects[words.split(' ')[1]!]} to`,
  bare: last,
  third: (words: string) => third(last(words)),
  subject: (words: string) => subjects[first(words)],
  object: (words: string) => words.replace(/ i$/u, ' me'),
  possessive: (word: string) => possessives[word],
  compound: (words: string) => words.replace(/ (\p{L}+)s$/u, '-$1'),
  have: (verb: string) => `have ${haves[verb] ?? verbForms(verb).past}`,
  has: (verb: string) => `has ${haves[verb] ?? verbForms(verb.replace(/s$/u, '')).past}`,
  make: (verb: string) => ({ did: 'made', do: 'make', does: 'makes', doing: 'making', done: 'made' })[verb],
  do: (verb: string) => ({ made: 'did', make: 'do', makes: 'does', making: 'doing' })[verb],
  many: (noun: string) => `${noun}s`,
  much: (noun: string) => noun.replace(/s$/u, ''),
  one: (noun: string) => ({ men: 'man', women: 'woman' })[noun],
  bring: (verb: string) => verbForms(verb).past,
};

export const transferRows = [
  // tell me how much does it cost
  ...slipRows(
    `
    tell|show me|us|him|her|them how|what|where|when|why much|many|long|often|far|old|big|time? [does|did|do {person}|it|this|that {asked} > @told] STOP|in|on|at|to|from|for|here|there|about|with|it|that
    {knows}|idea|sure how|what|where|when|why much|many|long|often|far|old|big|time? [does|did|do {person}|it|this|that {asked} > @told] STOP|in|on|at|from|for|here|there|about|with|it|that
    tell|show me|us where [is the|your|my|our :NN|JJ > @moved] STOP
    do you know where [is the|your|my|our :NN|JJ > @moved] STOP
    START why [{person} didn't|don't|aren't|can't|doesn't|won't|isn't|couldn't|wasn't|weren't|haven't|hasn't > @turned] ASKED
    START [how > what] is|are|was this|that|it|these|they called in {language}
    START [how > what] do|would you|they|we call this|that|it|these in {language}
    START what [means this|that|the word|sentence|sign|message|abbreviation|phrase|symbol > @meant] STOP
    START how long [time > _] do|does|did|have|has|will|is|are|can|should
    START what|which :NN does the|this|that|{possessive} :JJ? :=NN [has|{thirds} > @base3] STOP|in|on|to|for
    START what|how|why|when|where much|long|often? does this|that|the|{possessive} :=NN? [has|{thirds} > @base3] STOP
  `,
    { lists, forms, unless: 'if' },
  ),
  // I live here since three years
  ...slipRows(
    `
    START i|we|they|you [live|work|study|learn|know|own > @have] :PRP|IN|DT|NN|JJ|RB* :PRP|IN|DT|NN|JJ|RB* since {count}|many|several {span} STOP
    START he|she [lives|works|studies|learns|knows|owns > @has] :PRP|IN|DT|NN|JJ|RB* :PRP|IN|DT|NN|JJ|RB* since {count}|many|several {span} STOP
    START i [am > have been] a|an|ill|sick|married|here|in|at :DT|NN|JJ|IN* since {count}|many|several {span} STOP
    START he|she [is > has been] a|an|ill|sick|married|here|in|at :DT|NN|JJ|IN* since {count}|many|several {span} STOP
    START i [am > have been] a|an|ill|sick|married|here :DT|NN|JJ|IN* since =CD STOP
    START he|she [is > has been] a|an|ill|sick|married|here :DT|NN|JJ|IN* since =CD STOP
    {person}|it|me|him|us|them|{possessive}|=NN|=NNS|=NNP|here|there|VBG|VBN|RB|JJ [since > for] {count}|many|several {span} END|now|,|and|but !:VBD|VBZ|ago
    CLAUSE i|you|we|they [have {met} > @bare] :DT|PRP|=PRP$|CD|to|=NNP PAST
    CLAUSE he|she [has {met} > @bare] :DT|PRP|=PRP$|CD|to|=NNP PAST
    START yesterday ,? i|you|we|they [have {met} > @bare]
    START yesterday ,? i|we [have seen > saw]
    CLAUSE i|he|she [have|has been > was] in|at|here|there PAST
    CLAUSE we|they|you [have been > were] in|at|here|there PAST
    as soon as i|you|we|they [will {comes} > @bare]
    as soon as he|she|it [will {comes} > @third]
    until|till i|you|we|they [will {comes} > @bare] !to
    until|till he|she|it [will {comes} > @third] !to
    call|phone|visit you|him|her|them when i|we [will {comes} > @bare]
  `,
    { lists, forms, unless: 'if|whenever|always|every|ever' },
  ),
  // I want that you come, thank you for help me, before to leave
  ...slipRows(
    `
    CLAUSE {person} don't|do|not|really|just|would? want|wants|wanted [that i|you|we|they > @toVerb] :=VB|VBP
    CLAUSE {person} don't|do|not|really|just|would? want|wants|wanted [that he|she :=VBZ|=NNS > @toDo]
    CLAUSE {person} suggest|suggested|recommend|recommended [me|him|her|us|them to > @subject] :=VB
    thank|thanks you? for [help|tell|send|give|answer|invite|explain|share|write|accept|choose|let > @ing] me|us|him|them|my
    {person} am|is|are|was [thinking|dreaming to buy|go|move|change|start|take|study|make|visit|learn|come|sell|travel|leave|find|get > @ofDoing]
    instead of|without [{verbs} > @ing] the|a|an|my|your|our|it|them|me|us|him|this|by|home|anything
    START before|after [to {verbs} > @ing] STOP|the|a|an|my|your|our|it|them|me|us|him|this|to|home
    {person} can|must|should|could|may|might|will|can't|cannot [to > _] sign|swim|drive|dance|sing|understand|bring|open|close|cook|play|run|walk|show|visit|meet|choose|check|learn|drink|pass|fill|register|book STOP|the|a|an|my|your|our|it|them|me|us|him|this|very|well|in|at|for
  `,
    { lists, forms, unless: 'what|all|whatever|everything|anything|thing|which|who' },
  ),
  // used to get up
  ...slipRows(
    `
    START if i|you|we|they [will have > have] time|money|questions|problems|any
    START if it [will rain|snow > @third] tomorrow|today|on|,
    START if {person}|it [would have > had] :=VBN :PRP|DT|NN|IN|RB|TO|JJ* , {person}|it would|could|might|wouldn't|couldn't
    CLAUSE i|we am|are|was|were used to [get|wake > @ing] up
    CLAUSE i|we am|are|was|were used to [work|live|drive|eat|cook|sleep|travel|speak|walk|write > @ing] STOP|in|at|with|on|alone|late|early|here|very
    CLAUSE he|she|everyone|everybody|nobody [is agree > agrees] with|that|to|on|STOP
    :=NN|=NNP [is agree > agrees] with|that|to
    CLAUSE he|she [is not|isn't agree > doesn't agree] with|that|to|on|STOP
    CLAUSE i [am not agree > do not agree] with|that|to|on|STOP
    CLAUSE we|they|you [are not|aren't agree > don't agree] with|that|to|on|STOP
    has|have [forgot > forgotten] {possessive}|the password|key|keys|phone|wallet|passport|umbrella|homework|appointment|ticket|tickets|glasses|bag|laptop|charger|attachment|username|login
    has|have [forgot > forgotten] to attach|send|call|phone|buy|book|close|lock|turn|switch|pay|include|add|upload|bring|email|reply|answer|install|update|save|charge|print|sign
    START although|though :PRP|DT|NN|JJ|IN|RB|TO|CD|PRP$|VB|EX|not* :PRP|DT|NN|JJ|IN|RB|TO|CD|PRP$|VB|EX|not* , [but > _] {person}|it|there
    START because :PRP|DT|NN|JJ|IN|RB|TO|CD|PRP$|VB|EX|not* :PRP|DT|NN|JJ|IN|RB|TO|CD|PRP$|VB|EX|not* , [so > _] {person}|it|there :VB|MD
    to|with|for|from|about|of {possessive} wife|husband|brother|sister|friend|friends|parents|family|mother|father|boss|team|colleague|colleagues|girlfriend|boyfriend|son|daughter and [i > me] END
    because [of > _] i|he|she|we|they :VBP|VBZ|VBD|MD
  `,
    { lists, forms },
  ),
  // a lot of homeworks, an honest men, a ten minutes walk
  ...slipRows(
    `
    START there [are > is] a? lot|lots|plenty of traffic|noise|water|information|money|time|rain|snow|dust|furniture|food|stuff|space|evidence|dirt STOP|on|at|today|here|there
    lot|lots|plenty of [informations|homeworks|furnitures|advices|luggages|knowledges > @much] STOP|for|in|on|to|from|about|and|with|at
    {count} [kilo|liter|litre > @many] of
    is|was|am|be|a|an an? honest|good|bad|great|nice|old|young|tall|rich|poor|kind|smart|strong|brave|famous|wise|beautiful|clever [men|women > @one] END
    a friend|colleague|neighbour|neighbor|cousin|classmate of [me|him|her|us|them > @possessive] STOP
    friend|colleague|neighbour|neighbor|cousin|classmate of [me|us|him|them > @possessive] told|said|who|has|lives|works|is|was
    a [{count} minutes|hours|days|weeks|months|years|miles > @compound] walk|drive|ride|break|trip|flight|holiday|vacation|delay|contract|course|journey|film|visit STOP|to|from|in|at|for|with
    START {possessive} son|daughter|brother|sister|father|mother|husband|wife|grandmother|grandfather|dog|cat|boy|girl is|was {count} [years > years old] STOP
    START he|she is|was {count} [years > years old] END
    START i am|was {count} [years > years old] END
    CLAUSE i [have > am] {count} years old
    CLAUSE he|she [has > is] {count} years old
    CLAUSE we|they|you [have > are] {count} years old
    CLAUSE we|they|you all|both|always|often|usually|sometimes [{thirds} > @base3] :DT|PRP|PRP$|TO|=IN|NN|STOP TOLD
  `,
    { lists, forms },
  ),
  // married with a doctor, this will effect all users
  ...slipRows(
    `
    am|is|are|was|were|got|get|been|not|i'm|he's|she's married [with > to] a|an :JJ? {profession}|{someone} STOP|who|from|and|for|since
    depend|depends|depended [of|from > on] the size|weather|price|situation|season|number|day|time|country|person|quality|place|type|kind|market|context|result|results|age|traffic|teacher|money|customer|boss
    depend|depends|depended [from > on] how|what|whether|who|where|when|him|her|them|you|us|me|it
    CLAUSE {person} {arrivals} [to > in] :=NNP STOP|on|at|yesterday|last|this|by|with|late|early
    will|can|could|would|may|might|not|to|does|do|did [effect > affect] all|every|many|most|some|both|other|our|your|the? existing|other|new|older|newer|old|individual? {affected}
    know|knows|knew|sure|wonder|wondering|wondered|decide|unsure|ask|asked [weather > whether] you|this|there|these|those :VB|MD
    did|does|do not|never|ever|you [loose > lose] {possessive}|the|any :JJ? keys|key|phone|job|temper|mind|way|wallet|glasses|place|data|work|money|time|receipt|file|files|ticket|tickets|bag|passport|weight|hope|interest|contact|patience
    send|sent|give|gave|tell|told me|us|him|her|them [you're > your] address|name|email|number|phone|opinion|answer|reply|letter|order|password|account|cv|resume|bank|date|decision|feedback|comments|report|photo|photos
    am|is|are|was|were|i'm|we're still|just|also? waiting [{possessive} > for $0] reply|answer|response|email|call|letter|feedback|decision
    START the|my|our|your|his|her :=NN? :=NN was|were|is|are|been [deliver|install|repair|confirm|publish|reject|accept|postpone > @bring] because|by|due|yesterday|last|STOP
    {person} am|is|are|was|were very|so|really|not? [exciting > excited] about {possessive}|the|this|that|it|going|seeing
    i'm|we're very|so|really|not? [exciting > excited] about {possessive}|the|this|that|it|going|seeing
    START he|she|they|we is|are very|really|not|also? [interesting > interested] in {subjects} STOP|and
    very [tired > tiring] day|week|trip|journey END
    START [according to me > in my opinion] ,
    CLAUSE {person} [did > made] a|an big|great|huge|special|real|good|important? effort|decision|choice|suggestion STOP|in|to|for|about|and
    to|will|must|should|can [do > make] a|an big|great|huge|special|real|good|important? effort|decision|choice|suggestion STOP|in|to|for|about|and
    CLAUSE {person} [made > did] {possessive}|the homework|homeworks|shopping
    to|will|must|should|can|can't|didn't [make > do] {possessive}|the homework|homeworks
    CLAUSE {person} [learned|learnt > taught] me|us|him|them how to
    will|would|want|like|wants|hope to? [become > get] a|an|my|the new phone|car|bike|computer|job|laptop|tv STOP|for|from|next|soon
    [remember > remind] me|us|him|them to :=VB
    CLAUSE i|we|you|they [very > really] like|love|want|enjoy|hope|appreciate|miss|need :DT|PRP|PRP$|TO|it|this|that|your
    {person} like|likes|liked|love|loves [very much the|this|that|your|my|his|her :=NN > @behind] END
    is|are|was|were|it's|not [enough {sizes} > @behind] to|for|STOP
    have|has|had|is|are|was|were|got [no any > no] :NN|JJ
    START please? [open > turn on] the|your light|lights|tv|television STOP
    START please? [close > turn off] the|your light|lights|tv|television STOP
    START my|our|his|her|your father|brother|husband|son|uncle|grandfather|boss [he > _] works|is|has|lives|likes|wants|was|had|says|said|comes|speaks|thinks !not
    START my|our|his|her|your mother|sister|wife|daughter|aunt|grandmother [she > _] works|is|has|lives|likes|wants|was|had|says|said|comes|speaks|thinks !not
    START the|this|that {things} [what > that] i|you|we|they|he|she :VBD|VBP|VBZ|MD
    the best|first|only|last {things} [what > that] i|you|we|they|he|she :VBD|VBP|VBZ|MD
    the|a|this {things} [who > that] i|you|we|they|he|she :VBD|VBP|VBZ|MD
    START the|that|this {someone} [which > who] :VBD|VBZ
    START [all what > all that] i|you|we|they|he|she :VB|MD
    CLAUSE {person} [told > said] that i|you|we|they|he|she|it :VB|MD
    CLAUSE {person} [said > told] me|him|us|them to :=VB
  `,
    { lists, forms },
  ),
];
