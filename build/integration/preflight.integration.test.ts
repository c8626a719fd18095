/** Recipes that are tried before they are submitted: the built program, a real Host, and nodes over real SSH. */
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { cli, json, test, type Farm } from './farm';
import { Place } from './sshd/place';
import { hasSshd, type SshdServer } from './sshd/sshd';
import { hasTerminals, TerminalSession } from './terminal-session';

const patience = { timeout: 120_000 };

const wrong = `
drover: 1
batch: Wrong
jobs:
  melt:
    resources: { cpu: 9999 }
    run: echo melted
  beauty:
    frames: 1-3
    run: no-such-program --frame {{Frame}}
    deadline: 2020-01-01 10:00
`;
const doubtful = `
drover: 1
batch: Doubtful
jobs:
  beauty:
    run: echo done
    deadline: 2020-01-01 10:00
`;
const fine = `
drover: 1
batch: Fine
jobs:
  hello: { run: echo hello }
`;

interface Checked {
  readonly findings: readonly {
    readonly severity: string;
    readonly code: string;
    readonly message: string;
    readonly place: { readonly line: number; readonly path: string } | null;
  }[];
  readonly starts: readonly { readonly node: string; readonly tasks: number }[];
}
const checked = (text: string): Checked => JSON.parse(text);

describe('in the terminal', patience, () => {
  test('check tells what stands against it with its place and what would help, and exits with 2', async ({
    farm,
  }) => {
    await farm.serve();
    const told = await farm.drover('check', farm.recipe(wrong));
    expect(told.status).toBe(2);
    expect(told.out).toMatch(
      /recipe\.yaml:6:23: jobs\.melt\.resources\.cpu: error: a task needs 9999 cores, which no node could give; This machine: .*\n {2}fix: ask for \d+ cores? instead of 9999 cores\n/,
    );
    expect(told.out).toMatch(
      /recipe\.yaml:10:10: jobs\.beauty\.run: error: the program no-such-program is missing on This machine, the only node that could do it\n/,
    );
    expect(told.out).toMatch(
      /recipe\.yaml:11:15: jobs\.beauty\.deadline: warning: its deadline, .* is past\n/,
    );
    expect(told.out).toMatch(/^2 errors and a warning: it would not be submitted$/m);
    const same = await farm.drover('check', farm.recipe(wrong), '--json');
    expect(same.status).toBe(2);
    expect(checked(same.out).findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'error never-runs',
      'error program-missing',
      'warning deadline',
    ]);
    const good = await farm.drover('check', farm.recipe(fine), '--json');
    expect([good.status, checked(good.out)]).toMatchObject([
      0,
      { findings: [], starts: [{ node: 'This machine', tasks: 1 }] },
    ]);
    expect(json((await farm.drover('list', '--json')).out).batches).toEqual([]);
  });

  test('errors stop what is submitted, unless it is forced; warnings are told', async ({ farm }) => {
    await farm.serve();
    const stopped = await farm.drover('submit', farm.recipe(wrong));
    expect([stopped.status, stopped.out]).toEqual([2, '']);
    expect(stopped.err).toMatch(/jobs\.melt\.resources\.cpu: error: /);
    expect(stopped.err).toMatch(
      /Nothing was submitted: 2 errors and a warning. --force submits it all the same.\n$/,
    );
    const asJson = await farm.drover('run', farm.recipe(wrong), '--json');
    expect(asJson.status).toBe(2);
    expect(JSON.parse(asJson.out)).toMatchObject({
      error: { code: 'refused', findings: [{ code: 'never-runs' }, {}, {}] },
    });
    expect(json((await farm.drover('list', '--json')).out).batches).toEqual([]);
    const warned = await farm.drover('run', farm.recipe(doubtful));
    expect([warned.status, warned.out]).toEqual([0, '[beauty/main/0] done\n']);
    expect(warned.err).toMatch(/jobs\.beauty\.deadline: warning: its deadline, .* is past\n/);
    expect((await farm.drover('submit', '--force', farm.recipe(wrong))).status).toBe(0);
  });

  test('also when run itself hosts the farm, in a data folder that is new', async ({ farm }) => {
    const stopped = await farm.drover('run', farm.recipe(wrong));
    expect(stopped.status).toBe(2);
    expect(stopped.err).toContain('jobs.melt.resources.cpu: error: ');
    expect((await farm.drover('run', farm.recipe(fine))).status).toBe(0);
  });

  test('without a Drover, what was known of its nodes counts; without any, no data folder is made', async ({
    farm,
  }) => {
    const unknown = await farm.drover('check', farm.recipe(wrong));
    expect([unknown.status, unknown.out]).toEqual([0, expect.stringContaining('note: no Drover has run')]);
    expect(existsSync(farm.data)).toBe(false);
    await farm.drover('run', farm.recipe(fine));
    const known = await farm.drover('check', farm.recipe(wrong));
    expect(known.status).toBe(2);
    expect(known.out).toContain('a task needs 9999 cores');
    expect(known.out).toContain('the program no-such-program is missing on This machine');
    expect(known.out).toContain('note: no Drover runs on this data folder');
    expect(known.out).not.toContain('OFFLINE');
  });

  test('a schedule tells what stands against its runs', async ({ farm }) => {
    await farm.serve();
    const { out, status } = await farm.drover('schedule', farm.recipe(wrong), '--every', '1 d');
    expect(status).toBe(0);
    expect(out).toMatch(/^note: melt: a task needs 9999 cores/m);
  });

  test.skipIf(!hasTerminals)('the person who sits there is asked about warnings', async ({ farm }) => {
    await farm.serve();
    const file = farm.recipe(doubtful);
    const command = `'${process.execPath}' '${cli}' submit '${file}' --data '${farm.data}'; echo "status $?"`;
    const no = new TerminalSession(farm, command);
    await no.types('no\r', /Submit it all the same\? Type yes or no: /);
    await no.ended;
    expect(no.text).toContain('Nothing was submitted.');
    expect(no.text).toContain('status 2');
    const yes = new TerminalSession(farm, command);
    await yes.types('yes\r', /Submit it all the same\? Type yes or no: /);
    await yes.ended;
    expect(yes.text).toMatch(/b1 {2}Doubtful: 1 task in b1\.beauty[^]*status 0/);
  });
});

