import { Menu } from 'electron';

export interface MenuActions {
  readonly open: (route: string) => void;
  readonly quit: () => void;
}

export function setMenu({ open, quit }: MenuActions): void {
  const mac = process.platform === 'darwin';
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [{ role: 'appMenu' } as const] : []),
      {
        label: 'File',
        submenu: [
          { label: 'Submit…', click: () => open('#/submit') },
          { label: 'Add a Node…', click: () => open('#/add-node') },
          { type: 'separator' },
          mac ? { role: 'close' } : { label: 'Quit', accelerator: 'Ctrl+Q', click: quit },
        ],
      },
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          { label: 'Queue', click: () => open('#/queue') },
          { label: 'Nodes', click: () => open('#/nodes') },
          { type: 'separator' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { role: 'togglefullscreen' },
        ],
      },
      { role: 'windowMenu' },
    ]),
  );
}
