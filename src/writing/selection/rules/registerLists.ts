import { type PhraseTable, phraseTable, verbTable } from './phraseTable.ts';

const contractions = phraseTable(`
    don't>do not; doesn't>does not; didn't>did not; isn't>is not; aren't>are not; wasn't>was not; weren't>were not;
    haven't>have not; hasn't>has not; hadn't>had not; won't>will not; wouldn't>would not; can't>cannot;
    couldn't>could not; shouldn't>should not; mustn't>must not; needn't>need not; ain't>is not; i'm>I am;
    you're>you are; we're>we are; they're>they are; i've>I have; you've>you have; we've>we have; they've>they have;
    i'll>I will; you'll>you will; he'll>he will; she'll>she will; it'll>it will; we'll>we will; they'll>they will;
    there'll>there will; that'll>that will; let's>let us; it's been>it has been; it's got>it has;
    he's been>he has been; she's been>she has been; that's been>that has been; it's …>it is; that's …>that is;
    there's …>there is; here's …>here is; what's …>what is; he's …>he is; she's …>she is`);

/** Speech made presentable: contractions written out, slang replaced, exclamations of politeness kept. */
export const formalWords: PhraseTable = new Map([
  ...contractions,
  ...phraseTable(`
    need to>need to;
    needs to>needs to;
    needed to>needed to;
    needing to>needing to;
    help but>help but;
    not really>not really;
    gonna>going to; wanna>want to; gotta>have to; gotta say>must say; kinda>somewhat; sorta>somewhat;
    dunno>do not know; lemme>let me; gimme>give me; 'cause>because; cuz>because; yeah>yes; yep>yes; nope>no; hey>hello;
    hi>hello; hi there>hello; hey there>hello; hi guys>hello; hey guys>hello; guys>everyone; you guys>you;
    folks>people; kids>children; asap>as soon as possible; btw>by the way; fyi>for your information; imo>in my opinion;
    imho>in my opinion; tbh>to be honest; thx>thank you; thanks>thank you; thanks for>thank you for; pls>please;
    plz>please; a lot of>many; lots of>many; tons of>many; loads of>many;
    a bunch of>several; a couple of>a few; really>; totally>completely; pretty much>largely; awesome>excellent; stuff>material; anyway>in any case; anyways>in any case; right now>at present;
    get rid of>remove; got rid of>removed; getting rid of>removing; find out>determine; found out>determined;
    figure out>determine; figured out>determined; look into>examine; looked into>examined; looking into>examining;
    point out>indicate; pointed out>indicated; carry out>perform;
    carried out>performed; come up with>devise; came up with>devised; dealing with>addressing;
    dealt with>addressed; get in touch with>contact; got in touch with>contacted; maybe>perhaps; buggy>unreliable; messed up>damaged; broke down>failed;
    screwed up>failed; can't wait for>look forward to; sucks>is unsatisfactory; crappy>poor; tricky>difficult;
    tough>difficult; nowadays>at present;`),
  ...verbTable('ask for>request; need>require; help>assist; try>attempt; buy>purchase; check>verify'),
]);

/** Letters made spoken: the word that people say. */
export const friendlyWords: PhraseTable = new Map([
  ...phraseTable(`
    therefore,>so,;
    thus,>so,;
    consequently,>so,;
    once upon>once upon;
    in addition to>besides;
    in order to>to; prior to>before; subsequent to>after; in addition>also; additionally>also; furthermore>also;
    moreover>also; regarding>about; concerning>about;
    with regard to>about; in the event that>if; owing to>because of;
    at your earliest convenience>when you have a moment; please be advised that>; please note that>just so you know,;
    we regret to inform you that>we're sorry to say that; dear sir or madam>hello; yours sincerely>all the best;
    yours faithfully>all the best; kind regards>all the best; sincerely>all the best;
    do not hesitate to>feel free to; at present>right now; at this time>right now; currently>right now; upon>on;
    whether or not>whether; is unable to>can't; are unable to>can't; am unable to>can't; was unable to>couldn't;
    were unable to>couldn't; is required to>has to; are required to>have to; is obliged to>has to;
    are obliged to>have to; it is necessary to>you need to; is permitted to>may;
    are permitted to>may; individuals>people; persons>people; a substantial number of>many; numerous>many;
    sufficient>enough; difficult>hard; assistance>help; the undersigned>I; hereby>; herewith>; aforementioned>;
    thank you for>thanks for`),
  ...verbTable(`
    assist>help; require>need; request>ask for; purchase>buy; inform>tell; commence>start;
    terminate>end; attempt>try; ensure>make sure; utilize>use; utilise>use; reside>live; endeavour>try; endeavor>try; notify>tell; ascertain>find out`),
]);

