/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What the editor's own themes give to a page. */
export const themes = {
  light: {
    background: '#ffffff',
    foreground: '#3b3b3b',
    descriptionForeground: '#3b3b3b',
    'button-background': '#005fb8',
    'button-foreground': '#ffffff',
    'button-hoverBackground': '#0258a8',
    'button-secondaryBackground': '#e5e5e5',
    'button-secondaryForeground': '#3b3b3b',
    'button-secondaryHoverBackground': '#cccccc',
    'badge-background': '#cccccc',
    'badge-foreground': '#3b3b3b',
    focusBorder: '#005fb8',
    'widget-border': '#e5e5e5',
    'input-background': '#ffffff',
    'input-foreground': '#3b3b3b',
    'input-border': '#cecece',
    'input-placeholderForeground': '#767676',
    errorForeground: '#f85149',
    'textBlockQuote-background': '#f8f8f8',
    'progressBar-background': '#005fb8',
  },
  dark: {
    background: '#1f1f1f',
    foreground: '#cccccc',
    descriptionForeground: '#9d9d9d',
    'button-background': '#0078d4',
    'button-foreground': '#ffffff',
    'button-hoverBackground': '#026ec1',
    'button-secondaryBackground': '#313131',
    'button-secondaryForeground': '#cccccc',
    'button-secondaryHoverBackground': '#3c3c3c',
    'badge-background': '#616161',
    'badge-foreground': '#f8f8f8',
    focusBorder: '#0078d4',
    'widget-border': '#313131',
    'input-background': '#313131',
    'input-foreground': '#cccccc',
    'input-border': '#3c3c3c',
    'input-placeholderForeground': '#989898',
    errorForeground: '#f85149',
    'textBlockQuote-background': '#2b2b2b',
    'progressBar-background': '#0078d4',
  },
  highContrast: {
    background: '#000000',
    foreground: '#ffffff',
    descriptionForeground: '#ffffff',
    'button-background': '#000000',
    'button-foreground': '#ffffff',
    'button-border': '#6fc3df',
    'button-secondaryBackground': '#000000',
    'button-secondaryForeground': '#ffffff',
    'badge-background': '#000000',
    'badge-foreground': '#ffffff',
    contrastBorder: '#6fc3df',
    focusBorder: '#f38518',
    'input-background': '#000000',
    'input-foreground': '#ffffff',
    'input-border': '#6fc3df',
    'input-placeholderForeground': '#ffffff',
    errorForeground: '#f48771',
    'progressBar-background': '#6fc3df',
  },
} as const;

export type Theme = keyof typeof themes;

export interface AloneOptions {
  readonly view: unknown;
  readonly theme?: Theme;
  readonly language?: 'en' | 'zh-cn';
  readonly width?: number;
}

/** How pages are looked at: in all themes, both languages, and a narrow window. */
export const appearances: readonly (readonly [theme: Theme, language: 'en' | 'zh-cn', width: number])[] = [
  ['light', 'en', 1000],
  ['dark', 'zh-cn', 1000],
  ['highContrast', 'en', 700],
  ['dark', 'en', 700],
  ['light', 'zh-cn', 700],
];

interface Alone {
  readonly sent: unknown[];
}

/** One of our pages in a browser without the editor: it gets a view, and what it sends is kept. */
export async function openPageAlone(
  browser: Browser,
  name: string,
  { view, theme = 'light', language = 'en', width = 1000 }: AloneOptions,
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
  const texts = language === 'en' ? {} : JSON.parse(read('l10n', `bundle.l10n.${language}.json`));
  const colors = Object.entries(themes[theme]).map(([key, value]) => `--vscode-${key}: ${value};`);
  const fonts = '--vscode-font-family: sans-serif; --vscode-font-size: 13px; --vscode-editor-font-family: monospace;';
  await page.setContent(`<!DOCTYPE html><html lang="${language}"><head><title>Inkling</title>
    <style>:root { ${colors.join(' ')} ${fonts} } body { background: var(--vscode-background); margin: 0; }</style>
    <style>${read('dist', 'webview', 'page.css')}</style></head><body></body></html>`);
  await page.evaluate(
    ({ update }) => {
      const sent: unknown[] = [];
      Object.assign(globalThis, {
        sent,
        acquireVsCodeApi: () => ({
          postMessage: (message: { kind: string }) => {
            sent.push(message);
            if (message.kind === 'opened') globalThis.postMessage(update, '*');
          },
        }),
      });
    },
    { update: { view, texts } },
  );
  await page.addScriptTag({ content: read('dist', 'webview', `${name}.js`) });
  await page.locator('main').waitFor();
  return page;
}

/** What the page has sent so far, but for its first word. */
export const sentBy = (page: Page): Promise<unknown[]> =>
  page.evaluate(() => (globalThis as unknown as Alone).sent.slice(1));

/** What axe finds fault with: rules and where they are broken. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: library } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };
    };
    const { violations } = await library.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}
