import * as vscode from 'vscode';
import { readPromptFile } from '../../writing/prompts/readPromptFile.ts';
import { promptFaultText } from './promptFaultTexts.ts';
import { fileTitle, promptPattern } from './promptFiles.ts';

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
