import { type PhraseTable, phraseTable } from './phraseTable.ts';
import { whetherAsked } from './registerLists.ts';

/** Words that strengthen and say no more, before what they strengthen. */
const intensifiers = new Map([
  ...phraseTable('very>; quite>; extremely>; truly>; incredibly>; absolutely>; utterly>; totally>', {
    next: /^(?:JJ|RB|VBN)$/u,
    tag: /^(?:RB|JJ)$/u,
  }),
  ...phraseTable('really>', { next: /^(?:JJ|RB|VB[NDZP]?)$/u, tag: /^RB$/u }),
  ...phraseTable('actually>; basically>; simply>', { next: /^VB[DZP]?$/u, tag: /^RB$/u }),
  ...phraseTable(
    ['not', "n't", 'never', 'hardly', 'so', 'too', 'how', 'as', 'the', 'if', 'or', 'no', 'nor', 'only', 'scarcely']
      .flatMap((word) =>
        [
          'really',
          'very',
          'quite',
          'actually',
          'simply',
          'literally',
          'absolutely',
          'truly',
          'totally',
          'basically',
          'extremely',
        ].map((intensifier) => `${word} ${intensifier}`),
      )
      .join(';'),
  ),
]);

/** Words that can go without loss, and long ways to say something short. What says how sure somebody is stays. */
export const wordyPhrases: PhraseTable = new Map([
  ...intensifiers,
  ...whetherAsked,
  ...phraseTable(`
    quite a; very much; very well; very few; very same;
    very own; quite right; very different; very first; very last; very best;
    in fact,>; as a matter of fact,>; needless to say,>; it should be noted that>; it is important to note that>;
    it is worth noting that>; it is worth mentioning that>; it is interesting to note that>; please note that>;
    it goes without saying that>; as everybody knows,>; as we all know,>; at the end of the day,>; to be honest,>;
    to tell the truth,>; basically,>; actually,>; essentially,>; honestly,>; of course,>; obviously,>; clearly,>;
    in order to>to; so as to>to; due to the fact that>because; owing to the fact that>because;
    because of the fact that>because; in view of the fact that>because; in spite of the fact that>although;
    despite the fact that>although; in the event that>if; at this point in time>now;
    at the present time>now; at the present moment>now; at the present moment in time>now; at that point in time>then; until such time as>until;
    for the purpose of>for; with the exception of>except; is in the process of>is; are in the process of>are;
    was in the process of>was; were in the process of>were; in the course of>during; during the course of>during;
    in the vicinity of>near; in close proximity to>near; with regard to>about; with respect to>about; in regard to>about;
    a large number of>many; a great number of>many; a great many>many; a great deal of>much;
    the majority of the>most of the; the vast majority of the>most of the; the majority of>most;
    the vast majority of>most; a wide variety of>many; each and every>every; any and all>all;
    first and foremost>first; various different>various; is able to>can; are able to>can;
    has the ability to>can; have the ability to>can; on a regular basis>regularly;
    on a daily basis>daily; on a weekly basis>weekly; on an annual basis>yearly; in spite of>despite;
    as to whether or not>whether; past history>history; end result>result; final outcome>outcome; advance planning>planning;
    completely finished>finished; free gift>gift; new innovation>innovation; there is no doubt that>;
    in addition to this,>also,; as a result of this,>so,; for this reason,>so,; first of all,>first,; last but not least,>last,;
    make a decision>decide; made a decision>decided; come to the conclusion>conclude; came to the conclusion>concluded;
    give consideration to>consider; has a tendency to>tends to; have a tendency to>tend to; is in need of>needs;
    are in need of>need; is in need of being; are in need of being; take into consideration>consider; reach an agreement>agree; reached an agreement>agreed;
    make use of>use; makes use of>uses; made use of>used; making use of>using;
    give the impression that>suggest that;
    it should be pointed out that>; it must be noted that>; it is worth pointing out that>; it may be noted that>;
    it is useful to note that>; it should be emphasized that>; it should be stressed that>; it should be mentioned that>;
    it can be noted that>; it is perhaps worth mentioning that>; it bears mentioning that>; it is worth remembering that>;
    i would like to point out that>; i would like to mention that>; i just wanted to let you know that>;
    i wanted to let you know that>; i am writing to let you know that>; i am writing to inform you that>;
    i'm writing to let you know that>; this is to inform you that>; we would like to inform you that>;
    we would like to let you know that>; the fact of the matter is that>; what i am trying to say is that>;
    what i mean to say is that>; the point i am trying to make is that>; the thing is that>; as you can see,>;
    as you may know,>; as you may already know,>; as you know,>; as you are aware,>; as mentioned above,>;
    as mentioned earlier,>; as mentioned before,>; as already mentioned,>; as previously mentioned,>; as noted above,>;
    as stated above,>; as i said before,>; as i mentioned before,>; all things considered,>; in the final analysis,>;
    when all is said and done,>; in actual fact,>; in point of fact,>; it has to be said that>; having said that,>however,;
    for what it is worth,>; additionally,>; furthermore,>; moreover,>; in addition,>; needless to say>;
    the fact of the matter>the fact; in actual fact>in fact; in this day and age>today; in today's world>today;
    at this moment in time>now; in the near future>soon; in the not too distant future>soon; for the duration of>during;
    the reason why …>the reason; the question as to whether>whether; the question of whether>whether; the question as to whether or not>whether; the question of whether or not>whether; as to whether>whether;
    regardless of the fact that>although; notwithstanding the fact that>although; given the fact that>given that;
    considering the fact that>considering that; on the grounds that>because; for the simple reason that>because;
    for the reason that>because; in light of the fact that>because; in the light of the fact that>because;
    by virtue of the fact that>because; as a result of the fact that>because; aware of the fact that>aware that;
    in such a way that>so that; in such a manner that>so that; in an effort to>to; in an attempt to>to;
    is in a position to>can; are in a position to>can; in order for>for; in order that>so that; prior to>before;
    subsequent to>after; in excess of>over; with reference to>about;
    pertaining to>about; in conjunction with>with; through the use of>through; as of yet>yet; until such a time as>until;
    from time to time>sometimes; all of the …>all the; all of these>all these; all of those>all those; all of our>all our;
    all of your>all your; all of my>all my; both of the>both; both of these>both; half of the>half the;
    a small number of>a few; a significant number of>many; a considerable number of>many; a substantial number of>many;
    a considerable amount of>much; a large amount of>much; a sufficient number of>enough; an adequate number of>enough;
    the way in which>how; the manner in which>how; the ways in which>how;
    the general public>the public; one and the same>the same; null and void>void; each individual>each;
    added bonus>bonus; advance warning>warning; basic fundamentals>fundamentals; close proximity>proximity;
    collaborate together>collaborate; combine together>combine; merge together>merge; join together>join;
    connect together>connect; gather together>gather; gathered together>gathered; joined together>joined;
    combined together>combined; merged together>merged; connected together>connected;
    consensus of opinion>consensus; general consensus>consensus; final conclusion>conclusion; future plans>plans;
    mutual cooperation>cooperation; past experience>experience; past experiences>experiences;
    over a period of time>over time; for a period of time>for some time; for a period of time of>for; over a period of time of>over; for a long period of time>for a long time;
    for a short period of time>for a short time; postpone until later>postpone; refer back to>refer to;
    refers back to>refers to; reply back>reply; return back>return; returns back>returns; revert back>revert;
    repeat again>repeat; repeated again>repeated; still remains>remains; still remain>remain; sum total>total;
    unexpected surprise>surprise; whole entire>entire; small in size>small; large in size>large; few in number>few;
    and also>and; but nevertheless>but; plan ahead>plan; continue on with>continue with; might possibly>might;
    may possibly>may; could possibly>could; by means of>with; a total of>;
    conduct a review of>review; make an attempt to>try to;
    made an attempt to>tried to; make an effort to>try to; made an effort to>tried to; makes an effort to>tries to;
    give an explanation of>explain; provide an explanation of>explain; provides an explanation of>explains;
    in conclusion,>; held a meeting>met; hold a meeting>meet; holds a meeting>meets; give an indication of>indicate; gives an indication of>indicates;
    have an effect on>affect; has an effect on>affects; had an effect on>affected; have an impact on>affect;
    has an impact on>affects; had an impact on>affected; make changes to>change; makes changes to>changes;
    made changes to>changed; made a change to>changed; making changes to>changing; is of the opinion that>thinks that;
    are of the opinion that>think that; am of the opinion that>think that; provide assistance to>help;
    provides assistance to>helps; provided assistance to>helped; provide support for>support; make a choice>choose;
    provides support for>supports; take a look at>look at; took a look at>looked at; taking a look at>looking at;
    have a look at>look at; had a look at>looked at; had a discussion about>discussed; have a discussion about>discuss;
    put an end to>end; reach a decision>decide; reached a decision>decided; is in agreement with>agrees with;
    are in agreement with>agree with; is in possession of>has; are in possession of>have;
    is located in>is in; are located in>are in; is situated in>is in; are situated in>are in; was located in>was in;
    is located at>is at; is located on>is on; are located on>are on; is located near>is near;
    we would like to thank>we thank; i would like to thank>I thank; please do not hesitate to>please;
    please don't hesitate to>please; please feel free to>please`),
  // not the cases of something, nor those in which something holds
  ...phraseTable(
    `in most cases>usually; in many cases>often; in some cases>sometimes; in the majority of cases>usually;
    in the vast majority of cases>usually; in many instances>often; in some instances>sometimes`,
    { next: /^(?:[,.]|DT|PRP\$?|NNP?S?|VB[DZPN]?|MD|JJ|EX|CC)$/u },
  ),
  // `for a period of calm` is none of so many years
  ...phraseTable('for a period of>for; over a period of>over; within a period of>within', { next: /^CD$/u }),
  // a verb behind it: neither a place nor a noun
  ...phraseTable(
    `is going to>will; are going to>will; am going to>will; we would like to take this opportunity to>we;
    i would like to take this opportunity to>I; would like to take this opportunity to>would like to`,
    { next: /^VB$/u },
  ),
  ...phraseTable(
    ['is', 'are', 'am']
      .flatMap((verb) =>
        [
          'school',
          'bed',
          'work',
          'church',
          'town',
          'sleep',
          'market',
          'court',
          'sea',
          'war',
          'press',
          'print',
          'college',
        ].map((place) => `${verb} going to ${place}`),
      )
      .join(';'),
  ),
  // `a number of bytes` is the one that is given
  ...phraseTable(
    [
      ...'milliseconds seconds minutes hours days bytes bits pixels points characters lines pages times units'
        .split(' ')
        .map((unit) => `a number of ${unit}`),
      ...['at least', 'at most', 'up to', 'by', 'to', 'exactly'].map((lead) => `${lead} a number of`),
    ].join(';'),
  ),
  ...phraseTable('a variety of>various; a number of>several', { next: /^(?:NNS|JJ)$/u }),
]);

/** What says nothing of its own where it opens a sentence. Elsewhere it may be meant: `when it is clear that`. */
export const emptyOpenings: PhraseTable = phraseTable(`
  note that>; please note that>; notice that>; please be aware that>;
  be aware that>; please keep in mind that>; keep in mind that>; please bear in mind that>;
  bear in mind that>; please remember that>; it is clear that>; it is obvious that>;
  it is evident that>; it is apparent that>; it is no secret that>; it is well known that>;
  it is a well-known fact that>; it is a fact that>; the fact is that>; the truth is that>;
  the point is that>; i think it is fair to say that>; it is fair to say that>; what is important here is that>;
  one thing to keep in mind is that>; one thing to note is that>; as can be seen,>`);
