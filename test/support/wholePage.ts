import type { Page } from 'playwright-core';

/**
 * A picture of a page from top to bottom, for people to look at: no test depends on it, so a browser that cannot take it
 * (it happens to Chromium on a busy machine) says so and fails nothing.
 */
export async function pictureOfWhole(page: Page, path: string): Promise<void> {
  const shown = page.viewportSize()!;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: shown.width, height: Math.max(height, shown.height) });
  await page.screenshot({ path }).catch((error: Error) => console.warn(`no picture ${path}: ${error.message}`));
  await page.setViewportSize(shown);
}
