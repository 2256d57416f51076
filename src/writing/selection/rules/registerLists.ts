import { type PhraseTable, phraseTable, verbTable } from './phraseTable.ts';

/** Written out, in all words that have only one long form. */
const contractions = phraseTable(`
    don't>do not; doesn't>does not; didn't>did not; isn't>is not; aren't>are not; wasn't>was not; weren't>were not;
    haven't>have not; hasn't>has not; hadn't>had not; won't>will not; wouldn't>would not; can't>cannot;
    couldn't>could not; shouldn't>should not; mustn't>must not; needn't>need not; i'm>I am;
    you're>you are; we're>we are; they're>they are; i've>I have; you've>you have; we've>we have; they've>they have;
    what's up; what's new; i'll>I will; you'll>you will; he'll>he will; she'll>she will; it'll>it will; we'll>we will; they'll>they will;
    there'll>there will; that'll>that will; let's>let us; it's been>it has been; it's got>it has;
    he's been>he has been; she's been>she has been; that's been>that has been`);

/** `'s` before these is `is`; before a participle it may be `has`. */
const contractionsOfIs = phraseTable(
  "it's>it is; that's>that is; there's>there is; here's>here is; what's>what is; he's>he is; she's>she is",
  { next: /^(?:DT|PRP\$?|JJ[RS]?|RB[RS]?|VBG|IN|TO|NNP?S?|WP|WRB|CD)$/u },
);

/** Speech made presentable: contractions written out, slang and abbreviations of chats replaced. */
export const formalWords: PhraseTable = new Map([
  ...contractions,
  ...contractionsOfIs,
  ...phraseTable(`
    gonna>going to; wanna>want to; i gotta>I have to; we gotta>we have to; you gotta>you have to; they gotta>they have to;
    i've gotta>I have to; we've gotta>we have to; you've gotta>you have to; they've gotta>they have to; he's gotta>he has to;
    she's gotta>she has to; it's gotta>it has to;
    kinda>somewhat; sorta>somewhat; dunno>do not know; lemme>let me; gimme>give me; 'cause>because; cuz>because;
    yeah>yes; yep>yes; nope>no; hey>hello; hi>hello; hi there>hello; hey there>hello; hi guys>hello; hey guys>hello;
    hi all>dear all; hi everyone>dear all; hey all>dear all; hi folks>dear all; hey everyone>dear all;
    you guys>you; asap>as soon as possible; btw>by the way; fyi>for your information; imo>in my opinion;
    imho>in my opinion; tbh>to be honest; thx>thank you; thanks>thank you; thanks for>thank you for;
    thanks a lot>thank you very much; thanks a ton>thank you very much; many thanks>thank you very much;
    thanks again>thank you again; thanks to; pls>please; plz>please; u>you; ur>your; r u>are you; u r>you are;
    can u>could you; can you please>could you please; can u please>could you please; can you pls>could you please;
    can u pls>could you please; cheers,>kind regards,; cu>goodbye; bye>goodbye; see ya>goodbye; gotcha>understood;
    lots of love; lots of>many; tons of>many; loads of>many; a bunch of>several; a lot of>many;
    pretty much>largely; awesome>excellent; anyways>in any case; right now>at present; get rid of>remove;
    got rid of>removed; getting rid of>removing; find out>determine; figure out>determine; figured out>determined;
    look into>examine; looked into>examined; looking into>examining; get in touch with>contact;
    got in touch with>contacted; i can't wait for>I look forward to; we can't wait for>we look forward to; i can't wait to>I am eager to; we can't wait to>we are eager to;
    crappy>poor;
    messed up>damaged; screwed up>failed; sucks>is unsatisfactory; kids>children; a couple of>a few`),
  ...phraseTable('pretty>rather; super>very; totally>completely', {
    next: /^(?:JJ|RB)$/u,
    tag: /^(?:RB|JJ)$/u,
  }),
  ...phraseTable('maybe>perhaps; anyway,>in any case,; also,>furthermore,; plus,>furthermore,'),
  ...phraseTable('ask for>request; asks for>requests; asked for>requested; asking for>requesting', {
    next: /^(?:DT|PRP\$|CD|JJ|NNP?S?)$/u,
  }),
]);

