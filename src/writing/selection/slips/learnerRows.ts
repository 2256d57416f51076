import { verbForms } from '../rules/verbForms.ts';
import { numberWordsFrom } from '../text/numberWords.ts';
import { slipRows } from './slipTable.ts';
import { base3 } from './verbRows.ts';
import { verbForm, verbLists } from './verbTable.ts';

/** What people write who learn English, and what remains when a sentence was changed in haste. */

const lists = {
  person: 'i|you|he|she|we|they',
  possessive: 'my|your|his|her|our|their',
  number: numberWordsFrom(2),
  pastForms: verbLists.pastForms,
  /** none of them is a past form, and none has a clause behind it */
  does: 'buy|bring|break|catch|choose|drink|drive|eat|fly|get|give|lose|make|meet|sell|send|speak|steal|take|teach|visit|wear|write|watch|play|finish|cook|call|ask',
  /** these have nouns behind them that are no objects: `leave yesterday` does not end so */
  moves: 'go|come|arrive|fly|work|sleep',
  /** nouns whose form in the singular does not tell their number, and adjectives for groups of people */
  groups:
    'police|staff|crew|team|family|government|committee|audience|public|press|band|company|majority|minority|rest|lot|number|half|couple|percent|pair|bulk|youth|clergy|nobility|gentry|enemy|elite|dozen|sheep|fish|deer|species|series|aircraft|data|media|criteria|cattle|offspring|personnel|faculty|club|group|class|army|navy|world|rich|poor|young|old|dead|living|blind|deaf|sick|elderly|wise|wicked|unemployed|homeless|few|many|others|ones|chinese|japanese|french|english|dutch|swiss|irish|british|majesty|youngest|same|more|less|latter|former|opposition|community|population|jury|council|board|management|cast|gang|squad|party|parliament|department|phenomena|bacteria|dice|[a-z]*children|[a-z]*men|[a-z]*people|[a-z]*folk|[a-z]*[^s]s',
  since:
    'last|yesterday|january|february|march|april|june|july|august|september|october|november|december|childhood|monday|tuesday|wednesday|thursday|friday|saturday|sunday',
  language: 'english|german|french|spanish|italian|chinese|japanese',
  device:
    'program|app|application|server|script|browser|page|website|site|game|editor|computer|laptop|phone|printer|plugin|tool|system|process|window|button|machine|engine|car',
  /** what such a thing does by itself */
  acts: 'crash|freeze|hang|stop|start|run|work|load|open|close|fail|restart|reload|respond|break',
  quality:
    'tall|big|small|good|bad|fast|slow|old|young|long|short|strong|weak|easy|hard|important|expensive|cheap|nice|beautiful|large|high|low|happy|clever|smart|rich|heavy|much|many|well|often|soon|quickly',
  someone: 'man|woman|boy|girl|guy|person|friend|teacher|doctor|student|neighbour|neighbor|colleague',
  /** their past form is another word, and nothing that is over is an object of theirs */
  participle: 'seen|eaten|written|broken|taken|given|spoken|stolen|chosen|drunk|driven|done',
  opposites: 'rush|regret|guess|complain|worry|fail|quarrel|argue|suffer|apologize|risk|never|sorry',
};

const irregularPasts: Readonly<Record<string, string>> = {
  have: 'had',
  do: 'did',
  are: 'was',
  is: 'were',
  "don't": "didn't",
};

const forms = {
  ...verbForm,
  past: (base: string) => irregularPasts[base] ?? verbForm.pastOfBase(base) ?? verbForms(base).past,
  base3,
  /** `have seen` */
  pastOf: (perfect: string) => verbForm.pastOfParticiple(perfect.split(' ')[1]!),
  /** `is it` */
  turned: (words: string) => words.split(' ').reverse().join(' '),
  done: verbForm.participleOfBase,
  joined: (found: string) => found.replace(' ', ''),
  article: (noun: string) => `${/^[aeio]/u.test(noun) ? 'an' : 'a'} ${noun}`,
};

