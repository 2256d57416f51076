import * as vscode from 'vscode';
import { l10n } from 'vscode';

const rememberedInstructions = 20;

/** What a person asked for before, newest first, for each kind of question; kept with the workspace. */
export class InstructionHistory {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  of(kind: string): readonly string[] {
    return this.#memento.get<readonly string[]>(key(kind), []);
  }

  async add(kind: string, instruction: string): Promise<void> {
    const others = this.of(kind).filter((each) => each !== instruction);
    await this.#memento.update(key(kind), [instruction, ...others].slice(0, rememberedInstructions));
  }
}

const key = (kind: string) => `instructions.${kind}`;

export interface Question {
  readonly title: string;
  readonly placeholder: string;
  /** questions of one kind share their history */
  readonly kind: string;
  /** what stands in the box at first */
  readonly value?: string;
}

/** Asks for a line of text, with what was typed before to choose from. @returns undefined when the person gave up */
export async function askInstruction(
  { title, placeholder, kind, value }: Question,
  history: InstructionHistory,
): Promise<string | undefined> {
  const box = vscode.window.createQuickPick();
  box.title = title;
  box.placeholder = placeholder;
  box.value = value ?? '';
  const offer = () => {
    const typed = box.value.trim();
    const before = history.of(kind).filter((each) => each !== typed);
    box.items = [
      ...(typed ? [{ label: typed, alwaysShow: true }] : []),
      ...(before.length > 0 ? [{ label: l10n.t('asked before'), kind: vscode.QuickPickItemKind.Separator }] : []),
      ...before.map((label) => ({ label })),
    ];
  };
  offer();
  const answer = await new Promise<string | undefined>((resolve) => {
    box.onDidChangeValue(offer);
    box.onDidAccept(() => resolve(box.selectedItems[0]?.label ?? box.value.trim()));
    box.onDidHide(() => resolve(undefined));
    box.show();
  });
  box.dispose();
  if (answer) await history.add(kind, answer);
  return answer || undefined;
}
