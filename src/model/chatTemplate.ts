import { Template } from '@huggingface/jinja';
import { InklingError } from '../protocol/errors.ts';
import type { ChatMessage } from '../protocol/inference.ts';
import type { Tokenizer } from './tokenizer.ts';

/**
 * Lays out a conversation for a model. Special tokens come from the template only: what a person wrote is put in
 * after rendering, as plain text, so that it cannot end its own turn or start another.
 */
export class ChatTemplate {
  private readonly template: Template;

  /** @throws InklingError `modelConfig` when the template cannot be parsed */
  constructor(
    source: string,
    private readonly tokenizer: Tokenizer,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    try {
      this.template = new Template(source);
    } catch (error) {
      throw new InklingError('modelConfig', `The model's chat template cannot be read: ${String(error)}`, {
        cause: error,
      });
    }
  }

  /** Token ids of the conversation, ending where the assistant's answer begins. */
  encode(messages: readonly ChatMessage[]): number[] {
    const placeholder = (index: number) => `\uE000${index}\uE001`; // private-use characters: no template tests for them
    const rendered = this.template.render({
      ...this.variables,
      messages: messages.map(({ role }, index) => ({ role, content: placeholder(index) })),
      add_generation_prompt: true,
    });
    const ids: number[] = [];
    for (const piece of splitAtSpecialTokens(rendered, this.tokenizer.specialTokens)) {
      const special = this.tokenizer.specialId(piece);
      if (special !== undefined) ids.push(special);
      else
        ids.push(
          ...this.tokenizer.encode(piece.replace(/\uE000(\d+)\uE001/gu, (_, n) => messages[Number(n)]!.content)),
        );
    }
    return ids;
  }
}

function splitAtSpecialTokens(text: string, specialTokens: readonly string[]): string[] {
  if (specialTokens.length === 0) return [text];
  const longestFirst = [...specialTokens].sort((a, b) => b.length - a.length);
  const pattern = longestFirst.map((token) => token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return text.split(new RegExp(`(${pattern})`, 'u')).filter((piece) => piece !== '');
}