/** Letters made spoken: the word that people say. */
export const friendlyWords: PhraseTable = new Map([
  ...phraseTable(`
    therefore,>so,; thus,>so,; consequently,>so,; hence,>so,; once upon;
    in addition to>besides; in order to>to; prior to>before; subsequent to>after; in addition,>also,;
    additionally,>also,; furthermore,>also,; moreover,>also,; regarding>about; with regard to>about;
    with respect to>about; in the event that>if; owing to>because of; at your earliest convenience>when you have a moment;
    at your convenience>when it suits you; please be advised that>; we hereby inform you that>just so you know,;
    this is to inform you that>just so you know,; we would like to inform you that>just so you know,; please note that>just so you know,;
    we regret to inform you that>we're sorry to say that; i regret to inform you that>I'm sorry to say that;
    we are pleased to inform you that>good news:; dear sir or madam>hello; dear sir>hello; dear madam>hello;
    dear sirs>hello; to whom it may concern>hello; yours sincerely>all the best; yours faithfully>all the best;
    yours truly>all the best; sincerely yours>all the best; kind regards>all the best; best regards>all the best;
    do not hesitate to>feel free to; please do not hesitate to>feel free to; at present>right now;
    at this time>right now; is unable to>can't; are unable to>can't; am unable to>can't; was unable to>couldn't;
    were unable to>couldn't; is required to>has to; are required to>have to; is obliged to>has to;
    are obliged to>have to; individuals>people; persons>people; a substantial number of>many; numerous>many;
    hereby>; herewith>; we would be grateful if you could>could you please;
    i would be grateful if you could>could you please; thank you for>thanks for; thank you very much>thanks a lot;
    we apologize for>we're sorry about; we apologise for>we're sorry about; i apologize for>I'm sorry about;
    i apologise for>I'm sorry about; we look forward to>we're looking forward to; i look forward to>I'm looking forward to;
    should you have any questions>if you have any questions; should you require>if you need; we kindly ask you to>please;
    you are kindly requested to>please; you are requested to>please; kindly>please`),
  ...phraseTable('required to>needed to'), // behind a thing
  // whom somebody writes to, or who writes; not the undersigned members
  ...phraseTable('the undersigned>I', { next: /^(?:MD|VBD)$/u }),
  ...phraseTable('the undersigned were'),
  ...phraseTable(
    'contact to with by from inform notify tell call for'
      .split(' ')
      .map((word) => `${word} the undersigned>${word} me`)
      .join(';'),
    { next: /^(?:[.,:]|CC|IN|TO|)$/u },
  ),
  ...phraseTable('obtain>get; obtains>gets; receive>get; receives>gets', { tag: /^VB/u }),
  ...verbTable(
    'purchase>buy; commence>start; utilize>use; utilise>use; endeavour>try; endeavor>try; reside>live; ensure>make sure',
  ),
  ...verbTableWithObject('assist>help; require>need; inform>tell; notify>tell; request>ask for'),
]);

function verbTableWithObject(rows: string): PhraseTable {
  const object = /^(?:DT|PRP\$?|CD|JJ|NNP?S?|TO)$/u;
  // `a modified version`: with a noun right behind it the past form may be an adjective.
  const marked = /^(?:DT|PRP\$?|CD|TO)$/u;
  const ofRequire = /^(?:DT|PRP\$?|CD)$/u; // who is required to pay is not needed to pay
  const nextOf = (key: string) => (key === 'required' ? ofRequire : /(?:ed|t)$/u.test(key) ? marked : object);
  return new Map([...verbTable(rows)].map(([key, row]) => [key, { ...row, next: nextOf(key) }]));
}

/** What the speakers do for whom they speak to, `let us help you`, is no `let's`; no part of speech tells which that is. */
const speakersAlone = [
  ...'know have in out help explain give tell show do handle introduce assist remind offer use'.split(' '),
  ...['take care', 'be of', 'keep you'],
]
  .map((words) => `let us ${words}`)
  .join(';');

/** `I will not` is no `I'll not`; and a `not` that belongs to `only` stays with it. */
const willNot = ['I', 'you', 'we', 'they', 'it']
  .map((who) => `${who.toLowerCase()} will not>${who} won't; ${who.toLowerCase()} will not only`)
  .join(';');
const notOnly = 'is was are were do does did have has would will could should'
  .split(' ')
  .map((verb) => `${verb} not only`)
  .join(';');

/** As people speak; applied after {@link friendlyWords}, whose phrases would otherwise lose their beginning. */
export const spokenContractions: PhraseTable = new Map([
  ...phraseTable(`
  do not>don't; does not>doesn't; did not>didn't; is not>isn't; are not>aren't; was not>wasn't; were not>weren't;
  have not>haven't; has not>hasn't; will not>won't; would not>wouldn't; cannot>can't; could not>couldn't;
  should not>shouldn't; i will …>I'll; you will …>you'll; we will …>we'll;
  they will …>they'll; it will …>it'll; i have been>I've been; we have been>we've been; you have been>you've been;
  let us>let's; ${speakersAlone}; ${willNot}; ${notOnly}; cannot only;
  cannot but; all is not; all are not; as it is; whether or not; is not …>isn't`),
  ...phraseTable("i am>I'm; you are>you're; we are>we're; they are>they're", {
    next: /^(?:DT|PRP\$|JJR?|RBR?|VB[GN]|TO|WRB|WP)$/u,
  }),
  ...phraseTable("it is>it's; that is>that's; there is>there's; what is>what's", {
    next: /^(?:DT|PRP\$|JJR?|RBR?|VBG|TO|WRB|WP)$/u, // `it's done` may have done it
  }),
  ...phraseTable('that is,; as it is; such as it is; than it is; all that is; is that it is'),
]);

