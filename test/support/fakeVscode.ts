// As much of the editor's interface as the unit tests need: values and events, nothing that looks like an editor.

export class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => void>();
  readonly event = (listener: (event: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  constructor(
    readonly start: Position,
    readonly end: Position,
  ) {}
}

export class InlineCompletionItem {
  constructor(
    readonly insertText: string,
    readonly range: Range,
    readonly command: { readonly command: string; readonly arguments: unknown[] },
  ) {}
}

export const InlineCompletionTriggerKind = { Invoke: 0, Automatic: 1 };

export const Disposable = {
  from: (...parts: { dispose(): unknown }[]) => ({ dispose: () => parts.forEach((part) => void part.dispose()) }),
};

/** What an editor remembers for a workspace. */
export class Memory {
  readonly values = new Map<string, unknown>();
  keys = () => [...this.values.keys()];
  get = <T>(key: string, fallback?: T) => (this.values.get(key) ?? fallback) as T;
  update = async (key: string, value: unknown) => void this.values.set(key, value);
}

/** Fired by a test as the editor would. */
export const documentChanges = new EventEmitter<unknown>();
/** about to be made */
export const documentSaves = new EventEmitter<unknown>();
export const documentOpenings = new EventEmitter<unknown>();
export const documentClosings = new EventEmitter<unknown>();
export const editorChanges = new EventEmitter<unknown>();
export const selectionChanges = new EventEmitter<unknown>();

/** Names of the commands that were run. */
export const commandsRun: string[] = [];
export const commands = { executeCommand: async (name: string) => void commandsRun.push(name) };

export const workspace = {
  onDidChangeTextDocument: documentChanges.event,
  onWillSaveTextDocument: documentSaves.event,
  onDidOpenTextDocument: documentOpenings.event,
  onDidCloseTextDocument: documentClosings.event,
  registerTextDocumentContentProvider: () => ({ dispose: () => undefined }),
  /** file systems that can be written, that cannot, and schemes without one */
  fs: {
    isWritableFileSystem: (scheme: string) => writableFileSystems.get(scheme),
  },
  getConfiguration: (section: string) => ({ get: (name: string) => configuration.get(`${section}.${name}`) }),
};
/** As the editor has them, with an extension that brings two of its own. */
const writableFileSystems = new Map([
  ...['file', 'vscode-remote', 'vscode-userdata', 'vscode-settings', 'comment'].map((own) => [own, true] as const),
  ...[['git', false] as const, ['memfs', true] as const, ['archive', false] as const],
]);
/** What a test has set, by full name. */
export const configuration = new Map<string, unknown>();
export const window = {
  get activeTextEditor(): unknown {
    return undefined;
  },
  onDidChangeActiveTextEditor: editorChanges.event,
  onDidChangeTextEditorSelection: selectionChanges.event,
};

export const TextEditorSelectionChangeKind = { Keyboard: 1, Mouse: 2, Command: 3 };

/** A document of one line; `reads` counts how often its whole text was taken. */
export class LineDocument {
  reads = 0;
  readonly uri = { path: '/notes/a.md', scheme: 'file', toString: () => 'file:///notes/a.md' };
  readonly languageId = 'markdown';
  readonly isUntitled = false;
  constructor(readonly text: string) {}
  getText(range?: Range): string {
    if (range) return this.text.slice(range.start.character, range.end.character);
    this.reads++;
    return this.text;
  }
  offsetAt = (position: Position) => position.character;
}
