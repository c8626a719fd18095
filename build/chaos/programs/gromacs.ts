import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pause, signal, writtenAt, type Ground, type Run } from './ground';
import { Complaints, type Proof } from './proof';

const mdrun = 'gmx -quiet mdrun';
const kills = 3;
/** Of 4 fs, of 256 atoms: some seconds. */
const steps = 70_000;

export const gromacs: Proof = {
  title:
    'GROMACS: killed three times, each time going on at the other node, argon ends byte for byte the same',
  program: 'gmx',
  prove: async (ground, random) => {
    const complaints = new Complaints();
    prepare(ground);
    const undisturbed = await submit(ground, 'undisturbed');
    await undisturbed.ended;
    const [{ usage } = { usage: null }] = await ground.attempts(undisturbed);
    const duration = usage?.wallMs ?? 0;

    const killed = await submit(ground, 'killed');
    const saved = join(killed.output, 'argon.cpt');
    for (let kill = 0; kill < kills; kill++) {
      const pids = await ground.running(killed, mdrun);
      const before = writtenAt(saved);
      await ground.until(killed, 'it had saved', () => writtenAt(saved) > before);
      await pause((random() * duration) / (3 * kills));
      await ground.leave(mdrun);
      signal(pids, 'SIGKILL');
      await ground.until(
        killed,
        'it was dead',
        () => !ground.processes(mdrun).some((pid) => pids.includes(pid)),
      );
    }
    await complaints.wentOn(ground, killed, kills);
    complaints.sameBytes(undisturbed, killed, 'argon.gro', 'argon.xtc');
    return complaints.all;
  },
};

function prepare({ folder, samples }: Ground): void {
  const sample = join(samples, 'argon');
  const script = `
    sh "$1"/make-argon.sh 4 >start.gro
    sed 's/864/256/' "$1"/argon.top >argon.top
    sed 's/^nsteps .*/nsteps = ${steps}/' "$1"/argon.mdp >argon.mdp
    gmx -quiet grompp -f argon.mdp -c start.gro -p argon.top -o argon.tpr -maxwarn 1`;
  execFileSync('sh', ['-e', '-c', script, 'sh', sample], { cwd: folder, stdio: 'pipe' });
}

const submit = (ground: Ground, name: string): Promise<Run> =>
  ground.submit(name, 'argon', {
    preset: 'gromacs',
    parameters: {
      RunInput: join(ground.folder, 'argon.tpr'),
      Name: 'argon',
      SaveEvery: 0.01,
      Options: '-reprod',
    },
    resources: { cpu: 1 },
    retry: kills,
  });
