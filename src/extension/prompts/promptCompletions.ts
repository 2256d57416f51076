import * as vscode from 'vscode';
import { placeholderNames } from '../../writing/prompts/placeholders.ts';
import { promptChoices, promptOptionNames } from '../../writing/prompts/readPromptFile.ts';
import { promptPattern } from './promptFiles.ts';

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
      return line.endsWith('{{')
        ? items(placeholderNames, vscode.CompletionItemKind.Variable, (name) => `${name}}}`)
        : [];
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
