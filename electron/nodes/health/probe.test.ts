import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capacityOf, labelsOf, systemOf } from './describe-node';
import { readProbe, type Probe } from './probe';
import { versionOf } from './programs';

const linux = [
  'PROBE 1',
  'PROGRAM blender /usr/bin/blender',
  'PROGRAM lmp /usr/bin/lmp',
  'PROGRAM ffmpeg /opt/a folder/ffmpeg',
  'SYSTEM Linux',
  'KERNEL 6.1.0-18-amd64',
  'MACHINE x86_64',
  'HOST render-01',
  'OSNAME Debian GNU/Linux 12 (bookworm)',
  'OSVERSION 12',
  'OSID debian',
  'BOOT 6f4f4fe8-9930-4e53-8f80-250c35e96b62',
  'USER anna',
  'UID 1000',
  'HOME /home/anna',
  'THREADS 32',
  'CORES 16',
  'MODEL AMD Ryzen 9 7950X 16-Core Processor',
  'MEMORY 64225',
  'SH dash',
  'SHELLS sh bash dash',
  'HAS setsid taskset nice',
  'VERSION blender Blender 4.2.3 LTS',
  'VERSION lmp Large-scale Atomic/Molecular Massively Parallel Simulator - 2 Aug 2023 - Update 3',
  'DISK Filesystem     1024-blocks     Used Available Capacity Mounted on',
  'DISK /dev/vda         264212084 30867636  75523276      30% /',
  'NVIDIA 24564, NVIDIA GeForce RTX 4090',
  'NVIDIA 16376, NVIDIA GeForce RTX 4080',
  'TIME 1795290543.154934643',
  'PROBE END',
];
const read = (lines: readonly string[]): Probe => {
  const probe = readProbe(`${lines.join('\n')}\n`);
  if (probe === null) throw new Error('no probe');
  return probe;
};
const withLines = (...lines: readonly string[]): Probe =>
  read([
    ...linux.slice(0, -1).filter((line) => !/^(NVIDIA|PROGRAM|VERSION)/.test(line)),
    ...lines,
    'PROBE END',
  ]);

test('a Linux node is described in the words that recipes and people use', () => {
  const probe = read(linux);
  expect(labelsOf(probe)).toEqual([
    'os:linux',
    'os:debian',
    'os:debian-12',
    'arch:x64',
    'gpu:nvidia',
    'program:blender',
    'blender:4.2',
    'program:lmp',
    'lmp:20230802',
    'program:ffmpeg',
  ]);
  expect(capacityOf(probe)).toMatchObject({
    cpu: 32,
    memoryMiB: 64_225,
    storageMiB: 258_019,
    gpu: 2,
    gpuMemoryMiB: 16_376,
  });
  expect(systemOf(probe)).toBe('Debian GNU/Linux 12, AMD Ryzen 9 7950X 16-Core Processor');
  expect(probe).toMatchObject({
    host: 'render-01',
    uid: 1000,
    tools: ['setsid', 'taskset', 'nice'],
    sh: 'dash',
  });
  expect(probe.disk).toEqual({ sizeMiB: 258_019, freeMiB: 73_753 });
  expect(probe.clock).toEqual({ time: 1_795_290_543_154, exactTo: 1 });
  expect(probe.programs[2]).toEqual({ name: 'ffmpeg', path: '/opt/a folder/ffmpeg', version: null });
});

// Written after Apple's manual pages of sw_vers, uname and df, not recorded on a Mac.
test('a Mac is described', () => {
  const probe = read([
    'PROBE 1',
    'SYSTEM Darwin',
    'KERNEL 23.5.0',
    'MACHINE arm64',
    'OSID macos',
    'OSVERSION 14.5',
    'OSNAME macOS 14.5',
    'THREADS 10',
    'CORES 10',
    'MODEL Apple M1 Pro',
    'MEMORY 32768',
    'DISK Filesystem   1024-blocks      Used Available Capacity  Mounted on',
    'DISK map auto_home   971350180 400000000 500000000    45%    /System/Volumes/Data/home',
    'PROGRAM houdini /Applications/Houdini/Current/Frameworks/x/bin/hython',
    'VERSION houdini /Applications/Houdini/Houdini20.5.278/Frameworks/Houdini.framework/Versions/20.5/x/bin/hython',
    'TIME 1795290543.N',
    'PROBE END',
  ]);
  expect(labelsOf(probe)).toEqual([
    'os:macos',
    'os:macos-14.5',
    'arch:arm64',
    'program:houdini',
    'houdini:20.5',
  ]);
  expect(systemOf(probe)).toBe('macOS 14.5, Apple M1 Pro');
  expect(probe.disk?.freeMiB).toBe(488_281);
  expect(probe.clock).toEqual({ time: 1_795_290_543_500, exactTo: 1000 });
});

