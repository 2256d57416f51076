/** Languages that people name, in whatever language they write: `German`, `Deutsch`, `德语`, `de`. */
const codes =
  'ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu id is it ja ko lt lv mt nl nb nn no pl pt ro ru sk sl sr sv sw th tr uk ur vi zh zh-Hans zh-Hant'.split(
    ' ',
  );

let names: ReadonlyMap<string, string> | undefined;

/** The code (BCP 47) of the language that is named; undefined for what is no language that is known here. */
export function languageNamed(text: string): string | undefined {
  names ??= allNames();
  const named = text
    .trim()
    .toLowerCase()
    .replace(/^(?:in)?to /u, '')
    .replace(/[.!]$/u, '');
  return names.get(named);
}

function allNames(): Map<string, string> {
  const found = new Map<string, string>();
  for (const code of codes) found.set(code.toLowerCase(), code);
  for (const spoken of ['en', 'zh', 'de', 'fr', 'es', 'it', 'pt', 'ja', ...codes]) {
    const displayed = new Intl.DisplayNames([spoken], { type: 'language' });
    const wanted = ['en', 'zh', 'de', 'fr', 'es', 'it', 'pt', 'ja'].includes(spoken) ? codes : [spoken];
    for (const code of wanted) {
      const name = displayed.of(code)?.toLowerCase();
      if (name && !found.has(name)) found.set(name, code);
    }
  }
  return found;
}
