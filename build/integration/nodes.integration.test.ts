/** Machines reached by SSH, added and used in the terminal: the built program and real servers. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { cli, json, test, type Farm } from './farm';
import { Place } from './sshd/place';
import { hasSshd, type SshdServer } from './sshd/sshd';
import { hasTerminals, TerminalSession } from './terminal-session';

const recipe = `
drover: 1
batch: There
jobs:
  tell:
    kind: command
    run: echo "at home in $HOME"
    needs: { all: only-there }
`;

/** Keeps secrets in files, as libsecret's tool keeps them in its store. */
const secretTool = `#!/bin/sh
printf '%s\\n' "$*" >>"$KEPT/calls"
case $1 in
  store) cat >"$KEPT/secret" ;;
  lookup) cat "$KEPT/secret" 2>/dev/null ;;
esac
`;

let place: Place;
let server: SshdServer;
let kept: string;
beforeEach(async () => {
  place = new Place();
  server = await place.servers.start();
  kept = join(place.home, 'kept');
  mkdirSync(kept);
  writeFileSync(join(kept, 'secret-tool'), secretTool);
  chmodSync(join(kept, 'secret-tool'), 0o755);
});
afterEach(() => place.close());

/** The person whose SSH configuration the place has. */
function atHome(farm: Farm): void {
  const PATH = `${kept}:${process.env['PATH'] ?? ''}`;
  farm.environment = { HOME: place.home, SSH_AUTH_SOCK: '', PATH, KEPT: kept };
}

interface Listed {
  readonly nodes: readonly { readonly id: string; readonly state: string; readonly address: string | null }[];
}

async function nodes(farm: Farm): Promise<Listed['nodes']> {
  const listed: Listed = JSON.parse((await farm.drover('nodes', '--json')).out);
  return listed.nodes;
}

async function nodeIs(farm: Farm, id: string, state: string): Promise<void> {
  while (!(await nodes(farm)).some((node) => node.id === id && node.state === state));
}

const fingerprintIn = (text: string): string => /SHA256:[\w+/]+/.exec(text)?.[0] ?? 'none';

/** Of many commands, each a process. */
const patience = { timeout: 180_000 };

