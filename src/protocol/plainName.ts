import { InklingError, type Sentence, sentence } from './errors.ts';

/** The folder of a model or an adapter bears its name, on any file system. */
const mostCharacters = 100;
/** File systems take 255 bytes; some of them are for what is put behind the name. */
const mostBytes = 200;
/** Windows takes these for devices, also before a dot. */
const deviceNames = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\.|$)/iu;
/** What paths and wildcards are made of. */
const pathSigns = /[\\/:*?"<>|]/u;
/** What is read as a slash by people, or by systems that normalize names. */
const slashLookAlikes = /[\u2044\u2215\u2216\u29F5\u29F8\u29F9\uFE68\uFF0F\uFF3C]/u;
/** Controls, lone surrogates, line ends, and format signs, but for the joiners that words and emoji are written with. */
const invisible = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/u;
/** Folders of runs lie beside the adapters that they make, under their names and this ending. */
const ownEnding = /\.run$/iu;

/** Can a model or an adapter be given this name? */
export const isPlainName = (name: string): boolean => whatIsWrong(name) === undefined;

/** Can something in a folder have this name, or does it lead elsewhere? What is there already may be called anything. */
export const isEntryName = (name: string): boolean => !/^\.{0,2}$|[\\/\0]/u.test(name);

/**
 * The name as folders bear it (NFC), for a model or an adapter.
 * @param of `model` or `adapter`
 * @throws InklingError `optionOutOfRange`, saying what is wrong with it
 */
export function plainName(of: 'model' | 'adapter', name: string): string {
  const wrong = whatIsWrong(name);
  if (wrong === undefined) return name.normalize('NFC');
  throw new InklingError(
    'optionOutOfRange',
    sentence`${JSON.stringify(name)} cannot be the name of ${kinds[of]}: ${wrong}.`,
  );
}

const kinds = { model: sentence`a model`, adapter: sentence`an adapter` };

/** Do two names stand for one folder on file systems that ignore case or normalize? */
export const isSameName = (one: string, other: string): boolean => folded(one) === folded(other);

const folded = (name: string) => name.normalize('NFC').toLowerCase();

function whatIsWrong(name: string): Sentence | undefined {
  if (name.trim() === '') return sentence`it is empty`;
  if (name.length > mostCharacters) return sentence`it has more than ${mostCharacters} characters`;
  if (invisible.test(name)) return sentence`it has a character that cannot be seen`;
  if (pathSigns.test(name) || slashLookAlikes.test(name)) return sentence`it has one of ${'\\ / : * ? " < > |'}`;
  if (name.startsWith('.')) return sentence`it begins with a dot`;
  if (/^\s|[\s.]$/u.test(name)) return sentence`it begins or ends with a blank, or ends with a dot`;
  if (deviceNames.test(name)) return sentence`Windows keeps it for a device`;
  if (ownEnding.test(name)) return sentence`names that end with .run are kept for runs of fine-tuning`;
  return bytesOf(name.normalize('NFC')) > mostBytes ? sentence`it takes more than ${mostBytes} bytes` : undefined;
}

/** in UTF-8 */
const bytesOf = (name: string) => encodeURIComponent(name).replace(/%../gu, 'x').length;
