/** What crosses the border between the window and the Host, and what a recipe or a task may bring along. */
import { join } from 'node:path';
import type { ClientMessage, HostMessage } from '../../shared/ipc/messages';
import { cli, expect, test } from './app';
import { root } from './place';
import { recipe } from './recipes';

/** A message as only a page that was tampered with sends it. */
type Raw = (message: unknown) => void;

test('messages that do not fit the contract are refused or dropped, and the Host goes on', async ({
  page,
  drover,
  place,
}) => {
  const answers = await page.evaluate(async () => {
    const received: HostMessage[] = [];
    window.drover.listen((message) => received.push(message));
    const send = window.drover.send as Raw;
    const deep: Record<string, unknown> = {};
    let inner = deep;
    for (let depth = 0; depth < 200; depth++) {
      const next: Record<string, unknown> = {};
      inner['x'] = next;
      inner = next;
    }
    const odd: unknown[] = [
      undefined,
      null,
      0,
      'request',
      [],
      [{ kind: 'request' }],
      new ArrayBuffer(64),
      deep,
      { kind: 'shutdown', id: 1 },
      { kind: 'request' },
      { kind: 'request', id: -1, name: 'host.info', params: {} },
      { kind: 'request', id: '1', name: 'host.info', params: {} },
      { kind: 'request', id: 2 ** 60, name: 'host.info', params: {} },
      { kind: 'request', id: 7000, name: 'host.info', params: {}, more: true },
      { kind: 'unsubscribe', id: 424242 },
      { kind: 'ready', id: 424242 },
    ];
    for (const message of odd) send(message);
    const file = { kind: 'file', path: '/etc/passwd' };
    const requests: (readonly [string, unknown])[] = [
      ['__proto__', {}],
      ['constructor', {}],
      ['host.info.', {}],
      ['host.info', { extra: 1 }],
      ['host.info', null],
      ['batch.cancel', { what: '', why: null }],
      ['batch.cancel', { what: ['b1'], why: null }],
      ['batch.submit', { source: { kind: 'url', path: 'http://x' }, parameters: {} }],
      ['batch.submit', { source: file, parameters: { a: 1 } }],
      ['batch.submit', { source: { kind: 'file', path: `/${'x'.repeat(5000)}` }, parameters: {} }],
      [
        'batch.submit',
        {
          source: { kind: 'text', name: 'x', text: 'x'.repeat(9 * 1024 * 1024), folder: '/tmp' },
          parameters: {},
        },
      ],
      ['task.list', { job: 'b1.x', step: 0, from: 0, count: 1e9 }],
      ['job.show', { job: '../../etc/passwd' }],
      ['log.read', { job: 'b1.x', step: 0, task: 0, from: 0, bytes: 1e12 }],
    ];
    requests.forEach(([name, params], index) => send({ kind: 'request', id: 8000 + index, name, params }));
    for (let id = 9000; id < 9300; id++) send({ kind: 'subscribe', id, view: 'queue', params: {} });
    const good: ClientMessage = { kind: 'request', id: 9999, name: 'host.info', params: {} };
    send(good);
    const until = Date.now() + 10_000;
    while (!received.some(({ id }) => id === 9999) && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20));
    for (let id = 9000; id < 9300; id++) send({ kind: 'unsubscribe', id });
    const kinds = (from: number, to: number): readonly string[] =>
      received
        .filter(({ id }) => id >= from && id < to)
        .map((message) => (message.kind === 'refused' ? message.refusal.code : message.kind));
    return {
      requests: kinds(8000, 9000),
      dropped: kinds(7000, 8000),
      subscriptions: kinds(9000, 9300),
      good: kinds(9999, 10_000),
    };
  });
  expect(answers.requests).toEqual(Array(14).fill('refused'));
  expect(answers.dropped).toEqual([]);
  expect(answers.subscriptions.filter((kind) => kind === 'refused').length).toBeGreaterThan(90);
  expect(answers.good).toEqual(['answer']);

  const services = await page.evaluate(() => {
    const open = window.drover.openResult as (batch: unknown, what: unknown) => Promise<void>;
    const tries: (readonly [unknown, unknown])[] = [
      ['../../etc', 'output'],
      ['b1', '/etc/passwd'],
      [{}, 'output'],
      [undefined, undefined],
    ];
    return Promise.all(
      tries.map(([batch, what]) =>
        open(batch, what).then(
          () => 'opened',
          () => 'refused',
        ),
      ),
    );
  });
  expect(services).toEqual(Array(4).fill('refused'));

  await cli(
    place,
    'submit',
    await place.write('after.yaml', recipe('After all this', { work: { run: 'echo works' } })),
  );
  await expect(page.getByRole('row', { name: /After all this/ })).toContainText('Completed');
  expect(drover.printed()).not.toMatch(/Uncaught|Unhandled|a request failed/);
});

