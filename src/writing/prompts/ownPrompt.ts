import type { GenerationOptions } from '../../protocol/generationOptions.ts';

/** What a prompt of the person's own is run on. */
export type PromptInput = 'selection' | 'document';

/** Where its result goes. */
export type PromptOutput = 'replace' | 'insertBelow' | 'panel';

/** The sampling options that a prompt may set; the others belong to the action's way of working. */
export type PromptOptions = Partial<
  Pick<GenerationOptions, 'maxNewTokens' | 'temperature' | 'topK' | 'topP' | 'minP' | 'repetitionPenalty' | 'seed'>
>;

/** A file of `.inkling/prompts/`: an instruction, and how it is offered and run. */
export interface OwnPrompt {
  readonly title: string;
  readonly description: string;
  readonly input: PromptInput;
  readonly output: PromptOutput;
  readonly options: PromptOptions;
  /** what the model is told; may hold `{{…}}` */
  readonly instruction: string;
}

/** A stretch of the file and what is wrong with it. */
export interface PromptProblem {
  /** UTF-16 offsets into the file */
  readonly start: number;
  readonly end: number;
  /** one sentence that says what is allowed */
  readonly message: string;
}

/** Either a prompt that can be run, or everything that keeps it from being one. */
export type PromptReading =
  | { readonly kind: 'prompt'; readonly prompt: OwnPrompt }
  | { readonly kind: 'broken'; readonly problems: readonly PromptProblem[] };
