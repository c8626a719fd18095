import { expect, test } from './app';

test('the protocol serves the built page and nothing else', async ({ drover, page }) => {
  const statusOf = (url: string): Promise<number | string> =>
    drover.app.evaluate(
      ({ net }, address) =>
        net.fetch(address).then(
          async (response) =>
            (await response.text()).includes('"name": "drover"') ? 'the package' : response.status,
          () => 'refused',
        ),
      url,
    );
  expect(await statusOf('app://drover/index.html')).toBe(200);
  const escapes = [
    '../../package.json',
    '%2e%2e/%2e%2e/package.json',
    '%2e%2e%2f%2e%2e%2fpackage.json',
    '..%5c..%5cpackage.json',
    '%252e%252e%252fpackage.json',
    '/etc/passwd',
    '//etc/passwd',
    '%2fetc%2fpasswd',
    'index.html%00',
    '%zz',
    '%',
    'assets',
  ];
  for (const path of escapes)
    expect([400, 403, 404, 'refused'], path).toContain(await statusOf(`app://drover/${path}`));
  for (const url of ['app://evil/index.html', 'app://drover.evil/index.html', 'app:///index.html'])
    expect([403, 404, 'refused'], url).toContain(await statusOf(url));
  const fromPage = await page.evaluate(() =>
    Promise.all(
      ['/%2e%2e%2fpackage.json', 'app://evil/index.html', 'file:///etc/passwd'].map((url) =>
        fetch(url).then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    ),
  );
  expect(fromPage).toEqual([403, 0, 0]);
});
