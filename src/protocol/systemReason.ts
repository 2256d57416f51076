import {
  InklingError,
  messageOf,
  type Sentence,
  type SentencePart,
  sentence,
  sentenceText,
  systemCode,
} from './errors.ts';

const systemReasons: Readonly<Partial<Record<string, Sentence>>> = {
  ENOENT: sentence`there is no such file or folder`,
  ENOTDIR: sentence`a part of this path is a file, not a folder`,
  EISDIR: sentence`it is a folder, not a file`,
  EACCES: sentence`it may not be opened by you`,
  EPERM: sentence`the system does not allow it`,
  EROFS: sentence`the disk can only be read`,
  ENOSPC: sentence`the disk is full`,
  EDQUOT: sentence`your share of the disk is full`,
  EFBIG: sentence`it is longer than a file may be`,
  ENAMETOOLONG: sentence`the name is too long`,
  ELOOP: sentence`its links lead in a circle`,
  EEXIST: sentence`a file or folder of this name is there already`,
  ENOTEMPTY: sentence`the folder is not empty`,
  EBUSY: sentence`another program uses it`,
  EMFILE: sentence`too many files are open`,
  ENFILE: sentence`too many files are open`,
  EIO: sentence`the disk reports a fault`,
  ERR_FS_FILE_TOO_LARGE: sentence`it has more than 2 GB`,
  ERR_STRING_TOO_LONG: sentence`it is too long for one text`,
};

/** Why the system refused, in plain words with its code, as the end of a sentence. */
export function systemSentence(error: unknown): SentencePart {
  const code = systemCode(error);
  const reason = systemReasons[code];
  return reason === undefined ? messageOf(error) : sentence`${reason} (${code})`;
}

/** The same in English. */
export function systemReason(error: unknown): string {
  const reason = systemSentence(error);
  return typeof reason === 'object' ? sentenceText(reason) : String(reason);
}

/** @param path that the system did not let us write */
export const unwritable = (path: string, error: unknown): InklingError =>
  new InklingError('fileAccess', sentence`${path} cannot be written: ${systemSentence(error)}.`, { cause: error });
