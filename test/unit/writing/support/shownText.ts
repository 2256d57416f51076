import type { GeneratedSequence } from '../../../../src/protocol/inference.ts';
import { CaretReader } from '../../../../src/text/caretReader.ts';
import { caretOf } from '../../../../src/writing/completion/caret.ts';
import type { CaretRequest } from '../../../../src/writing/completion/completionRequest.ts';
import type { CompletionSettings } from '../../../../src/writing/completion/completionSettings.ts';
import { documentHabits } from '../../../../src/writing/completion/documentHabits.ts';
import { gateThresholds } from '../../../../src/writing/completion/gate.ts';
import { postprocess, surroundings } from '../../../../src/writing/completion/postprocess/postprocess.ts';
import type { RuleContext } from '../../../../src/writing/completion/postprocess/rule.ts';
import { atCaret } from './atCaret.ts';
import type { ScriptedToken } from './scriptedGenerator.ts';

export interface More extends Partial<CaretRequest> {
  readonly length?: RuleContext['length'];
  readonly showing?: CompletionSettings['showing'];
  readonly suffixScore?: { after: number; without: number };
  readonly healedLogprob?: number;
}

/** What is shown at the drawn caret after the model said `said`: the text, or `–reason`. */
export function shown(drawn: string, said: string | readonly ScriptedToken[], more: More = {}): string {
  const { length = 'sentence', showing = 'normal', suffixScore, healedLogprob = 0, ...rest } = more;
  const request = atCaret(drawn, rest);
  const caret = caretOf(request);
  const sequence = { ...sequenceOf(typeof said === 'string' ? [said] : said, suffixScore), healedLogprob };
  const result = postprocess(sequence, {
    caret,
    length,
    zone: new CaretReader().zoneAt(request, request.prefix, caret),
    languageId: request.languageId,
    habits: documentHabits(request.prefix, request.suffix),
    thresholds: gateThresholds({ showing, minFirstWordProbability: 0.5 }, { ...request, trigger: 'automatic' }),
    ...surroundings(request.prefix, request.suffix),
  });
  return 'drop' in result ? `–${result.drop}` : result.text;
}

function sequenceOf(said: readonly ScriptedToken[], suffix: More['suffixScore']): GeneratedSequence {
  const pairs = said.map((token) => (typeof token === 'string' ? ([token, 0.99] as const) : token));
  const tokens = pairs.map(([text, probability], id) => ({ id, text, logprob: Math.log(probability) }));
  return {
    text: pairs.map(([text]) => text).join(''),
    tokens,
    logprob: 0,
    firstWordProbability: pairs[0]![1],
    healedLogprob: 0,
    finishReason: 'length',
    ...(suffix && { suffix }),
  };
}
