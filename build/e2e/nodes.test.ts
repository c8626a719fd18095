/** Machines that are reached over SSH: real servers of this machine, added and used in the real window. */
import type { Page } from 'playwright/test';
import { Place as SshPlace } from '../integration/sshd/place';
import { hasSshd, type SshdServer } from '../integration/sshd/sshd';
import { cli, expect, keepPicture, test as base, type Drover, type StartOptions } from './app';
import { recipe, waitFor } from './recipes';

interface Fixtures {
  /** A home folder whose SSH configuration names a server `render1`. */
  readonly ssh: SshPlace;
  readonly server: SshdServer;
  /** The app, started in that home. */
  readonly home: StartOptions;
}

const test = base.extend<Fixtures>({
  // Playwright reads from this pattern which fixtures are needed: none.
  // eslint-disable-next-line no-empty-pattern
  ssh: async ({}, use) => {
    const place = new SshPlace();
    await use(place);
    await place.close();
  },
  server: async ({ ssh }, use) => {
    const server = await ssh.servers.start();
    ssh.configure(ssh.alias('render1', server));
    await use(server);
  },
  home: async ({ ssh }, use) => use({ environment: { HOME: ssh.home, SSH_AUTH_SOCK: undefined } }),
  drover: async ({ start, home, server: _server }, use) => use(await start(home)),
});
test.skip(!hasSshd, 'there is no sshd on this machine');

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Add a node' });
const nodes = (page: Page) => page.getByRole('list', { name: 'Nodes' });
const card = (page: Page, name: string) =>
  nodes(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) });

async function openDialog(page: Page, address: string): Promise<void> {
  await page.keyboard.press('Control+Shift+n');
  await dialog(page).getByLabel('Machine').fill(address);
}

/** The shortest way to a node: by its name in the configuration, with a host key that is known. */
async function addRender1({ page }: Drover, ssh: SshPlace, server: SshdServer): Promise<void> {
  ssh.knows(`[127.0.0.1]:${server.port} ${server.publicKey('ed25519')}`);
  await openDialog(page, 'render1');
  await dialog(page).getByRole('button', { name: 'Add', exact: true }).click();
  await expect(card(page, 'render1')).toContainText('Online');
}

