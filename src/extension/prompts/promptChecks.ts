import * as vscode from 'vscode';
import { readPromptFile } from '../../writing/prompts/readPromptFile.ts';
import { promptFaultText } from './promptFaultTexts.ts';
import { fileTitle, promptPattern } from './promptFiles.ts';

/** Underlines what is wrong in the prompt files that are open. */
export class PromptChecks implements vscode.Disposable {
  readonly #problems = vscode.languages.createDiagnosticCollection('inkling.prompts');
  readonly #parts = vscode.Disposable.from(
    this.#problems,
    vscode.workspace.onDidOpenTextDocument((document) => this.#check(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => this.#check(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#problems.delete(uri)),
  );

  constructor() {
    for (const document of vscode.workspace.textDocuments) this.#check(document);
  }

  dispose(): void {
    this.#parts.dispose();
  }

  #check(document: vscode.TextDocument): void {
    if (vscode.languages.match({ pattern: promptPattern }, document) === 0) return;
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
