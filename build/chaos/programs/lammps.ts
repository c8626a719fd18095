import { readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { newest, signal, type Ground, type Run } from './ground';
import { Complaints, type Proof } from './proof';

const input = 'in.droplets';
const last = 1000;
const every = 100;
const restart = /restart\.[ab]$/;

export const lammps: Proof = {
  title:
    'LAMMPS: with the newest restart file cut short the other of the pair is used, and all values are equal',
  program: 'lmp',
  prove: async (ground) => {
    const complaints = new Complaints();
    const undisturbed = await submit(ground, 'undisturbed');
    await undisturbed.ended;

    // As when the machine fails while it is written: nobody has ever seen it whole.
    const torn = await submit(ground, 'torn');
    const pids = await ground.running(torn, input);
    const pair = (): readonly string[] => readdirSync(torn.output).filter((name) => restart.test(name));
    await ground.until(torn, 'it had written both', () => pair().length === 2);
    const [before] = newest(torn.output, pair());
    await ground.until(torn, 'it had written another', () => newest(torn.output, pair())[0] !== before);
    signal(pids, 'SIGSTOP');
    const [cut = '', other = ''] = newest(torn.output, pair());
    cutShort(join(torn.output, cut));
    await ground.leave(input);
    signal(pids, 'SIGKILL');
    await complaints.wentOn(ground, torn, 1);
    const said = await ground.lastLog(torn);
    complaints.unless(
      said.includes(`${cut} is damaged: the one before is tried`),
      `${cut} was not found to be damaged`,
    );
    complaints.unless(said.includes(`The run goes on from ${other}`), `it did not go on from ${other}`);
    complaints.all.push(...different(undisturbed, torn));

    // As when a disk fails later: it was seen whole, and there is a copy.
    const spoilt = await submit(ground, 'spoilt');
    const found = await ground.savedAndDead(spoilt, input, restart);
    const spoiled = join(spoilt.output, found);
    cutShort(spoiled);
    await ground.takeBackAll();
    await complaints.wentOn(ground, spoilt, 1);
    complaints.unless(
      (await ground.lastLog(spoilt)).includes(`The run goes on from ${found}`),
      `${found} was not put back`,
    );
    complaints.all.push(...different(undisturbed, spoilt));
    return complaints.all;
  },
};

const submit = (ground: Ground, name: string): Promise<Run> =>
  ground.submit(name, 'droplets', {
    preset: 'lammps',
    parameters: {
      Folder: join(ground.samples, 'droplets'),
      Input: input,
      RestartFiles: 'droplets.restart.*',
      Variables: `-var steps ${last} -var every ${every} -var shot 100000`,
    },
    resources: { cpu: 1 },
    retry: 1,
  });

const cutShort = (path: string): void => truncateSync(path, Math.floor(statSync(path).size / 2));

/** What it printed of each step, without how quick it was; later attempts count more. */
function valuesOf({ output }: Run): ReadonlyMap<number, string> {
  const logs = readdirSync(output).filter((name) => /^log\.(\d+\.)?lammps$/.test(name));
  const values = new Map<number, string>();
  for (const log of newest(output, logs).toReversed())
    for (const line of readFileSync(join(output, log), 'utf8').split('\n')) {
      const words = line.trim().split(/\s+/);
      if (words.length === 7 && words.every((word) => Number.isFinite(Number(word))))
        values.set(Number(words[0]), words.slice(1, 5).join(' '));
    }
  return values;
}

function different(one: Run, other: Run): readonly string[] {
  const [expected, there] = [valuesOf(one), valuesOf(other)];
  const complaints = [...expected]
    .filter(([step, values]) => there.get(step) !== values)
    .map(([step, values]) => `step ${step} has ${there.get(step) ?? 'no values'}, not ${values}`);
  return expected.size > last / every ? complaints : ['the undisturbed run has printed no values'];
}
