/// <reference lib="dom" />
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

/** VS Code in a browser page, driven as a person does: by keys, and by what can be seen. */
export class EditorPage {
  constructor(
    readonly page: Page,
    /** folder that the workbench has open */
    readonly workspace: string,
  ) {}

  /** Every piece of ghost text on the page; a suggestion may be drawn in several. */
  get ghost(): Locator {
    return this.page.locator('.ghost-text-decoration, .ghost-text');
  }

  /** Opens a file of the workspace and waits until its editor has the focus. */
  async quickOpen(file: string): Promise<void> {
    await this.pick('Control+p', file, file);
    await this.page.locator(`.tab.active[data-resource-name="${path.basename(file)}"]`).waitFor();
    await this.page.locator('.editor-instance .monaco-editor.focused').waitFor();
  }

  /** Runs a command by its exact title in the palette. */
  async command(title: string): Promise<void> {
    await this.pick('F1', `>${title}`, title);
  }

  /** Opens a list of choices by a key, types into it, and takes the row whose label begins with exactly `label`. */
  private async pick(key: string, text: string, label: string): Promise<void> {
    const list = this.page.locator('.quick-input-widget');
    await this.page.keyboard.press(key);
    await list.locator('input').first().fill(text);
    const row = list.locator(`.monaco-list-row:is([aria-label="${label}"], [aria-label^="${label},"])`);
    await row.first().click();
    await this.page.mouse.move(640, 700); // away from what tells its name where the list was
    await row.first().waitFor({ state: 'hidden' }); // what was run may open a list of its own at once
  }

  /** @param delayMs between two keys */
  async type(text: string, delayMs = 30): Promise<void> {
    await this.page.keyboard.type(text, { delay: delayMs });
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /**
   * The suggestion that is on screen, with its line ends, or '' when there is none. The workbench draws once per frame:
   * until then the page still shows a suggestion that the last key has ended, and a key for it would go elsewhere.
   */
  async ghostText(): Promise<string> {
    await this.page.evaluate(nextFrameDrawn);
    const pieces = await this.ghost.allTextContents();
    return pieces.join('').replaceAll('\u00a0', ' ');
  }

  /** What stands in the lines on screen, ghost text included. */
  async visibleText(): Promise<string> {
    const lines = await this.page.locator('.editor-instance .view-line').allTextContents();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Texts that decorations put behind lines: they are drawn by the style sheet and stand in no text. */
  hints(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('.editor-instance .view-line span')]
        .map((span) => getComputedStyle(span, '::after').content)
        .filter((content) => content.startsWith('"'))
        .map((content) => content.slice(1, -1)),
    );
  }

  /** Waits for a suggestion. @returns its text, or undefined when none came in time */
  async waitForGhostText(timeoutMs: number): Promise<string | undefined> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      const text = await this.ghostText();
      if (text !== '') return text;
      await sleep(25);
    }
    return undefined;
  }

  /**
   * Types one character at a time and notes the ghost text of every frame that the browser draws meanwhile.
   * @returns the different texts in the order in which they were seen; '' where there was none
   */
  async ghostTextsWhileTyping(text: string): Promise<string[]> {
    await this.page.evaluate(recordGhostText);
    await this.type(text, 120);
    await sleep(200);
    const seen = await this.page.evaluate(() => (globalThis as unknown as GhostRecording).stopRecording());
    return seen.map((piece) => piece.replaceAll('\u00a0', ' '));
  }

  /** Waits until the model is loaded; on a busy machine this takes a while. */
  async ready(timeoutMs = 60_000): Promise<void> {
    const item = this.statusBarItem('inkling.inkling');
    try {
      await item.getByLabel('Inkling: Ready').waitFor({ timeout: timeoutMs });
    } catch (error) {
      const shown = await item.locator('[aria-label]').evaluateAll((faces) => faces.map((face) => face.ariaLabel));
      throw new Error(`the status bar says ${JSON.stringify(shown)}`, { cause: error });
    }
  }

  /** Our item of the status bar; `id` is `PUBLISHER.NAME`, followed by the item's own id if it has one. */
  statusBarItem(id: string): Locator {
    return this.page.locator(`.statusbar-item[id^="${id}"]`);
  }

  notification(text: string): Locator {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /** Saves a file once the editor has something to save: what was just accepted may not be in the document yet. */
  async saved(file: string): Promise<Buffer> {
    const unsaved = this.page.locator(`.tab.active.dirty[data-resource-name="${path.basename(file)}"]`);
    await unsaved.waitFor();
    await this.page.keyboard.press('Control+s');
    await unsaved.waitFor({ state: 'detached' });
    return readFile(path.join(this.workspace, file));
  }

  /** What the file in front holds after its user has asked to save it, where nothing should have changed. */
  async savedAsItWas(file: string): Promise<Buffer> {
    await this.page.keyboard.press('Control+s');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    return readFile(path.join(this.workspace, file));
  }

  /** Names of the open files; the one in front is marked with ›, unsaved ones with ●. */
  tabs(): Promise<string[]> {
    return this.page
      .locator('.tab')
      .evaluateAll((tabs) =>
        tabs.map(
          (tab) =>
            (tab.classList.contains('active') ? '› ' : '') +
            (tab.classList.contains('dirty') ? '● ' : '') +
            tab.getAttribute('data-resource-name'),
        ),
      );
  }

  /** What the status bar says to somebody who cannot see it. */
  status(): Promise<(string | null)[]> {
    return this.page
      .locator('.statusbar-item [aria-label]')
      .evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')));
  }

  /** What the product itself says about the latest carets, figures included. */
  async whyNothing(): Promise<(string | null)[]> {
    await this.command('Inkling: Why Nothing?');
    const list = this.page.locator('.quick-input-widget', { hasText: 'Why nothing?' });
    await list.getByRole('button', { name: 'Details' }).click();
    const rows = await list
      .locator('.monaco-list-row')
      .evaluateAll((all) => all.map((row) => row.getAttribute('aria-label')));
    await this.press('Escape');
    return rows;
  }

  /** Waits until the file on disk holds exactly these bytes. @throws showing both when it does not within 30 s */
  async onDisk(file: string, expected: string): Promise<void> {
    const wanted = Buffer.from(expected);
    let found = Buffer.alloc(0);
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(50)) {
      found = await readFile(path.join(this.workspace, file));
      if (found.equals(wanted)) return;
    }
    throw new Error(`${file} holds ${JSON.stringify(found.toString())}, not ${JSON.stringify(expected)}`);
  }

  async screenshot(file: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }
}

/** Runs in the page: what was done before is on screen when the frame after the next one begins. */
function nextFrameDrawn(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

interface GhostRecording {
  stopRecording(): string[];
}

/** Runs in the page: looks once per frame, after the workbench has drawn it. */
function recordGhostText(): void {
  const seen: string[] = [];
  let recording = true;
  const look = () => {
    const pieces = [...document.querySelectorAll('.ghost-text-decoration, .ghost-text')];
    const text = pieces.map((piece) => piece.textContent).join('');
    if (seen.at(-1) !== text) seen.push(text);
    if (recording) requestAnimationFrame(look);
  };
  look();
  (globalThis as unknown as GhostRecording).stopRecording = () => {
    recording = false;
    return seen;
  };
}
