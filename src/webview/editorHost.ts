/** What the editor gives to a page; see https://code.visualstudio.com/api/extension-guides/webview */
declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

export interface EditorHost<Action> {
  send(action: Action): void;
}

/**
 * Connects a page with the extension.
 * @param onUpdate called for every update; the first comes after an `opened` action
 */
export function connect<Action, Update>(onUpdate: (update: Update) => void): EditorHost<Action> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<Update>) => onUpdate(event.data));
  return { send: (action) => api.postMessage(action) };
}
