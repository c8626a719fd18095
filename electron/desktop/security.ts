import { app, session, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { appOrigin } from './protocol';

const page = `${appOrigin}/index.html`;

/** The window may load its page anew. It may not leave it, open windows, or embed other pages. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    // Chromium asks nobody before it shows an empty page: the window would stay blank, though harmless.
    contents.on('did-navigate', (_event, url) => {
      if (url.startsWith('about:')) void contents.loadURL(page);
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isOurPage(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** When the app is ready. */
export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}

/** Only the main frame of our own page may speak to the Host. */
export function isTrusted({ senderFrame, sender }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOurs(senderFrame.url);
}

function isOurPage(url: string): boolean {
  return url.replace(/[?#].*$/, '') === page;
}

function isOurs(url: string): boolean {
  return url.startsWith(`${appOrigin}/`);
}
