/** Licenses, and lists for programs that end in `.txt`: nobody's voice. */
const boilerplateName =
  /(?:^|\/)(?:(?:(?:un)?licen[cs]e(?:[-.][\w.-]*)?|copying|notice|third[-_ ]?party[-_ ]?notices?)\.[a-z]+|(?:cmakelists|robots|ads|(?:requirements|constraints)[\w.-]*)\.txt)$/iu;

/** What a file's name says against learning from it. */
export function verdictOnName(path: string): 'credentials' | 'boilerplate' | undefined {
  if (isCredentialsFile(path)) return 'credentials';
  return boilerplateName.test(path) ? 'boilerplate' : undefined;
}

const generatorMarks = [
  /@generated\b/u,
  /\bDO NOT EDIT\b/u,
  /^[^\S\r\n\u2028\u2029]*(?:<!--|%|\.\.|\/\/|#\+).*\b(?:auto-?generated|automatically generated|generated (?:by|from|with))\b/imu,
  /<meta\s[^>]{0,200}name=["']?generator\b/iu,
];
const markedLines = 8;
/** Prose has a blank every few characters, or is written in a script without blanks. */
const minifiedLineChars = 2_000;

/** Whether a program wrote this text: it says so at the top, or has long lines with hardly a blank. */
export function isGenerated(text: string): boolean {
  const top = text.slice(0, 2_000).split('\n', markedLines).join('\n');
  if (generatorMarks.some((mark) => mark.test(top))) return true;
  let long = 0;
  for (const line of text.split('\n')) {
    if (line.length >= minifiedLineChars && blanksAndDenseScript(line) < 0.08) long += line.length;
  }
  return long > text.length / 2;
}

function blanksAndDenseScript(line: string): number {
  const sample = line.slice(0, 10_000);
  return (sample.match(/[\s\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]/gu)?.length ?? 0) / sample.length;
}

/** Whether at least half of the visible characters are letters: tables of figures and drawings are no prose. */
export function readsLikeProse(text: string): boolean {
  const visible = text.match(/\S/gu)?.length ?? 0;
  const letters = text.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
  return letters >= visible / 2;
}

/**
 * What must never become part of an adapter, which may be shared. A false alarm costs one paragraph; a miss costs a
 * key. Shapes as published by the services and collected by gitleaks and secretlint.
 */
const secretPatterns: Readonly<Record<string, RegExp>> = {
  privateKey:
    /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----(?:(?:(?!-----BEGIN)[\s\S]){0,20000}?-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----|(?:\s*[A-Za-z0-9+/=]{16,})*)/gu,
  amazonAccessKey: /\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{16}\b/gu,
  githubToken: /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})/gu,
  gitlabToken: /\bgl(?:pat|ptt|rt|dt|soat)-[A-Za-z0-9_-]{20,}/gu,
  slackToken: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}|hooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/gu,
  googleKey: /\bAIza[A-Za-z0-9_-]{35}|\bya29\.[A-Za-z0-9_-]{20,}/gu,
  modelProviderKey: /\bsk-(?:ant-|proj-|or-)?[A-Za-z0-9_-]{20,}|\bhf_[A-Za-z0-9]{30,}/gu,
  paymentKey: /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/gu,
  packageRegistryToken: /\bnpm_[A-Za-z0-9]{36}\b|\bpypi-[A-Za-z0-9_-]{50,}/gu,
  mailServiceKey: /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/gu,
  jsonWebToken: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/gu,
  bearerToken: /\b(?:Bearer|Basic)\s+[A-Za-z0-9+/._~-]{24,}=*/gu,
  addressWithPassword: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@]{1,100}:[^\s/@]{3,200}@[^\s]/giu,
  storageKey: /\b(?:AccountKey|SharedAccessKey|sig)=[A-Za-z0-9+/%]{30,}/gu,
  // `password: hunter22`, `API_KEY = "…"`: a value with a digit or a sign in it, not the next word of a sentence
  namedSecret:
    /(?:pass(?:word|wd|phrase)|secret|token|api[ _-]?key|access[ _-]?key|client[ _-]?secret)["'`*\]]*\s*[:=][\s"'`*]{0,10}(?=[^\s"'`]{0,99}[0-9!#$%&^~+=])[^\s"'`]{8,200}/giu,
};

export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Where secrets stand in a text, in order; those that overlap are one. */
export function findSecrets(text: string): TextSpan[] {
  const found = Object.values(secretPatterns).flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ 0: match, index }) => ({ start: index, end: index + match.length })),
  );
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of found.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/** Files that are kept for secrets, whatever they look like inside. */
function isCredentialsFile(path: string): boolean {
  return /(?:^|\/)(?:passwords?|passwd|passphrases?|secrets?|credentials?|logins?|tokens?|api[-_]?keys?|id_(?:rsa|dsa|ecdsa|ed25519))\.[^/]*$/iu.test(
    path,
  );
}
