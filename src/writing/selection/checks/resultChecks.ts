import { languageOfText } from '../../../text/language.ts';
import { type Note, type NoteCode, note, noteText } from '../notes.ts';
import { type Protection, verifyProtection } from '../protection/protection.ts';
import type { ActionRequest, CheckId, CheckResult } from '../selectionAction.ts';
import { contentStems } from '../text/contentWords.ts';
import { readWords } from '../text/reading.ts';
import { bareWords, wordCount } from '../text/words.ts';

/** What a result looks like from outside: a regular expression is one. */
export type Form = Pick<RegExp, 'test'>;

/** What a check looks at: a whole result or one sentence of it. */
export interface Examined {
  readonly source: string;
  readonly result: string;
  readonly request: ActionRequest;
  /** words of the result per word of the source */
  readonly length: { readonly minimum: number; readonly maximum: number };
  /** shares of content words, of the source that stay and of the result that are the source's */
  readonly faithful: { readonly recall: number; readonly precision: number };
  /** what `form` demands; undefined = anything */
  readonly form: Form | undefined;
  /** where the protected parts of both have been compared already */
  readonly protection?: Pick<Protection, 'lost' | 'invented'>;
}

/** Answers what is wrong, if anything. */
type Check = (examined: Examined) => Note | undefined;

const checks: Readonly<Record<CheckId, Check>> = {
  protected: protectedCheck,
  length,
  language,
  repetition,
  chatter,
  faithful,
  form,
};

export function runChecks(ids: readonly CheckId[], examined: Examined): CheckResult[] {
  return ids.map((check) => {
    const found = checks[check](examined);
    return found ? { check, passed: false, note: found, detail: noteText(found) } : { check, passed: true, detail: '' };
  });
}

/** What no one wants to see, whatever the text says. The others are shown with a flag. */
const disqualifying: ReadonlySet<CheckId> = new Set(['language', 'repetition', 'chatter', 'form']);

export const isShowable = (results: readonly CheckResult[]): boolean =>
  results.every(({ check, passed }) => passed || !disqualifying.has(check));

function protectedCheck(examined: Examined): Note | undefined {
  const { lost, invented } = examined.protection ?? protectionOfWords(examined);
  const losses = lost.length > 0 ? note('partsLost', lost.join(', ')) : undefined;
  const inventions = invented.length > 0 ? note('partsInvented', invented.join(', ')) : undefined;
  return losses && inventions ? note('and', losses, inventions) : (losses ?? inventions);
}

function protectionOfWords({ source, result, request }: Examined): Protection {
  const context = [request.before, request.after, request.text, request.instruction].join('\n');
  return verifyProtection(
    readWords(source, request.languageId),
    readWords(result, request.languageId),
    context,
    request.action === 'translate',
  );
}

/** So few words that one more or less is not a matter of length. */
const lengthSlackWords = 2;

function length({ source, result, length: { minimum, maximum } }: Examined): Note | undefined {
  const words = wordCount(result);
  const sourceWords = wordCount(source);
  if (words > Math.max(maximum * sourceWords, maximum < 1 ? 0 : sourceWords + lengthSlackWords)) {
    return note('tooLong', words, sourceWords);
  }
  return words < minimum * sourceWords ? note('tooShort', words, sourceWords) : undefined;
}

function language({ source, result, request }: Examined): Note | undefined {
  const expected = languageOfText(source + (request.before ?? '').slice(-2000));
  const found = languageOfText(result);
  return expected === undefined || found === undefined || expected === found
    ? undefined
    : note('otherLanguage', expected, found);
}

const loopWords = 6;

function repetition({ source, result }: Examined): Note | undefined {
  const words = [...bareWords(result)].map(({ word }) => word);
  const original = [...bareWords(source)].map(({ word }) => word).join(' ');
  const seen = new Set<string>();
  for (let i = 0; i + loopWords <= words.length; i++) {
    const phrase = words.slice(i, i + loopWords).join(' ');
    if (seen.has(phrase) && !repeatsIn(original, phrase)) return note('saidTwice', phrase);
    seen.add(phrase);
  }
  const doubled = words.find((word, i) => word.length > 2 && word === words[i + 1] && word === words[i + 2]);
  return doubled === undefined ? undefined : note('saidThrice', doubled);
}

const repeatsIn = (text: string, phrase: string) => text.indexOf(phrase) !== text.lastIndexOf(phrase);

