/** The system's own dialogs for files: which they are, the person says there, and the page only learns the answer. */
import { BrowserWindow, dialog, type FileFilter, type WebContents } from 'electron';
import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { ChooseWish } from '../../shared/ipc/bridge';
import { picks } from '../../shared/ipc/forms';

const text = z.string().max(4096);

export const chooseWish: z.ZodType<ChooseWish> = z.strictObject({
  pick: z.enum(picks),
  title: z.string().max(200),
  filters: z
    .array(z.strictObject({ label: z.string().max(200), patterns: z.array(z.string().max(100)).max(50) }))
    .max(50),
  from: text.nullable(),
});

export async function choose(wish: ChooseWish, sender: WebContents): Promise<string | null> {
  const { pick, title, filters } = wish;
  const beginning = wish.from === null ? null : await placeThatIsThere(wish.from);
  const options = {
    title,
    filters: extensionFilters(filters),
    ...(beginning === null ? {} : { defaultPath: beginning }),
  };
  if (pick === 'newFile') return chooseNew(options, sender);
  const window = BrowserWindow.fromWebContents(sender);
  const properties = [pick === 'folder' ? 'openDirectory' : 'openFile', 'createDirectory'] as const;
  const asked = { ...options, properties: [...properties] };
  const { canceled, filePaths } =
    window === null ? await dialog.showOpenDialog(asked) : await dialog.showOpenDialog(window, asked);
  return canceled ? null : (filePaths[0] ?? null);
}

export interface NewFile {
  readonly title: string;
  readonly filters: FileFilter[];
  readonly defaultPath?: string;
}

export async function chooseNew(options: NewFile, sender: WebContents): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(sender);
  const { canceled, filePath } =
    window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  return canceled || filePath === '' ? null : filePath;
}

/** The path itself, or the nearest folder above it. */
async function placeThatIsThere(path: string): Promise<string | null> {
  if (!isAbsolute(path)) return null;
  const found = await stat(path).catch(() => null);
  // With nothing behind it, a folder would be chosen in the one above it.
  if (found !== null) return found.isDirectory() ? join(path, '/') : path;
  return dirname(path) === path ? null : placeThatIsThere(dirname(path));
}

/** The system knows endings only, and no names such as `in.*`. */
function extensionFilters(filters: ChooseWish['filters']): FileFilter[] {
  const known = filters.flatMap(({ label, patterns }) => {
    const extensions = patterns.map((pattern) => /^\*\.([^*]+)$/.exec(pattern)?.[1]);
    const isKnown = extensions.every((extension) => extension !== undefined);
    return isKnown ? [{ name: label, extensions: extensions.filter((one) => one !== undefined) }] : [];
  });
  return [...known, { name: 'All files', extensions: ['*'] }];
}
