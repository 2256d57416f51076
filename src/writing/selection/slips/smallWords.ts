import { slipRows } from './slipTable.ts';

/** Little words that are doubled, missing or the wrong ones, and the apostrophes that little words have lost. */

const lists = {
  subject: 'i|you|he|she|it|we|they',
  possessive: 'my|your|his|her|our|their',
  modal: 'can|could|will|would|should|must|may|might|shall',
  be: 'am|is|are|was|were',
  superlative:
    'important|beautiful|popular|famous|common|interesting|difficult|expensive|useful|powerful|successful|efficient|influential|widely|dangerous|effective|exciting|comfortable|well-known',
  comparative:
    'easier|better|faster|bigger|smaller|cheaper|older|younger|nicer|taller|stronger|higher|lower|longer|harder|worse|happier|smarter|brighter|darker|thinner|thicker|wider|deeper|louder|quieter|cleaner|prettier|lazier|funnier|kinder|busier|earlier|friendlier|healthier|safer|simpler|quicker|slower|richer|poorer|heavier|lighter|warmer|colder',
};

/** Behind these a clause has lost its object or subject: a word may stand twice. */
const relative =
  'what|whatever|whatsoever|which|that|who|whom|whose|where|how|all|everything|anything|those|those|as|than';

export const smallWords = [
  // at at the map
  ...slipRows(
    `
    :=NN|=NNS|JJ [of of > of] the|a|an|{possessive}|this|that|these|those
    CLAUSE we|i|you|they [have have > have] no|a|an|been|the|to|not|never|some|many|two|already
    CLAUSE he|she|it [has has > has] no|a|an|been|the|to|not|never
    START {subject} [can can > can] :=VB
    START {subject} [will will > will] :=VB|be|not
    START {subject} [would would > would] :=VB|be|not|have
    START {subject} [should should > should] :=VB|be|not|have
    {modal}|to [be be > be] :VBN|=JJ|a|the|able
    START the|this|{possessive} :JJ? :=NN [is is > is] :VBN|VBG|=JJ|=DT|not|only|=IN|very|also|now
    START the|this|{possessive} :JJ? :=NN [was was > was] :VBN|VBG|=JJ|=DT|not|only|=IN|very|also|now
    START it|he|she|this [is is > is] :VBN|VBG|=JJ|=DT|not|only|very|also|=IN
    START it|he|she|this [was was > was] :VBN|VBG|=JJ|=DT|not|only|very|also|=IN
    START these|they|we|you|those [are are > are] :VBN|VBG|=JJ|=DT|not|only|very|also|=IN
    START they|we|you [were were > were] :VBN|VBG|=JJ|=DT|not|only|very|also|=IN
    :NN|PRP [then then > then] :VB
    if|when|because|while|do|can|should|could|would|did|are|will|have [you you > you] :VB|MD
    if|when|because|while|do|can|should|could|would|did|are|will|have|did|and [we we > we] :VB|MD
    if|when|because|while|do|can|should|could|would|did|are|will|have|did|and [they they > they] :VB|MD
    if|when|because|while|and|but|so [it it > it] :VBZ|VBD|MD
    START [it it > it] :VBZ|VBD|MD
    START [we we > we] :VB|MD
    START [they they > they] :VB|MD
    START [you you > you] :VB|MD
    [when when > when] :PRP|DT|{possessive}
    [where where > where] :PRP|DT
    [if if > if] :PRP|DT|there|not
    [or or > or] :DT|PRP|JJ|NN|VB|=IN
    [as as > as] well|soon
    think|thinks|said|says|believe|believes|know|knows|hope|shows|means|mean|so|showed|found|find|ensure|suggest|suggests|suggested|told [that that > that] the|a|an|he|she|we|they|it|you|there|this|these|those|my|our|his|their|all|some|every|each|:=PRP$
    think|thinks|said|says|believe|believes|know|knows|hope|shows|means|mean|showed|found|find|ensure|suggest|suggests|suggested [that that > that] :=NNS are|were|have|do|will|can|would|should|need|must
  `,
    { lists, unless: `${relative}|if` },
  ),
  // one of most important, for you quick reply, despite of
  ...slipRows(
    `
    one|some|two|many of [most > the most] {superlative}
    thank|thanks|grateful|forward you|much|a? lot? for|to [you > your] :JJ? reply|help|support|email|mail|message|answer|time|patience|interest|letter|feedback|understanding|response|work|advice|kindness|attention|invitation|effort|efforts|contribution|cooperation|question|order|purchase
    !in [despite of > despite]
    [an other > another] !argument|parameter|option|value|keyword|field|attribute|variable|class|category|key|member :NN|JJ|CD
    START [in > on] the other hand ,
    START [in > on] the contrary
    in [regards > regard] to
    [irregardless > regardless] of
    please find [attach > attached] the|my|a|an|our|your|STOP
    START|and|but i|we [apologies > apologize] for|if|that
    i'm|we're|am|so|very|really [exited > excited] about|that
    i'm|we're|am|so|very|really [exited > excited] to announce|share|see|hear|join|work|meet|be|start|try
    we|they are|were [exited > excited] to announce|share|see|hear|join|work|meet|be|start|try
    inconvenience this|it|that may|might have [cause > caused]
    need|needs|have|has|want|wants|how|trying|going|required|able|here|first to [setup > set up] the|a|an|your|my|our|this|it|:=NNP
    need|needs|have|has|want|wants|how|trying|required|able|here|first to [login > log in] to|with|using|as|here|STOP
    depend|depends|depended|depending [of > on] the|my|your|his|her|our|their|how|what|a|this|that|who|where|whether|many|several|it|which
    START {subject}|i'm|we're|he's|she's am|is|are|was|were|very|really* interested [on > in] PRP|VBG|NNS|this|these|your|my
    am|is|was|were|are|be|get|got|been|not|happily married [with > to] him|me|us|them|her STOP
    discuss|discusses|discussed|discussing [about > _] it|this|that|these|those|my|your|his|her|our|their|how|what|politics|problems|many
    discuss|discusses|discussed|discussing [about > _] the !same
    answered|answering [to > _] {possessive}|the|this|that|all question|questions|email|mail|letter|letters|message|messages|phone|call|door
    CLAUSE i [am > _] agree|disagree with|that|to|on|and
    CLAUSE they|we|you [are > _] agree|disagree with|that|to|on
    explain|explains|explained|suggest|suggested [me > to me] the|how|what|why|a|your|that|it
    explain|explained [us > to us] the|how|what|why|a|that
    explain|explained [him > to him] the|how|what|why|a|that
    explain|explained [her > to her] the|how|what|why|a|that
    START [according with > according to]
    START [according > according to] the|this|that|my|our|your|their report|reports|article|author|authors|study|plan|text|rules|book|news|law|data|results|schedule|forecast|paper|research|survey|teacher|instructions|documentation|manual
    good|bad|better [in > at] math|mathematics|sports|football|tennis|chess|drawing|singing|dancing|cooking|swimming|maths|programming|physics
    afraid [from > of] dogs|spiders|him|her|it|them|dying|flying|losing|being
    arrived|arrive|arrives [to > at] the|a|my|our|their|his|her|work|school|home station|airport|hotel|office|house|restaurant|school|party|meeting|border
    [in > on] monday|tuesday|wednesday|thursday|friday|saturday|sunday STOP|at|morning|evening|night|afternoon|i|we
    consist|consists|consisted [from|on > of] a|two|three|the|several|many|four|five|an
    the|my|his|her|our|their|its|your [most easiest|hardest|biggest|smallest|fastest|oldest|youngest|strongest|cheapest|best|worst|happiest|greatest|highest|longest > @last]
    [more {comparative}|shorter > @last] than !average|usual|normal|life|light|expected|ever|necessary|needed
    is|are|was|were|be|been|it's|much|feels|looks|even|far [more > _] {comparative} STOP|to|and|for|when|if|in|this|that|now|here|with|by|because
    much [more > _] easier|better|faster|bigger|smaller|cheaper|older|younger|nicer|taller|stronger|higher|lower|longer|harder|worse|simpler|safer
  `,
    { lists, forms: { last: (found) => found.split(' ')[1] } },
  ),
  // Lets meet, Hes going
  ...slipRows(
    `
    START [lets > let's] meet|say|make|keep|eat|wait|not|discuss|talk|assume|consider|hope|imagine|suppose|sing|forget|compare|examine|explore|dive|come|leave|give|continue|take|see|begin|define|start !that|and|or|:=NNS
    START [lets > let's] go !of
    START [lets > let's] be|find|put|look|move|stay|stop|return|get|do|have|try|add|create|write|build|run|learn :DT|PRP|IN|RB|TO|STOP|it|this|back|out|started|something|everything|another !:VB
    START [lets > let's] add|create|write|build|run|learn|try|find|get :NN|JJ* END
    START [lets > let's] call|use|play|check|look|move|change|test|work|read the|a|it|this|our|that|at|with|on|about|and|to|in
    START|so|then|now|ok|okay [lets > let's] get|see|say|try|meet|talk|eat|do :DT|PRP|IN|RB|STOP|it|this|something|how|what
    [shes > she's] :RB|DT|VBG|VBN|JJ|{possessive}|=IN
    [hes > he's] :RB|DT|VBG|VBN|JJ|{possessive}|=IN
    [dosen't|doesent|doesen't|dosent|dosn't|doesnt > doesn't]
    [theres > there's] :DT|no|NN|JJ|RB|CD
    i|you|we|they|it|he|she [cant > can't] !:DT|PRP$
    START [wheres > where's] :DT|PRP$|=NN|=NNS
    [hows > how's] :DT|PRP$|it|life|everything|things
    [whos > who's] responsible|ready|free|available|online|in|on|up
    [whos > who's] :VBG|RB|DT|=IN|there|coming|going|next
    [youd > you'd] like|have|be|better|think|love|need|want|never|get|see|know
    [theyd > they'd] like|have|be|better|think|love|need|want|never|been|all
    [itd > it'd] be|have
    between you|him|her|them and [i > me] END
    START between you and [i > me] , i|we|he|she|it|they|you|this|that|there|the|what|if !letter|pronoun|word
    between my :=NN and [i > me] STOP
    START [there's is > there's] a|an|no|the|some|something
    START|and|but|so|then|, [ill > I'll] send|try|check|see|get|let|call|go|write|take|make|keep|tell|give|look|ask|add|update|fix|wait|post :PRP|DT|TO|IN|RB|my|your|you
    [theyll|they'ill > they'll]
    [your's > yours]
    [her's > hers] STOP
    [our's > ours] STOP
    [their's > theirs] STOP
    [it's > its] self
  `,
    { lists },
  ),
];