test('cards are counted whatever their tools leave out', () => {
  expect(withLines('NVIDIA [N/A], NVIDIA GB10').cards).toEqual([
    { maker: 'nvidia', name: 'NVIDIA GB10', memoryMiB: 0 },
  ]);
  expect(withLines("NVIDIA NVIDIA-SMI has failed because it couldn't communicate, sorry").cards).toEqual([]);
  // The tool did not answer in time, but the driver knows.
  expect(capacityOf(withLines('CARD NVIDIA A100', 'CARD NVIDIA A100'))).toMatchObject({
    gpu: 2,
    gpuMemoryMiB: 0,
  });
  const amd = withLines(
    'ROCM WARNING: AMD GPU device(s) is/are in a low-power state',
    'ROCM device,VRAM Total Memory (B),VRAM Total Used Memory (B),Card Series,Card Model',
    'ROCM card0,17163091968,12345,AMD Radeon RX 6800,0x73bf',
    'ROCM card1,N/A,12345,N/A,0x73bf',
  );
  expect(amd.cards).toEqual([
    { maker: 'amd', name: 'AMD Radeon RX 6800', memoryMiB: 16_368 },
    { maker: 'amd', name: '0x73bf', memoryMiB: 0 },
  ]);
  expect(labelsOf(amd)).toContain('gpu:amd');
});

test.each([
  ['gmx', '                 :-) GROMACS - gmx, 2022.5-Debian_2022.5_2 (-:', '2022.5'],
  ['povray', 'POV-Ray 3.7.0.10.unofficial', '3.7.0.10'],
  ['ffmpeg', 'ffmpeg version n6.1.1 Copyright (c) 2000-2023', '6.1.1'],
  ['node', 'v20.20.2', '20.20.2'],
  ['nvcc', 'Cuda compilation tools, release 13.0, V13.0.88', '13.0'],
  ['mpirun', 'Intel(R) MPI Library for Linux* OS, Version 2021.10 Build 20230619', '2021.10'],
  ['openfoam', 'Using: OpenFOAM-v2312 (2312) - visit www.openfoam.com', '2312'],
  ['Rscript', 'Rscript (R) version 4.2.2 (2022-10-31)', '4.2.2'],
  ['houdini', '/opt/hfs20.5.278/bin/hython', '20.5.278'],
  ['nuke', '/usr/local/Nuke15.1v3/Nuke15.1', '15.1'],
  ['mayapy', '/usr/autodesk/maya2025/bin/mayapy', '2025'],
  ['matlab', '/usr/local/MATLAB/R2024a/bin/matlab', 'R2024a'],
  ['matlab', '/usr/local/bin/matlab', null],
  ['lmp', 'Large-scale Atomic/Molecular Massively Parallel Simulator - soon', null],
] as const)('the version of %s in %j', (program, line, version) => {
  expect(versionOf(program, line)).toBe(version);
});

test('what a probe leaves out, or cuts short, is not made up', () => {
  expect(readProbe('')).toBeNull();
  expect(readProbe(linux.slice(0, -1).join('\n'))).toBeNull();
  expect(readProbe(linux.slice(1).join('\n'))).toBeNull();
  expect(readProbe(linux.filter((line) => !line.startsWith('THREADS')).join('\n'))).toBeNull();
});

test('greetings and warnings around and within it change nothing', () => {
  const expected = read(linux);
  // A line of text that no key begins, whatever else it holds.
  const noise = fc
    .array(fc.string({ unit: 'binary' }).map((text) => `# ${text.replaceAll('\n', ' ')}`))
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(noise, noise, noise, fc.nat(linux.length - 2), (before, within, after, place) => {
      const lines = [...linux.slice(0, place + 1), within, ...linux.slice(place + 1)];
      expect(readProbe(`HOST not-this\n${before}\n${lines.join('\r\n')}\n${after}\nUSER root\n`)).toEqual(
        expected,
      );
    }),
  );
});

test('a value of a node cannot pass for another, nor become a label that is none', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('HOST', 'OSID', 'MACHINE', 'VERSION blender'),
      (text, key) => {
        const said = `${key} ${text.replaceAll('\n', ' ')}`;
        const probe = readProbe([...linux.slice(0, 4), said, ...linux.slice(4)].join('\n'));
        expect(probe).toMatchObject({ user: 'anna', uid: 1000, memoryMiB: 64_225, system: 'Linux' });
        if (probe === null) return;
        for (const label of labelsOf(probe)) expect(label).toMatch(/^[a-zA-Z0-9_][\w.:+-]{0,63}$/);
      },
    ),
  );
});