describe.skipIf(!hasSshd)('a machine over SSH, in the terminal (with sshd)', patience, () => {
  test('is added when its host key is confirmed, works by its label, and is removed', async ({ farm }) => {
    place.configure(place.alias('render1', server));
    atHome(farm);
    await farm.serve();

    const unknown = await farm.drover('nodes', 'add', 'render1');
    expect(unknown.status).toBe(2);
    expect(unknown.err).toContain('--accept-host-key SHA256:');
    const wrong = await farm.drover('nodes', 'test', 'render1', '--accept-host-key', 'SHA256:other');
    expect(wrong.status).toBe(2);
    expect(wrong.out).toMatch(/^asks +its host key is known$/m);
    expect(wrong.err).toContain('was not given with --accept-host-key');
    expect(await nodes(farm)).toHaveLength(1);

    const key = fingerprintIn(unknown.err);
    const added = await farm.drover(
      'nodes',
      'add',
      'render1',
      '--accept-host-key',
      key,
      '--why',
      'more cores',
    );
    expect(added.err).toBe('');
    expect(added.status).toBe(0);
    expect(added.out).toMatch(/os:linux|os:macos/);
    expect(added.out).toContain('added as render1\n');
    await nodeIs(farm, 'render1', 'ONLINE');
    const again = await farm.drover('nodes', 'add', 'render1');
    expect(again).toMatchObject({
      status: 2,
      err: expect.stringContaining('There is a node render1 already'),
    });

    const settings = JSON.parse((await farm.drover('settings', '--json')).out);
    settings.nodes.render1 = { ...settings.otherNodes, labels: ['only-there'] };
    writeFileSync(join(farm.folder, 'settings.json'), JSON.stringify(settings));
    expect((await farm.drover('settings', join(farm.folder, 'settings.json'))).status).toBe(0);

    const run = await farm.drover('run', farm.recipe(recipe));
    expect(run.err).toMatch(/COMPLETED/);
    expect(run.out).toBe(`[tell/main/0] at home in ${server.home}\n`);
    expect((await farm.drover('logs', 'tell')).out).toContain(`at home in ${server.home}`);
    expect((await farm.drover('show', 'tell')).out).toContain('completed on render1');

    const aside = await farm.drover('aside', 'render1', '--until', '+2 h');
    expect(aside.out).toMatch(/^render1 gets no new work until \d/);
    expect((await farm.drover('nodes')).out).toMatch(/^render1: set aside until/m);
    expect((await farm.drover('back', 'render1')).status).toBe(0);
    const connected = await farm.drover('nodes', 'connect', 'render1');
    expect(connected.out).toContain('render1 is ONLINE\n');
    expect((await farm.drover('nodes', 'vitals', 'render1')).out).toMatch(
      /^(render1, the last hour|Nothing)/,
    );

    expect((await farm.drover('nodes', 'remove', 'render1', '--why', 'sold')).status).toBe(0);
    expect((await nodes(farm)).map(({ id }) => id)).toEqual(['local']);
    expect((await farm.drover('nodes', 'connect', 'render1')).err).toContain('There is no node render1');
    const { entries } = json((await farm.drover('history', '--json')).out);
    const told = entries.map(({ what }) => what).filter((what) => what.includes('render1'));
    expect(told).toContain('added node render1 at render1');
    expect(told[0]).toBe('removed node render1');
  });

  test('a passphrase on stdin is kept by the secret store of the system, and nowhere else', async ({
    farm,
  }) => {
    const locked = place.servers.makeKey('locked', { passphrase: 'open sesame' });
    server.letsIn(locked);
    place.configure(place.alias('render1', server, `IdentityFile ${locked}`));
    atHome(farm);
    const host = await farm.serve();

    const asked = await farm.drover('nodes', 'add', 'render1', '--yes');
    expect(asked.status).toBe(2);
    expect(asked.err).toContain(`Passphrase of ${locked}`);
    expect(asked.err).toContain('--password-stdin');
    const wrong = await farm.droverWith('guess\n', 'nodes', 'add', 'render1', '--password-stdin');
    expect(wrong.err).toContain('what came on stdin was not accepted');
    const added = await farm.droverWith('open sesame\n', 'nodes', 'add', 'render1', '--password-stdin');
    expect(added).toMatchObject({ status: 0, err: '' });

    // Another Host finds it there.
    await farm.kill(host);
    await farm.serve();
    await nodeIs(farm, 'render1', 'ONLINE');
    expect(readFileSync(join(kept, 'secret'), 'utf8')).toBe('open sesame');
    expect(readFileSync(join(kept, 'calls'), 'utf8')).not.toContain('sesame');
    const written = readdirSync(farm.data, { recursive: true, withFileTypes: true });
    for (const file of written)
      if (file.isFile())
        expect(readFileSync(join(file.parentPath, file.name)).includes('sesame'), file.name).toBe(false);
  });

  test('what does not work is told with its step; JSON is the trial', async ({ farm }) => {
    place.configure(place.alias('render1', { port: 1 }));
    atHome(farm);
    const tested = await farm.drover('nodes', 'test', 'render1');
    expect(tested.status).toBe(3);
    expect(tested.out).toMatch(/^ok +its name leads to an address\nfailed +something answers there\n-/m);
    expect(tested.err).toContain('render1');
    const { status, out } = await farm.drover('nodes', 'add', 'render1', '--json');
    expect([status, JSON.parse(out)]).toMatchObject([3, { kind: 'failed', step: 'reach' }]);
    expect(await farm.drover('nodes', 'dance')).toMatchObject({ status: 2 });
    expect(await farm.drover('nodes', 'test', 'x y')).toMatchObject({ status: 3 });
  });
});

describe.skipIf(!hasSshd || !hasTerminals)('a person at a terminal', patience, () => {
  const command = (farm: Farm): string =>
    `'${process.execPath}' '${cli}' nodes add render1 --data '${farm.data}'; echo "status $?"; stty -a`;

  test('confirms the host key and types the passphrase, which is not seen', async ({ farm }) => {
    const locked = place.servers.makeKey('locked', { passphrase: 'open sesame' });
    server.letsIn(locked);
    place.configure(place.alias('render1', server, `IdentityFile ${locked}`));
    atHome(farm);
    const session = new TerminalSession(farm, command(farm));
    await session.types('yes\r', /Type yes or no: /);
    await session.types('open sesame\r', /Passphrase of .*: /);
    await session.ended;
    expect(session.text).toContain('added as render1');
    expect(session.text).toContain('its window will ask once more');
    expect(session.text).toContain('No Drover is running on this data folder: it is connected when one is');
    expect(session.text).not.toContain('sesame');
    expect(session.text).toContain('status 0');
  });

  test('Ctrl+C leaves the terminal as it was, and nothing is added', async ({ farm }) => {
    place.configure(place.alias('render1', server));
    atHome(farm);
    const session = new TerminalSession(farm, command(farm));
    await session.types('\x03', /Type yes or no: /);
    await session.ended;
    expect(session.text).toContain('Interrupted: nothing was changed.');
    expect(session.text).toContain('status 2');
    expect(session.text).toMatch(/ icanon .* echo /s);
    expect(await nodes(farm)).toEqual([]);
  });
});
