import * as vscode from 'vscode';
import { l10n } from 'vscode';
import type { OnProgress, StoreClient } from '../../client/storeClient.ts';
import { InklingError, toInklingError } from '../../protocol/errors.ts';
import type { Transfer } from '../../protocol/modelsPage.ts';
import type { ConvertRequest, DownloadRequest, MoveModelRequest } from '../../protocol/store.ts';
import { ownWords } from '../reasonTexts.ts';

/** Without what is a secret, or is read afresh each time. */
export type WantedDownload = Omit<DownloadRequest, 'token' | 'proxy' | 'resume'> & { readonly name: string };

/** What a window that is closed leaves to the next one. */
interface Kept {
  readonly title: string;
  readonly request: WantedDownload;
}

interface Running extends Kept {
  readonly transfer: Transfer;
  readonly stop: vscode.CancellationTokenSource;
}

const keptKey = 'downloads';

/** Models on their way to this machine. They go on when the page is closed; what a closed window cut off can be gone on with. */
export class Transfers implements vscode.Disposable {
  readonly #store: StoreClient;
  readonly #memento: vscode.Memento;
  readonly #access: () => Promise<Pick<DownloadRequest, 'token' | 'proxy'>>;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #status = vscode.window.createStatusBarItem('inkling.models', vscode.StatusBarAlignment.Right, 98);
  readonly #running = new Map<string, Running>();
  /** of what is stopped, by name */
  readonly #problems = new Map<string, string>();
  /** what is converted or moved */
  #local: Pick<Running, 'transfer' | 'stop'> | undefined;

  /** @param access the token and the proxy, as they are when a download begins */
  constructor(
    store: StoreClient,
    memento: vscode.Memento,
    access: () => Promise<Pick<DownloadRequest, 'token' | 'proxy'>>,
  ) {
    this.#store = store;
    this.#memento = memento;
    this.#access = access;
    this.#status.name = l10n.t('Inkling: models');
    this.#status.command = 'inkling.models';
  }

  get onChange(): vscode.Event<void> {
    return this.#changes.event;
  }

