import { verbForms } from '../rules/verbForms.ts';
import { slipRows } from './slipTable.ts';
import { verbForm, verbLists } from './verbTable.ts';

/** Forms of verbs that cannot stand where they stand. */

const lists = {
  ...verbLists,
  subject: 'i|you|he|she|it|we|they|nobody|everyone|everybody|somebody|someone|who',
  person: 'i|you|he|she|we|they',
  possessive: 'my|your|his|her|its|our|their',
  gerunds: 'hear|meet|receive|have|be|discuss|speak|learn|join|know|do|make|go|come|spend|celebrate',
  /** none of them is a noun */
  doing:
    'be|go|know|have|see|eat|become|do|make|come|get|say|take|give|tell|thank|invite|find|bring|write|speak|ask|learn|buy|send|keep|meet|add|suggest|apologize|introduce|inform|remind|understand|join|propose|improve|create|become|choose|begin|believe|continue',
};

/** `has` → `have` */
export const base3 = (form: string): string | undefined =>
  ({ has: 'have', is: 'be', does: 'do', goes: 'go' })[form] ??
  (form.endsWith('ies') ? `${form.slice(0, -3)}y` : form.replace(/s$/u, ''));

const forms = {
  ...verbForm,
  ing: (found: string) => {
    const verb = found.replace(/^to /u, '');
    return (
      { see: 'seeing', be: 'being', get: 'getting', run: 'running', swim: 'swimming', win: 'winning', sit: 'sitting' }[
        verb
      ] ?? verbForms(verb).ing
    );
  },
  base3,
  done: (base: string) => (base === 'be' ? 'been' : verbForm.participleOfBase(base)),
  was: (verb: string) => ({ done: 'did', seen: 'saw' })[verb],
};

