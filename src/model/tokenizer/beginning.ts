import { sentence } from '../../protocol/errors.ts';
import { isObject } from '../files/textFile.ts';
import { type Json, type TokenizerJson, tokenizerFault } from './tokenizerJson.ts';

/** tokens: they are read before each text, and are part of the context */
const longestBeginning = 16;

/**
 * Ids that the model wants before everything it reads, `<s>` mostly: as `add_bos_token` says, or else the template that
 * post-processes a text.
 * @param idOf the id of a token by its content
 * @throws InklingError `modelConfig`
 */
export function beginningOf(
  { postProcessor }: Pick<TokenizerJson, 'postProcessor'>,
  tokenizerConfig: Json,
  idOf: (content: string) => number | undefined,
): number[] {
  const wanted = tokenizerConfig['add_bos_token'];
  if (typeof wanted === 'boolean') {
    const bos = tokenContent(tokenizerConfig['bos_token']);
    const id = wanted && bos !== undefined ? idOf(bos) : undefined;
    return id === undefined ? [] : [id];
  }
  const ids = postProcessor ? idsOfTemplate(postProcessor, idOf) : [];
  if (ids.length > longestBeginning)
    throw tokenizerFault(sentence`its post_processor puts ${ids.length} tokens before every text`);
  return ids;
}

/** A token is named by its content, or by an object that has it. */
export function tokenContent(token: unknown): string | undefined {
  const content = isObject(token) ? token['content'] : token;
  return typeof content === 'string' ? content : undefined;
}

function idsOfTemplate(processor: Json, idOf: (content: string) => number | undefined): number[] {
  const further = processor['processors'];
  if (processor['type'] === 'Sequence' && Array.isArray(further)) {
    return further.filter(isObject).flatMap((each) => idsOfTemplate({ ...each, processors: undefined }, idOf));
  }
  const single = processor['single'];
  if (processor['type'] !== 'TemplateProcessing' || !Array.isArray(single)) return [];
  const ids: number[] = [];
  for (const part of single as readonly unknown[]) {
    const special = isObject(part) ? part['SpecialToken'] : undefined;
    if (!isObject(special)) break; // the text itself: what follows it ends a text
    const id = idOf(String(special['id']));
    if (id !== undefined) ids.push(id);
  }
  return ids;
}