export const learnerRows = [
  // she go to the gym last night
  ...slipRows(
    `
    CLAUSE {person} [{moves} > @past] PAST
    CLAUSE {person} [{does} > @past] :DT|PRP|=PRP$|NN|JJ|CD|TO|=IN PAST
    CLAUSE he|she|it [have|do|are|don't > @past] :DT|PRP|=PRP$|NN|JJ|CD|TO|=IN|VB PAST
    CLAUSE he|she [like|want|need|live|feel|look > @past] :DT|PRP|=PRP$|NN|JJ|CD|TO|=IN PAST
    START yesterday , {person} [{moves}|{does} > @past]
    CLAUSE i|you|we|they [have {participle} > @pastOf] :DT|PRP|=PRP$|CD|to PAST
    CLAUSE he|she [has {participle} > @pastOf] :DT|PRP|=PRP$|CD|to PAST
    START last night|week|month|year|summer , {person} [{moves}|{does} > @past]
  `,
    { lists, forms, unless: 'if|when|whenever|what|how|where|why|who|which|every|always|usually|often|did|do|does' },
  ),
  // must have forgot, please sent me, will be send, I am use to it
  ...slipRows(
    `
    {person}|it|somebody|someone must|may|might|could|should|would have [forgot > forgotten] to|about|that|it|the|his|her|our|their|my|your|how|what|STOP
    START please [{pastForms}|sent > @base] me|us|him|them|it|the|a|an|my|your|this|that|to
    START {person}|it will|can|could|would|should|must [sent|bought|told|kept|met|brought|taught|lost|forgot|began|chose|built > @base] :PRP|DT|=PRP$
    START the|my|your|his|her|our|this :=NN was|were [send > sent] to|by|last|yesterday|on|via|in
    START you|we|they [wants|needs|likes|knows|thinks|uses|gets|makes|takes|says|looks|works|lives > @base3] to|a|the|it|that|this|in|at|for|like|about TOLD
    if|when|because|unless you|we|they [wants|needs|likes|knows|thinks|uses|gets|makes|takes|says|looks|works|lives > @base3] to|a|the|it|that|this|in|at|for|like|about
    CLAUSE {person}|it made|makes me|him|us|them [to > _] wait|laugh|cry|think|feel|go|stay|work|study|eat|smile|leave|wonder
    suggest|suggested you|him|them [to > _] :=VB
    CLAUSE [i'm > I] agree|disagree with|that|to|on|and
    {person} listen|listens|listened [music > to music] STOP|every|in|on|and|while|when
    {person} am|is|are|was|were listening [music > to music] STOP|every|in|on|and|while|when
    listen|listens|listened|listening [the|a|this|my > to $0] radio|music|song|songs|podcast|podcasts|teacher
    will|am|is|are|i'm|we're|be waiting|wait [you|him|them|me|us > for $0] at|here|outside|in
    you [borrow > lend] me|us {possessive}|a|some|the
    will|would|can|could|should|must|may|might|cannot|to be [send|give|teach|sell|choose|tell > @done] to|by|via|from|tomorrow|today|soon|STOP
    {person} am|is|are|was|were not? [use > used] to :VBG|it|this|that|the|my|his|their|our
    i'm|we're|you're|they're|he's|she's not? [use > used] to :VBG|it|this|that
    CLAUSE he|she|it [suppose > is supposed] to :=VB
    CLAUSE they|we [suppose > are supposed] to :=VB
    let|lets me|him|us|them [to > _] be|do|drive|go|have|know|see|speak|take|use|try|play|come|finish|explain|say|tell|think|make|help|keep|leave|stay|work|sleep|eat|read|write|buy|choose|decide|start|continue
    CLAUSE {person} [said > told] me|us|him that he|she|it|they|we|i|you|there|the|his|her|my|our|their
    CLAUSE {person} [did > made] a|an|some|many :JJ? mistake|mistakes !exercise
    to [do > make] a|an|any|the|same|another same|big|small|silly|stupid|similar? mistake|mistakes STOP|in|when|with|again
    if|when|because|but|and|don't|doesn't {person}? want|wants [use|create|install|learn|visit|see|buy|add > to $0] this|it|your|my|a|an|the :NN|JJ !:VB|MD
  `,
    { lists, forms, unless: 'all|what|whatever|whom|which' },
  ),
  // I am living here since 2010, since three years
  ...slipRows(
    `
    START i [am > have been] living|working|studying|teaching|learning|waiting here|there|in|at|for|with|as|on|english|german|a|an|the|this|my|NN|NNP* since =CD|{since}
    START he|she [is > has been] living|working|studying|teaching|learning|waiting here|there|in|at|for|with|as|on|english|german|a|an|the|this|his|her|NN|NNP* since =CD|{since}
    START we|they [are > have been] living|working|studying|teaching|learning|waiting here|there|in|at|for|with|as|on|english|german|a|an|the|this|our|their|NN|NNP* since =CD|{since}
    have|has|i've|we've|they've|you've been :VBG here|there|in|at|with|on|as|this|the|a|my|our|NN|NNP* [since > for] {number}|=CD|many|several years|months|weeks|days|hours|minutes END|now|, !ago
  `,
    { lists },
  ),
  // She sings very good, interesting in art, boring of it
  ...slipRows(
    `
    CLAUSE {person} speak|speaks|spoke {language} very|so|really|pretty|quite [good > well] STOP
    CLAUSE {person} sing|sings|sang|dance|dances|danced|swim|swims|swam|cook|cooks|cooked|drive|drives very|so|really|pretty|quite [good > well] STOP
    START i'm very|really|also|not? [interesting > interested] in
    START i am very|really|also|not? [interesting > interested] in
    START we|he|she|they are|is very|really|also|not? [interesting > interested] in learning|buying|working|joining|studying|knowing|reading|seeing|hearing|hiring
    {person} am|is|are|was|were|get|got very|really|so? [boring > bored] of {possessive}|the|this|it|that
    work|works|worked|working as [engineer|teacher|doctor|nurse|waiter|waitress|lawyer|programmer|driver > @article] STOP
    CLAUSE {person} go|went|goes|came|come [to > _] home STOP|yesterday|early|late|after|and|because
    has|have|gave|give|gives|get|got|need|needs|is|was me|him|us|them|her? [a > _] good|bad|useful|helpful|great|nice advice|news|information|luggage|homework|furniture STOP
    START [the both > both] :=NNS are|were|have|will|can|must
    need|for|want|appreciate [you > your] help|advice|opinion|feedback STOP|with|on
    look|looks|looking|looked [for ward > forward] to
    for|been|took|takes|such [along > a long] time !after
  `,
    { lists, forms },
  ),
  // Is any body home, every body knows
  ...slipRows(
    `
    START is|was [any body|one > @joined] there|in|home|here|else STOP
    START can|could|does|did|has|would [any body|one > @joined] help|tell|explain|know|please|recommend|suggest|confirm|have|seen|want|remember|hear
    [some body > @joined] else|told|said|please|knows|wants|called|asked|forgot|left
    START [every body > @joined] knows|thinks|wants|needs|likes|loves|says|else|agrees|should
    START [no body > nobody] knows|cares|wants|likes|told|said|answered|else|called|came|saw
    START [no body > nobody] was|is here|there|home|interested
  `,
    { lists, forms, unless: 'heavenly|rigid|dead' },
  ),
  // wait then rush, faster that the old one, send it to to me, with that that list
  ...slipRows(
    `
    better|rather to? :VB :=RB? [then > than] to? {opposites}
    better late [then > than] never
    better safe [then > than] sorry
    better to be safe [then > than] sorry
    is|are|was|were bigger|smaller|larger|older|younger|taller|cheaper|longer|shorter|faster|slower|stronger|heavier|colder|warmer|hotter|better [then > than] :=NNP END
    START {person} have|has|had|want|wants|need|needs|tried [to to > to] :=VB
    {person} am|is|are|was|were going|able [to to > to] :=VB
    :JJR|RBR [then > than] the first|last|previous|old|other|former one|ones STOP
    is|are|was|were|runs|much faster|slower|bigger|smaller|larger|older|younger|taller|cheaper|longer|shorter|stronger|heavier|higher|lower [that > than] the|my|our|his|her :JJ? :=NN|one STOP
    send|sent|give|gave|talk|talked|went|came|it|them|file|email|message [to to > to] me|him|us|them|you STOP|again|by|so|and|before
    me|us|him|them|open|close|delete|print|copy|with|from|for|into [that that > that] :=NN STOP
    :=NNS [their > there] END
  `,
    {
      lists,
      unless:
        'if|when|were|once|as|because|since|until|after|while|where|unless|think|know|say|said|tell|told|what|who|which',
    },
  ),
  // This don't work, the function return a list, this options is
  ...slipRows(
    `
    START|and|but this|that [don't > doesn't] :=VB !:VBZ|MD LAST
    START|and|but|because it [don't > doesn't] :=VB
    START the|this|that|{possessive} !whole|other|same|more|less :JJ? :=NN !{groups} [don't > doesn't] :=VB
    START the|this|that function|method|program|script|server|library|tool|app|algorithm|module|parser|compiler|plugin|extension [return|take|contain|provide|require|accept|need|produce|generate|create|expect > @third] a|an|the|no|two|three|one|some|all|your|it LAST TOLD
    START the|this|my|your|our {device} [{acts} > @third] when|whenever|if i|you|we|they|he|she|it :VB|MD|NN|JJ|IN :DT|PRP|NN|JJ|IN|RB|TO|CD|=VBG|=VBN* END
    START the|this|my|your|our {device} [{acts} > @third] very|too|so? slowly|fine|well|quickly|properly|correctly|again|twice|immediately|automatically|randomly :DT|PRP|NN|JJ|=IN|RB|TO|CD* END
    START the|this|my|your|our {device} [do > does] nothing STOP|when|if|after|at
    as {quality} [then > as] me|him|us|them STOP
    as {quality} [than > as] me|him|her|us|them|you|i|he|she|we|they|my|your|his|our|their|the|a|an|this|that
    know|wonder|idea what time [is|was it > @turned] STOP
    tell|told|show|ask me|us|him|her|them what time [is|was it > @turned] STOP
    know|wonder what|where|who [is|was he|she|it|this|that > @turned] STOP
    know|wonder what|where|who [are|were you|we|they > @turned] STOP
    is|was|know|knows|knew|met|saw a|the {someone} [which > who] :VBD|=VBZ|MD
    START [this > these] are|were the|my|our|your|his|her|not|very|some :JJ|CD|NN* =NNS|files|results|changes|tests !:NN
    START this [are|were > @is] a|an|one|the|my|our|your|his|her :JJ? :=NN !:NN|POS
    START this [are|were > @is] not|very :JJ STOP
    START [that > those] are|were my|our|your|his|her|the :JJ? :=NNS END
    START this [options|files|functions|methods|books|cars|students|problems|questions|products|systems|features|settings|commands|pages|errors|bugs|tests|examples|rules|buttons > @one] is|was|has|does|doesn't|isn't|can|will LAST
    START that [options|files|functions|methods|books|cars|students|problems|questions|products|systems|features|settings|commands|pages|errors|bugs|tests|examples|rules|buttons > @one] is|was|has|does|doesn't|isn't LAST
    START|in|for|on|that every [students|users|members|days|weeks|months|years|files|pages|lessons|teachers|employees|customers|players > @one] must|has|have|is|can|should|will|needs|STOP|in|of
    one of {possessive} [friend|colleague|student|teacher|neighbor|neighbour|cousin|brother|sister|classmate|customer|client > @many] :VBZ|told|said|asked|gave|went|came|has|had|lives
    START the|this|that|no|good|bad news [are|were > @is] :JJ|VBN|not|very|too
    START both|many|several of them|us|these|those [was|is|has > @are] :JJ|VBN|VBG|RB|=IN|not
    START {possessive}|the|these|those parents|children|friends|students|teachers|neighbors|neighbours|colleagues|users|customers|people [doesn't|hasn't|isn't|wasn't > @are]
    have|has|had [much > many] friends|books|students|questions|problems|children|brothers|sisters|cousins|options|ideas|cars STOP|here|in|at
    {person} am|are|is|was|were [loosing > losing] {possessive} patience|mind|temper|hair|job|money|time|way|keys|confidence|voice
    START everyone|everybody [have > has] his|their own opinion|opinions|reasons|style|preferences|problems|ideas END
    START the|this|our information|news|advice|furniture|equipment|software|homework|luggage on|in|about|from|of|for the|this|our :NN [are|were > @is] :JJ|VBN|not|very|too
    has|have|had [less > fewer] friends|books|students|bugs|problems|questions|users|children|people|cars|jobs|features|errors than me|him|her|us|them|you|i|mine|yours
    the|our|his|her|its dog|cat|horse|bird hurt|hurts [it's > its] paw|leg|foot|head|wing|tail|neck|back|eye
    lost|lose|loses|deleted|uses|used|spent|spends|sold|wasted all|most|some|part|half|much of [it's > its] :JJ? :=NN|=NNS STOP
  `,
    {
      lists,
      forms: {
        ...forms,
        third: (verb) => verbForms(verb).s,
        is: (verb) => ({ are: 'is', were: 'was' })[verb],
        are: (verb) =>
          ({
            is: 'are',
            was: 'were',
            has: 'have',
            "doesn't": "don't",
            "hasn't": "haven't",
            "isn't": "aren't",
            "wasn't": "weren't",
          })[verb],
        one: (noun) => noun.replace(/s$/u, ''),
        many: (noun) => verbForms(noun).s,
      },
    },
  ),
];