export const verbRows = [
  // I have went, they have did, the meeting has began
  ...slipRows(
    `
    CLAUSE {subject} has|have|had|hasn't|haven't|hadn't never|already|ever|not|just|also|always|often|recently|finally|really|only [{distinctPasts} > @participle]
    CLAUSE {subject} has|have|had|hasn't|haven't|hadn't [{distinctPasts} > @participle]
    CLAUSE :=DT|=PRP$ :JJ? :NN has|have [{distinctPasts} > @participle] !:VB
    i've|you've|we've|they've|haven't|hasn't|hadn't never|ever|yet|already? [see|do|be|take|eat|give|write|know|speak|choose|break|forget|fall > @done]
    i've|you've|we've|they've never|ever|already|just [{distinctPasts} > @participle]
    i've|you've|we've|they've|haven't|hasn't|hadn't|should've|could've|would've|shouldn't|must've [{distinctPasts} > @participle]
    CLAUSE {subject} should|would|could|might|must|shouldn't|wouldn't|couldn't|may have [{distinctPasts} > @participle] !:VBP|=VB
    START the|{possessive} :=NN should|would|could|might|must have [{distinctPasts} > @participle] !:VBP|=VB
    has|have|had|is|are|was|were|be|been|being|i've|we've|they've|you've not|never|already|just|also|always? [{madeUp} > @madeParticiple]
    !:=NNS|=NN|NNP [{madeUp} > @past]
    :=NNS|=NN|NNP [{madeUp} > @past] :=DT|=PRP|=PRP$|RB|RP
    !i|he|she|we|they|you|it|there|that|who|which was|were|been|being|is|are [sang|wrote|ate|spoke|chose|took|gave|drove|stole|threw|knew|began|did|flew|drew|saw > @participle] by|from|for|with|in|on|at|to|yesterday|last
    START|and|but it|this|that was|is [sang|wrote|ate|spoke|chose|took|gave|drove|stole|threw|knew|began|did|flew|drew|saw > @participle] by|from|for|with|in|on|at|to|yesterday|last
    START|and|but|because|, {person} [done > @was] {possessive}|the|a|it|this|that|some|everything|nothing|all|what|my
    START|and|but|because|, {person} [seen > @was] him|her|it|them|you|the|a|an|{possessive}|this|that|some|many|two|what
    window|door|glass|machine|lock|screen|chair|cup|vase|leg|arm|phone|car|computer|heater|elevator|lift|pipe|link|build was|is|were|are [broke > broken] STOP|when|by|and|so|in|again|because
  `,
    {
      lists: { ...lists, distinctPasts: verbLists.distinctPasts },
      forms,
      unless: 'what|whatever|which|that|all|everything|few|little|whom|who|those|ever',
    },
  ),
  // did he went, does he knows, can speaks
  ...slipRows(
    `
    START|, did {person}|it not|really|ever|always|even? [{pastForms} > @base] !:NN
    START did {person} [saw > see] {possessive}|the|this|that|any|an|a last|new|old|latest? mail|email|e-mail|message|news|movie|film|post|question|comment|game|match|show|reply|announcement
    START did {person} [found > find] out|anything|him|her|me
    START|and|but|because|so {person}|it did not [{pastForms} > @base]
    didn't|doesn't|don't|couldn't|can't|cannot|won't|wouldn't|shouldn't even|really|ever|always|just? [{pastForms} > @base] !:=NN
    START does anyone|anybody|somebody|someone|everyone|everybody [knows|has|needs|wants|thinks|uses|likes|understands|remembers > @base3]
    START what|how|why|where|when :NN|JJ* does this|that|it|he|she [has > have]
    i|we|you|he|she|they didn't [saw > see] {possessive}|the|any|that|this last|new? mail|email|e-mail|message|comment|question|post|reply|answer|news
    START does|did|do he|she|it|they|we|you|i [knows|likes|wants|needs|thinks|has|goes|does|says|sees|gets|makes|takes|comes|gives|works|lives|speaks|understands|plays|looks|feels|means|believes|remembers|eats|uses|reads|writes > @base3]
    didn't|couldn't|can't|won't|wouldn't|shouldn't even|really|ever|always|just? [went > go] home|there|to|out|back|away|anywhere|into|in|on|with|well|STOP
    doesn't|don't|didn't [tells|tries|lets|keeps|requires|allows|contains|happens|becomes|finds|begins|brings|hears|holds > @base3]
    doesn't|don't|didn't [knows|likes|wants|needs|thinks|has|goes|does|says|sees|gets|makes|takes|comes|gives|works|lives|speaks|understands|plays|looks|feels|means|believes|remembers|eats|uses|reads|writes|seems|matters|exists > @base3]
    START|but you|he|she|we|they|i can|could|will|would|should|might|can't|cannot|won't|couldn't|shouldn't [went|took|came|gave|knew|wrote|spoke|ate > @base] to|the|a|an|it|him|her|us|them|me|my|your|his|our|their|that|in|with|home|everything|more|well
    START|but you|he|she|we|they|it can|could|will|would|should|must|might|may|can't|cannot|won't|couldn't|shouldn't [works|plays > @base3] :=IN|=RB|STOP
    START|but you|he|she|we|they|it can|could|will|would|should|must|might|may|can't|cannot|won't|couldn't|shouldn't [finds|tells|tries|keeps|brings|becomes|knows|likes|wants|thinks|has|goes|does|says|sees|gets|makes|takes|comes|gives|works|lives|speaks|understands|plays|feels|believes|remembers|eats|reads|writes|helps|sings|runs > @base3]
    START|but {person}|it must|should|can|could|may|might|will|would|can't|cannot|won't|couldn't|shouldn't [to > _] go|be|do|have|take|make|get|see|know|come|pay|wait|say|give|find|write|read|work|leave|stay|finish|start|learn|buy|tell|help|speak|ask|study|call|send|use|eat|sleep|keep|bring
  `,
    { lists, forms, unless: 'what|all|everything|whatever|best|which|who|whoever|when|where|as|than|how|much|little' },
  ),
  ...slipRows(
    `
    START what|where|when|why|how did {person} [{pastForms} > @base] !:NN|VB
    START what|where|when|why|how does|did|do he|she|it|they|we|you [knows|likes|wants|needs|thinks|has|goes|does|says|sees|gets|makes|takes|comes|gives|works|lives|speaks|understands|plays|looks|feels|means|believes > @base3]
    START [how > what] does|do|did he|she|it|they|this|that look|looks like STOP
  `,
    { lists, forms },
  ),
  // look forward to hear, used to work, interested to, would like invite
  ...slipRows(
    `
    look|looks|looking|looked forward to [{gerunds} > @ing] STOP|from|you|him|her|them|it|us|the|a|an|my|your|our|their|more|about|all|part|with|in|at|what|how
    look|looks|looking forward [hearing|meeting|seeing|working|receiving|getting|having|reading|discussing|speaking|talking|learning|visiting|joining > to $0]
    got|get|getting used to [work|live|eat|get|drive|speak|sleep|have|be|go|read|write|walk|do|wake|see|hear|take|wait|run|play|study|travel > @ing]
    i'm|he's|she's|we're used to [work|live|eat|get|drive|speak|sleep|have|be|go|read|write|walk|do|wake|see|hear|take|wait|run|play|study|travel > @ing]
    would|i'd|we'd|they'd|he'd|she'd|you'd like [{doing} > to $0] !STOP|of|for|that
    START|but|and {person} want|wants|wanted [go|be|know|buy|have|get|make|see|thank|learn|eat|do|ask|tell|write|read|speak|improve|understand > to $0] !STOP|of
    asked|told|wanted|want|wants|asks|tell|tells|allow|allows|allowed|invited|encouraged|expect|expected me|him|us|them [help|come|bring|give|send|write|do|go|wait|stay|leave|buy|call|take|speak|clean|make|finish|join|visit|pay > to $0] !of|from STOP|:PRP|DT|TO|=IN|RB|PRP$
    START|but {person} [use > used] to be|have|live|love|hate|think|know|like|work|play|go|do
    there [use > used] to be
    would|do you mind [to send|help|open|close|check|explain|share|tell|give|look|review|repeat|wait|change|come > @ing]
    !be|been|being|is|are|was|were|not enjoy|enjoys|enjoyed|avoid|avoids|avoided|finish|finished [to swim|read|work|go|play|eat|do|cook|make|use|learn|watch|travel|speak|meet > @ing]
  `,
    { lists, forms },
  ),
];
