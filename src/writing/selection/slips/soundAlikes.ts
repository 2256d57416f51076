import { numberWordsFrom } from '../text/numberWords.ts';
import { slipRows } from './slipTable.ts';

/** Words that are written for others that sound like them, where only one of the two can stand. */

const lists = {
  number: numberWordsFrom(1),
  ordinal: 'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next|final|latest',
  subject: 'i|you|he|she|it|we|they',
  possessive: 'my|your|his|her|our|their',
  address: 'babe|baby|man|dude|honey|mate|bro|guys|folks|sir|boss|love|dear',
  modal:
    "can|could|will|would|shall|should|may|might|must|to|not|don't|didn't|doesn't|won't|can't|cannot|couldn't|wouldn't|i'll|you'll|he'll|she'll|we'll|they'll|it'll",
  be: "am|is|are|was|were|be|been|being|i'm|you're|he's|she's|it's|we're|they're|that's|isn't|aren't|wasn't|weren't",
  /** none of them has a clause behind it */
  owns: 'has|have|had|having|lost|lose|loses|losing|kept|keeps|keep|gave|gives|give|took|takes|celebrated|celebrates|exports|exported|wagged|wags|wagging|licked|licks|licking|published|publishes|opened|opens|closed|closes|increased|increases|improved|improves|raised|raises|launched|launches|reached|reaches|doubled|updated|updates|caches|cached|stores|stored|spread|changed|changes|change|changing|uses|using|sets|holds|held|served|serves|reduced|reduces|expanded|achieved|achieves|fulfilled|defines|defined|made|broke|hid|hides|loads|loading|inherits|deserves|maximize|maximizes|announced|completed|cleaned|eats|ate|lifts|lifted|stretched|shook|turned|reveals|revealed|shows|owes|lacks|unveiled|marked|presented|released|returns|accepts|ignores|copies|overrides|removes|validates|parses|modifies|renders',
  things:
    'passport|help|application|email|e-mail|mail|letter|message|name|address|phone|order|account|time|support|reply|answer|request|question|feedback|patience|life|book|bag|parents|friends|mother|father|password|business|opinion|ticket|tickets|interest|understanding|kindness|attention|username|luggage|keys|money|homework|documents|browser|computer|data|code|project|files|invoice|booking|order|purchase|payment|subscription|service|team|company|office|coat|shoes|hands|head|heart|mind',
};

