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
  lost: 'keys|key|phone|job|jobs|temper|mind|way|wallet|glasses|place|data|work|money|time|receipt|customer|customers|changes|change|match|game|war|race|election|battle|file|files|progress|everything|nothing|anything|something|someone|weight|track|control|interest|hope|sight|count|patience|faith|focus|balance|it|him|her|them|you|me|us|one|another|more|less|confidence|contact|connection|connections|touch|power|information|umbrella|passport|bag|ticket|history|value|precision|context|sleep|friends|children|husband|wife|home|house|memory|heart|face|blood|hair|life|lives|points|access|settings|investment|license|deposit|right|rights|trust|support|votes|employees|staff|players|clients|users',
};

export const otherWords = [
  ...slipRows(
    `
    {verbsBehind}|{subject} [loose > lose] {possessive}|the|this|that|any|all|another|a|so|too|even|some|more|much|many :JJ* {lost}
    {verbsBehind}|{subject} [loose > lose] everything|nothing|anything|something|weight|money|time|track|control|interest|hope|sight|data|count|patience|faith|focus|balance|confidence|contact|touch|power|information|customers|access|points|it|him|them|you
    win or [loose > lose] STOP
    am|is|are|was|were|be|been|keep|keeps|kept|stop|started|start|of|without|by|from|hate|i'm|you're|we're|they're|he's|she's|it's|not|risk|avoid|about|for [loosing > losing] again|{possessive}|weight|money|time|track|control|interest|hope|data|games|customers|everything|it|the|a|any|patience|their|by|because|everything|out|to|information
    am|is|are|was|were|keep|kept|we're|they're|i'm [loosing > losing] STOP
    and|or|but|afraid|fear|before|after [loosing > losing] {possessive}|the|a|any|weight|money|time|control
    he|she|it|team|company|country|who|everybody|everyone|which|that [looses > loses] {possessive}|weight|money|time|track|control|interest|hope|the|everything|data|a|all
  `,
    { lists },
  ),
  // can effect your mood, a big affect on
  ...slipRows(
    `
    {verbsBehind} [effect > affect] people|everyone|everybody|anyone|us|me|you|him|them|children|how|students|users|performance|productivity|quality|existing|all|other|many|both !change|changes|release|transfer
    {verbsBehind} [effect > affect] {possessive}|the ability|health|mood|life|lives|performance|sleep|decision|decisions|work|behavior|behaviour|body|brain|relationship|results|future|business|job|family|score|grades|children|skin|career|quality|economy|environment|way|outcome|result|results|whole|entire|climate|weather|price|prices|people|system|others
    this|which|that|it|also|weather|stress|noise|pollution|directly|only|bug|problem|issue [effects > affects] {possessive}|the|all|us|me|you|people|everyone|every|many|both|only|children|how|users|other !change|changes|release|transfer
    badly|severely|adversely|negatively|most|greatly|seriously|strongly [effected > affected] by
    the|no|any|some|these|those|other|possible|common|serious|mild|bad|harmful|many|few|have|has|had|of|without|like|and|unpleasant|negative|drug|nasty side [affects > effects]
    a|the|one|no|any|as|possible|common|nasty|bad side [affect > effect]
    a|an|the|no|any|little|much|negative|positive|bad|good|big|small|strong|great|significant|huge|major|adverse|profound|lasting|important|similar|same|opposite|desired|direct|immediate|terrible|serious [affect > effect] on
    a|an|the|no|any|some|many|negative|positive|bad|good|big|small|strong|harmful|adverse|same|long-term [affects > effects] on|of
    {verbsBehind}|to|into take|takes|took|come|comes|came|goes|go|went [affect > effect] STOP|on|in|at|from|immediately|next
  `,
    { lists },
  ),
  // must of forgotten
  ...slipRows(
    `
    could|would|should|might|must|couldn't|wouldn't|shouldn't|mustn't|i'd|you'd|we'd|they'd|he'd|she'd|not|maybe|may [of > have] been|had|gone|done|seen|taken|forgotten|made|known|come|told|said|called|left|thought|got|gotten|given|lost|found|bought|written|won|had|liked|loved|happened|helped|worked|used|asked|tried|started|stopped|waited|read|put|let|cost|become|ran|run|broken|eaten|fallen|heard|felt|kept|met|paid|sent|stayed|told|wanted|looked|noticed|died|killed|hurt|missed|mentioned|checked|ended|stolen|slept|spent
  `,
    { lists, unless: 'army|army|month|end|middle|beginning|in|by|since|not' },
  ),
  // less bugs, how much books
  ...slipRows(
    `
    !no|or|than|least|dollars|pounds|minutes|hours|days|years|euros|miles|one|{number}|any|ever|even [less > fewer] {countable} !than|a|per
  `,
    { lists },
  ),
  ...slipRows(
    `
    START how [much > many] {countable} do|did|does|have|has|can|should|will|would|are|were you|we|they|he|she|i|it|there
    too|so|very|not|as [much > many] {countable}
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
    know|knows|knew|sure|wonder|wondering|wondered|decide|decided|unclear|unsure|doubt|determine|asked|ask|matter [weather > whether] {subject}|the|this|that|to|there|a|my|your|his|her|our|their :VB|MD|NN|JJ|DT|not
    !the [weather > whether] or not
    [wether > whether]
    everyone|everybody|all|anyone|nothing|anything|every|day|days|everything|no|came|nobody|them|one|time [accept > except] :NNP|for|the|me|him|her|us|them|you|that|when|on|in|my|this|one|sunday|monday
    {verbsBehind}|i|we|they|gladly [except > accept] your|the|my|our|his|her|this|that|any|it|credit|payment|cash|a|an|responsibility|their|new :NN|JJ|STOP
    some|good|bad|any|your|my|his|her|useful|helpful|great|legal|more|medical [advise > advice] STOP|on|about|from|for|and|is|was
    {verbsBehind} [advice > advise] me|you|us|him|her|them|that|against|students|people|patients|the|anyone|everyone|on|my
    [advices > advises] to|that|us|me|you|him|her|them|against
    walk|walks|walked|walking|drive|drove|driving|ran|run|running|went|go|goes|going|rushed|ride|rode|flew|looked|slipped|hurried|get|got|move|moved|marched|sailed|sneaked|crept [passed > past] the|my|our|his|her|their|a|an|us|him|me|them|it|{number}|noon|midnight|that|this|each
    half|quarter|minutes [passed > past] {number}|one|noon|midnight
    in the|years [passed > past] STOP
    {subject}|who|has|have|had|just|easily|barely|finally [past > passed] {possessive}|the|an|all|every|away|out|by|it|him|her|me|us|them|with
    time|hours|years|days|weeks|months|bus|train|year [past > passed] quickly|slowly|before|without|since|by
    {bases}|you [here > hear] you|me|him|her|them|us|it|from|anything|nothing|something|the|a|what|that|about|your|my|how|more|his|their|any|music|voices
    {verbsBehind}|nice|good|glad|sorry|happy to [here > hear] that|about|from|it|you
    come|over|right|live|lives|lived|stay|from|in|down|up|around|out|been|get|got|go|is|was|are|am|were|work|works|wait|sit [hear > here] STOP
  `,
    { lists },
  ),
  ...slipRows(
    `
    CLAUSE i|you|he|she|we|they [through > threw] the ball|stone|stones|rock|book|keys|bottle|dice|bag|letter|paper|towel|party
    CLAUSE i|you|he|she|we|they [through > threw] {possessive}|a|an|it|him|them|away :NN|JJ|STOP|=IN|TO|RP|RB
    walk|walked|go|went|goes|going|come|came|get|got|look|looked|run|ran|drive|drove|fly|flew|pass|passed|break|broke|all|way|right|live|lived|climb|travel|traveled|read [threw > through] the|a|an|my|our|his|her|your|their|it|that|this|all
    next|last|every|each|per|past|coming|following|previous [weak > week] STOP|ago|later|and|we|i|in|at|on|before|after|with|to
    {number}|few|several|many|two [weaks > weeks]
    {be}|very|too|so|feel|feels|felt|feeling|quite|rather [week > weak] STOP|and|after|because|in|to|but|from|for
    press|hit|pull|release|use|used|check|the|parking|hand|foot|emergency|on|his|my|step|slam|apply|your|her [break > brake] pedal|pedals|fluid|pads|pad|lever|light|lights|cable
    hit|slam|slammed|press|pressed|step|stepped|pull|release|on|apply|push|pushed|check|fix the|your|my|his|her [breaks|break > @brake] STOP|before|and|when|too|hard|while|as|to|suddenly
    take|took|need|have|had|having|taking|a|coffee|lunch|short [brake > break] STOP|from|for|between|and|after
    {verbsBehind}|it|they|will|easily [brake > break] the|my|your|it|down|into|this|a|his|up|apart|out|that|something|everything|existing|if
    a [peace > piece] of cake|paper|bread|wood|furniture|advice|paper|information|music|art|pizza|news|cheese|equipment|clothing|land|glass|meat|code|software|string|writing|jewelry|fruit|work|chocolate
    [peaces > pieces] of
    [peace > piece] by piece
    {verbsBehind}|hardly|barely|scarcely|to|could [breath > breathe] STOP|in|out|again|deeply|fresh|normally|through|the|and|properly|easily|because|when|under|with|for
    deep|short|out|of|last [breathe > breath] STOP|and|of|in|before
    be|keep|very|too|so|stay|stayed|remain|remained [quite > quiet] STOP
    START the :JJ? room|house|street|place|town|village|children|class|night|library|office was|is|were|are [quite > quiet] STOP|and
    quiet|been|it's|is|was|are|were|not|that's|has|had|have|looks|looked|seems|i'm|we're|i|am [quiet > quite] a|an|the|some|often|different|good|nice|easy|sure|expensive|well|hard|difficult|similar|interesting|important|happy|right|big|small|long|late|cold|hot|clear|common|popular|useful|simple|impressed|likely|possible|few|frankly|surprised|tired|busy|old|young|new
  `,
    { lists, forms: { brake: (found) => (found === 'breaks' ? 'brakes' : 'brake') } },
  ),
  ...slipRows(
    `
    CLAUSE we|they|you [where > were] !:VBD|VBZ :JJ|VBN|VBG|=DT|RB|=IN|CD|not|all|very
    START|and|but there [where > were] :CD|no|many|some|several|a|two|any|lots|only|also|so
    if|as i|he|she|it|we|they|you [where > were] you|a|the|not|to|in|rich|able|on|at|going|here
    know|knows|knew|wonder|remember|forgot [were > where] {subject}|the|my|your|his|her|our|their|this|that :VBZ|VBP|VBD|MD|NN|=VB
    START [were > where] are|is|do|does|did|can|have|has
    START [who's > whose] turn|idea|fault|car|house|book|phone|bag|job|dog|name|side|coat|mother|father|responsibility
    people|person|man|woman|students|someone|anyone|children|those|friend|boy|girl|author|company|countries [who's > whose] name|names|father|mother|parents|job|work|children|life|lives|house|car|family|books|husband|wife|first|son|daughter|goal
    START [whose > who's] going|coming|been|afraid|gonna|getting|calling STOP|to|with|home|out|there|in|of
    know|knows|wonder|guess|ask|sure|tell me? [whose > who's] going|coming|gonna|getting|calling
    [whose > who's] gonna
    the [principle > principal] of the|our|my|a|this|that school|college|academy
    school|our|vice|assistant|my|former [principle > principal] STOP|said|is|was|has|told|will|called|at
    the|a|our|my|its|his [principle > principal] component|components|investigator|engineer|architect|reason|reasons|cause|residence|author|amount|role|cities|dancer|parts
    in [principal > principle] STOP
    guiding|basic|moral|fundamental [principal > principle]
    guiding|same|basic|simple|general|moral|fundamental|design|following|key|these|scientific|his|her|my [principals > principles]
    i|you|he|she|we|they|to|and|please|forgot turn|turned|switch|switched|shut|took|take|takes [of > off] the|my|your|his|her|their|our|all !:JJ light|lights|tv|radio|computer|phone|engine|alarm|heating|oven|music|shoes|coat|jacket|hat|glasses|machine|water|gas|stove
    i|you|he|she|we|they|to|and|it fell|fall|got|jumped|jump [of > off] the|my|his|her|a bike|horse|roof|bus|train|table|ladder|bed|wall|chair|cliff|plane|boat|stairs
  `,
    { lists },
  ),
  ...slipRows(
    `
    have|had|has|with|there's|is|are|was|i've|absolutely|say|said|saying|see|got|take|took|make|makes|made|had [know > no] idea|problem|problems|way|doubt|one|choice|time|money|reason|clue|matter|need|more|longer|sense|point|friends|chance
    {verbsBehind}|i|you|we|they|already [no > know] what|that|how|why|where|if|when|him|her|them|this|you|it|the|whether|who|about|everything|anything :PRP|VB|DT|NN|STOP|MD|JJ|TO|=IN|RB
    i|you|we|they|don't|to [now > know] what|that|how|why|if|him|whether|who|about :PRP|VB|DT|NN|MD|JJ|TO|IN
    he|she|i|we|they|already|who|never|nobody|everyone|everybody [new > knew] the|that|what|how|it|him|her|them|where|why|who|nothing|everything|about|each|of|exactly|all|a|his|their|this|my
    a|the|my|our|brand|any|some|your|something|what's|new|his|her|their|this|is|buy|two [knew > new] one|ones|car|house|job|book|phone|version|school|friend|friends|year|life|idea|ideas|teacher|features|feature|things|computer|way|file|project|system|shoes|clothes|words|people|office|neighbor|employee|model|product|movie|dress|bike
    wag|wags|wagged|wagging its|it's|their|his|her|the [tale > tail]
    [fairy > fairy] tail
    fairy [tail > tale]
    fairy [tails > tales]
    has|have|had|was|were|been [lead > led] to|by|astray
    last|yesterday|night|year|week|ago , {subject} [lead > led]
    last year|week|month|night|summer|season {subject} [lead > led]
    [mislead > misled] by
    want|wants|wanted|like|going|need|needs|have|had|has|able|plan|planning|forgot to [by > buy] a|an|some|the|new|food|it|them|more|two|something|anything|another|tickets|milk|bread|my|clothes|presents|this
    CLAUSE {subject} can|could|will|would|should|must|can't|couldn't [by > buy] a|an|some|new|food|more|something|tickets|milk|bread|clothes|presents
    {bases}|please [right > write] {possessive} name|names|address|email|essay|letter|book|story|answer|answers|number|homework|paper|report|thesis|own|first|code
    {bases}|please [right > write] to|me|him|us|them|down|essays|letters|code !wrong|wrongs
    i|you|we|they [right > write] to|about|letters|code|an
    the|your|all|turn|quite|absolutely|you're|that's|it's [write > right] answer|way|thing|person|time|place|direction|side|hand
    [write > right] now|away|here|there
    {be}|get|and [already > all ready] to go|leave|start
    {bases} [chose > choose] a|an|the|between|from|one|to|what|which|my|your|his|her|their|our|how|whether|not|another|any|this|it|for|where|who
    yesterday|ago {subject} [choose > chose]
    web|construction|building|camp|heritage|crash|job [cite|sight > site]
    {verbsBehind} [bare > bear] in mind
    {verbsBehind} [bare > bear] with me|us
    {verbsBehind}|to [bare > bear] the|it|his|her|this|that|children|any thought|responsibility|cost|costs|weight|pain|anymore|STOP|brunt
    pay|paid|paying|pays [complements > compliments]
    a [complement > compliment] on
    a|the [compliment > complement] of|to the|a|each
    the [desert > dessert] menu
    for|have|had|eat|ate|order|ordered|favorite [desert > dessert] STOP|and|after|we|was|with
    in|the|across|through|sahara [dessert > desert] sand|storm|heat|climate|animals|island
    made of|stainless [steal > steel] STOP|door|bridge|frame|plate|and|pipe|blade|factory
    {bases} [steel > steal] the|my|your|his|her|money|from|it|cars|a|anything
    [passed|past > past] tense
    coarse|of [coarse > course] STOP
    of [coarse|cause|corse > course] i|you|we|he|she|they|it|not|the|,
    in the|main|golf|this|online|training|language|english|a|crash|race|my|first|math|cooking|college [coarse > course] STOP|on|in|at|of|for|and|is|was|starts
    common|good [since > sense] STOP
    it|that|this|which|not|n't|doesn't|does make|makes|made|making|any|no|more|much|perfect|total|some [since|sens|sence > sense] STOP|to|because|in|for|of|if
    on|along|down|across|by|the|this|that|main|of|dirt the? [rode > road] STOP|to|and|was|is|in
    has|have|had|i've [being|bein > been] :=VBN|=VBD|in|there|to|a|waiting|working|trying|using|looking|very|here|sick|ill|thinking|able|doing|going
    am|is|are|was|were|be|not|i'm|we're|you're [aloud > allowed] to
    {be}|not|isn't|aren't [aloud > allowed] in|here|on|at
    read|reading|think|thinking|laugh|laughed|out [allowed > aloud] STOP
    [alter > altar] boy|server
    at the [alter > altar] STOP|of|and
    a|the [whole|hole > hole] in the|my|his|her wall|floor|roof|ground|fence|bucket|road|pocket|sock
    the|a|my|this|his|her|our [hole > whole] day|time|week|thing|world|story|family|year|life|book|night|team|class|city|point|project|country|process|point|group|school|way|file|number|body|house|idea|place
    on the [hole > whole] ,
    as a [hole > whole] STOP
    a|the|my|this|first|next|each|english|piano|history|valuable|important [lessen|lessens > lesson] STOP|on|in|was|is|for|about
    gold|silver|bronze|olympic [metal|meddle|mettle > medal] STOP|in|at|for|and|winner
    [stationary > stationery] shop|store
    remain|remains|remained [stationery > stationary] STOP|for|at|while|and
    wait|waited|waiting [wile > while]
    a|for|worth|once in a|for [wile > while] STOP
    a|good|long|little|some [wile > while] ago|later
    thank|thanks|thankful you? for your [patients > patience] STOP|and|while|as|during|with
    have|has|had|lose|lost|losing|no|more [patients > patience] with
    [capitol > capital] letter|letters|city|gains|punishment|investment
    the|its [capitol > capital] of :NN
    {subject}|who|would|don't|not|will|can|to [weight > wait] for|until|till|here|a
    can't|don't|please [weight|wate > wait] for|to|until|STOP
    lose|lost|losing|gain|gained|put [wait > weight]
    body [wait > weight]
    {verbsBehind}|to|wound|wounds|cut|will [heel > heal] STOP|quickly|the|in|slowly|completely
    {verbsBehind}|nice|pleased|to [meat > meet] you|him|her|them|us|at|in|me|the|my|with|your|again
    eat|eats|ate|eating|cook|cooked|raw|minced [meet > meat] STOP|and|or
    second|first|third|ground|top|fifth|fourth [flour > floor] STOP|of|and|in
    {verbsBehind} [waist > waste] {possessive}|time|money|food|water|energy|any|it|the|a
    a|of|complete|total|such|what [waist > waste] of time|money|energy|space|food|resources|paper|water
    toxic|nuclear|food|plastic [waist > waste]
  `,
    { lists },
  ),
];
