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

/** What can be wrong with a prompt file, as a closed set; the numbers and names are those to tell the person. */
export type PromptFault =
  | { readonly code: 'tooLong'; readonly maximum: number }
  | { readonly code: 'noEnd' } // the second line of `---` is missing
  | { readonly code: 'noInstruction' }
  | { readonly code: 'unknownPlaceholder'; readonly name: string; readonly allowed: readonly string[] }
  /** @param detail what the YAML parser says, in English */
  | { readonly code: 'badYaml'; readonly detail: string }
  | { readonly code: 'noFields' } // front matter that is no lines of `name: value`
  | { readonly code: 'unknownField'; readonly name: string; readonly allowed: readonly string[] }
  | { readonly code: 'noLine'; readonly name: string; readonly maximum: number } // not one line of text
  | { readonly code: 'noChoice'; readonly name: string; readonly allowed: readonly string[] }
  | { readonly code: 'noOptions' } // options that are no lines of `name: number`
  | {
      readonly code: 'noNumber';
      readonly name: string;
      readonly minimum: number;
      readonly maximum: number;
      readonly isWhole: boolean;
    };

/** A stretch of the file and what is wrong with it. */
export interface PromptProblem {
  /** UTF-16 offsets into the file */
  readonly start: number;
  readonly end: number;
  readonly fault: PromptFault;
}

/** Either a prompt that can be run, or everything that keeps it from being one. */
export type PromptReading =
  | { readonly kind: 'prompt'; readonly prompt: OwnPrompt }
  | { readonly kind: 'broken'; readonly problems: readonly PromptProblem[] };
