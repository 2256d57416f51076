import { InklingError, sentence } from '../../protocol/errors.ts';
import type { HubModel, SearchAnswer, SearchRequest } from '../../protocol/store.ts';
import { HubConnection } from './hubConnection.ts';

const mostFound = 20;
/** Asked for: of some only a part reads and writes text. */
const mostAsked = 60;
/** As the hub names what a model is for. One that says nothing may be of text. */
const textTasks: readonly unknown[] = [
  undefined,
  'text-generation',
  'text2text-generation',
  'translation',
  'summarization',
  'fill-mask',
  'feature-extraction',
  'sentence-similarity',
  'text-classification',
  'token-classification',
];
const mostWordCharacters = 100;

/**
 * The models of text whose names hold the words, the most fetched first.
 * @throws InklingError `optionOutOfRange`, `network`, `cancelled`
 */
export async function searchHub(
  { words, endpoint, token, proxy }: SearchRequest,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const wanted = words.trim();
  if (wanted === '' || wanted.length > mostWordCharacters) {
    throw new InklingError('optionOutOfRange', sentence`Search for a name of 1 to ${mostWordCharacters} characters.`);
  }
  const hub = new HubConnection({ endpoint, token, proxy });
  try {
    const query = new URLSearchParams({
      search: wanted,
      sort: 'downloads',
      direction: '-1',
      limit: String(mostAsked),
    });
    const answer = await hub.json(`/api/models?${query}`, sentence`a search`, signal);
    if (!Array.isArray(answer))
      throw new InklingError('network', sentence`The hub answered a search with something else than a list.`);
    return { models: answer.slice(0, mostAsked).flatMap(hubModel).slice(0, mostFound) };
  } finally {
    await hub.close();
  }
}

/** [] for what is not described as a model, or as one of pictures or sound. */
function hubModel(entry: unknown): HubModel[] {
  const { id, downloads, gated, pipeline_tag: task } = Object(entry) as Record<string, unknown>;
  if (typeof id !== 'string' || !/^\w[\w.-]{0,95}\/\w[\w.-]{0,95}$/u.test(id)) return [];
  if (!textTasks.includes(task)) return [];
  return [{ id, downloads: Number(downloads) || 0, isGated: Boolean(gated) }];
}
