import { numberWordsFrom } from '../text/numberWords.ts';
import { slipRows } from './slipTable.ts';

/** Words that are written for others that look or sound alike: `loose`, `affect`, `weather`, `past`. */

const lists = {
  be: "am|is|are|was|were|be|been|being|i'm|you're|he's|she's|it's|we're|they're|that's|isn't|aren't|wasn't|weren't",
  countable:
    'people|bugs|mistakes|errors|students|books|cars|problems|questions|chairs|customers|users|jobs|items|features|visitors|tests|lines|files|words|calories|children|friends|accidents|complaints|opportunities|women|men|trees|meetings|steps|workers|options|choices|emails|animals|houses|players|tickets|resources|dependencies|apples|cookies|languages|countries|cities',
  number: numberWordsFrom(2),
  subject: 'i|you|he|she|it|we|they',
  possessive: 'my|your|his|her|our|their|its',
  bases:
    "can|could|will|would|shall|should|may|might|must|to|don't|didn't|doesn't|won't|can't|cannot|couldn't|wouldn't|i'll|you'll|we'll|they'll",
  verbsBehind:
    "can|could|will|would|shall|should|may|might|must|to|not|don't|didn't|doesn't|won't|can't|cannot|couldn't|wouldn't|i'll|you'll|he'll|she'll|we'll|they'll|it'll|never|also|always|often|please|directly|negatively|positively|adversely|seriously|greatly|strongly|easily|ever",
  ofEffects:
    'a|an|any|no|big|bad|good|small|strong|great|significant|huge|major|adverse|profound|lasting|important|similar|same|opposite|desired|direct|immediate|terrible|serious|little|much',
  lost: 'keys|key|phone|job|jobs|temper|mind|way|wallet|glasses|place|data|work|money|time|receipt|customer|customers|changes|change|match|game|war|race|election|battle|file|files|progress|everything|nothing|anything|something|someone|weight|track|control|interest|hope|sight|count|patience|faith|focus|balance|it|him|her|them|you|me|us|one|another|more|less|confidence|contact|connection|connections|touch|power|information|umbrella|passport|bag|ticket|history|value|precision|context|sleep|friends|children|husband|wife|home|house|memory|heart|face|life|lives|points|access|settings|investment|license|deposit|right|rights|trust|support|votes|employees|staff|players|clients|users',
};

