import type { Tokenizer } from '../model/tokenizer.ts';
import type { ModelCalibration } from '../protocol/gateCalibration.ts';
import type { GeneratedToken } from '../protocol/inference.ts';
import type { RunnableDecoder } from './decoder.ts';
import type { DecoderState } from './decoderState.ts';
import type { OwnWords } from './ownWords/ownWords.ts';

/** What a generation works with. */
export interface GenerationParts {
  readonly decoder: RunnableDecoder;
  readonly tokenizer: Tokenizer;
  readonly cache: DecoderState;
  /** waits for the next graph run; messages come in meanwhile */
  readonly turn: () => Promise<void>;
  /** as in `PartialText` */
  readonly onPartial: (text: string, tokens: readonly GeneratedToken[]) => void;
  /** what the model's probabilities are worth; undefined where that was not measured */
  readonly calibration?: ModelCalibration | undefined;
  /** what the writer's own texts say of what comes next; undefined without any */
  readonly words?: OwnWords | undefined;
  /** may tokens that the text itself suggests run along? */
  readonly drafts?: boolean;
}