async function choose(page: Page, node: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${node}` }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

test('a machine is tried, its key compared, then added; and work runs there', async ({
  drover,
  page,
  place,
  server,
}) => {
  await openDialog(page, 'render1');
  await page.keyboard.press('Enter');
  const question = dialog(page).getByRole('region', { name: 'Is this the right machine?' });
  await expect(question).toContainText(`127.0.0.1, port ${server.port}`);
  await expect(question).toContainText('ssh-ed25519');
  await expect(question).toContainText(/SHA256:[\w+/]{43}/);
  await expect(dialog(page).getByRole('listitem').filter({ hasText: 'Host key' })).toContainText('waits');
  await keepPicture(page, 'node-host-key');
  await question.getByRole('button', { name: 'This is right' }).click();

  const found = dialog(page).getByRole('region', { name: 'What was found' });
  await expect(found).toContainText(/\d+ cores?, [\d.]+ [MG]iB of memory/);
  await expect(found).toContainText(/free of/);
  await keepPicture(page, 'node-found');
  await expect(card(page, 'render1')).toHaveCount(0);
  await dialog(page).getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(card(page, 'render1')).toContainText('Online');

  await choose(page, 'This machine', 'Set aside');
  await expect(card(page, 'This machine')).toContainText('Maintenance');
  const jobs = { away: { run: `echo "$HOME" >where; ${waitFor('go')}` } };
  await cli(place, 'submit', await place.write('away.yaml', recipe('Away', jobs)));
  await expect.poll(() => place.lines('where')).toEqual([server.home]);
  await expect(card(page, 'render1')).toContainText('1 task running');
  await keepPicture(page, 'nodes-with-render1');
  await place.write('go', '');
  await expect(card(page, 'render1')).toContainText('Nothing runs here now');
  expect(drover.printed()).not.toContain('SHA256:');
});

test('what fails is told by its step, and a passphrase is asked for until it is right', async ({
  drover,
  page,
  ssh,
  server,
}) => {
  const key = ssh.servers.makeKey('guarded', { passphrase: 'open sesame' });
  server.letsIn(key);
  ssh.configure(ssh.alias('render1', server, `IdentityFile ${key}`));
  ssh.knows(`[127.0.0.1]:${server.port} ${server.publicKey('ed25519')}`);

  await openDialog(page, 'nobody@nowhere.invalid');
  await page.keyboard.press('Enter');
  const steps = dialog(page).getByRole('list', { name: 'Steps of the connection' });
  await expect(steps.getByRole('listitem').filter({ hasText: 'failed' })).toHaveText(
    /^(Name|Reach): failed$/,
  );
  await expect(dialog(page).getByRole('alert')).toContainText('nowhere.invalid');
  await keepPicture(page, 'node-failed');

  await dialog(page).getByLabel('Machine').fill('render1');
  await expect(dialog(page).getByRole('alert')).toHaveCount(0);
  await dialog(page).getByRole('button', { name: 'Test connection' }).click();
  const field = dialog(page).getByLabel(`Passphrase of ${key}`);
  await expect(field).toBeFocused();
  await expect(field).toHaveAttribute('type', 'password');
  await field.fill('close sesame');
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText('That was not right');
  await expect(field).toHaveValue('');
  await keepPicture(page, 'node-passphrase');
  await field.fill('open sesame');
  await page.keyboard.press('Enter');
  await expect(dialog(page).getByRole('region', { name: 'What was found' })).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Add', exact: true })).toBeFocused();
  expect(drover.printed()).not.toContain('sesame');
});

test('a node is set aside, also until a time, and taken back', async ({ drover, page, ssh, server }) => {
  await addRender1(drover, ssh, server);
  await choose(page, 'render1', 'Set aside');
  await expect(card(page, 'render1')).toContainText('Maintenance');
  await expect(card(page, 'render1')).toContainText('Set aside by');
  await choose(page, 'render1', 'Take back');
  await expect(card(page, 'render1')).toContainText('Online');

  await card(page, 'render1').getByRole('link', { name: 'render1' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'render1' })).toBeVisible();
  await choose(page, 'render1', 'Set aside until …');
  await page.getByRole('button', { name: 'Until tomorrow 8:00' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByTestId('node-state')).toHaveText('Maintenance');
  await expect(page.getByRole('main')).toContainText(/until .*08:00/);
  await page.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByTestId('node-state')).toHaveText('Online');
});

test('a node is vacated: what runs there makes way', async ({ drover, page, place, ssh, server }) => {
  await addRender1(drover, ssh, server);
  await choose(page, 'This machine', 'Set aside');
  await expect(card(page, 'This machine')).toContainText('Maintenance');
  const jobs = { long: { run: waitFor('go') } };
  await cli(place, 'submit', await place.write('long.yaml', recipe('Long', jobs)));
  await expect(card(page, 'render1')).toContainText('1 task running');
  await choose(page, 'render1', 'Set aside until …');
  const dialog = page.getByRole('dialog', { name: 'Set render1 aside' });
  await dialog.getByLabel('Stop what runs there').check();
  await expect(dialog).toContainText('goes on at another node');
  await keepPicture(page, 'node-vacate');
  await dialog.getByRole('button', { name: 'Until tomorrow 8:00' }).click();
  await expect(card(page, 'render1')).toContainText('Nothing runs here now');
  await choose(page, 'This machine', 'Take back');
  await expect(card(page, 'This machine')).toContainText('1 task running');
  await place.write('go', '');
});

test('a node is removed, but not while work runs there', async ({ drover, page, place, ssh, server }) => {
  await addRender1(drover, ssh, server);
  await choose(page, 'This machine', 'Set aside');
  await expect(card(page, 'This machine')).toContainText('Maintenance');
  const jobs = { long: { run: waitFor('go') } };
  await cli(place, 'submit', await place.write('long.yaml', recipe('Long', jobs)));
  await expect(card(page, 'render1')).toContainText('1 task running');

  const question = page.getByRole('dialog', { name: 'Remove render1?' });
  await choose(page, 'render1', 'Remove …');
  await question.getByRole('button', { name: 'Remove the node' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Could not remove render1' })).toBeVisible();
  await expect(card(page, 'render1')).toBeVisible();

  await place.write('go', '');
  await expect(card(page, 'render1')).toContainText('Nothing runs here now');
  await choose(page, 'render1', 'Remove …');
  await question.getByRole('button', { name: 'Remove the node' }).click();
  await expect(card(page, 'render1')).toHaveCount(0);
});

test('what people set for a node is kept, and taken back; its charts tell values', async ({
  drover,
  page,
  place,
  ssh,
  server,
}) => {
  await addRender1(drover, ssh, server);
  await card(page, 'render1').getByRole('link', { name: 'render1' }).click();
  await page.getByRole('button', { name: 'Edit …' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit render1' });
  await edit.getByLabel('Labels', { exact: true }).fill('fast-disk');
  await page.keyboard.press('Enter');
  await edit.getByRole('button', { name: 'Add a folder' }).click();
  await edit.getByLabel('Folder here, row 1').fill('/mnt/projects');
  await expect(edit).toContainText('Each row needs both');
  await edit.getByLabel('The same folder there, row 1').fill('/srv/projects');
  await edit.getByLabel('Give way to the person who sits there').check();
  await keepPicture(page, 'node-edit');
  await edit.getByRole('button', { name: 'Save' }).click();
  // While the mouse is there, it stays.
  await page.getByRole('button', { name: 'Undo' }).hover();
  await expect(edit).toHaveCount(0);
  await expect(page.getByRole('list', { name: 'Labels' })).toContainText('fast-disk');
  const settings = async (): Promise<unknown> => JSON.parse((await cli(place, 'settings', '--json')).output);
  expect(await settings()).toMatchObject({
    nodes: {
      render1: {
        labels: ['fast-disk'],
        paths: [{ from: '/mnt/projects', to: '/srv/projects' }],
        giveWay: { idleMinutes: 10, running: 'finish' },
      },
    },
  });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('list', { name: 'Labels' })).not.toContainText('fast-disk');
  expect(await settings()).toHaveProperty('nodes', {});

  const chart = page.getByRole('slider', { name: 'Memory in the last hour' });
  await expect(chart).toHaveAttribute('aria-valuetext', /^\d\d:\d\d:\d\d: [\d.,]+ [MG]iB$/);
  await chart.press('ArrowLeft');
  await expect(page.locator('.chart-tip')).toHaveText(/[MG]iB$/);
});