/** `We do not know whether or not it rains` asks; `Whether or not it rains, we go` needs its `or not`. */
export const whetherAsked: PhraseTable = phraseTable(
  (
    'know knows knew known see sees decide decides decided ask asks asked wonder wonders wondered check checks checked ' +
    'determine determines determined tell doubt doubts doubted discuss discusses discussed consider considers considered ' +
    'unclear unknown uncertain unsure sure certain question say says said on about of out predict describe describes ' +
    'described indicate indicates indicated indicating control controls specify specifies specified determining decision'
  )
    .split(' ')
    .map((word) => `${word} whether or not>${word} whether`)
    .concat('whether or not to>whether to')
    .join(';'),
);

/** After the lists of plain words that public offices publish: the long word and the one that says the same. */
export const plainWords: PhraseTable = new Map([
  ...phraseTable(`
    therefore,>so,; thus,>so,; hence,>so,; consequently,>so,;
    in addition to>besides; an additional>another; once upon; based upon>based on; depending upon>depending on;
    prior to commencement of>before the start of; before commencement of>before the start of;
    after commencement of>after the start of; following commencement of>after the start of;
    upon commencement of>at the start of; on commencement of>at the start of; prior to cessation of>before the end of;
    before cessation of>before the end of; after cessation of>after the end of; upon cessation of>at the end of;
    in order to>to; so as to>to; for the purpose of>for; for the purposes of>for; in the event that>if; in the case that>if;
    prior to>before; previous to>before; subsequent to>after; in the vicinity of>near;
    in close proximity to>near; adjacent to>next to; due to the fact that>because; owing to the fact that>because;
    in view of the fact that>because; because of the fact that>because; despite the fact that>although;
    in spite of the fact that>although; on account of>because of; as a consequence of>because of;
    as a result of>because of; by means of>by; by virtue of>by; in lieu of>instead of; in respect of>about;
    with respect to>about; with regard to>about; with reference to>about; pertaining to>about; at the present time>now;
    at this point in time>now; at that point in time>then; until such time as>until;
    a large number of>many; a great number of>many; a substantial number of>many; the majority of the>most of the;
    the majority of these>most of these; the majority of those>most of those; the majority of>most; a multitude of>many;
    numerous>many; in addition,>also,; additionally,>also,; furthermore,>also,; moreover,>also,; nevertheless,>still,;
    nonetheless,>still,; whilst>while; amongst>among; approximately>about; frequently>often;
    primarily>mainly; predominantly>mainly; is able to>can; are able to>can; am able to>can;
    has the ability to>can; have the ability to>can; has the capacity to>can;
    have the capacity to>can; is unable to>cannot; are unable to>cannot; is required to>must; are required to>must;
    commencement>start; cessation>end; utilization>use; utilisation>use;
    remuneration>pay; erroneous>wrong; detrimental to>harmful to; in conjunction with>with;
    make use of>use; makes use of>uses; made use of>used; making use of>using;
    take into consideration>consider; takes into consideration>considers; give consideration to>consider;
    conduct an investigation of>investigate; is indicative of>shows; are indicative of>show; is dependent on>depends on;
    are dependent on>depend on; is dependent upon>depends on; are dependent upon>depend on; a great deal of>much`),
  ...whetherAsked,
  ...phraseTable('required to>needed to'),
  ...phraseTable('sufficient>enough', { next: /^NNP?S?$/u }),
  ...phraseTable('a sufficient; sufficient reason; the sufficient'),
  ...phraseTable('upon>on; concerning>about; regarding>about', {
    next: /^(?:DT|PRP\$|NNP?S?|JJ|CD)$/u,
    tag: /^(?:IN|VBG)$/u,
  }),
  ...phraseTable('additional>more', { next: /^NNP?S$/u }),
  ...verbTable(`
    utilize>use; utilise>use; commence>start; endeavour>try; endeavor>try; purchase>buy; necessitate>need;
    remunerate>pay; eliminate>remove; finalize>finish; enumerate>list; elucidate>explain; ameliorate>improve; attempt>try`),
  ...phraseTable('ascertain>find out; demonstrates>shows; obtain>get; obtains>gets; acquire>get; acquires>gets', {
    tag: /^VB/u,
  }),
  ...verbTableWithObject('require>need; assist>help; terminate>end; modify>change; retain>keep'),
]);
