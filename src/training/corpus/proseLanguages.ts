import { languageOfFile } from '../../text/languages.ts';

/** The language id of a file by its name; undefined when the name does not promise prose. */
export function proseLanguageOf(path: string): string | undefined {
  const language = languageOfFile(path);
  return language?.prose === true ? language.id : undefined;
}
