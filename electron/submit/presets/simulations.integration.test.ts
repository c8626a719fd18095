import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Bench, checkpointsOf, inLines, isInstalled, patience, sample } from './run-for-tests';

describe.skipIf(!isInstalled('gmx'))('GROMACS', { timeout: patience }, () => {
  const bench = new Bench('gromacs');
  const argon = { RunInput: join(bench.folder, 'argon.tpr'), Name: 'argon', SaveEvery: 0.01 };
  beforeAll(() => {
    bench.sh(`
      sh ${sample('argon')}/make-argon.sh 4 >start.gro
      sed 's/864/256/' ${sample('argon')}/argon.top >argon.top
      sed 's/^nsteps .*/nsteps = 100000/' ${sample('argon')}/argon.mdp >argon.mdp
      gmx -quiet grompp -f argon.mdp -c start.gro -p argon.top -o argon.tpr -maxwarn 1`);
  }, patience);
  afterAll(() => bench.close());

  test('a run that is stopped says so by its status, and goes on from its checkpoint', async () => {
    const stopped = await bench.run(argon, () => bench.sizeOf('argon.cpt') > 0);
    expect(stopped).toMatchObject({ isDone: false, exit: (await checkpointsOf('gromacs')).stopped });
    expect(bench.files).toContain('argon.cpt');
    const again = await bench.run(argon);
    expect(again).toMatchObject({ isDone: true });
    expect(again.printed).toMatch(inLines((await checkpointsOf('gromacs')).resumed));
    expect(bench.files).toContain('argon.gro');
  });

  test('one that ends before its last step is not done', async () => {
    const ran = await bench.run({ ...argon, Name: 'short', Options: '-maxh 0.00001' });
    expect(ran).toMatchObject({ isDone: false, exit: 75 });
    expect(ran.printed).toContain('has not come to its last step');
  });

  test('an error is one', async () => {
    expect(await bench.run({ ...argon, Options: '-nonsense' })).toMatchObject({ isDone: false, exit: 1 });
  });
});

describe.skipIf(!isInstalled('lmp'))('LAMMPS', { timeout: patience }, () => {
  const bench = new Bench('lammps');
  afterAll(() => bench.close());
  const droplets = {
    ...{ Folder: sample('droplets'), Input: 'in.droplets', RestartFiles: '*.restart.*' },
  };
  const until = (steps: number): { readonly Variables: string } => ({
    Variables: `-var steps ${steps} -var every 100 -var shot 100000`,
  });

  test('a run that is stopped goes on from its newest whole restart file', async () => {
    expect(await bench.run({ ...droplets, ...until(6000) }, /^ +300 /m)).toMatchObject({ isDone: false });
    // Step 100 went to a, 200 to b, 300 to a; a later one may have gone to b.
    const newest = newestOf(bench, 'droplets.restart.');
    truncateSync(join(bench.output, newest), 5000);
    const again = await bench.run({ ...droplets, ...until(700) });
    expect(again).toMatchObject({ isDone: true });
    expect(again.printed).toContain(`${newest} is damaged: the one before is tried`);
    expect(again.printed).toMatch(inLines((await checkpointsOf('lammps')).resumed));
    expect(again.printed).toMatch(/^DONE droplets step 700$/m);
    expect(bench.files).toEqual(expect.arrayContaining(['log.lammps', 'log.2.lammps']));
  });

  test('an input that is not there is named', async () => {
    const ran = await bench.run({ ...droplets, Input: 'in.none' });
    expect(ran.printed).toMatch(/^openjd_fail: There is no input in\.none in .*droplets$/m);
  });
});

describe.skipIf(!isInstalled('icoFoam'))('OpenFOAM', { timeout: patience }, () => {
  const bench = new Bench('openfoam');
  const place = join(bench.folder, 'cavity');
  beforeEach(() => {
    rmSync(bench.output, { recursive: true, force: true });
    bench.sh(`rm -rf cavity; cp -R '${sample('cavity')}' cavity`);
  });
  const set = (endTime: number, writeInterval: number): void => {
    const settings = join(place, 'system/controlDict');
    const text = readFileSync(settings, 'utf8').replace(/^OptimisationSwitches[^]*/m, '');
    writeFileSync(settings, `${text}\nendTime ${endTime};\nwriteInterval ${writeInterval};\n`);
  };
  afterAll(() => bench.close());

  test('a run that is stopped saves its state first, and goes on from the newest whole one', async () => {
    set(0.5, 100);
    const stopped = await bench.run({ Case: place }, /^Time = 0\.11$/m);
    expect(stopped).toMatchObject({ isDone: false, exit: (await checkpointsOf('openfoam')).stopped });
    const newest = bench.files.filter((name) => /^0\.1\d+$/.test(name)).at(-1) ?? '';
    truncateSync(join(bench.output, newest, 'U'), 2000);
    const again = await bench.run({ Case: place });
    expect(again).toMatchObject({ isDone: true });
    expect(again.printed).toContain(`The state at time ${newest} is damaged`);
    expect(again.printed).toMatch(inLines((await checkpointsOf('openfoam')).resumed));
    expect(bench.files).toContain('0.5');
  });

  test('a time of which not all fields were written is no state', async () => {
    set(0.3, 100);
    expect(await bench.run({ Case: place }, /^Time = 0\.21$/m)).toMatchObject({ isDone: false });
    const [before, newest] = bench.files.filter((name) => /^0\.\d+$/.test(name)).slice(-2);
    rmSync(join(bench.output, newest ?? '', 'p'));
    const again = await bench.run({ Case: place });
    expect(again).toMatchObject({ isDone: true });
    expect(again.printed).toContain(`The state at time ${newest} is damaged`);
    expect(again.printed).toContain(`The run goes on from time ${before}`);
  });

  test('in parts, which are put together at the end', async () => {
    set(0.02, 10);
    const header = 'FoamFile { version 2.0; format ascii; class dictionary; object decomposeParDict; }';
    const parts = 'numberOfSubdomains 4;\nmethod simple;\nsimpleCoeffs { n (2 1 1); delta 0.001; }\n';
    writeFileSync(join(place, 'system/decomposeParDict'), `${header}\n${parts}`);
    expect(await bench.run({ Case: place, Processes: 2 })).toMatchObject({ isDone: true });
    expect(bench.files).toEqual(expect.arrayContaining(['0.02', 'processor0', 'processor1']));
  });

  test('a case with a mistake fails', async () => {
    writeFileSync(join(place, 'constant/transportProperties'), 'nu oops');
    expect(await bench.run({ Case: place })).toMatchObject({ isDone: false, exit: 1 });
  });
});

function newestOf(bench: Bench, start: string): string {
  const written = (name: string): number => statSync(join(bench.output, name)).mtimeMs;
  const [newest = ''] = bench.files
    .filter((name) => name.startsWith(start))
    .toSorted((a, b) => written(b) - written(a));
  return newest;
}
