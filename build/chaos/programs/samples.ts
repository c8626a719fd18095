import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause, signal, type Ground, type Run } from './ground';
import { Complaints, type Proof } from './proof';

const kills = 20;

/** Those that need no program. Whichever of their tasks runs is killed. */
const sampleProof = (sample: string, word: string, fewer: Readonly<Record<string, string>>): Proof => ({
  title: `${sample}: after 20 kills every byte of its results is as if there had been none`,
  program: null,
  prove: async (ground, random) => {
    const complaints = new Complaints();
    const undisturbed = await submit(ground, sample, 'undisturbed', fewer);
    await undisturbed.ended;

    const killed = await submit(ground, sample, 'killed', fewer);
    for (let kill = 0; kill < kills; kill++) {
      await ground.running(killed, word);
      await pause(random() * 250);
      const pids = ground.processes(word);
      const pid = pids[Math.floor(random() * pids.length)];
      // It may have ended by itself.
      if (pid === undefined) kill--;
      else signal([pid], 'SIGKILL');
    }
    complaints.unless((await killed.ended) === 'COMPLETED', `it is ${await killed.ended}`);
    const ended = await ground.failedAttempts(killed);
    complaints.unless(ended >= kills * 0.8, `only ${ended} attempts were killed`);
    const [expected, there] = [hashesIn(undisturbed.output), hashesIn(killed.output)];
    complaints.unless(expected.size > 10, 'the undisturbed one has left next to nothing');
    for (const [name, hash] of expected)
      complaints.unless(there.get(name) === hash, `${name} is not what it is when nothing is killed`);
    return complaints.all;
  },
});

export const galaxies = sampleProof('galaxies', 'galaxies.mjs', {
  Stars: '40000',
  Width: '160',
  Height: '90',
});
export const sunflower = sampleProof('sunflower', 'render.mjs', { Width: '160', Height: '90' });

async function submit(
  ground: Ground,
  sample: string,
  name: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Run> {
  const folder = join(ground.samples, sample);
  const recipe = readFileSync(join(folder, 'recipe.yaml'), 'utf8');
  const text = `${recipe}\noutput: ${JSON.stringify(join(ground.folder, name))}\nretry: ${kills}\n`;
  return ground.submitText(text, folder, name, parameters);
}

/** Of all files that a person would look at. */
function hashesIn(folder: string): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && /\.(png|state)$/.test(entry.name))
      hashes.set(path.slice(folder.length), createHash('sha256').update(readFileSync(path)).digest('hex'));
  }
  return hashes;
}