export const otherWords = [
  ...slipRows(
    `
    {bases}|{subject}|don't not|never|always|also|often|easily|ever|even|just|only? [loose > lose] {possessive}|the|this|that|any|all|another|a|so|too|even|some|more|much|many :JJ* {lost}
    {bases}|{subject}|don't not|never|always|also|often|easily|ever|even|just|only? [loose > lose] everything|nothing|anything|something|weight|money|time|track|control|interest|hope|sight|data|count|patience|faith|focus|balance|confidence|contact|touch|information|customers|access|points
    {bases}|{subject}|don't never|always|also|often|easily? [loose > lose] all|any|some|most of? {possessive}|the|this|these|those :JJ* {lost}
    win or [loose > lose] STOP
    am|is|are|was|were|be|been|keep|keeps|kept|stop|started|start|of|without|by|from|hate|i'm|you're|we're|they're|he's|she's|it's|not|risk|avoid|about|for [loosing > losing] again|weight|money|time|track|control|interest|hope|data|games|customers|everything|patience|information
    am|is|are|was|were|keep|kept|we're|they're|i'm [loosing > losing] STOP
    and|or|but|afraid|fear|before|after [loosing > losing] {possessive}|the|a|any|weight|money|time|control
    he|she|it|team|company|country|who|everybody|everyone|which|that|and|server|user|client|window|editor|program [looses > loses] {possessive}|its|the|all|any? settings|connection|sessions|state|context|changes|value|values|precision|weight|money|time|track|control|interest|hope|everything|data
  `,
    { lists },
  ),
  // can effect your mood, a big affect on
  ...slipRows(
    `
    {verbsBehind} [effect > affect] people|everyone|everybody|anyone|us|me|you|him|them|children|how|students|users|performance|productivity|quality|existing !change|changes|release|transfer
    {verbsBehind} [effect > affect] {possessive}|the ability|health|mood|life|lives|performance|sleep|decision|decisions|work|behavior|behaviour|body|brain|relationship|results|future|business|job|family|score|grades|children|skin|career|quality|economy|environment|way|outcome|result|results|whole|entire|climate|weather|price|prices|people|system|others
    this|which|that|it|also|directly [effects > affects] us|me|you|people|everyone|children|how|users|other !change|changes|release|transfer
    change|update|bug|problem|issue|this|it [effects > affects] all|many|most|some !changes|change :=NNS STOP
    badly|severely|adversely|negatively|most|greatly|seriously|strongly [effected > affected] by
    some|these|those|possible|common|serious|mild|bad|harmful|many|few|have|has|had|of|without|like|and|unpleasant|negative|drug|nasty side [affects > effects]
    a|as|possible|common|nasty|bad side [affect > effect] STOP|of|is|was
    {ofEffects} [affect > effect] on !the|his|her|my|your|their
    {ofEffects} [affect > effect] on the|his|her|my|your|their !face|faces|features|countenance
    have|has|had a|an|any|no|the negative|positive [affect > effect] on
    have|has|had the [affect > effect] of
    a|an|the|no|any|some|many|negative|positive|bad|good|big|small|strong|harmful|adverse|same|long-term [affects > effects] on|of
    {verbsBehind}|to|into take|takes|took|come|comes|came|goes|go|went [affect > effect] STOP|on|in|at|from|immediately|next
  `,
    { lists },
  ),
  // must of forgotten
  ...slipRows(
    `
    !the could|would|should|might|must|couldn't|wouldn't|shouldn't|mustn't|i'd|you'd|we'd|they'd|he'd|she'd|maybe|may [of > have] been|had|gone|done|seen|taken|forgotten|made|known|come|told|said|called|left|thought|got|gotten|given|lost|found|bought|written|won|had|liked|loved|happened|helped|worked|used|asked|tried|started|stopped|waited|read|put|let|cost|become|ran|run|broken|eaten|fallen|heard|felt|kept|met|paid|sent|stayed|told|wanted|looked|noticed|died|killed|hurt|missed|mentioned|checked|ended|stolen|slept|spent
  `,
    { lists, unless: 'army|month|end|middle|beginning|in|by|since|not' },
  ),
  // less bugs, how much books
  ...slipRows(
    `
    !no|or|than|the|much|still|least|dollars|pounds|minutes|hours|days|years|euros|miles|one|{number}|any|ever|even [less > fewer] {countable} !than|a|per
    has|have|had|with|contains|uses|are|were [less > fewer] {countable} than the|before|ever|i|we|you|they|he|she|it|last|any|usual|expected
  `,
    { lists },
  ),
  ...slipRows(
    `
    START how [much > many] {countable} do|did|does|have|has|can|should|will|would|are|were you|we|they|he|she|i|it|there
    START how [much > many] {countable} came|attended !to
    too|very [much > many] {countable} !as
    {be} too [many > much] noise|information|traffic|money|work|water|sugar|salt|coffee|advice|rain|snow|homework|furniture|luggage|stuff|pressure STOP|in|on|at|for|here|to|and|from
    how [many > much] money|time|information|water|homework|advice|luggage do|does|did|is|have|will|should
    not|so [many > much] information|money|advice|luggage|furniture|homework|traffic STOP|in|on|at|for|about|and
    [amount > number] of people|students|children|users|books|cars|questions|errors|problems|visitors|customers|employees|votes|mistakes|tourists|workers|men|women
  `,
    { lists },
  ),
  // weather he will come
  ...slipRows(
    `
    know|knows|knew|sure|wonder|wondering|wondered|decide|decided|unclear|unsure|doubt|determine|asked|ask|matter [weather > whether] i|he|she|we|they|it :VB|MD|NN|JJ|DT|not
    !the|bad|good|fine|any [weather > whether] or not
    let me|us|him|them know [weather > whether] i|you|he|she|it|we|they|this|that|there|or
    [wether > whether] :PRP|DT|=IN|TO|NN|VB|EX|not|my|your|his|her|our|their|there !was|is
    the|bad|good|fine|nice|cold|warm|terrible|of [wether > weather] STOP|is|was|will|forecast
    a|the|this nice|bad|good|fine|beautiful|terrible|cold|warm|hot|rainy|sunny [whether > weather] STOP|last|today|this|for|and|here
    nothing|everything|day|days|came|nobody|everybody [accept > except] :NNP|for|on|sunday|monday
    can|can't|cannot|could not? [except > accept] this|that|it|them STOP
    can|could|to|i|we|will|please [except > accept] my|your|our|their apology|apologies|offer|invitation|payment|application|request|order|terms
    {verbsBehind}|i|we|they|gladly [except > accept] credit|payment|cash|responsibility :NN|JJ|STOP
    good|bad|your|my|his|her|useful|helpful|great|legal|medical [advise > advice] STOP|about|from|is|was
    {bases}|please [advice > advise] me|you|us|him|her|them
    {bases} you please? [advice > advise] STOP|me|us|him|her|them|on
    START please [advice > advise] STOP
    thanks|thank|you for the|your|all|any good|great|helpful|useful? [advise > advice] STOP|on|about
    good|useful|helpful|some [advises > advice] STOP
    [advices > advises] to|that|us|me|you|him|her|them|against
    walked|walking|drove|driving|ran|running|went|go|goes|going|rushed|rode|flew|slipped|hurried|marched|sailed|sneaked|crept [passed > past] the|my|our|his|her|their|a|an|us|him|me|them|it|{number}|noon|midnight|that|this|each
    half|quarter|minutes [passed > past] {number}|one|noon|midnight
    in the|years [passed > past] STOP
    i|he|she|we|they|has|have [past > passed] {possessive}|the|an|all|every|away|out|by|it|him|her|me|us|them|with
    time|hours|years|days|weeks|months|bus|train|year [past > passed] quickly|slowly|before|without|since|by
    {bases} [here > hear] you|me|him|her|them|us|it|from|anything|nothing|something|the|a|what|that|about|your|my|how|more|his|their|any|music|voices
    {verbsBehind}|nice|good|glad|sorry|happy to [here > hear] that|about|from|it|you
    over|right|live|lives|lived|stay|from|down|up|around|out|been|is|was|are|am|were|work|works|wait|sit [hear > here] STOP
  `,
    { lists },
  ),
  ...slipRows(
    `
    CLAUSE i|you|he|she|we|they [through > threw] the ball|stone|stones|rock|book|keys|bottle|dice|bag|letter|paper|towel|party
    CLAUSE i|you|he|she|we|they [through > threw] it|him|them|away :NN|JJ|STOP|=IN|TO|RP|RB
    walk|walked|go|went|goes|going|come|came|get|got|look|looked|run|ran|drive|drove|fly|flew|pass|passed|broke|climb|travel|traveled [threw > through] the|a|an|my|our|his|her|your|their|it|that|this|all
    next|last|every|each|per|past|coming|following|previous [weak > week] END|ago|later|we|i|on|before|after
    {number}|few|several|many|two [weaks > weeks]
    very|too|so|feel|feels|felt|feeling|quite|rather [week > weak] STOP|and|after|because|in|to|but|from|for
    press|hit|pull|release|use|used|check|the|parking|hand|foot|emergency|on|his|my|step|slam|apply|your|her [break > brake] pedal|pedals|fluid|pads|pad|lever|light|lights|cable
    hit|slam|slammed|press|pressed|step|stepped the|your|my|his|her [breaks|break > @brake] STOP|before|and|when|too|hard|while|as|to|suddenly
    take|took|taking|coffee|lunch|short [brake > break] STOP|from|for|between|and|after
    {verbsBehind}|it|they|will|easily [brake > break] apart|something|everything|existing
    a [peace > piece] of cake|paper|bread|wood|furniture|advice|paper|information|music|art|pizza|news|cheese|equipment|clothing|land|glass|meat|code|software|string|writing|jewelry|fruit|work|chocolate
    [peaces > pieces] of
    [peace > piece] by piece
    {verbsBehind}|hardly|barely|scarcely|to|could [breath > breathe] STOP|in|out|again|deeply|fresh|normally|through|the|and|properly|easily|because|when|under|with|for
    deep|short|out|of|last [breathe > breath] STOP|and|of|in|before
    be|keep|very|too|so|stay|stayed|remain|remained [quite > quiet] STOP
    START the :JJ? room|house|street|place|town|village|children|class|night|library|office was|is|were|are [quite > quiet] STOP|and
    been|it's|is|was|are|were|not|that's|looks|looked|seems|i'm|we're|am [quiet > quite] different|sure|expensive|difficult|similar|interesting|important|popular|impressed|likely|possible|surprised
  `,
    { lists, forms: { brake: (found) => (found === 'breaks' ? 'brakes' : 'brake') } },
  ),
  ...slipRows(
    `
    CLAUSE we|they|you [where > were] !:VBD|possible|necessary|appropriate|needed|VBZ|IN|not :JJ|VBN|VBG|=DT|RB|CD|all|very
    CLAUSE we|they|you [where > were] not !otherwise|already|possible|stated|noted|available|needed|so
    CLAUSE we|they|you [where > were] in|at|on|from|with !doubt|all|need|danger|use|stock|season|force|fact
    START|and|but there [where > were] lots|also
    if|as i|he|she|it|we|they|you [where > were] you|a|the|not|to|in|rich|able|on|at|going|here
    know|knows|knew|wonder|remember|forgot [were > where] he|she|they|it :VBZ|VBP|VBD|MD|NN|=VB
    START [were > where] are|is|do|does|did|can|have|has
    START [who's > whose] turn|idea|fault|car|house|book|phone|bag|job|dog|name|side|coat|mother|father|responsibility
    people|person|man|woman|students|someone|anyone|children|those|friend|boy|girl|author|company|countries [who's > whose] name|names|parents|job|children|lives|house|car|books|goal
    START [whose > who's] going|coming|been|afraid|gonna|getting|calling STOP|to|with|home|out|there|in|of
    know|knows|wonder|guess|ask|sure|tell me? [whose > who's] going|coming|gonna|getting|calling
    [whose > who's] gonna
    the [principle > principal] of the|our|my|a|this|that school|college|academy
    school|vice|assistant|former [principle > principal] said|is|was|has|told|will|called|at
    the|a|our|my|its|his [principle > principal] component|components|investigator|engineer|architect|reason|reasons|cause|residence|author|amount|role|cities|dancer|parts
    agree|agreed|agrees|possible in [principal > principle] STOP
    guiding|basic|moral|fundamental [principal > principle]
    guiding|basic|simple|moral|fundamental|scientific [principals > principles]
    i|you|he|she|we|they|to|and|please|forgot turn|turned|switch|switched|shut|took|take|takes [of > off] the|my|your|his|her|their|our|all !:JJ light|lights|tv|radio|computer|phone|engine|alarm|heating|oven|music|shoes|coat|jacket|hat|glasses|machine|water|gas|stove
    i|you|he|she|we|they|to|and|it fell|got|jumped [of > off] the|my|his|her|a bike|horse|roof|bus|train|table|ladder|bed|wall|chair|cliff|plane|boat|stairs
  `,
    { lists },
  ),
  ...slipRows(
    `
    have|had|has|with|there's|i've|absolutely|got [know > no] idea|problem|problems|way|doubt|choice|time|money|reason|clue|matter|need|longer|sense|point|friends|chance
    i|we|they|don't|didn't|already [no > know] what|that|how|why|where|if|when|him|her|them|this|you|it|the|whether|who|about|everything|anything :PRP|VB|DT|NN|STOP|MD|JJ|TO|=IN|RB
    let me|us|him|her|them [no > know] STOP|if|when|by|what|how|whether|about|that|as
    let me [now > know] if|whether|how|what|asap you|we|it|there|this|that|he|she|they|your|STOP
    let me [now > know] when|where|why you|it|they|this|that :VBP|VBZ|=VB
    until|till|right|for [know > now] STOP
    don't|didn't [now > know] what|that|how|why|if|him|whether|who|about :PRP|VB|DT|NN|MD|JJ|TO|IN
    he|she|i|we|they|already|who [new > knew] the|that|what|how|it|him|her|them|where|why|who|nothing|everything|about|each|of|exactly|all|a|his|their|this|my
    a|the|my|our|brand|your|buy [knew > new] one|ones|car|house|job|book|phone|version|school|friend|friends|year|life|idea|ideas|teacher|features|feature|things|computer|way|file|project|system|shoes|clothes|words|people|office|neighbor|employee|model|product|movie|dress|bike
    wag|wags|wagged|wagging its|it's|their|his|her|the [tale > tail]
    [fairy > fairy] tail
    fairy [tail > tale]
    fairy [tails > tales]
    has|have|had [lead > led] to the|a|an|many|some
    last|yesterday|night|year|week|ago , {subject} [lead > led]
    last year|week|month|night|summer|season {subject} [lead > led]
    was|were|been|be|is|are|got|easily [mislead > misled] by
    want|wants|wanted|like|going|need|needs|have|had|has|able|plan|planning|forgot to [by > buy] a|an|some|the|new|food|it|them|more|two|something|anything|another|tickets|milk|bread|my|clothes|presents|this
    CLAUSE {subject} can|could|will|would|should|must|can't|couldn't [by > buy] new|food|more|something|tickets|milk|bread|clothes|presents
    {bases}|please [right > write] {possessive} name|names|address|email|essay|letter|book|story|answer|answers|number|homework|paper|report|thesis|own|first|code
    {bases}|please [right > write] essays|letters|code !wrong|wrongs
    i|you|we|they [right > write] letters|code
    the|your|all|turn|quite|absolutely|you're|that's|it's [write > right] answer|thing|person
    {be}|get|and [already > all ready] to go|leave|start
    i'll|we'll|didn't|don't|can't|couldn't|won't|to [chose > choose] a|an|the|between|from|one|to|what|which|my|your|his|her|their|our|how|whether|not|another|any|this|it|for|where|who
    yesterday|ago {subject} [choose > chose]
    web|construction|building|camp|heritage|crash|job [cite|sight > site]
    {verbsBehind} [bare > bear] in mind
    {verbsBehind} [bare > bear] with me|us
    {verbsBehind}|to [bare > bear] the|it|his|her|this|that|children|any thought|responsibility|cost|costs|weight|pain|anymore|brunt
    pay|paid|paying|pays [complements > compliments]
    a [complement > compliment] on
    the [desert > dessert] menu
    eat|ate|order|ordered|favorite [desert > dessert] STOP|after
    in|the|across|through|sahara [dessert > desert] sand|storm|heat|climate|animals|island
    made of|stainless [steal > steel] STOP|door|bridge|frame|plate|and|pipe|blade|factory
    {bases} [steel > steal] money|anything
    [passed|past > past] tense
    START|and|but|, of [coarse > course] STOP
    START|and|but of [coarse|cause|corse > course] i|you|we|he|she|they|it|not|the|,
    main|golf|online|training|language|english|crash|race|math|cooking|college [coarse > course] STOP|on|in|at|of|for|and|is|was|starts
    has|have|use|no|with common [since > sense] STOP
    it|that|this|which|not|n't|doesn't|does make|makes|made|making|any|no|more|much|perfect|total|some [since|sens|sence > sense] STOP|to|because|in|for|of|if
    on|along|down|across|by|main|dirt the? [rode > road] STOP|to|and|was|is|in
    i've|we've|they've|you've|hasn't|haven't [being|bein > been] :=VBN|=VBD|in|there|to|a|waiting|working|trying|using|looking|very|here|sick|ill|thinking|able|doing|going
    am|is|are|was|were|be|not|i'm|we're|you're [aloud > allowed] to
    {be}|not|isn't|aren't [aloud > allowed] in|here|on|at
    read|laughed [allowed > aloud] STOP
    [alter > altar] boy
    at the [alter > altar] STOP|of|and
    a|the [whole|hole > hole] in the|my|his|her wall|floor|roof|ground|fence|bucket|road|pocket|sock
    the|a|my|this|his|her|our [hole > whole] day|time|week|thing|world|story|family|year|life|book|night|team|class|city|point|project|country|process|point|group|school|way|house|idea|place
    on the [hole > whole] ,
    as a [hole > whole] STOP
    a|the|my|this|first|next|each|english|piano|history|valuable|important [lessen > lesson] STOP|on|in|was|is|for|about
    won|win|wins|olympic a|the? gold|silver|bronze? [metal|meddle|mettle > medal] STOP|in|at|for|and|winner
    [stationary > stationery] shop|store
    remain|remains|remained [stationery > stationary] STOP|for|at|while|and
    wait|waited|waiting [wile > while]
    a|for|worth|once in a|for [wile > while] STOP
    a|good|long|little|some [wile > while] ago|later
    thank|thanks|thankful you? for your [patients > patience] STOP|and|while|as|during|with
    lose|losing [patients > patience] with me|him|her|you|them|us
    [capitol > capital] letter|letters|city|gains|punishment|investment
    is the [capitol > capital] of :NNP
    {subject}|who|would|don't|not|will|can|to [weight > wait] until|till|here
    can't|don't|please [weight|wate > wait] for|to|until|STOP
    lose|lost|losing|gain|gained|put [wait > weight]
    body [wait > weight]
    wound|wounds|cut will|to? [heel > heal] STOP|quickly|the|in|slowly|completely
    nice|pleased|glad|want|wanted|like to [meat > meet] you|him|her|them|us|at|in|me|the|my|with|your|again
    eat|eats|ate|eating|cook|cooked|raw|minced [meet > meat] STOP|and|or
    on|to the second|first|third|top|fifth|fourth [flour > floor] STOP|of|and|in
    {verbsBehind} [waist > waste] {possessive}|time|money|food|water|energy|any|it|the|a
    a|of|complete|total|such|what [waist > waste] of time|money|energy|space|food|resources|paper|water
    toxic|nuclear|food|plastic [waist > waste]
  `,
    { lists },
  ),
];
