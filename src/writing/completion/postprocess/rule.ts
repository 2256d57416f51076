import type { GeneratedToken } from '../../../protocol/inference.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import type { ZoneKind } from '../../../text/zone.ts';
import type { Caret } from '../caret.ts';
import type { CompletionSettings } from '../completionSettings.ts';
import type { DocumentHabits } from '../documentHabits.ts';
import type { GateThresholds } from '../gate.ts';

/** All that a rule may know besides the suggestion. Line ends inside `before` and `after` are line feeds. */
export interface RuleContext {
  readonly caret: Caret;
  readonly zone: ZoneKind;
  readonly languageId: string;
  readonly habits: DocumentHabits;
  readonly length: CompletionSettings['length'];
  readonly thresholds: GateThresholds;
  /** the tokens of the suggestion as decoded; their texts together are its text */
  readonly tokens: readonly GeneratedToken[];
  /** as the gate saw it: of the first word, or of the rest of it */
  readonly firstWordProbability: number;
  /** how likely the model found what stands of the word under the caret; natural logarithm, 0 with no such word */
  readonly healedLogprob: number;
  /** a bounded part of the text left of the caret */
  readonly before: string;
  /** a bounded part of the text right of the caret */
  readonly after: string;
}

/** The suggestion is not shown. */
export interface Drop {
  readonly drop: Reason;
  readonly detail?: string;
}

/** One small decision about a suggestion, pure and total: the text that is left of it, or why nothing is. */
export type Rule = (text: string, context: RuleContext) => string | Drop;

/** What is left when a rule cuts at `end`: nothing visible left means that the cut's reason was the whole suggestion. */
export function cutAt(text: string, end: number, reason: Reason): string | Drop {
  const kept = text.slice(0, end);
  return kept.trim() === '' ? { drop: reason } : kept;
}
