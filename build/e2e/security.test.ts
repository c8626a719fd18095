/** Tries to break out of the window, as a page that somebody has got a script into would. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright/test';
import { expect, test as base, type Drover } from './app';

interface Outside {
  readonly url: string;
  /** What has reached the server: nothing ever may. */
  readonly requests: readonly string[];
}

/** A server on this machine, in the place of the world outside. */
const test = base.extend<{ readonly outside: Outside }>({
  // eslint-disable-next-line no-empty-pattern
  outside: async ({}, use) => {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(request.url ?? '');
      response.setHeader('Access-Control-Allow-Origin', '*').end('<title>outside</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests });
    server.closeAllConnections();
    server.close();
    expect(requests).toEqual([]);
  },
});

const contentsOf = ({ app }: Drover): Promise<number> =>
  app.evaluate(({ webContents }) => webContents.getAllWebContents().length);

/** Counts what the policy forbids from now on, by directive. */
async function watchPolicy(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
  });
  return () => page.evaluate(() => (window as unknown as { violations: readonly string[] }).violations);
}

test('the page has no Node, and the bridge cannot be changed from it', async ({ page }) => {
  const found = await page.evaluate(() => {
    const names = [
      'process',
      'require',
      'module',
      'Buffer',
      'global',
      'electron',
      'ipcRenderer',
      '__dirname',
    ];
    return names.filter((name) => name in window);
  });
  expect(found).toEqual([]);
  const bridge = await page.evaluate(() => {
    const { drover } = window;
    const original = drover.send;
    const attempts = [
      () => Object.assign(drover, { send: () => undefined }),
      () => Object.defineProperty(drover, 'send', { value: () => undefined }),
      () => Object.defineProperty(window, 'drover', { value: {} }),
      () => Object.setPrototypeOf(drover, { send: () => undefined }),
    ];
    for (const attempt of attempts) {
      try {
        attempt();
      } catch {
        // Refused, as it should be.
      }
    }
    return {
      unchanged: window.drover === drover && drover.send === original,
      names: Object.keys(drover).toSorted(),
    };
  });
  expect(bridge.unchanged).toBe(true);
  expect(bridge.names).toEqual([
    'choose',
    'copy',
    'dataFolderSize',
    'listen',
    'onOpen',
    'onPreferences',
    'openDataFolder',
    'openResult',
    'openTerminal',
    'pathOf',
    'platform',
    'preferences',
    'saveDiagnostics',
    'saveRecipe',
    'send',
    'setPreferences',
  ]);
});

test('changed prototypes of the page never see what the preload script holds', async ({ page }) => {
  const captured = await page.evaluate(async () => {
    const seen = new Set<string>();
    const note = (value: unknown): void => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
      for (const name of [
        'sendSync',
        'invoke',
        'ipcRenderer',
        'webUtils',
        'binding',
        'versions',
        '_linkedBinding',
      ])
        if (name in value) seen.add(name);
    };
    const poison = (prototype: object, name: string): void => {
      const original: unknown = Reflect.get(prototype, name);
      if (typeof original !== 'function') return;
      const call = Reflect.apply;
      Reflect.set(prototype, name, function (this: unknown, ...values: unknown[]): unknown {
        note(this);
        for (const value of values) note(value);
        return call(original, this, values);
      });
    };
    for (const name of ['call', 'apply', 'bind']) poison(Function.prototype, name);
    for (const name of ['map', 'push', 'forEach', 'slice', 'includes']) poison(Array.prototype, name);
    for (const name of ['then', 'catch']) poison(Promise.prototype, name);
    window.drover.send({ kind: 'request', id: 900, name: 'host.info', params: {} });
    window.drover.pathOf(new File([], 'x'));
    await window.drover.openResult('b999', 'output').catch(note);
    return [...seen];
  });
  expect(captured).toEqual([]);
});

test('inline scripts, eval and everything outside are forbidden', async ({ page, outside }) => {
  const violations = await watchPolicy(page);
  const ran = await page.evaluate(async (url) => {
    const marks = window as unknown as { inline?: boolean };
    const script = document.createElement('script');
    script.textContent = 'window.inline = true';
    document.body.append(script);
    const button = document.createElement('button');
    button.setAttribute('onclick', 'window.inline = true');
    document.body.append(button);
    button.click();
    const javascriptLink = document.createElement('a');
    javascriptLink.href = 'javascript:window.inline=true'; // eslint-disable-line no-script-url
    document.body.append(javascriptLink);
    javascriptLink.click();
    // Outside of the call itself, to which the policy is not applied.
    const evaluated = await new Promise<string>((resolve) => {
      setTimeout(() => {
        try {
          resolve(String((0, eval)('1 + 1'))); // eslint-disable-line no-eval
        } catch (error) {
          resolve(error instanceof Error ? error.name : 'refused');
        }
      });
    });
    const foreign = document.createElement('script');
    foreign.src = `${url}/script.js`;
    const image = new Image();
    image.src = `${url}/image.png`;
    const sheet = document.createElement('link');
    Object.assign(sheet, { rel: 'stylesheet', href: `${url}/sheet.css` });
    const form = document.createElement('form');
    Object.assign(form, { action: `${url}/form`, method: 'post' });
    document.body.append(foreign, image, form);
    document.head.append(sheet);
    form.submit();
    navigator.sendBeacon(`${url}/beacon`, 'x');
    const fetched = await fetch(`${url}/fetch`).then(
      () => 'fetched',
      () => 'refused',
    );
    const socket = await new Promise<string>((resolve) => {
      try {
        const opened = new WebSocket(url.replace('http', 'ws'));
        opened.addEventListener('open', () => resolve('open'));
        opened.addEventListener('error', () => resolve('refused'));
      } catch {
        resolve('refused');
      }
    });
    return { inline: marks.inline ?? false, evaluated, fetched, socket };
  }, outside.url);
  expect(ran).toEqual({ inline: false, evaluated: 'EvalError', fetched: 'refused', socket: 'refused' });
  await expect
    .poll(async () => [...new Set(await violations())].toSorted())
    .toEqual([
      'connect-src',
      'form-action',
      'img-src',
      'script-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-elem',
    ]);
});

