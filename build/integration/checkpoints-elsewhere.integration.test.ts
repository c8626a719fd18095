/** Work with staged files that one machine has begun, and another goes on with. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { test, type Farm } from './farm';
import { Place } from './sshd/place';
import { hasSshd, type SshdServer } from './sshd/sshd';

/** Saves step after step in one file, and would stay at the second for ever. */
const work = `
out=$1
state=$out/run.state
step=0
if [ -n "$DROVER_CHECKPOINT" ]; then
  step=$(head -n 1 "$DROVER_CHECKPOINT")
  echo "going on from step $step with $DROVER_CHECKPOINT, $(cksum <"$DROVER_CHECKPOINT")"
fi
echo $$ >"$HOME/pid"
while [ "$step" -lt 4 ]; do
  step=$((step + 1))
  echo "$step" >>"$HOME/ledger"
  { echo "$step"; head -c 3000000 seed; } >"$out/.part"
  mv "$out/.part" "$state"
  while [ "$step" = 2 ]; do sleep 0.05; done
done
`;

let place: Place;
let servers: readonly SshdServer[];
beforeEach(async () => {
  place = new Place();
  servers = [await place.servers.start(), await place.servers.start()];
});
afterEach(() => place.close());

/** Its nodes are render1 and render2, and no other takes work. */
async function withNodes(farm: Farm): Promise<void> {
  place.configure(...servers.map((server, index) => place.alias(`render${index + 1}`, server)));
  farm.environment = { HOME: place.home, SSH_AUTH_SOCK: '' };
  await farm.serve();
  for (const name of ['render1', 'render2'])
    expect((await farm.drover('nodes', 'add', name, '--yes')).status).toBe(0);
  await farm.aside('local');
  await farm.aside('render2');
}

describe.skipIf(!hasSshd)('going on elsewhere (with sshd)', { timeout: 180_000 }, () => {
  test('what was saved on a node is on the next before the program starts there', async ({ farm }) => {
    await withNodes(farm);
    writeFileSync(join(farm.folder, 'work.sh'), work);
    writeFileSync(join(farm.folder, 'seed'), Buffer.alloc(3_000_000, 'state '));
    const recipe = farm.recipe(`
drover: 1
output: out
jobs:
  work:
    command: [sh, work.sh, "{{Output}}"]
    files: { send: [work.sh, seed] }
    retry: { times: 1 }
    checkpoints: { files: [run.state], resumed: '^going on from step (?<from>\\d+)' }
`);
    expect((await farm.drover('submit', recipe)).status).toBe(0);
    const [first, second] = servers.map(({ home }) => home);
    const ledger = (home = ''): string =>
      existsSync(join(home, 'ledger')) ? readFileSync(join(home, 'ledger'), 'utf8') : '';
    while (ledger(first) !== '1\n2\n') await new Promise((again) => setTimeout(again, 50));
    expect((await farm.drover('back', 'render2')).status).toBe(0);
    await farm.aside('render1');
    process.kill(Number(readFileSync(join(first ?? '', 'pid'), 'utf8')), 'SIGKILL');
    await farm.reaches('b1.work', 'COMPLETED');
    expect([ledger(first), ledger(second)]).toEqual(['1\n2\n', '3\n4\n']);
    const { out } = await farm.drover('logs', 'b1.work');
    expect(out).toContain(`going on from step 2 with ${second}/.drover/work/`);
    expect((await farm.drover('history', 'b1')).out).not.toContain('began anew');
    expect(readFileSync(join(farm.folder, 'out', 'run.state'), 'utf8')).toMatch(/^4\nstate state /);
  });
});
