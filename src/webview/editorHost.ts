import { formatMessage } from '../protocol/formatMessage.ts';

/** What the editor gives to a page; see https://code.visualstudio.com/api/extension-guides/webview */
declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

interface EditorHost<Action> {
  send(action: Action): void;
}

/**
 * Connects a page with the extension.
 * @param onUpdate called for every update; the first comes after an `opened` action
 */
export function connect<Action, Update>(onUpdate: (update: Update) => void): EditorHost<Action> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<Update>) => onUpdate(event.data));
  return { send: (action) => api.postMessage(action) };
}

let translations: Readonly<Record<string, string>> = {};

/** The editor's way of translating, for a page: the English text is the key. */
export const l10n = {
  /** @param texts by English text */
  use(texts: Readonly<Record<string, string>>): void {
    translations = texts;
  },

  /** `{0}`, `{1}` … stand for the arguments */
  t(text: string, ...parts: readonly (string | number)[]): string {
    return formatMessage(translations[text] ?? text, parts);
  },
};

const format = (options: Intl.NumberFormatOptions) => (value: number) =>
  new Intl.NumberFormat(document.documentElement.lang || 'en', options).format(value);

export const formatCount = format({ maximumFractionDigits: 0 });
/** `135M`, `1.35亿`: what nobody counts one by one */
export const formatCompact = format({ notation: 'compact', maximumSignificantDigits: 3 });
/** three significant digits: losses, speeds */
export const formatFigure = format({ maximumSignificantDigits: 3 });
/** with one decimal: differences of less than a percent matter here */
export const formatShare = format({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const formatPercent = format({ style: 'percent', maximumFractionDigits: 0 });

/** @param moment ISO 8601 */
export const formatDay = (moment: string): string =>
  new Date(moment).toLocaleDateString(document.documentElement.lang || 'en', { dateStyle: 'medium' });

export function formatDuration(seconds: number): string {
  if (seconds < 90) return l10n.t('{0} s', Math.max(0, Math.round(seconds)));
  if (seconds < 5400) return l10n.t('{0} min', Math.round(seconds / 60));
  return l10n.t('{0} h', formatFigure(seconds / 3600));
}