test('only our own page may speak to the Host', async ({ drover }) => {
  const preload = join(root, 'out', 'preload', 'preload.cjs');
  const outcome = await drover.app.evaluate(async ({ BrowserWindow }, script) => {
    const stranger = new BrowserWindow({
      show: false,
      webPreferences: { preload: script, sandbox: true, contextIsolation: true },
    });
    await stranger.loadURL('data:text/html,<title>stranger</title>');
    const found: unknown = await stranger.webContents.executeJavaScript(`new Promise((resolve) => {
      let answers = 0;
      drover.listen(() => answers++);
      drover.send({ kind: 'request', id: 1, name: 'host.info', params: {} });
      drover.send({ kind: 'subscribe', id: 2, view: 'queue', params: {} });
      const refused = (error) => error.message;
      Promise.all([drover.choose({ pick: 'file', title: '', filters: [], from: null }).catch(refused), drover.openResult('b1', 'output').catch(refused)])
        .then((services) => setTimeout(() => resolve({ answers, services }), 300));
    })`);
    stranger.destroy();
    return found as { readonly answers: number; readonly services: readonly string[] };
  }, preload);
  expect(outcome.answers).toBe(0);
  for (const service of outcome.services) expect(service).toContain('not allowed');
});

const markup = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

test('markup in names is shown as the text it is', async ({ page, place }) => {
  await cli(
    place,
    'submit',
    await place.write(
      'markup.yaml',
      recipe(`Night ${markup}`, { work: { run: 'echo {{Title}}' } }, { Title: markup }),
    ),
  );
  await expect(page.getByRole('row', { name: /Night/ })).toContainText('Completed');
  await expect(page.getByRole('treegrid')).toContainText(markup);
  await page.getByRole('link', { name: /Night/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Night ${markup}`);
  await page.getByRole('link', { name: 'work', exact: true }).click();
  await expect(page.getByRole('log')).toContainText(markup);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('hostile output does no harm', async ({ page, place }) => {
  const lines = [
    '\x1b[31mred\x1b[0m plain \x1b[1;4mbold\x1b[m',
    `\x1b]0;title\x07\x1b]8;;https://example.com\x07link\x1b]8;;\x07 ${markup}`,
    '\x1b[2J\x1b[H\x1bc\x1b[?1049hscreen\x00\x08\x07\x7f',
    '10 %\r50 %\r100 %',
    'right to left \u202eevil\u202c',
    'x'.repeat(200_000),
    '\x1b[38;5;196;48;2;1;2;3m\x1b[99999999999999999mcolours\x1b[',
    'openjd_progress: 1e999',
    'openjd_status: <b>status</b>',
  ];
  const invalid = Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xf0, 0x9f, 0x0a]);
  await place.write(
    'noise',
    Buffer.concat([Buffer.from(`${lines.join('\n')}\n`), invalid, Buffer.from('the last line\n')]),
  );
  const output = 'cat noise; i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo "line $i"; done; cat noise';
  await cli(place, 'submit', await place.write('noise.yaml', recipe('Noise', { noise: { run: output } })));
  await page.getByRole('link', { name: 'noise', exact: true }).click();
  await expect(page.locator('header .run-state')).toHaveText('Completed');

  const log = page.getByRole('log');
  await expect(log).toContainText('the last line');
  await expect(log).toContainText('<b>status</b>');
  await log.press('PageUp');
  expect(await log.evaluate((element) => /[^\P{Cc}\n\t]/u.test(element.textContent))).toBe(false);
  expect(await page.evaluate(() => 'hacked' in window || document.title !== 'Drover')).toBe(false);
  await log.evaluate((element) => element.scrollTo(0, 0));
  await expect(log.locator('.log-row').first()).toBeVisible();
  expect(await log.locator('img, script, a, b').count()).toBe(0);
});