/** Talk about the task instead of doing it. What the source says itself is no chatter. */
const phrases: readonly RegExp[] = [
  /^(?:Sure|Certainly|Of course|Absolutely|Okay|OK|Great)[,!.:]/iu,
  /\bAs an? (?:AI|artificial intelligence|(?:large )?language model)\b/iu,
  /\bI(?:'m| am|’m) (?:(?:really |so |very )?sorry|unable to|an AI|here to help|glad to hear|happy to help)\b/iu,
  /\bI (?:cannot|can't|can’t|am not able to) (?:assist|help|fulfill|provide|do that)\b/iu,
  /\b(?:Here(?:'s|’s| is| are)|This is|Below is) (?:the|a|an|your|some|my) (?:\w+ ){0,2}(?:version|text|rewrite|sentence|summary|response|translation|paragraph|title)\b/iu,
  /\b(?:I hope this|Let me know if|Feel free to ask|Is there anything else|please provide the text)\b/iu,
  /\b(?:rewritten|revised|corrected|input) (?:text|version|sentence)\b/iu,
  /^(?:Dear|Hi|Hey|Hello)\b[^.!?]{0,40}[,!]|\b(?:Best|Kind|Warm) regards\b|\[Your \w+\]/iu,
  /^(?:The|Your) (?:instructions?|prompt) (?:(?:is|was|are|were) to|says?|asks?|wants?|tells?|requires?)\b/iu,
  /<\|[a-z_]+\|>|^(?:user|assistant|system)\s*:/iu,
  /^(?:Summary|Title|Rewrite|Rewritten|Answer|Output|Translation|Input)\s*:/iu,
];

/** A sentence about the text where the text itself is wanted: “The passage describes …”. */
const aboutTheText =
  /(?<=^|[.!?]\s)(?:the|this) (?:(?:given|above|original|provided|selected|following) )?(?:text|passage|paragraph|excerpt|article|document|author|writer|narrator|speaker)(?: (?:also|briefly|mainly|primarily|then))? (?:is (?:about|a description|describing|discussing)|appears? to|argues|covers|deals with|describes|details|discusses|emphasi[sz]es|explains|explores|expresses|focuses|highlights|mentions|outlines|presents|provides|reflects|reports|says|speaks|states|summari[sz]es|talks|tells)\b|^(?:这段|这篇|该段|该|本|上述)(?:文字|文本|段落|文章|文)\p{L}{0,4}?(?:描述|描写|讲述|讲的是|介绍|说明|讨论|提到|叙述|概述)/iu;

/** Who asks what a text says, or what to think of it, wants words about it. */
const wantsWordsAbout = ({ action, instruction = '' }: ActionRequest): boolean =>
  action === 'ask' ||
  /\b(?:about|abstract|analy[sz]e|assess|comment|critique|describe|evaluate|explain|feedback|review|what|who|why)\b|说明|描述|介绍|分析|评|什么/iu.test(
    instruction,
  );

function chatter({ source, result, request }: Examined): Note | undefined {
  const trimmed = result.trim();
  for (const pattern of phrases) {
    const found = pattern.exec(trimmed)?.[0];
    if (found !== undefined && !pattern.test(source.trim())) return note('talksAboutTask', found);
  }
  if (!wantsWordsAbout(request)) {
    const found = aboutTheText.exec(trimmed)?.[0];
    if (found !== undefined && !aboutTheText.test(source)) return note('talksAboutTask', found);
  }
  const { instruction } = request;
  if (instruction && instruction.length > 12 && trimmed.includes(instruction) && !source.includes(instruction)) {
    return note('repeatsInstruction');
  }
  const isQuoted = /^["“].*["”]$/su.test(trimmed) && !/["“]/u.test(trimmed.slice(1, -1));
  return isQuoted && !/^["“]/u.test(source.trim()) ? note('inQuotes') : undefined;
}

function faithful({ source, result, faithful: { recall, precision } }: Examined): Note | undefined {
  const before = new Set(contentStems(source));
  const after = new Set(contentStems(result));
  if (before.size === 0 || after.size === 0) return before.size === after.size ? undefined : note('noWordLeft');
  const common = [...after].filter((stem) => before.has(stem)).length;
  if (common < recall * before.size) return note('fewWordsLeft', common, before.size);
  return common < precision * after.size ? note('newWords', after.size - common, after.size) : undefined;
}

function form({ result, form: pattern }: Examined): Note | undefined {
  return pattern === undefined || pattern.test(result.trim()) ? undefined : note('wrongForm');
}

const names: Readonly<Record<CheckId, NoteCode>> = {
  protected: 'checkProtected',
  length: 'checkLength',
  language: 'checkLanguage',
  repetition: 'checkRepetition',
  chatter: 'checkChatter',
  faithful: 'checkFaithful',
  form: 'checkForm',
};

/** What a failed check means, for several sentences at once. */
export const checkName = (check: CheckId): Note => note(names[check]);
