import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readTimeLine } from './node-clock';
import { Rates } from './rates';
import { addProgram, agentFile, runScript, shells } from './shells-for-tests';
import { readCardVitals, readIdle, readVitals } from './vitals';

let root = '';
let bin = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'drover-vitals-'));
  bin = join(root, 'bin');
  mkdirSync(bin);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function answers(
  shell: string,
  calls: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<readonly string[]> {
  const { output, complaints } = await runScript(shell, `${agentFile('vitals.sh')}\n${calls}\n`, [], {
    ...process.env,
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    ...environment,
  });
  expect(complaints).toBe('');
  return output.trimEnd().split('\n');
}

const onLinux = existsSync('/proc/stat');

describe.each(shells)('vitals in %s', (shell) => {
  test('to read the functions runs nothing', async () => {
    expect(await answers(shell, '')).toEqual(['']);
  });

  test.runIf(onLinux)('are one line, made without any program', async () => {
    const { output } = await runScript(
      shell,
      `${agentFile('vitals.sh')}\ndrover_boot=b-1\nPATH=/nothing\ndrover_vitals\n`,
    );
    expect(output.trimEnd().split('\n')).toHaveLength(1);
    const vitals = readVitals(output.trimEnd());
    expect(vitals?.boot).toBe('b-1');
    expect(vitals?.memoryMiB).toBeCloseTo(totalmem() / 2 ** 20, 3);
    for (const key of ['up', 'busy', 'ticks', 'memoryUsedMiB', 'load', 'bytesIn', 'bytesRead'] as const)
      expect(vitals?.[key], key).toBeGreaterThanOrEqual(0);
    expect(vitals?.busy).toBeLessThan(vitals?.ticks ?? 0);
  });

  test.runIf(onLinux)('two of them make rates', async () => {
    const lines = await answers(shell, 'drover_vitals\nsleep 0.1\ndrover_vitals');
    const rates = new Rates();
    const [, rate] = lines.map((line) => {
      const vitals = readVitals(line);
      return vitals === null ? null : rates.take(vitals);
    });
    expect(rate?.cpu).toBeGreaterThanOrEqual(0);
    expect(rate?.cpu).toBeLessThanOrEqual(1);
    for (const bytes of [rate?.diskRead, rate?.diskWrite, rate?.networkIn, rate?.networkOut])
      expect(bytes).toBeGreaterThanOrEqual(0);
  });

  test('the time is told', async () => {
    const [line = ''] = await answers(shell, 'drover_time');
    expect(Math.abs((readTimeLine(line)?.time ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('cards are asked beside, and what they do not tell is left out', async () => {
    addProgram(
      bin,
      'nvidia-smi',
      'echo "0, 35, 1234, 24564, 61"; echo "1, [N/A], [Not Supported], 24564, 40"',
    );
    const [line = ''] = await answers(shell, 'drover_gpu_vitals; wait');
    expect(readCardVitals(line)).toEqual([
      { index: 0, use: 0.35, memoryUsedMiB: 1234, memoryMiB: 24_564, temperature: 61 },
      { index: 1, use: null, memoryUsedMiB: null, memoryMiB: 24_564, temperature: 40 },
    ]);
  });

  test('where their tool fails, nothing is said of cards', async () => {
    addProgram(bin, 'nvidia-smi', 'echo "NVIDIA-SMI has failed because of the driver"; exit 9');
    expect(await answers(shell, 'drover_gpu_vitals; wait')).toEqual(['']);
  });

  test('a card that hangs keeps nothing waiting, and is not asked again until it has answered', async () => {
    const asked = join(root, 'asked');
    const release = join(root, 'release');
    addProgram(
      bin,
      'nvidia-smi',
      `echo x >>'${asked}'; until [ -e '${release}' ]; do sleep 0.05; done; echo "0, 1, 2, 3, 4"`,
    );
    const lines = await answers(
      shell,
      [
        'drover_gpu_vitals',
        `until [ -e '${asked}' ]; do sleep 0.05; done`,
        'drover_gpu_vitals; drover_gpu_vitals; echo goes on',
        `: >'${release}'`,
        'wait',
        'drover_gpu_vitals; wait',
      ].join('\n'),
    );
    expect(lines).toEqual(['goes on', 'GPUS 0,1,2,3,4;', 'GPUS 0,1,2,3,4;']);
    expect(readFileSync(asked, 'utf8')).toBe('x\nx\n');
  });

  describe('how long nobody has touched the machine', () => {
    const idle = async (environment: NodeJS.ProcessEnv = {}): Promise<string> => {
      const [line = ''] = await answers(shell, 'drover_idle; wait', { DISPLAY: '', ...environment });
      expect(line).toMatch(/^IDLE (-1|\d+)$/);
      return line;
    };
    const session = (words: string): void =>
      addProgram(
        bin,
        'loginctl',
        `case $1 in show-seat) echo ActiveSession=2 ;; *) printf '${words}' ;; esac`,
      );

    test('is a number, or -1', async () => {
      await idle();
    });

    test.runIf(onLinux)('is told by the screen', async () => {
      addProgram(bin, 'xprintidle', 'echo 999');
      expect(readIdle(await idle({ DISPLAY: ':0' }))).toBe(0);
    });

    test.runIf(onLinux)('is nothing while a desktop has its person there', async () => {
      session('Type=wayland\\nClass=user\\nIdleHint=no\\nIdleSinceHint=0\\n');
      expect(await idle()).toBe('IDLE 0');
    });

    test.runIf(onLinux)('is counted from when the desktop says that its person went', async () => {
      session(`Type=wayland\\nClass=user\\nIdleHint=yes\\nIdleSinceHint=${Date.now() - 5000}000\\n`);
      const seconds = readIdle(await idle()) ?? NaN;
      expect(seconds).toBeLessThan(60);
    });

    test.runIf(onLinux)('is not told by a screen where nobody has logged in', async () => {
      const before = await idle();
      session('Type=wayland\\nClass=greeter\\nIdleHint=no\\nIdleSinceHint=0\\n');
      expect((await idle()) === 'IDLE 0').toBe(before === 'IDLE 0');
    });
  });
});

/** Written after the manual pages of these tools, not recorded on a Mac. */
const mac: Readonly<Record<string, string>> = {
  sysctl: `case $2 in
    kern.boottime) echo "{ sec = $(($(date +%s) - 1000)), usec = 268432 } Tue Jul  2 09:00:00 2024" ;;
    *) printf '17179869184\\n10\\n{ 1.95 2.10 2.05 }\\n' ;; esac`,
  ps: `printf '  0.0\\n 12.5\\n100.0\\n  7.5\\n'`,
  vm_stat: `cat <<END
Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               20000.
Pages active:                            300000.
Pages wired down:                         60000.
Pages purgeable:                           5000.
"Translation faults":                 123456789.
Anonymous pages:                         200000.
Pages stored in compressor:              400000.
Pages occupied by compressor:             45000.
END`,
  netstat: `cat <<END
Name       Mtu   Network       Address            Ipkts Ierrs     Ibytes    Opkts Oerrs     Obytes  Coll
lo0        16384 <Link#1>                        123456     0   98765432   123456     0   98765432     0
en0        1500  <Link#4>    a4:83:e7:00:00:00  1000000     0 1500000000   500000     0   70000000     0
en0        1500  192.168.1     192.168.1.20     1000000     - 1500000000   500000     -   70000000     -
en1*       1500  <Link#5>    a4:83:e7:00:00:01        0     0          0        0     0          0     0
utun0      1380  <Link#9>                          5000     0     600000     5000     0     600000     0
END`,
  ioreg: `cat <<'END'
+-o IOBlockStorageDriver  <class IOBlockStorageDriver, id 0x100000400, registered, matched, active>
    {
      "Statistics" = {"Operations (Write)"=10,"Bytes (Read)"=1048576,"Errors (Write)"=0,"Bytes (Write)"=2097152,"Retries (Read)"=0}
    }
END`,
};

// Busybox takes its own programs before those in PATH.
describe.each(shells.filter((shell) => shell !== 'busybox'))('a Mac in %s', (shell) => {
  test('its tools are read', async () => {
    for (const [name, script] of Object.entries(mac)) addProgram(bin, name, script);
    const [line = ''] = await answers(
      shell,
      'drover_vital=\ndrover_vitals_macos\necho "VITALS$drover_vital"',
    );
    expect(readVitals(line)).toMatchObject({
      busy: null,
      use: 0.12,
      memoryMiB: 16_384,
      memoryUsedMiB: (300_000 * 16) / 1024,
      load: 1.95,
      bytesIn: 1_500_000_000,
      bytesOut: 70_000_000,
      bytesRead: 1_048_576,
      bytesWritten: 2_097_152,
    });
    expect(readVitals(line)?.up).toBeGreaterThanOrEqual(1000);
  });

  test('its last touch is the newer of keyboard and terminal', async () => {
    const call = 'drover_least=-1 drover_now=1000\ndrover_idle_macos\necho "IDLE $drover_least"';
    addProgram(
      bin,
      'ioreg',
      `printf '+-o IOHIDSystem\\n    {\\n      "HIDIdleTime" = 42123456789\\n    }\\n'`,
    );
    addProgram(bin, 'stat', 'exit 1');
    expect(await answers(shell, call)).toEqual(['IDLE 42']);
    addProgram(bin, 'stat', 'echo 900; echo 995');
    expect(await answers(shell, call)).toEqual(['IDLE 5']);
  });
});
