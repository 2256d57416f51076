import { l10n } from 'vscode';

/** For a page: all texts of the person's language by their English text; empty in English. */
export const translations = (): Readonly<Record<string, string>> => (l10n.bundle ?? {}) as Record<string, string>;