/** As people speak; applied after {@link friendlyWords}, whose phrases would otherwise lose their beginning. */
export const spokenContractions: PhraseTable = phraseTable(`
  do not>don't; does not>doesn't; did not>didn't; is not>isn't; are not>aren't; was not>wasn't; were not>weren't;
  have not>haven't; has not>hasn't; will not>won't; would not>wouldn't; cannot>can't; could not>couldn't;
  should not>shouldn't; i am …>I'm; you are …>you're; we are …>we're; they are …>they're; it is …>it's;
  that is …>that's; there is …>there's; what is …>what's; i will …>I'll; you will …>you'll; we will …>we'll;
  they will …>they'll; it will …>it'll; i have been>I've been; we have been>we've been; you have been>you've been;
  let us>let's`);

/** After the lists of plain words that public offices publish: the long word and the one that says the same. */
export const plainWords: PhraseTable = new Map([
  ...phraseTable(`
    therefore,>so,;
    thus,>so,;
    hence,>so,;
    consequently,>so,;
    in addition to>besides;
    an additional>another;
    a sufficient>a sufficient;
    once upon>once upon;
    in order to>to; so as to>to; with the aim of>for; for the purpose of>for; for the purposes of>for;
    in the event of>if there is; in the event that>if; in the case that>if; on condition that>if; provided that>if;
    prior to>before; previous to>before; subsequent to>after; subsequently>later; in the vicinity of>near;
    in close proximity to>near; adjacent to>next to; due to the fact that>because; owing to the fact that>because;
    in view of the fact that>because; on account of>because of; as a consequence of>because of;
    as a result of>because of; by means of>by; by virtue of>by; in accordance with>under; pursuant to>under;
    in lieu of>instead of; in relation to>about; in respect of>about; with respect to>about; with regard to>about;
    with reference to>about; pertaining to>about; regarding>about; concerning>about; at the present time>now;
    at this point in time>now; at that point in time>then; until such time as>until;
    a large number of>many; a great number of>many; a substantial number of>many; a majority of>most;
    the majority of>most; a multitude of>many; a number of>some; numerous>many; sufficient>enough;
    an adequate number of>enough; additional>more; in addition>also; additionally>also;
    furthermore>also; moreover>also; nevertheless>still; nonetheless>still; notwithstanding>despite; whilst>while; amongst>among; upon>on; herein>here;
    aforementioned>; aforesaid>; approximately>about; initially>at first; frequently>often; immediately>at once;
    primarily>mainly; predominantly>mainly; currently>now; presently>now; is able to>can; are able to>can;
    was able to>could; were able to>could; has the ability to>can; have the ability to>can; has the capacity to>can;
    have the capacity to>can; is unable to>cannot; are unable to>cannot; is required to>must; are required to>must;
    it is necessary to>you must; it is essential to>you must; is permitted to>may; are permitted to>may;
    assistance>help; commencement>start; cessation>end; termination>end; utilization>use; utilisation>use;
    requirement>need; requirements>needs; modification>change; modifications>changes; objectives>goals;
    individuals>people; residence>home; remuneration>pay; erroneous>wrong;
    equitable>fair; fundamental>basic; complimentary>free; viable>workable; detrimental>harmful; beneficial>useful;
    methodology>method; functionality>features; the aforementioned>these; in conjunction with>with;
    whether or not>whether; make use of>use; makes use of>uses; made use of>used; making use of>using;
    take into consideration>consider; give consideration to>consider; conduct an investigation of>investigate;
    perform an analysis of>analyse; is indicative of>shows; are indicative of>show; is dependent on>depends on;
    are dependent on>depend on`),
  ...verbTable(`
    utilize>use; utilise>use; commence>start; terminate>end; facilitate>help; ascertain>find out;
    endeavour>try; endeavor>try; attempt>try; purchase>buy; require>need; assist>help;
    possess>own; retain>keep; select>pick; implement>carry out; initiate>start; modify>change;
    necessitate>need; notify>tell; remunerate>pay; eliminate>remove; encounter>meet; finalize>finish;
    furnish>supply; enumerate>list; elucidate>explain; reside>live; constitute>form; comprise>include;
    effectuate>cause; disseminate>spread; allocate>assign; ameliorate>improve; anticipate>expect; envisage>expect`),
]);

