import path from 'node:path';
import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { PromptFault, PromptReading } from '../../writing/prompts/ownPrompt.ts';
import { placeholderNames } from '../../writing/prompts/placeholders.ts';
import { promptChoices, promptOptionNames, readPromptFile } from '../../writing/prompts/readPromptFile.ts';

/** A prompt file and what came of reading it. */
export interface PromptFile {
  readonly uri: vscode.Uri;
  readonly reading: PromptReading;
}

/** Files of a workspace and of the person; a workspace's are only read once it is trusted. */
const promptPattern = '**/.inkling/prompts/*.md';

/** Where a workspace keeps its prompts. */
export const workspacePromptFolders = (): vscode.Uri[] =>
  (vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : []).map(({ uri }) =>
    vscode.Uri.joinPath(uri, '.inkling', 'prompts'),
  );

/** All prompts that can be offered now, by name; a file that cannot be read is left out. */
export async function findPromptFiles(userFolder: vscode.Uri): Promise<PromptFile[]> {
  const uris = await Promise.all([...workspacePromptFolders(), userFolder].map(markdownFiles));
  const files = await Promise.all(uris.flat().map(readOne));
  return files.filter((file) => file !== undefined);
}

const fileTitle = (uri: vscode.Uri): string => path.posix.basename(uri.path, '.md');

async function markdownFiles(folder: vscode.Uri): Promise<vscode.Uri[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (found) => found,
    () => [], // there is none
  );
  return entries
    .filter(([name, type]) => (type & vscode.FileType.File) !== 0 && name.endsWith('.md'))
    .map(([name]) => vscode.Uri.joinPath(folder, name))
    .sort((a, b) => a.path.localeCompare(b.path));
}

async function readOne(uri: vscode.Uri): Promise<PromptFile | undefined> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return { uri, reading: readPromptFile(text, fileTitle(uri)) };
  } catch {
    return undefined;
  }
}

/** Wait this long after a change: nothing is read between two keys. */
const pauseMs = 300;

/**
 * Underlines what is wrong in the prompt files that are open. In a workspace that is not trusted nothing is read: its
 * prompts are not offered either.
 */
export class PromptChecks implements vscode.Disposable {
  readonly #problems = vscode.languages.createDiagnosticCollection('inkling.prompts');
  /** changed since they were last read */
  readonly #changed = new Set<vscode.TextDocument>();
  #pause: NodeJS.Timeout | undefined;
  readonly #parts = vscode.Disposable.from(
    this.#problems,
    vscode.workspace.onDidOpenTextDocument((document) => this.#checkSoon(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => this.#checkSoon(document)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      this.#changed.delete(document);
      this.#problems.delete(document.uri);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => this.#checkAll()),
  );

  constructor() {
    this.#checkAll();
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#parts.dispose();
  }

  #checkAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#checkSoon(document);
  }

  #checkSoon(document: vscode.TextDocument): void {
    if (!vscode.workspace.isTrusted || vscode.languages.match({ pattern: promptPattern }, document) === 0) return;
    this.#changed.add(document);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      for (const changed of this.#changed) this.#check(changed);
      this.#changed.clear();
    }, pauseMs);
  }

  #check(document: vscode.TextDocument): void {
    const reading = readPromptFile(document.getText(), fileTitle(document.uri));
    const problems = reading.kind === 'broken' ? reading.problems : [];
    this.#problems.set(
      document.uri,
      problems.map(({ start, end, fault }) => {
        const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
        const problem = new vscode.Diagnostic(range, promptFaultText(fault), vscode.DiagnosticSeverity.Error);
        problem.source = 'Inkling';
        problem.code = fault.code;
        return problem;
      }),
    );
  }
}

/** What is wrong with a prompt file, in the person's language: one sentence that says what is allowed. */
export function promptFaultText(fault: PromptFault): string {
  switch (fault.code) {
    case 'tooLong':
      return l10n.t('A prompt has at most {0} characters.', fault.maximum);
    case 'noEnd':
      return l10n.t('The front matter has no end: a second line of --- is missing.');
    case 'noInstruction':
      return l10n.t('The instruction is missing: what is the model to do?');
    case 'unknownPlaceholder':
      return l10n.t('{0} is not one of {1}.', braced(fault.name), fault.allowed.map(braced).join(', '));
    case 'badYaml':
      return l10n.t('This is no valid YAML: {0}', fault.detail);
    case 'noFields':
      return l10n.t('The front matter must be lines such as “title: Plain words”.');
    case 'unknownField':
      return l10n.t('{0} is not one of {1}.', fault.name, fault.allowed.join(', '));
    case 'noChoice':
      return l10n.t('{0} must be one of {1}.', fault.name, fault.allowed.join(', '));
    case 'noLine':
      return l10n.t('{0} must be one line of text, at most {1} characters.', fault.name, fault.maximum);
    case 'noOptions':
      return l10n.t('options must be lines such as “temperature: 0.7”, indented.');
    case 'noNumber':
      return fault.isWhole
        ? l10n.t('{0} must be a whole number from {1} to {2}.', fault.name, fault.minimum, fault.maximum)
        : l10n.t('{0} must be a number from {1} to {2}.', fault.name, fault.minimum, fault.maximum);
  }
}

const braced = (name: string) => `{{${name}}}`;

/** Offers the names and values of a prompt file's front matter, and what its instruction can have filled in. */
export class PromptCompletions implements vscode.CompletionItemProvider {
  static register(): vscode.Disposable {
    return vscode.languages.registerCompletionItemProvider(
      { pattern: promptPattern },
      new PromptCompletions(),
      ':',
      '{',
    );
  }

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const before = document.getText(new vscode.Range(new vscode.Position(0, 0), position));
    const line = before.slice(before.lastIndexOf('\n') + 1);
    if (!isInFrontMatter(before)) {
      if (!/\{\{[ \t]*\w*$/u.test(line)) return [];
      const after = document.lineAt(position.line).text.slice(position.character);
      const missing = '}}'.slice(/^[ \t]*(\}{0,2})/u.exec(after)![1]!.length); // the editor may have closed the braces
      return items(placeholderNames, vscode.CompletionItemKind.Variable, (name) => name + missing);
    }
    const field = /^(\w+):\s*\w*$/u.exec(line)?.[1];
    if (field) {
      const choices = Object.hasOwn(promptChoices, field) ? promptChoices[field as keyof typeof promptChoices] : [];
      return items(choices, vscode.CompletionItemKind.EnumMember, (name) => name);
    }
    if (/^\s+\w*$/u.test(line))
      return items(promptOptionNames, vscode.CompletionItemKind.Property, (name) => `${name}: `);
    const fields = ['title', 'description', ...Object.keys(promptChoices), 'options'];
    return items(fields, vscode.CompletionItemKind.Property, (name) => `${name}: `);
  }
}

const isInFrontMatter = (before: string) => /^\uFEFF?---[ \t]*\r?\n/u.test(before) && !/\n---[ \t]*\r?\n/u.test(before);

const items = (names: readonly string[], kind: vscode.CompletionItemKind, insert: (name: string) => string) =>
  names.map((name) => {
    const item = new vscode.CompletionItem(name, kind);
    item.insertText = insert(name);
    return item;
  });
