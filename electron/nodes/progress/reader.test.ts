/** What was not recorded, in the form that the programs document. */
import { expect, test } from 'vitest';
import type { Progress } from './parser';
import { readWhole, type Reading } from './recordings-for-tests';

const last = (text: string, reading?: Reading): Progress | undefined => readWhole(text, reading).at(-1);

test('Open Job Description: the last message counts, and nonsense does not', () => {
  const text = 'openjd_progress: 12.5\nnoise\nopenjd_status: row 4 of 9\nopenjd_progress: 40\n';
  expect(last(text)).toEqual({ fraction: 0.4, phrase: 'row 4 of 9' });
  const nonsense = ['lots', '-1', '101', '1e1', '', '5%', '0x10', 'NaN'];
  expect(readWhole(nonsense.map((one) => `openjd_progress: ${one}`).join('\n'))).toEqual([]);
  expect(readWhole(' openjd_progress: 9\nx openjd_status: y\nopenjd_env: A=b\n')).toEqual([]);
  expect(last('openjd_status: working\nopenjd_fail: the \u0007disk is full\n')?.phrase).toBe(
    'the disk is full',
  );
  expect(last(`openjd_status: ${'x'.repeat(9000)}\n`)?.phrase).toHaveLength(200);
});

test('messages of the task count more than the output of what it runs', () => {
  const text = 'openjd_progress: 50\nBlender 4.2.0\nFra:1 Mem:1M (Peak 1M) | Time:00:01.00 | Sample 1/10\n';
  expect(last(text)).toEqual({ fraction: 0.5, phrase: 'Sample 1 of 10' });
});

test('colours, bare carriage returns and bytes that are no UTF-8 are in nobody’s way', () => {
  const bytes = [
    Buffer.from('\u001B[1mPersistence of Vision(tm) Ray Tracer Version 3.8\u001B[0m\r\n'),
    Buffer.from([0xff, 0xc3, 0x28, 0x0d]),
    Buffer.from(
      '\r\u001B[2KRendered 50 of 200 pixels (25%)\r\u001B[32mRendered 100 of 200 pixels (50%)\u001B[m',
    ),
  ];
  expect(readWhole(Buffer.concat(bytes)).map(({ fraction }) => fraction)).toEqual([0.25, 0.5]);
});

test('Blender: frames that do not begin at 1, some of them skipped', () => {
  const reading = { command: 'blender -b {{Scene}} --frame-start 101 --frame-end 110 -j 3 --render-anim' };
  const text = [
    'Blender 4.2.0',
    'Fra:101 Mem:8M (Peak 9M) | Time:00:01.00 | Mem:1M, Peak:1M | Scene | Sample 64/128',
    "Saved: 'a.png'",
    'skipping existing frame "b.png"',
    'Fra:107 Mem:8M (Peak 9M) | Time:00:01.00 | Mem:1M, Peak:1M | Scene | Sample 64/128',
  ];
  expect(readWhole(text.join('\n'), reading).map(({ fraction }) => fraction)).toEqual([0.125, 0.25, 0.625]);
  expect(last(text.join('\n'), reading)?.phrase).toBe('Frame 107 of 101 to 110, sample 64 of 128');
});

test('ffmpeg: without a banner, and what becomes longer than its input', () => {
  const input =
    "Input #0, mov,mp4, from 'a.mp4':\n  Duration: 01:00:00.00, start: 0.000000, bitrate: 8 kb/s\n";
  const stats = 'size=     256KiB time=00:30:00.00 bitrate= 512.0kbits/s speed=  10x elapsed=0:03:00\r';
  expect(last(input + stats)).toEqual({ fraction: 0.5, phrase: '30:00 of 1:00:00, about 3 min left' });
  const looped = 'frame= 1240 fps= 30 q=28.0 size=  256kB time=02:00:00.00 bitrate=512.0kbits/s speed=1x\r';
  expect(last(input + looped)).toEqual({ fraction: null, phrase: 'Frame 1,240' });
  expect(last('out_time_us=N/A\nout_time_ms=12\nframe=7\nprogress=continue\n')?.phrase).toBe('Frame 7');
});

test('GROMACS: without end, it is only told which step it is at', () => {
  const text = "starting mdrun 'Water'\n-1 steps, infinite ps.\nstep 400\rstep 500\r";
  expect(last(text)).toEqual({ fraction: null, phrase: 'Step 500' });
});

test('LAMMPS: several runs, each counted from where it begins; minimisation first', () => {
  const text = [
    'LAMMPS (2 Aug 2023 - Update 3)',
    'minimize 1.0e-4 1.0e-6 100 1000',
    'Setting up cg style minimization ...',
    '   Step          Temp          E_pair    ',
    '         0   0             -7.3',
    '        12   0             -7.4',
    'Loop time of 0.1 on 1 procs for 12 steps with 4000 atoms',
    'run ${n}',
    'run 1000',
    'Setting up Verlet run ...',
    '   Step          Temp          E_pair    ',
    '        12   1.44          -6.7',
    'WARNING: Communication cutoff is 0 12',
    '       512   1.44          -6.7',
  ].join('\n');
  const ended =
    '\n      1012   1.44          -6.7\nLoop time of 2.1 on 1 procs for 1000 steps with 4000 atoms\n';
  expect(readWhole(text).map(({ phrase }) => phrase)).toContain('Minimising, step 12');
  expect(last(text)).toEqual({ fraction: 0.5, phrase: 'Run 2, step 512 of 1,012' });
  expect(last(text + ended)).toEqual({ fraction: 1, phrase: 'Run 2, step 1,012 of 1,012' });
});
