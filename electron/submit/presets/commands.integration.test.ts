import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Bench, isInstalled } from './run-for-tests';

let bench: Bench;
const fresh = (preset: string): void => {
  beforeEach(() => {
    bench = new Bench(preset);
  });
  afterEach(() => bench.close());
};
const made = (name: string): string => readFileSync(join(bench.output, name), 'utf8');

describe('a command', () => {
  fresh('shell');

  test('runs in the output folder, line by line, until one fails', async () => {
    const Command = 'echo "it\'s $((6 * 7))" >answer\nfalse\ntouch later';
    expect(await bench.run({ Command })).toMatchObject({ isDone: false, exit: 1 });
    expect(made('answer')).toBe("it's 42\n");
    expect(bench.files).toEqual(['answer']);
  });

  test('a folder that is not there is named', async () => {
    const ran = await bench.run({ Command: 'true', Folder: '/none/there' });
    expect(ran).toMatchObject({ isDone: false, exit: 72 });
    expect(ran.printed).toContain('openjd_fail: There is no folder /none/there on this machine');
  });
});

describe('a parameter study', () => {
  fresh('study');

  test('each combination runs in a folder of its own', async () => {
    const values = { Values: '1,3', Factor: '0.1', SecondValues: '-2-0:2', Repeats: 2 };
    const Command = 'echo "$Value $Second $Seed" >result';
    expect(await bench.run({ ...values, Command })).toMatchObject({ isDone: true });
    const folders = ['0.1', '0.3'].flatMap((value) =>
      ['-2', '0'].flatMap((second) => [1, 2].map((seed) => `value-${value}-${second}-${seed}`)),
    );
    expect(bench.files).toEqual(folders.toSorted());
    expect(made('value-0.3--2-2/result')).toBe('0.3 -2 2\n');
  });
});

describe.skipIf(!isInstalled('python3'))('a Python script', () => {
  fresh('python');

  test('gets its arguments as they are, and its status counts', async () => {
    const Script = join(bench.folder, 'script.py');
    writeFileSync(Script, 'import json, sys\njson.dump(sys.argv[1:], open("made", "w"))\nsys.exit(7)\n');
    const ran = await bench.run({ Script, Arguments: `--name "it's one" $(touch x) '*'` });
    expect(ran).toMatchObject({ isDone: false, exit: 7 });
    expect(JSON.parse(made('made'))).toEqual(['--name', "it's one", '$(touch', 'x)', '*']);
    expect(bench.files).toEqual(['made']);
  });

  test('what it prints before it is stopped is there', async () => {
    const Script = join(bench.folder, 'script.py');
    const handler = 'signal.signal(signal.SIGTERM, lambda *_: (print("saved"), sys.exit(75)))';
    writeFileSync(
      Script,
      `import signal, sys, time\n${handler}\nprint("begun")\nwhile True: time.sleep(0.05)\n`,
    );
    const ran = await bench.run({ Script, RunIn: 'folder of the script' }, /^begun$/m);
    expect(ran).toMatchObject({ isDone: false, exit: 75 });
    expect(ran.printed).toMatch(/^saved$/m);
  });
});
