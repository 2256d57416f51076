import type { GeneratedSequence, GenerateOutcome } from '../../protocol/inference.ts';
import type { CompletionOutcome, Suggestion } from './completionRequest.ts';
import type { Drop } from './postprocess/rule.ts';

/**
 * What the model's answer is to a writer: the sequences that survive post-processing, each text once, or the reason
 * why the first one did not.
 */
export function completionOutcome(
  generated: GenerateOutcome,
  postprocessed: (sequence: GeneratedSequence) => Suggestion | Drop,
): CompletionOutcome {
  if (generated.kind === 'failed') return generated;
  const { usage } = generated;
  if (generated.kind === 'cancelled') return { kind: 'cancelled', usage };
  if (generated.kind === 'none') {
    const detail = `probability ${generated.firstWordProbability.toFixed(2)}`;
    return { kind: 'none', reason: generated.reason, detail, usage };
  }
  const results = generated.sequences.map(postprocessed);
  const suggestions = results.filter((result): result is Suggestion => !('drop' in result));
  const distinct = suggestions.filter(({ text }, i) => suggestions.findIndex((other) => other.text === text) === i);
  if (distinct.length > 0) return { kind: 'text', suggestions: distinct, source: 'model', usage };
  const first = results.find((result): result is Drop => 'drop' in result);
  const detail = first?.detail;
  return { kind: 'none', reason: first?.drop ?? 'empty', ...(detail !== undefined && { detail }), usage };
}