describe.skipIf(!hasSshd)('on nodes over SSH (with sshd)', patience, () => {
  let place: Place;
  let server: SshdServer;
  beforeEach(async () => {
    place = new Place();
    server = await place.servers.start();
  });
  afterEach(() => place.close());

  const program = (folder: string, name: string): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), '#!/bin/sh\n');
    chmodSync(join(folder, name), 0o755);
  };

  /** A Host with render1, and programs that are only here, and only there. */
  async function withNode(farm: Farm): Promise<void> {
    const bin = join(place.home, 'bin');
    program(bin, 'only-here');
    program(join(server.home, 'bin'), 'only-there');
    // As a person's shell sets it when logging in.
    writeFileSync(join(server.home, '.profile'), 'PATH="$HOME/bin:$PATH"\n');
    place.configure(place.alias('render1', server));
    farm.environment = { HOME: place.home, SSH_AUTH_SOCK: '', PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    await farm.serve();
    expect((await farm.drover('nodes', 'add', 'render1', '--yes')).status).toBe(0);
    await nodeIs(farm, 'ONLINE');
  }

  async function nodeIs(farm: Farm, state: string): Promise<void> {
    for (;;) {
      const { nodes } = JSON.parse((await farm.drover('nodes', '--json')).out);
      if (nodes.some((node: { id: string; state: string }) => node.id === 'render1' && node.state === state))
        return;
    }
  }

  /** Where the machine is busy, the node may not answer in time: then once more. */
  async function findings(farm: Farm, recipe: string): Promise<readonly string[]> {
    for (;;) {
      const found = await foundOnce(farm, recipe);
      if (!found.some((words) => words.includes('did not answer in time'))) return found;
    }
  }

  async function foundOnce(farm: Farm, recipe: string): Promise<readonly string[]> {
    const { out } = await farm.drover('check', farm.recipe(recipe), '--json');
    return checked(out).findings.map(
      ({ severity, message, place: at }) =>
        `${severity} ${at?.path ?? ''}: ${message.replaceAll(farm.folder, '')}`,
    );
  }

  const job = (fields: string): string => `drover: 1\nbatch: Shot\njobs:\n  shot: ${fields}\n`;

  test('programs that only some have, where a person who logs in would find them', async ({ farm }) => {
    await withNode(farm);
    expect(await findings(farm, job('{ run: only-here }'))).toEqual([
      'warning jobs.shot.run: the program only-here is missing on render1: on 1 of the 2 nodes that could do it',
    ]);
    expect(await findings(farm, job('{ command: [only-there, x] }'))).toEqual([
      'warning jobs.shot.command[0]: the program only-there is missing on This machine: on 1 of the 2 nodes that could do it',
    ]);
    expect(await findings(farm, job('{ command: [nowhere] }'))).toEqual([
      'error jobs.shot.command[0]: the program nowhere is missing on This machine, render1: on every node that could do it',
    ]);
    expect(await findings(farm, job('{ run: drover-node x.js || exit 1 }'))).toEqual([
      'error jobs.shot.run: x.js is missing on This machine, render1: on every node that could do it',
    ]);
  });

  test('files and folders, by the names that they have there', async ({ farm }) => {
    await withNode(farm);
    writeFileSync(join(farm.folder, 'melt.sh'), '#!/bin/sh\n', { mode: 0o755 });
    expect(await findings(farm, job('{ run: ./melt.sh }'))).toEqual([]);
    const settings = JSON.parse((await farm.drover('settings', '--json')).out);
    const paths = [{ from: farm.folder, to: join(server.home, 'shots') }];
    settings.nodes.render1 = { ...settings.otherNodes, paths };
    writeFileSync(join(farm.folder, 'settings.json'), JSON.stringify(settings));
    await farm.drover('settings', join(farm.folder, 'settings.json'));
    const shots = join(server.home, 'shots');
    expect(await findings(farm, job('{ run: ./melt.sh }'))).toEqual([
      `warning jobs.shot: the folder  (there ${shots}) is missing on render1: on 1 of the 2 nodes that could do it`,
    ]);
    mkdirSync(shots);
    expect(await findings(farm, job('{ run: ./melt.sh }'))).toEqual([
      `warning jobs.shot.run: ./melt.sh (there ${shots}/melt.sh) is missing on render1: on 1 of the 2 nodes that could do it`,
    ]);
    writeFileSync(join(shots, 'melt.sh'), '');
    expect(await findings(farm, job('{ run: ./melt.sh }'))).toEqual([
      `warning jobs.shot.run: ./melt.sh (there ${shots}/melt.sh) may not be run, as it is not executable, on render1: on 1 of the 2 nodes that could do it`,
    ]);
    chmodSync(join(shots, 'melt.sh'), 0o755);
    expect(await findings(farm, job('{ run: ./melt.sh }'))).toEqual([]);
    // It was only asked.
    expect(readdirSync(shots)).toEqual(['melt.sh']);
  });

  test('what is sent is looked for here, and not there', async ({ farm }) => {
    await withNode(farm);
    writeFileSync(join(farm.folder, 'melt.sh'), '#!/bin/sh\n', { mode: 0o755 });
    expect(await findings(farm, job('{ run: ./melt.sh, files: { send: melt.sh } }'))).toEqual([]);
    expect(await findings(farm, job('{ run: ./melt.sh, files: { send: [] } }'))).toEqual([
      'warning jobs.shot.run: ./melt.sh is not among the files that are sent, so it will be missing on render1',
    ]);
    expect(await findings(farm, job('{ run: ./melt.sh, files: { send: [melt.sh, "*.blend"] } }'))).toEqual([
      'error jobs.shot.files.send: no file in  is named *.blend. Check "send" of the step',
    ]);
  });

  test('a node that does not answer holds nobody up', async ({ farm }) => {
    await withNode(farm);
    await server.kill();
    const told = await foundOnce(farm, job('{ run: nowhere }'));
    expect(told).toEqual([
      expect.stringMatching(/^(error|warning) jobs.shot.run: the program nowhere is missing on This machine/),
      expect.stringMatching(
        /^note : render1 could not be asked for programs and files: it (did not answer|is \w+)/,
      ),
    ]);
    await nodeIs(farm, 'OFFLINE');
    expect(await findings(farm, job('{ run: "true", needs: { none: os:none } }'))).toEqual([
      'note : render1 could not be asked for programs and files: it is OFFLINE',
    ]);
  });
});
