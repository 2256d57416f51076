import { expect, test } from 'vitest';
import { ChatTemplate } from '../../src/model/chatTemplate.ts';
import { tablesFromJson } from '../../src/model/tokenizer/tokenizerTables.ts';
import { Tokenizer } from '../../src/model/tokenizer.ts';
import type { ChatMessage } from '../../src/protocol/inference.ts';
import { tinyTokenizer } from '../support/tinyTokenizer.ts';
import { readGolden } from './goldenFiles.ts';

/** What transformers makes of conversations with templates written as those of well-known small models are. */
interface ChatTemplateGolden {
  readonly tokens: { readonly bos_token: string; readonly eos_token: string };
  readonly conversations: Readonly<Record<string, readonly ChatMessage[]>>;
  readonly cases: readonly {
    readonly name: string;
    readonly template: string;
    /** by the name of a conversation: in which way, and what it looks like */
    readonly rendered: Readonly<Record<string, { readonly way: string; readonly text: string }>>;
  }[];
}

const golden = readGolden<ChatTemplateGolden>('chatTemplates.json');
const cases = golden.cases.flatMap(({ name, template, rendered }) =>
  Object.entries(rendered).map(([kind, { way, text }]) => ({ name, template, kind, way, text })),
);

/** A thought that the template opens is closed: nobody waits for it. */
const withoutThought = (text: string) => text.replace(/<think>\n$/u, '<think>\n\n</think>\n\n');

test.each(cases)('$name, $kind, $way', ({ template, kind, text }) => {
  let laidOut = '';
  const reading = {
    encodeTemplate: (rendered: string, fillIn: (part: string) => string) => {
      laidOut = fillIn(rendered);
      return [];
    },
  } as unknown as Tokenizer; // what a template needs of it
  new ChatTemplate(template, reading, golden.tokens).encode(golden.conversations[kind]!);
  expect(laidOut).toBe(withoutThought(text));
});

test.each(cases)('$name, $kind: what a text begins with is there as often as the template says', (one) => {
  const { tokenizer: json, tokenizerConfig, vocabularySize } = tinyTokenizer();
  const beginning = '<|endoftext|>';
  const config = { ...tokenizerConfig, bos_token: beginning, add_bos_token: true };
  const tokenizer = new Tokenizer(tablesFromJson(json, config, vocabularySize));
  const id = tokenizer.specialId(beginning);
  expect(tokenizer.beginning).toEqual([id]);
  const ids = new ChatTemplate(one.template, tokenizer, config).encode(golden.conversations[one.kind]!);
  const expected = one.text.split(golden.tokens.bos_token).length - 1;
  expect(ids.filter((each) => each === id)).toHaveLength(expected);
});