  get all(): readonly Transfer[] {
    const stopped = Object.entries(this.#kept).filter(([name]) => !this.#running.has(name));
    return [
      ...(this.#local ? [this.#local.transfer] : []),
      ...[...this.#running.values()].map(({ transfer }) => transfer),
      ...stopped.map(([name, { title }]) => this.#stopped(name, title)),
    ];
  }

  /**
   * Fetches a model, going on where an earlier try has stopped.
   * @returns its folder; undefined when it was stopped, or failed: `all` says why
   * @throws InklingError where another model's download would take the same name, so that neither loses what has come
   */
  async download(title: string, request: WantedDownload): Promise<string | undefined> {
    const { name } = request;
    const other = this.#kept[name]?.request.id ?? request.id;
    if (other !== request.id) {
      throw new InklingError(
        'fileAccess',
        l10n.t(
          '{0} would be called {1} here, as {2} is, which is not finished. Resume or discard that one first.',
          request.id,
          name,
          other,
        ),
      );
    }
    if (this.#running.has(name)) return undefined;
    const stop = new vscode.CancellationTokenSource();
    const tell = (transfer: Transfer) => {
      this.#running.set(name, { title, request, transfer, stop });
      this.#changed();
    };
    const running = { name, title, state: 'running' } as const;
    tell({ ...running, stage: 'fetch', done: 0, total: 0 });
    await this.#keep(name, { title, request });
    this.#problems.delete(name);
    const onProgress: OnProgress = (done, total, stage = 'fetch') => tell({ ...running, stage, done, total });
    try {
      const access = await this.#access();
      const whole = { ...request, ...access, resume: true };
      const { modelFolder } = await this.#store.download(whole, onProgress, stop.token);
      await this.#keep(name, undefined);
      return modelFolder;
    } catch (error) {
      const known = toInklingError(error);
      if (known.code !== 'cancelled') this.#problems.set(name, ownWords(known));
      return undefined;
    } finally {
      this.#running.delete(name);
      stop.dispose();
      this.#changed();
    }
  }

  /** Goes on with what was stopped. */
  goOn(name: string): Promise<string | undefined> {
    const kept = this.#kept[name];
    return kept ? this.download(kept.title, kept.request) : Promise.resolve(undefined);
  }

  /**
   * Converts what another program has on this disk; stopped, it leaves nothing.
   * @returns its folder; undefined when it was stopped
   * @throws InklingError
   */
  async add(request: ConvertRequest, name: string): Promise<string | undefined> {
    const about = { name, title: name, stage: 'convert' } as const;
    return (await this.#onThisDisk(about, (...watch) => this.#store.convert(request, ...watch)))?.modelFolder;
  }

  /** Brings a model into another folder; stopped, it stays where it was. @throws InklingError */
  async move(request: MoveModelRequest): Promise<void> {
    const about = { name: request.name, title: request.name, stage: 'move' } as const;
    await this.#onThisDisk(about, (...watch) => this.#store.move(request, ...watch));
  }

  /** One at a time: a second one would make both slower. @returns undefined when it was stopped */
  async #onThisDisk<T>(
    about: Pick<Transfer, 'name' | 'title' | 'stage'>,
    work: (onProgress: OnProgress, token: vscode.CancellationToken) => Promise<T>,
  ): Promise<T | undefined> {
    if (this.#local) {
      throw new InklingError('fileAccess', l10n.t('{0} is being worked on. Wait for it.', this.#local.transfer.title));
    }
    const stop = new vscode.CancellationTokenSource();
    const tell = (done: number, total: number) => {
      this.#local = { transfer: { ...about, state: 'running', done, total }, stop };
      this.#changed();
    };
    tell(0, 0);
    try {
      return await work(tell, stop.token);
    } catch (error) {
      if (toInklingError(error).code !== 'cancelled') throw error;
      return undefined;
    } finally {
      this.#local = undefined;
      stop.dispose();
      this.#changed();
    }
  }

  stop(name: string): void {
    this.#running.get(name)?.stop.cancel();
    if (this.#local?.transfer.name === name) this.#local.stop.cancel();
  }

  /** Deletes what a stopped download has left. @throws InklingError `fileAccess` */
  async discard(name: string): Promise<void> {
    const kept = this.#kept[name];
    if (!kept || this.#running.has(name)) return;
    const { folder, endpoint, id } = kept.request;
    await this.#store.discard({ folder, endpoint, id });
    await this.#keep(name, undefined);
    this.#changed();
  }

  dispose(): void {
    for (const { stop } of this.#running.values()) stop.cancel();
    this.#local?.stop.cancel();
    this.#status.dispose();
    this.#changes.dispose();
  }

  get #kept(): Readonly<Record<string, Kept>> {
    return this.#memento.get<Readonly<Record<string, Kept>>>(keptKey, {});
  }

  async #keep(name: string, kept: Kept | undefined): Promise<void> {
    const { [name]: _, ...others } = this.#kept;
    await this.#memento.update(keptKey, kept ? { ...others, [name]: kept } : others);
  }

  #stopped(name: string, title: string): Transfer {
    const problem = this.#problems.get(name);
    const none = { stage: 'fetch', done: 0, total: 0 } as const;
    return { name, title, ...none, state: 'stopped', ...(problem === undefined ? {} : { problem }) };
  }

  #changed(): void {
    const running = this.all.find(({ state }) => state === 'running');
    if (running) {
      const percent = Math.floor((100 * running.done) / (running.total || 1));
      const text = stageTexts[running.stage](running.title, percent);
      this.#status.text = `$(cloud-download) ${percent}%`;
      this.#status.tooltip = text;
      this.#status.accessibilityInformation = { label: text, role: 'button' };
      this.#status.show();
    } else this.#status.hide();
    this.#changes.fire();
  }
}

const stageTexts: Readonly<Record<Transfer['stage'], (title: string, percent: number) => string>> = {
  fetch: (title, percent) => l10n.t('Fetching {0}: {1}%', title, percent),
  convert: (title, percent) => l10n.t('Preparing {0}: {1}%', title, percent),
  move: (title, percent) => l10n.t('Moving {0}: {1}%', title, percent),
};

const tokenKey = 'hubToken';

/** What a person gave for fetching from the hub. The token lies where the editor keeps passwords, and goes to the hub alone. */
export class HubAccess {
  readonly #secrets: vscode.SecretStorage;
  #hasToken = false;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** as it was when it was read last */
  get hasToken(): boolean {
    return this.#hasToken;
  }

  async access(): Promise<Pick<DownloadRequest, 'token' | 'proxy'>> {
    const token = await this.#secrets.get(tokenKey);
    this.#hasToken = token !== undefined;
    const proxy = vscode.workspace.getConfiguration('http').get<string>('proxy')?.trim();
    return { ...(token ? { token } : {}), ...(proxy ? { proxy } : {}) };
  }

  async askForToken(): Promise<void> {
    const token = await vscode.window.showInputBox({
      title: l10n.t('Token for the Model Hub'),
      prompt: l10n.t('For models that are not open to everybody. Leave it empty to forget the one that is kept.'),
      password: true,
      ignoreFocusOut: true,
    });
    if (token === undefined) return;
    if (token.trim() === '') await this.#secrets.delete(tokenKey);
    else await this.#secrets.store(tokenKey, token.trim());
    this.#hasToken = token.trim() !== '';
  }
}