export const soundAlikes = [
  // in it's third year, lost it's roof
  ...slipRows(
    `
    of|in|on|into|within|during|despite|without|throughout|under|behind|inside|upon|across [it's > its] own|{ordinal} !:NNP|come
    of|into|within|during|despite|without|throughout|under|behind|inside|upon [it's > its] !time|noon|midnight|fun :JJ* :=NN|=NNS !:RB
    in|on [it's > its] !time|noon|midnight|fun|people|things :JJ* :=NN|=NNS STOP
    for [it's > its] size|users|lack|beauty|simplicity|use|price|age|performance|features|name|customers|members|employees|citizens|speed|contents
    at [it's > its] best|worst|peak|core|heart
    {owns} [it's > its] !time|noon|midnight|fun|people :JJ|{ordinal}* :=NN|=NNS
    and|or [it's > its] {ordinal}? effects|effect|results|contents|consequences|causes|impact|applications|dependencies
    CLAUSE the|this|that|a :NN and [it's > its] :NN :VBZ|VBP|VBD|MD
  `,
    {
      lists,
      unless: 'when|if|once|whenever|because|what|whatever|while|since|which|unless|think|know|where|who|how|all|so',
    },
  ),
  ...slipRows(
    `
    CLAUSE [its > it's] going to :=VB
    CLAUSE [its > it's] not :=IN|DT !:NN|JJ
    CLAUSE [its > it's] not :JJ|=IN END
    CLAUSE [its > it's] currently|still|really|also|often|always? not clear|certain|sure|obvious|known|possible|easy|hard|necessary|important|worth|true|bad|fair|ready|ideal|perfect|supported|allowed|working|finished|done|enough why|how|what|if|whether|when|where|who|yet|that|because|STOP
    CLAUSE [its > it's] currently|still|really|also|often|always? not clear|possible|easy|hard|necessary|important|worth|fair|enough|ready|safe|allowed to :=VB !:=NN LAST
    CLAUSE [its > it's] currently|still|now|also|just|really|so|very|much|often|usually|probably? easy|hard|easier|harder|better|best|possible|impossible|good|nice|great|important|necessary|safe|difficult|useful|recommended|enough to :=VB !:=NN LAST
    CLAUSE [its > it's] still|currently|already|now in|on|under|at :DT|PRP$|JJ* :=NN|=NNS|NNP STOP
    [its > it's] too|very|so|really|pretty|quite|rather late|early|hard|easy|expensive|difficult|bad|good|slow|cold|hot|big|small|much|important|nice|close|far|long|short|heavy|simple|complicated|dangerous|soon END
    [its > it's] too|very|so|really|pretty|quite|rather late|early|hard|easy|expensive|difficult|bad|slow|important|nice|complicated|dangerous to|for|that|in|on|here|there|now|when|because
    [its > it's] important|possible|impossible|necessary|likely|unlikely|clear|obvious|true|essential|worth|great|nice|good|hard|difficult|funny|strange|sad|interesting|fun|time that
    [its > it's] important|possible|impossible|necessary|likely|unlikely|essential|nice|hard|difficult|time|fun to :VB|PRP :DT|PRP|IN|TO|RB|VBN
    CLAUSE [its > it's] my|your|his|our|their|what|how|why|where|because|that|this|he|she|we|they|you|raining|snowing|working|about|always|also|just|only|still|already|never|probably|definitely|actually|really|almost|just a|an|the|not|been|time|been|like|about|me|you|what|how|why|because|going|being|as|to|my|your|our|their|his
    CLAUSE [its > it's] raining|snowing|ok|okay|fine|me|him|them|us|my|your|our|because|why|what|where STOP
    CLAUSE [its > it's] my|your|our|because|why|what :NN|PRP|DT|VB|JJ
    CLAUSE [its > it's] working|broken|gone|done|over|finished|closed|fine|ok|okay|free|true|possible|impossible|hard|easy|great|good|bad|nice|beautiful|funny|cold|hot|late|early END
    CLAUSE [its > it's] been|a|an
    [its > it's] been :VBG|RB|DT|CD
    [its self|selves > itself] !:NN|JJ
  `,
    { lists },
  ),
  // your going to love it, thanks for you're help
  ...slipRows(
    `
    START [your > you're] going to :=VB LAST
    START [your > you're] the|a|an !:NN
    START [your > you're] right|wrong|welcome|kidding|joking|amazing|awesome|invited END
    if|when|that|because|hope|think|sure|know|while|since|unless|until|what|where|whenever|whether|but|so|and|who|like|as [your > you're] interested|able|unable|allowed|bored|stuck|sure|willing|worried|afraid :IN|TO|DT|PRP|RB|WP|WRB|MD|VBZ|VBG
    if|because|hope|think|unless|whenever|whether [your > you're] doing|looking|going|coming|joking|kidding|leaving|sure|well|fine|ok|okay|ready|right|wrong|late|tired|sick|ill|happy|sad|busy|free|there|here|bored|interested|welcome|done|home|lost|stuck|alone|awake END
    if|hope|think [your > you're] doing|feeling well|good|great|fine|better|okay|ok
    if|when|that|because|hope|think|sure|know|while|since|unless|until|whenever|whether|but [your > you're] ready|wrong|happy|busy|able|stuck about|for|in|on|with|or|but|that|at
    {subject}|really|glad|happy think|thought|hope|believe|glad|guess [your > you're] a|an|the|not|right|wrong|amazing|awesome|my|so|very STOP
    START [your > you're] welcome to :=VB
    START [your > you're] late|early again|STOP|today|for
    think|believe|guess [your > you're] right|wrong about that|this|it|him|her|them|everything|me|us STOP
    when|if|once|whenever|until|that|because|before|think|sure|know|as|unless|till|while [your > you're] ready|done|finished END
    when|if|once|whenever|until|because|think|sure|know|as|unless|while [your > you're] ready|able|happy|glad|willing|free to :=VB LAST
    when|if|once|whenever|unless [your > you're] ready|done|finished|stuck|lost|unsure|bored , :PRP|VB|=DT|MD|RB
    when|if|once|until|unless [your > you're] done|finished with
    [your > you're] aware of|that
    hope [your > you're] having a|an|fun|good LAST
    know|think|see|sure [your > you're] busy , but|so
    know|if|when|think|sure|because|that [your > you're] busy END|but|today|now|right|this
    if|when|while|unless|whether [your > you're] using :=DT|=NNP|=NN|=NNS|it|windows|linux LAST
    if|when|while|unless|whether|think|know|sure [your > you're] trying|planning|hoping to :=VB LAST
    if|when|while|unless|whether [your > you're] looking for|to LAST
    if|when|while|unless|whether [your > you're] having|seeing|getting trouble|problems|issues|a|an|any|this|errors|the LAST
    if|when|while|unless|whether [your > you're] running it|windows|linux|:=NNP LAST
    if|when|while|unless|whether [your > you're] running a|an :=JJ* :=NN STOP|on|in|with|from
    if|when|while|unless|whether [your > you're] working on|with LAST
    if|when|case [your > you're] wondering why|how|if|whether|what|where|about
    sure|that|when|if [your > you're] logged|signed in|out|into LAST
    [your > you're] the best|one|only|first|last
    [your > you're] gonna|gotta
    of|by|do|enjoy|ask|introduce|help|about [your self > yourself] STOP
    [your selves > yourselves]
  `,
    { lists },
  ),
  ...slipRows(
    `
    for|of|in|with|from|to|on|at|about|by|into|through [you're > your] {things}|own
    bring|enter|send|received|receive|receives|check|open|use|using|take|change|update|lost|lose|pay|share|keep|love|close|add|submit|include|provide|save|find|wash|mind|finish|upload|confirm|reset|choose [you're > your] {things}|own
    appreciate|value|appreciated [you're > your] help|support|time|feedback|patience|understanding|effort|efforts|work|interest|advice
    START [you're > your] car|house|question|friend|dog|cat|room is|was|has|will
    START [you're > your] {things}|own :=NN? is|was|has|will|are|were|looks|seems|sounds|needs|can
    START is|was this|that [you're > your] {things}|car|house|dog|cat|pen|first STOP
  `,
    { lists, unless: 'if|when|because|know|what' },
  ),
  // Their are three, left there bags, they're dog is
  ...slipRows(
    `
    CLAUSE|arrived|moment|here|case [their > there] is|are|was|were|isn't|aren't|wasn't|weren't|has|have|could|should :=DT|CD|=PDT|=EX|been|be|nobody|nothing|many|several|some|no|plenty|lots|enough|always|still|also|only|people|something|someone|more|other|few
    CLAUSE|arrived|moment|here|case [their > there] is|are|was|were|isn't|aren't :JJ|RB|CD :NN
    is|are|was|were|isn't|aren't|wasn't|weren't [their > there] a|an|any|anything|anybody|anyone|some|someone|something|another|really
    over|up|down|out|right [their > there] END
    been|go|going|went|gone|get|got|live|lives|lived|stay|stayed|work|works|sit|sat|stand|stood|arrive|arrived|is|was|are|were|be|here|from|him|her|it|them|me|us [their > there] END
    been|went|go|live|lived|stayed|worked|sit|sat|stood [their > there] for|with|in|until|since|before|and|by|when|because|to|yesterday|tomorrow
    START it|this|that is|was [there > their] first|second|only !thing|time :=NN STOP
    bring|brought [there > their] :=NNS END
    i'll|you'll|he'll|she'll|we'll|they'll be [their > there] at|by|on|in|soon|for|before|after|STOP
    CLAUSE [their > they're] not DT|gonna|sure|here
    START [their > they're] going to :=VB LAST
    START [their > they're] going to the beach|party|park|cinema|movies|station|airport|store|shop|office|concert|game|gym|museum|zoo|hospital|doctor STOP|tomorrow|today|tonight|next|on|at|with|now|later|soon LAST
    START [their > they're] coming|leaving|arriving tomorrow|today|tonight|soon|back|home LAST
    CLAUSE [their > they're] gonna|supposed to|for|in|on|at|from|back|about|fun|well|with|up|out|home|here
    [their selves > themselves]
    [theirselves|theirself|themself > themselves] !:NN
  `,
    { lists },
  ),
  ...slipRows(
    `
    of|on|in|with|for|have|has|had|made [there > their] own !DT|VBZ
    left|lost|losing|forgot|forgotten|wash|washed|share|shared|express|improve|for|of|with|about|by|into|from|without|under|during|between|against [there > their] !hours|days|weeks|months|years|minutes|times|people|things|thousands|hundreds|millions|lots|plenty|ones :JJ* :=NNS
    left|bring|brought|lost|lose|losing|forgot|forget|take|took|change|changed|sold|sell|spent|spend|wash|told|tell|kept|keep|quit|finish|finished|of|with|about|for|by|into|without|under|against|between|during [there > their] jobs|job|house|car|homework|mother|father|family|money|life|lives|time|work|way|home|phone|names|name|opinion|mind|minds|dog|cat|country|room|team|data|own|teacher|help|support|food|child|son|daughter|father's|mother's|parents'|parents
    CLAUSE [there > they're] not sure|here|interested|coming|ready|available|happy|able
    CLAUSE|that|said|say|know|think|, [there > they're] going to :=VB
    CLAUSE [there > they're] trying|gonna|supposed|looking|coming to|for|from|back
    CLAUSE [there > they're] both|all :VBG
    START|because|but|so|and|if|since [there > their] dog|cat|house|car|teacher|son|daughter|boss|website|room|friend|office|mother|father|company :NN? is|was|are|were|has|have|had|will|can|lives|live|went|said !,|king|everything|all|what|god|where|who
  `,
    { lists, unless: 'from|was|were|stood|is|are' },
  ),
  ...slipRows(
    `
    of|lost|lose|take|took|use|used|forgot|brought|sold|spent|change|changed|all [they're|theyre|theyr > their] !not|here|there|all|both :=NN|=NNS|own !:VBG
    of|for|with|lost|about|by|at|into|take|took|left|forgot|brought|sold|spent|on [they're|theyre > their] :JJ|first|own :=NN|=NNS STOP
    [they're > their] !family|people|friends|business|children|men|women|fun|news :=NN|=NNS is|was|has|were|are|have|had
    [they're > their] own !goals|goal
    [they're|theyre > there] is|are|was|were
    over|up|in|out [they're|theyre > there] STOP
  `,
    { lists, unless: 'if|when|because|know|think|what|so' },
  ),
  // faster then the old one
  ...slipRows(
    `
    JJR|RBR|better|worse|rather|sooner|fewer|longer|later|earlier [then > than] {subject} expected|thought|hoped|had|planned|did|do|was|were|am|is|are|need|needed|wanted|can|could|anticipated|imagined|used|have|has|does|ever|think|realized
    :JJR|RBR|better|worse|sooner|fewer [then > than] {subject}|me|us|them|him|mine|yours|ours|theirs|hers|usual|expected|ever|before|others|ours|normal|average|necessary|planned|possible|that|this|one|many|most STOP
    :RBR|better|worse|sooner|fewer [then > than] !{address} :=PRP$|=CD|=NN|=NNS|any !:VBD|VBZ|VBP|MD :=JJ|=JJS|=NN|=NNS|=CD|=VBN|=DT|=IN|=NNP* STOP
    more|less|fewer :JJ|RB [then > than] !{address} :=DT|=PRP$|=CD|=JJ|=NN|=NNS|any|ever|usual|expected !:VBD|VBZ|VBP|MD :=JJ|=JJS|=NN|=NNS|=CD|=VBN|=DT|=IN|=NNP* STOP
    more|less|fewer :JJ? :=NN|=NNS [then > than] {subject} do|does|did|have|had|has|expected|thought|need|needed|can|could|am|are|is|was|were|used
    more|less|fewer :JJ? :=NN|=NNS [then > than] !{address} :=DT|=PRP$|=CD|any|all|usual|before|ever !:VBD|VBZ|VBP|MD :=JJ|=JJS|=NN|=NNS|=CD|=VBN|=DT|=IN|=NNP* STOP
    is|was|are|were|be|been|much|it's|far|even|feels|looks|seems|runs|ran|run :JJR|=RBR|better|worse [then > than] :=DT !next|following|other|whole|entire|second|third|first :=JJ|=JJR* :=NN|=NNS|one|ones|others|other|rest|last STOP LAST
    more|less|better|worse|greater [then > than] !{address} :=PRP$|=CD|=NN|=NNS LAST
    better [then > than] a|an|any|most|ever !week|day|month|year|few|while|bit|little|moment|minute|second|long|whole LAST
    more|less|greater [then > than] :=DT !next|following|whole|entire LAST
    more|less|fewer|rather [then > than] !{address} :=CD|half|a|any|anything|ever|enough|once|twice|one|just|usual|expected|before !:VBD
    !the other [then > than] that|this|it|him|her|me|us|them STOP
    !the|each other [then > than] the|a|an|that|this|these|those|my|by|to|in|through|using|being :NN|VB|JJ
    no|hardly sooner :=VBD|=PRP :PRP|VBD|DT|NN :VBN|VBD|NN|RB|RP* [then > than] :=DT|=PRP|=PRP$
    different|differently [then > than] :=DT|=PRP|=PRP$|what|expected|usual !:VBD
    twice|times as|more|larger|bigger|faster|higher|better [then > than] {subject}|the|a|an
  `,
    { lists, unless: 'if|when|were|once|whenever|as|because|since|until|till|after|while|first|where|unless' },
  ),
  ...slipRows(
    `
    , [than > then] {subject}|the|this|click|press|go|add|run|open|select|put|turn|take|try :VB|NN|DT|PRP|MD|RB|=IN
    and [than > then] {subject}|the|a|went|go|left|came|put|take|add|click|press|run :VB|NN|DT|PRP|MD|RB|=IN|TO|JJ
    back|since|until|till|by|just|now [than > then] STOP
  `,
    {
      lists,
      unless:
        '[a-z]+er|more|less|rather|other|else|sooner|hardly|scarcely|barely|different|differently|prefer|fewer|better|worse|older|younger|larger|smaller|bigger|greater|higher|lower|faster|longer|shorter|twice|times|earlier|later|no|nothing|further|farther|easier|stronger|harder',
    },
  ),
  // to hot, too go
  ...slipRows(
    `
    {be}|far|way|much|never|be|feel|feels|felt|looks|looked|seems|seemed|getting|becoming [to > too] late|tired|big|small|expensive|difficult|busy|young|loud|heavy|hot|ill|sick|hungry|early|complicated|complex|hard|weak|afraid|shy|proud|rich|tall|sweet|salty|spicy|noisy|dangerous|strict|lazy|nervous|crowded|easy|boring|simple|cold|dark|long|far|old|bad STOP
    {be}|far|never|feel|feels|felt|looks|looked|seems|seemed [to > too] late|tired|big|small|expensive|difficult|busy|young|loud|heavy|hot|ill|sick|hungry|early|complicated|complex|hard|weak|afraid|shy|proud|rich|tall|noisy|dangerous|lazy|nervous|crowded|cold|dark|long|short|far|old|poor|good|strict|easy to|for|in|here|on|at|when|because|but|that
    drive|drives|drove|ran|walk|walked|work|works|worked|arrived|ate|eat|eats|waited|stayed|grows|grew|plays|played [to > too] fast|slow|slowly|quickly|loud|loudly|far|long|late|early|much|often|hard STOP
    went|goes|talk|talks|talked|speak|speaks|spoke [to > too] fast|slow|slowly|quickly|loud|loudly|far|early STOP
    drive|drives|drove|ran|walk|walked|work|works|worked|eat|eats|plays|played|arrived [to > too] fast|slow|slowly|quickly|loud|loudly|late|early|much|often and|for|to|in|on|when|that|because|but|at
    talk|talks|talked|speak|speaks|spoke [to > too] fast|slow|slowly|quickly|loud|loudly and|for|to|in|on|when|that|because|but|at
    CLAUSE {subject} have|has|had|need|needs|needed|spent|ate|eat [to > too] much|many !more|less :JJ? :=NN|=NNS
    contains|there's [to > too] much|many !more|less :JJ? :=NN|=NNS
    START there are|were|is|was far|way? [to > too] much|many !more|less :JJ? :=NN|=NNS
    is|are|was|were|have|has|had|with|spent far|way [to > too] much|many :JJ? :=NN|=NNS
    drank|drink [to > too] much wine|beer|coffee|alcohol|water|tea
    {be} way|far [to > too] much|many END
    spend|spends|spending|spent|using|used|uses|takes|took|taking|costs|cost|got|get|put|contains|paid|pay|eat|ate|printing|waste|wasted|wasting way|far [to > too] much|many :=NN|=NNS
    {be}|have|has|had|far|ate|drank|spent [to > too] much|many STOP
    , [to > too] \\.|!
    START do|does|can|could|would|will {subject} want|like|love|wants to come [to > too] STOP
    like|love to come [to > too] , if|because|when|but|and
    START me [to > too] STOP
    START it|it's|this is|was? [to > too] slow for|on me|us|my|our|this|old|most
    want|wants|wanted|need|needs|needed|like|likes|going|have|has|had|try|tried|trying|able|used|decided|decide|plan|planned|hope|hoped|forgot|forget|ready|how|where|what|asked|ask|started|began|love|hate|easy|hard|happy|glad|sure|allowed|supposed [too > to] :=VB|be|go|have|do|get|see|say|make|work|come|know|take|buy|use|ask|help|find|leave|learn
    went|go|going|goes|come|came|moved|drove|walked|flew|return|returned|back|according|thanks|due|next|close|listen|listening|listened|belongs|talk|talked|talking [too > to] my|your|his|her|our|their|school|work|bed|him|me|them|us
  `,
    { lists, unless: 'as|what|whatever|how|who|all' },
  ),
];
