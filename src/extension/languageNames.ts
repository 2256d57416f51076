import * as vscode from 'vscode';

interface LanguageContribution {
  readonly id?: unknown;
  readonly aliases?: unknown;
}

/** A language as the editor calls it, such as “Markdown” for `markdown`; the id where no extension gives it a name. */
export function languageName(languageId: string): string {
  for (const { packageJSON } of vscode.extensions.all) {
    const languages: unknown = packageJSON?.contributes?.languages;
    const found = Array.isArray(languages)
      ? languages.find(({ id }: LanguageContribution) => id === languageId)
      : undefined;
    const name: unknown = found?.aliases?.[0];
    if (typeof name === 'string' && name !== '') return name;
  }
  return languageId;
}
