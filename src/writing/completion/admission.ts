import type { Reason } from '../../protocol/reasons.ts';
import { firstLineEndIn, lineStartIn, maxLineChars } from '../../text/caretReader.ts';
import type { ZoneKind } from '../../text/zone.ts';
import { type Caret, insideWord } from './caret.ts';
import type { CaretRequest } from './completionRequest.ts';
import { type CompletionSettings, languageEnabled, zoneEnabled } from './completionSettings.ts';
import type { GateThresholds } from './gate.ts';
import { columns, splitsCharacter } from './segment.ts';

export interface Refusal {
  readonly reason: Reason;
  readonly detail?: string;
}

/** Beyond these a document is data rather than text; UTF-16 code units. */
const maxDocumentChars = 20_000_000;
/** Characters next to the caret that are searched for NUL. */
const sampledChars = 8_000;
/** Columns of text before the caret without which there is nothing to go on. */
const minContextColumns = 8;

/** Files that hold secrets by custom. Nothing is suggested in them, whatever the settings say. */
const secretFiles =
  /^(?:\.env(?:\..*)?|.*\.env|\.npmrc|\.netrc|_netrc|\.pgpass|\.htpasswd|\.git-credentials|id_(?:rsa|dsa|ecdsa|ed25519).*|.*\.(?:pem|key|p12|pfx|kdbx|ppk|asc|gpg)|(?:secrets?|credentials?|passwords?)(?:\..*)?)$/iu;

/** Refusals that need no look at the caret's surroundings. */
export function refusalOfDocument(request: CaretRequest, settings: CompletionSettings): Refusal | undefined {
  const { prefix, suffix, languageId, fileName } = request;
  if (!settings.enabled) return { reason: 'off' };
  if (!languageEnabled(settings, languageId)) return { reason: 'off', detail: languageId };
  if (secretFiles.test(fileName)) return { reason: 'unsupportedDocument', detail: fileName };
  if (prefix.length + suffix.length > maxDocumentChars) return { reason: 'tooLarge', detail: 'document' };
  if (isLineTooLong(prefix, suffix)) return { reason: 'tooLarge', detail: 'line' };
  if (prefix.slice(-sampledChars).includes('\0') || suffix.slice(0, sampledChars).includes('\0')) {
    return { reason: 'unsupportedDocument', detail: 'binary' };
  }
  if (splitsCharacter(prefix, suffix)) return { reason: 'unsupportedDocument', detail: 'caret inside a character' };
  return undefined;
}

/** Refusals that depend on where the caret stands and on what was done last. */
export function refusalOfCaret(
  request: CaretRequest,
  { caret, zone, settings }: { caret: Caret; zone: ZoneKind; settings: CompletionSettings },
): Refusal | undefined {
  if (insideWord(request)) return { reason: 'zone', detail: 'inside a word' };
  if (request.trigger === 'explicit') return undefined;
  if (!zoneEnabled(settings, zone)) return { reason: 'zone', detail: zone };
  if (!settings.midLine && caret.follows === 'text') return { reason: 'zone', detail: 'text right of the caret' };
  if (request.lastEdit === 'undo') return { reason: 'justDeleted', detail: 'undo' };
  if (request.lastEdit === 'delete' && zone === 'heading') return { reason: 'justDeleted', detail: zone };
  if (halfTypedPinyin.test(caret.linePrefix)) return { reason: 'composing' };
  return undefined;
}

/** Latin letters directly behind a Chinese character are mostly on their way to the next one. */
const halfTypedPinyin = /\p{Script=Han}[a-z']{1,12}$/u;

/** Refusals to start the model: an answer that is already there may still be shown. */
export function refusalToAsk(
  { prefix, trigger }: CaretRequest,
  { caret, zone, thresholds }: { caret: Caret; zone: ZoneKind; thresholds: GateThresholds },
): Refusal | undefined {
  if (trigger === 'explicit') return undefined;
  if (columns(prefix.slice(-200).replace(/\s+/gu, '')) < minContextColumns) return { reason: 'headless' };
  const isIndenting = zone === 'code' && caret.linePrefix.trim() === ''; // a word there would end the indentation too soon
  if (isIndenting) return { reason: 'sentenceStart' };
  if (caret.place === 'sentenceStart' && thresholds.firstWord.sentenceStart >= 1) return { reason: 'sentenceStart' };
  return undefined;
}

function isLineTooLong(prefix: string, suffix: string): boolean {
  const [start, end] = [lineStartIn(prefix), firstLineEndIn(suffix)];
  return start === undefined || end === undefined || prefix.length - start + end > maxLineChars;
}
