import type {Page} from 'playwright-core';

/**
 * Drops a real folder on an element, as a person would from the file manager: the page gets a directory handle with
 * read permission. `folder` is an absolute path.
 */
export async function dropFolder(page: Page, folder: string, selector: string): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not to be seen`);
  const session = await page.context().newCDPSession(page);
  try {
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', {
        type,
        x: box.x + box.width / 2,
        y: box.y + box.height / 2,
        data: {items: [], files: [folder], dragOperationsMask: 1},
      });
    }
  } finally {
    await session.detach();
  }
}
