/** How files come to the window: dropped on it, or chosen in the system's own dialogs. */
import type { Page } from 'playwright/test';
import type { Drover } from './app';

/** Answers the system's own dialog for files and folders, the one thing here that is not real. */
export async function answerFileDialog({ app }: Drover, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, path);
}

/** Drops files as the system does, on a part of the window: only files that the browser itself got have a path. */
export async function drop(page: Page, paths: readonly string[], on = 'main'): Promise<void> {
  await page.evaluate(() => {
    const picker = document.createElement('input');
    Object.assign(picker, { type: 'file', id: 'dragged', multiple: true });
    picker.style.display = 'none';
    document.body.append(picker);
  });
  await page.locator('#dragged').setInputFiles([...paths]);
  await page.evaluate((target) => {
    const picker = document.querySelector<HTMLInputElement>('#dragged');
    const dataTransfer = new DataTransfer();
    for (const file of picker?.files ?? []) dataTransfer.items.add(file);
    picker?.remove();
    for (const name of ['dragenter', 'dragover', 'drop']) {
      document
        .querySelector(target)
        ?.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
    }
  }, on);
}
