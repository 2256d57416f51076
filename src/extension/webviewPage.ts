import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { l10n } from 'vscode';

/** Folder of the pages' scripts and styles, and all that a page may load. */
const pagesFolder = (extensionUri: vscode.Uri) => vscode.Uri.joinPath(extensionUri, 'dist', 'webview');

/**
 * Opens an editor tab with one of our pages. It may run its own script and style, and reach nothing else.
 * @param page name of the script in dist/webview
 */
export function openWebviewPage(
  extensionUri: vscode.Uri,
  { page, title, column }: { page: string; title: string; column: vscode.ViewColumn },
): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(`inkling.${page}`, title, column, {
    enableScripts: true,
    localResourceRoots: [pagesFolder(extensionUri)],
  });
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
  panel.webview.html = html(panel.webview, { extensionUri, page, title });
  return panel;
}

function html(
  webview: vscode.Webview,
  { extensionUri, page, title }: { extensionUri: vscode.Uri; page: string; title: string },
): string {
  const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(pagesFolder(extensionUri), file));
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</title>
<link rel="stylesheet" href="${address('page.css')}">
</head>
<body>
<script nonce="${nonce}" src="${address(`${page}.js`)}"></script>
</body>
</html>`;
}

/** For a page: all texts of the person's language by their English text; empty in English. */
export const translations = (): Readonly<Record<string, string>> => (l10n.bundle ?? {}) as Record<string, string>;
