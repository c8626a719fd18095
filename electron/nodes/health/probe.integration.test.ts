import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { hostname, tmpdir, totalmem, userInfo } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeMachine } from '../machine';
import { capacityOf, labelsOf, systemOf } from './describe-node';
import { readProbe, type Probe, type Program } from './probe';
import { probeThisMachine } from './probe-this-machine';
import { addProgram, agentFile, runScript, shells } from './shells-for-tests';

let root = '';
let bin = '';
let tools = '';
let temporary = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'drover-probe-'));
  bin = join(root, 'bin');
  temporary = join(root, 'tmp');
  tools = join(root, 'tools');
  [bin, tools, temporary].forEach((folder) => mkdirSync(folder));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const own = (process.env['PATH'] ?? '').split(delimiter);

/** What the probe needs on Linux: sh, coreutils and nothing else. */
const coreutils = 'sh uname id nproc df date cat sort wc head mktemp rm sleep readlink'.split(' ');

/** Makes these the only programs that there are beside those of the test. */
function onlyWith(names: readonly string[]): string {
  for (const name of names) {
    const folder = own.find((candidate) => existsSync(join(candidate, name)));
    if (folder !== undefined) symlinkSync(join(folder, name), join(tools, name));
  }
  return [bin, tools].join(delimiter);
}

async function probeIn(shell: string, path = onlyWith([...coreutils, 'setsid'])): Promise<Probe> {
  const file = own.map((folder) => join(folder, shell)).find((candidate) => existsSync(candidate)) ?? shell;
  const environment = { HOME: '/home/anna', PATH: path, TMPDIR: temporary };
  const folder = join(root, 'not', 'yet');
  const answer = await runScript(file, agentFile('probe.sh'), [folder], environment);
  expect(answer.complaints).toBe('');
  const probe = readProbe(answer.output);
  if (probe === null) throw new Error(`no probe in: ${answer.output}`);
  return probe;
}

const program = (probe: Probe, name: string): Program | undefined =>
  probe.programs.find((found) => found.name === name);

describe.each(shells)('the probe in %s', (shell) => {
  test('finds what this machine is, and leaves nothing behind', async () => {
    const probe = await probeIn(shell, process.env['PATH']);
    const machine = await describeMachine(root);
    expect(labelsOf(probe)).toEqual(expect.arrayContaining([...machine.labels]));
    expect(capacityOf(probe).storageMiB).toBe(machine.capacity.storageMiB);
    expect(probe.memoryMiB).toBe(Math.floor(totalmem() / 2 ** 20));
    expect(probe).toMatchObject({
      host: hostname(),
      user: userInfo().username,
      uid: userInfo().uid,
      home: '/home/anna',
    });
    expect(probe.processor.threads).toBeGreaterThan(0);
    expect(systemOf(probe)).not.toBe('');
    expect(Math.abs((probe.clock?.time ?? 0) - Date.now())).toBeLessThan(60_000);
    if (shell === 'dash' || shell === 'bash' || shell === 'busybox') expect(probe.sh).toBe(shell);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('finds programs and their versions, wherever in their answer those are', async () => {
    addProgram(
      bin,
      'blender',
      'echo "Warning: no screen, 9.9"; echo "Blender 4.2.3 LTS"; echo "  build 1.0"',
    );
    addProgram(bin, 'gmx', 'echo "    :-) GROMACS - gmx, 2023.3 (-:" >&2; exit 1');
    addProgram(bin, 'julia', 'printf "julia version 1.10.2"');
    const probe = await probeIn(shell);
    expect(program(probe, 'blender')).toEqual({
      name: 'blender',
      path: join(bin, 'blender'),
      version: '4.2.3',
    });
    expect(program(probe, 'gmx')?.version).toBe('2023.3');
    expect(program(probe, 'julia')?.version).toBe('1.10.2');
    expect(labelsOf(probe)).toEqual(expect.arrayContaining(['program:blender', 'blender:4.2', 'gmx:2023.3']));
  });

  test('cards are found through the tools of their makers', async () => {
    addProgram(
      bin,
      'nvidia-smi',
      'echo "24564, NVIDIA GeForce RTX 4090"; echo "24564, NVIDIA GeForce RTX 4090"',
    );
    addProgram(
      bin,
      'rocm-smi',
      'echo; echo "device,VRAM Total Memory (B),Card series"; echo "card0,17163091968,AMD Radeon RX 6800"',
    );
    const probe = await probeIn(shell);
    expect(probe.cards.map(({ maker, memoryMiB }) => [maker, memoryMiB])).toEqual([
      ['nvidia', 24_564],
      ['nvidia', 24_564],
      ['amd', 16_368],
    ]);
  });

  test('one that hangs is ended with what it has started, and the others are heard', async () => {
    await expectHangingToEnd(() => probeIn(shell));
  });

  test('no answer passes for another, takes the disk, or makes the probe end early', async () => {
    addProgram(bin, 'povray', 'printf "POV-Ray 3.7\\rUSER nobody\\nPROBE END\\nUSER nobody\\n"');
    addProgram(bin, 'ffmpeg', 'while :; do echo "ffmpeg version 6.0 and much more of it"; done');
    addProgram(bin, 'blender', 'cat; echo "Blender 4.2.3"');
    const probe = await probeIn(shell);
    expect(probe.user).toBe(userInfo().username);
    expect(program(probe, 'povray')?.version).toBe('3.7');
    expect(program(probe, 'ffmpeg')?.version).toBe('6.0');
    // It got none of the script that the shell reads.
    expect(program(probe, 'blender')?.version).toBe('4.2.3');
  });

  test('programs that take a licence are found, but never started', async () => {
    const started = join(root, 'started');
    for (const name of ['hython', 'nuke', 'mayapy', 'matlab']) addProgram(bin, name, `echo x >'${started}'`);
    const probe = await probeIn(shell);
    for (const name of ['houdini', 'nuke', 'mayapy', 'matlab'])
      expect(program(probe, name)).toMatchObject({ version: null });
    expect(existsSync(started)).toBe(false);
  });
});

test('where there is no setsid, as on a Mac, perl sets programs apart', async () => {
  await expectHangingToEnd(() => probeIn('sh', onlyWith([...coreutils, 'perl'])));
});

async function expectHangingToEnd(look: () => Promise<Probe>): Promise<void> {
  const pids = join(root, 'pids');
  addProgram(bin, 'ffmpeg', `trap "" TERM; sleep 600 & echo $! $$ >'${pids}'; wait; sleep 600`);
  addProgram(bin, 'blender', 'echo "Blender 4.2.3"');
  const probe = await look();
  expect(program(probe, 'ffmpeg')).toMatchObject({ version: null });
  expect(program(probe, 'blender')).toMatchObject({ version: '4.2.3' });
  const started = readFileSync(pids, 'utf8').trim().split(' ');
  expect(started).toHaveLength(2);
  for (const pid of started) await gone(pid);
}

async function gone(pid: string): Promise<void> {
  const state = (): string => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? 'Z';
    } catch {
      return 'Z';
    }
  };
  while (!/^[ZX]/.test(state())) await new Promise((done) => setTimeout(done, 10));
}

test('this machine looks at itself with the same probe', async () => {
  addProgram(bin, 'blender', 'echo "Blender 4.2.3"');
  const probe = await probeThisMachine({
    folder: root,
    agentFolder: resolve(import.meta.dirname, '../../../resources/agent'),
    environment: { ...process.env, PATH: onlyWith(coreutils) },
  });
  expect(probe === null ? [] : labelsOf(probe)).toContain('blender:4.2');
});
