import { InklingError, sentence } from '../../protocol/errors.ts';
import { isPlainName } from '../../protocol/plainName.ts';
import { languageTags } from '../modelCard.ts';
import type { HubConnection } from './hubConnection.ts';

/** A file of a repository, as the hub describes it. */
export interface HubFile {
  /** with `/` between folders */
  readonly path: string;
  readonly sizeBytes: number;
  /** hex; large files have it */
  readonly sha256?: string;
  /** hex; Git's name of the content, SHA-1 over its length and bytes: other files have it */
  readonly gitOid?: string;
}

export interface Repository {
  readonly id: string;
  /** the commit, so that all files are of one moment */
  readonly commit: string;
  readonly licence: string;
  /** BCP 47; [] when its card does not say */
  readonly languages: readonly string[];
  readonly files: readonly HubFile[];
}

/**
 * Asks the hub what a repository holds.
 * @param id `OWNER/NAME`
 * @param revision a branch, tag or commit
 * @throws InklingError `optionOutOfRange` for what is no id, `network`
 */
export async function readRepository(
  hub: HubConnection,
  { id, revision }: { id: string; revision: string },
  signal: AbortSignal,
): Promise<Repository> {
  if (!/^[\w][\w.-]*\/[\w][\w.-]*$/u.test(id) || id.includes('..')) {
    throw new InklingError('optionOutOfRange', sentence`"${id}" is no model of a hub: it is named OWNER/NAME.`);
  }
  const path = `/api/models/${id}/revision/${encodeURIComponent(revision)}?blobs=true`;
  const answer = await hub.json(path, revision === 'main' ? id : `${id} (${revision})`, signal);
  const { sha, siblings, cardData, gated } = Object(answer) as Record<string, unknown>;
  if (typeof sha !== 'string' || !/^[0-9a-f]{40,64}$/u.test(sha) || !Array.isArray(siblings)) {
    throw new InklingError('network', sentence`The hub's answer about ${id} is not one about a model.`);
  }
  const { license, language } = Object(cardData) as { license?: unknown; language?: unknown };
  if (/^[0-9a-f]{40}$/u.test(revision) && sha !== revision) {
    throw new InklingError(
      'network',
      sentence`The hub was asked for the commit ${revision} of ${id} and answered with another one.`,
    );
  }
  const files = siblings.map(hubFile).filter((file) => file !== undefined);
  const names = new Set<string>();
  const twice = files.find(({ path }) => names.size === names.add(path).size);
  if (twice) throw new InklingError('network', sentence`The hub describes ${twice.path} of ${id} twice.`);
  if (files.length === 0 && gated) {
    throw new InklingError('network', sentence`${id} is not open to everybody: its page says how to get access.`);
  }
  const licence = typeof license === 'string' ? license : 'unknown';
  return { id, commit: sha, licence, languages: languageTags(language), files };
}

/** undefined for what is not described as a file, or would lie somewhere else than in a folder of its own. */
function hubFile(sibling: unknown): HubFile | undefined {
  const { rfilename: path, size, blobId, lfs } = Object(sibling) as Record<string, unknown>;
  if (typeof path !== 'string' || !isPlainPath(path)) return undefined;
  const { sha256, size: largeSize } = Object(lfs) as Record<string, unknown>;
  const sizeBytes = Number(largeSize ?? size);
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) return undefined;
  return {
    path,
    sizeBytes,
    ...(typeof sha256 === 'string' && /^[0-9a-f]{64}$/iu.test(sha256) ? { sha256: sha256.toLowerCase() } : {}),
    ...(typeof blobId === 'string' && /^[0-9a-f]{40}$/iu.test(blobId) ? { gitOid: blobId.toLowerCase() } : {}),
  };
}

/** On every system each part is the name of a file or folder, in letters of any script. */
const isPlainPath = (path: string): boolean =>
  path.length <= 200 &&
  path.split('/').every((part) => isPlainName(part) && /^[\p{L}\p{M}\p{N}_.@+=,~()[\] -]+$/u.test(part));
