import { Menu } from 'electron';

export interface MenuActions {
  readonly open: (route: string) => void;
  readonly quit: () => void;
  /** Makes everything larger or smaller by so many steps; 0: as it was drawn. */
  readonly scale: (steps: number) => void;
}

export function setMenu({ open, quit, scale }: MenuActions): void {
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
          { label: 'Activity', click: () => open('#/activity') },
          { label: 'Settings', click: () => open('#/settings') },
          { type: 'separator' },
          { label: 'Actual Size', accelerator: 'CmdOrCtrl+0', click: () => scale(0) },
          { label: 'Larger', accelerator: 'CmdOrCtrl+Plus', click: () => scale(1) },
          // Where plus is on a key with Shift.
          { label: 'Larger', accelerator: 'CmdOrCtrl+=', click: () => scale(1), visible: false },
          { label: 'Smaller', accelerator: 'CmdOrCtrl+-', click: () => scale(-1) },
          { role: 'togglefullscreen' },
        ],
      },
      { role: 'windowMenu' },
    ]),
  );
}
