import { cpSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signal, type Ground, type Run } from './ground';
import { Complaints, type Proof } from './proof';

const solver = 'icoFoam';
const end = 0.6;
const fields = ['U', 'p'];
/** Going on from what was written with ten digits is not the same to the last of them. */
const tolerance = 1e-6;

export const openfoam: Proof = {
  title: 'OpenFOAM: with the newest time damaged the flow goes on from the one before, to the same end',
  program: solver,
  prove: async (ground) => {
    const complaints = new Complaints();
    prepare(ground);
    const undisturbed = await submit(ground, 'undisturbed');
    await undisturbed.ended;

    // As when the machine fails while it is written.
    const torn = await submit(ground, 'torn');
    const pids = await ground.running(torn, solver);
    await ground.until(torn, 'it had saved twice', () => times(torn).length > 1);
    const saved = times(torn).length;
    await ground.until(
      torn,
      'it had begun another',
      () => times(torn).length > saved && fieldsOf(torn).length > 0,
    );
    signal(pids, 'SIGSTOP');
    const [cut = '', before = ''] = times(torn);
    cutShort(join(torn.output, cut));
    await ground.leave(solver);
    signal(pids, 'SIGKILL');
    await complaints.wentOn(ground, torn, 1);
    const said = await ground.lastLog(torn);
    complaints.unless(
      said.includes(`The state at time ${cut} is damaged`),
      `${cut} was not found to be damaged`,
    );
    complaints.unless(
      said.includes(`The run goes on from time ${before}`),
      `it did not go on from ${before}`,
    );
    complaints.all.push(...different(undisturbed, torn));

    // As when a disk fails later: it was seen whole, and there is a copy.
    const spoilt = await submit(ground, 'spoilt');
    const found = await ground.savedAndDead(spoilt, solver, /^0\.\d+$/);
    cutShort(join(spoilt.output, found));
    await ground.takeBackAll();
    await complaints.wentOn(ground, spoilt, 1);
    complaints.unless(
      (await ground.lastLog(spoilt)).includes(`The run goes on from time ${found}`),
      `${found} was not put back`,
    );
    complaints.all.push(...different(undisturbed, spoilt));
    return complaints.all;
  },
};

const caseIn = ({ folder }: Ground): string => join(folder, 'cavity');

function prepare(ground: Ground): void {
  const place = caseIn(ground);
  cpSync(join(ground.samples, 'cavity'), place, { recursive: true });
  const settings = join(place, 'system/controlDict');
  writeFileSync(settings, `${readFileSync(settings, 'utf8')}\nendTime ${end};\nwriteInterval 50;\n`);
}

const submit = (ground: Ground, name: string): Promise<Run> =>
  ground.submit(name, 'flow', {
    preset: 'openfoam',
    parameters: { Case: caseIn(ground) },
    resources: { cpu: 1 },
    retry: 1,
  });

/** Those that it has saved, the newest first. */
function times({ output }: Run): readonly string[] {
  const names = readdirSync(output).filter((name) => /^0\.[0-9]+$/.test(name));
  return names.toSorted((a, b) => Number(b) - Number(a));
}

/** Of the newest time, as far as they are there. */
const fieldsOf = (run: Run): readonly string[] =>
  readdirSync(join(run.output, times(run)[0] ?? '')).filter((name) => fields.includes(name));

function cutShort(time: string): void {
  const [field = ''] = readdirSync(time).filter((name) => fields.includes(name));
  truncateSync(join(time, field), Math.floor(statSync(join(time, field)).size / 2));
}

function different(one: Run, other: Run): readonly string[] {
  return fields.flatMap((field) => {
    const [expected, there] = [one, other].map(({ output }) => numbersIn(join(output, `${end}`, field)));
    if (expected === undefined || expected.length < 100 || expected.length !== there?.length)
      return [`${field} has ${there?.length} values, not ${expected?.length}`];
    const largest = Math.max(...expected.map(Math.abs));
    const most = Math.max(...expected.map((value, index) => Math.abs(value - (there[index] ?? NaN))));
    return most <= tolerance * largest ? [] : [`${field} differs by ${most}, of ${largest}`];
  });
}

const numbersIn = (field: string): readonly number[] =>
  (readFileSync(field, 'utf8').match(/-?\d+\.\d+(e[-+]\d+)?/g) ?? []).map(Number);