/** Words that can go without loss, and long ways to say something short. */
export const wordyPhrases: PhraseTable = phraseTable(`
    rather than>rather than;
    would rather>would rather;
    not really>not really;
    not very>not very;
    not quite>not quite;
    not simply>not simply;
    quite a>quite a;
    the very>the very;
    very much>very much;
    in general terms>in general terms;
    simply put>simply put;
    take note that>take note that;
    really>; very>; quite>; rather>; actually>; basically>; essentially>; literally>; simply>; somewhat>; honestly>;
    in fact>; as a matter of fact>; of course>; needless to say>; obviously>; clearly>; certainly>; in my opinion>;
    it should be noted that>; it is important to note that>; it is worth noting that>; it is worth mentioning that>;
    please note that>; note that>; it goes without saying that>; as everybody knows>; as we all know>;
    at the end of the day>; for the most part>mostly; in general>; generally speaking>; to be honest>;
    to tell the truth>; in a way>; so to speak>; more or less>; all in all>; in other words>;
    on the whole>; by and large>; as such>; in order to>to; so as to>to; due to the fact that>because;
    owing to the fact that>because; because of the fact that>because; in spite of the fact that>although;
    despite the fact that>although; the fact that>that; in the event that>if; at this point in time>now;
    at the present time>now; at the moment>now; at that point in time>then; until such time as>until;
    for the purpose of>for; with the exception of>except; in the process of>; in the course of>during;
    during the course of>during; in the vicinity of>near; in close proximity to>near;
    with regard to>about; with respect to>about; in regard to>about; in relation to>about; a large number of>many;
    a great number of>many; a great deal of>much; a majority of>most; the majority of>most; the vast majority of>most;
    a number of>some; a wide variety of>many; a variety of>many; each and every>every; any and all>all;
    first and foremost>first; various different>various; is able to>can; are able to>can; was able to>could;
    were able to>could; has the ability to>can; have the ability to>can; on a regular basis>regularly;
    on a daily basis>daily; on a weekly basis>weekly; on an annual basis>yearly; in spite of>despite;
    whether or not>whether; past history>history; end result>result; final outcome>outcome; advance planning>planning;
    completely finished>finished; close proximity>proximity; free gift>gift; new innovation>innovation;
    there is no doubt that>; i think that>; i believe that>; it seems that>; it appears that>; what is more>also;
    in addition to this>also; as a result of this>so; for this reason>so; first of all>first; last but not least>last;
    make a decision>decide; made a decision>decided; come to the conclusion>conclude; came to the conclusion>concluded;
    give consideration to>consider; has a tendency to>tends to; have a tendency to>tend to; is in need of>needs;
    take into consideration>consider; reach an agreement>agree; reached an agreement>agreed`);