test('the window cannot be led elsewhere, open others, or embed any', async ({ drover, page, outside }) => {
  const address = page.url();
  for (const target of [
    outside.url,
    'https://example.com/',
    'file:///etc/passwd',
    'app://evil/',
    'app://drover/assets/',
    'data:text/html,hello',
  ]) {
    await page.evaluate((url) => {
      setTimeout(() => location.assign(url));
      const link = document.createElement('a');
      Object.assign(link, { href: url, target: '_blank' });
      document.body.append(link);
      link.click();
      return new Promise((resolve) => setTimeout(resolve, 20));
    }, target);
    expect(await page.evaluate((url) => window.open(url) === null, target), `window.open ${target}`).toBe(
      true,
    );
  }
  await page.evaluate((url) => {
    for (const name of ['iframe', 'webview', 'object', 'embed'] as const) {
      const part = document.createElement(name);
      for (const attribute of ['src', 'data']) part.setAttribute(attribute, url);
      document.body.append(part);
    }
    const written = document.createElement('iframe');
    written.id = 'written';
    written.srcdoc = '<script>parent.inline = true</script>';
    document.body.append(written);
    return new Promise((resolve) => setTimeout(resolve, 100));
  }, outside.url);

  expect(page.url()).toBe(address);
  // Not by a locator: it would wait for the navigations that were refused.
  expect(await page.evaluate(() => document.querySelector('nav')?.checkVisibility())).toBe(true);
  expect(await contentsOf(drover)).toBe(1);
  // What stands in the frames is the browser's own "blocked".
  const origins = await drover.app.evaluate(
    ({ webContents }) =>
      webContents.getAllWebContents()[0]?.mainFrame.framesInSubtree.map((frame) => frame.origin) ?? [],
  );
  expect(new Set(origins)).toEqual(new Set(['app://drover', 'null']));
  expect(await page.evaluate(() => 'inline' in window)).toBe(false);
  const embedded = await page.evaluate(() => {
    const inner = document.querySelector<HTMLIFrameElement>('#written')?.contentWindow;
    return inner !== null && inner !== undefined && 'drover' in inner;
  });
  expect(embedded, 'a frame has no bridge of its own').toBe(false);
});

test('a window that was made blank comes back', async ({ page }) => {
  const address = page.url();
  await page.evaluate(() => void setTimeout(() => location.assign('about:blank')));
  await page.waitForURL('about:blank');
  await page.waitForURL(address);
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
});

test('the page may load itself anew', async ({ page }) => {
  await page.evaluate(() => Object.assign(window, { isOld: true }));
  await page.evaluate(() => void setTimeout(() => location.reload()));
  await page.waitForFunction(() => !('isOld' in window));
  await expect(page.getByText(/This machine is ready/)).toBeVisible();
});

test('no permission is granted', async ({ page }) => {
  const answers = await page.evaluate(async () => {
    const refused = (error: unknown): string => (error instanceof Error ? error.name : 'refused');
    const state = async (name: string): Promise<string> =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    return {
      query: await Promise.all(
        ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'].map(state),
      ),
      geolocation: await new Promise<string>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code }) => resolve(code === 1 ? 'denied' : `error ${code}`),
        );
      }),
      notifications: await Notification.requestPermission(),
      media: await navigator.mediaDevices
        .getUserMedia({ audio: true, video: true })
        .then(() => 'granted', refused),
      screen: await navigator.mediaDevices.getDisplayMedia().then(() => 'granted', refused),
      clipboard: await navigator.clipboard.readText().then(() => 'granted', refused),
    };
  });
  expect(answers).toMatchObject({
    query: Array(6).fill('denied'),
    geolocation: 'denied',
    notifications: 'denied',
    clipboard: 'NotAllowedError',
  });
  expect(answers.media).toMatch(/NotAllowedError|NotFoundError/);
  expect(answers.screen).not.toBe('granted');
});
