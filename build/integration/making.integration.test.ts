import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test, until, type Farm } from './farm';

/**
 * Goes from step to step, ten in a second, and notes each. It saves where it is when it is asked to, or never,
 * and goes on from there. It is done when it may be, not before.
 */
const work = (onSignal: string): string => `
cd "$1"
step=0
[ ! -s state ] || { read -r step <state; echo "going on from step $step"; }
save() { echo "$step" >state.part; mv state.part state; }
trap '${onSignal}' USR1
echo $$ >pid
until [ -e done ]; do
  step=$((step + 1))
  echo "$step" >>ledger
  sleep 0.1
done
`;
const saving = work('save');
const deaf = work(':');

interface Wish {
  readonly script: string;
  readonly rule?: string;
  readonly more?: string;
}

function recipe(farm: Farm, { script, rule = 'made: { signal: USR1 }', more = '' }: Wish): string {
  writeFileSync(join(farm.folder, 'work.sh'), script);
  return farm.recipe(`
drover: 1
batch: Making
output: out
jobs:
  work:
    command: [sh, work.sh, "{{Output}}"]
    preemptible: true
    resources: { cpu: max }
    checkpoints: { files: [state], resumed: 'going on from step (?<from>[0-9]+)', ${rule} }
${more}
`);
}

/** It needs all of the machine, and has to run now. */
async function submitUrgent(farm: Farm): Promise<void> {
  const file = join(farm.folder, 'urgent.yaml');
  const text = 'drover: 1\njobs: { urgent: { run: "true", priority: CRITICAL, resources: { cpu: max } } }\n';
  writeFileSync(file, text);
  expect(await farm.drover('submit', file, '--force')).toMatchObject({ status: 0 });
}

const inOutput = (farm: Farm, name: string): string => join(farm.folder, 'out', name);
const read = (farm: Farm, name: string): string =>
  existsSync(inOutput(farm, name)) ? readFileSync(inOutput(farm, name), 'utf8') : '';
const stepsOf = (farm: Farm): readonly number[] =>
  read(farm, 'ledger').split('\n').filter(Boolean).map(Number);
const history = async (farm: Farm): Promise<string> => (await farm.drover('history')).out;

/** The step from which the newest attempt has gone on. */
async function wentOnFrom(farm: Farm): Promise<number> {
  const { out } = await farm.drover('logs', 'b1.work');
  return Number(/going on from step (\d+)/.exec(out)?.[1]);
}

/** It has done so much that there is something to lose. */
const works = (farm: Farm): Promise<void> => until(() => stepsOf(farm).length > 40);

/** After the urgent work it goes on, and may end. */
async function goesOn(farm: Farm): Promise<void> {
  await farm.reaches('b2.urgent', 'COMPLETED');
  const before = stepsOf(farm).length;
  await until(() => stepsOf(farm).length > before + 3);
  writeFileSync(inOutput(farm, 'done'), '');
  await farm.reaches('b1.work', 'COMPLETED');
}

const patience = { timeout: 120_000 };

describe('a checkpoint', patience, () => {
  test('remembers what its task had reported', async ({ farm }) => {
    const script =
      'cd "$1"; echo "drover_value: loss 0.25"; until [ -e go ]; do sleep 0.05; done; echo x >state; until [ -e done ]; do sleep 0.05; done\n';
    const more = "  next: { run: 'true', after: { job: work, value: loss < 1 } }";
    await farm.serve(recipe(farm, { script, rule: 'keep: { best: loss min }', more }));
    // It waits for the machine only when the value was read.
    await farm.reaches('b1.next', 'QUEUED');
    writeFileSync(inOutput(farm, 'go'), '');
    while (!(await farm.drover('checkpoints')).out.includes('c1'));
    expect((await farm.drover('checkpoints', 'show', 'c1')).out).toMatch(/with +loss 0\.25/);
    writeFileSync(inOutput(farm, 'done'), '');
    await farm.reaches('b1.work', 'COMPLETED');
  });
});

describe('what is to make way', patience, () => {
  test('saves its work first, and loses hardly anything', async ({ farm }) => {
    await farm.serve(recipe(farm, { script: saving }));
    await works(farm);
    await submitUrgent(farm);
    await goesOn(farm);
    expect(await history(farm)).toMatch(
      /a task of b1\.work made way for others: lost .+ of work; it goes on from c\d/,
    );
    // Without having saved anything it would have begun again.
    expect(await wentOnFrom(farm)).toBeGreaterThan(40);
  });

  test('saves it by a command of its own, too', async ({ farm }) => {
    const rule = `made: { command: 'echo "asked in $PWD"; kill -USR1 "$DROVER_PID"' }`;
    await farm.serve(recipe(farm, { script: saving, rule }));
    await works(farm);
    expect(await farm.drover('aside', 'local', '--vacate')).toMatchObject({
      out: expect.stringContaining('makes way, and runs again elsewhere'),
    });
    await until(() => read(farm, 'state') !== '');
    while (!/of work; it goes on from c\d/.test(await history(farm)));
    expect((await farm.drover('logs', 'b1.work')).out).toContain(`asked in ${farm.folder}`);
  });

  test('is stopped after its grace when it does not save, and goes on from what it had', async ({ farm }) => {
    const made = recipe(farm, { script: deaf, rule: 'made: { signal: USR1 }, grace: 3 s' });
    await farm.serve(made);
    await works(farm);
    writeFileSync(inOutput(farm, 'state'), '7\n');
    while (!(await farm.drover('checkpoints')).out.includes('c1'));
    await until(() => stepsOf(farm).length > 80);
    await submitUrgent(farm);
    await goesOn(farm);
    expect(await history(farm)).toMatch(/made way for others: lost .+ of work; it goes on from c\d/);
    expect(await wentOnFrom(farm)).toBe(7);
  });

  test('is stopped by the next Drover when this one dies meanwhile, and runs once', async ({ farm }) => {
    const made = recipe(farm, { script: deaf, rule: 'made: { signal: USR1 }, grace: 5 s' });
    const host = await farm.serve(made);
    await works(farm);
    writeFileSync(inOutput(farm, 'state'), '7\n');
    while (!(await farm.drover('checkpoints')).out.includes('c1'));
    await until(() => stepsOf(farm).length > 80);
    await submitUrgent(farm);
    await farm.kill(host);
    const pid = read(farm, 'pid');
    await farm.serve();
    await goesOn(farm);
    expect(read(farm, 'pid')).not.toBe(pid);
    expect(await wentOnFrom(farm)).toBe(7);
    // The second one began where the first had been at step 7, and no other was in between.
    expect(stepsOf(farm).filter((step) => step === 8)).toHaveLength(2);
  });
});

describe('before a time limit', patience, () => {
  test('a task saves its work, and the next attempt goes on from there', async ({ farm }) => {
    const more = '    timeout: 12 s\n    retry: { times: 5, timeout: true }';
    await farm.serve(recipe(farm, { script: saving, more }));
    while (!/of work; it goes on from c\d/.test(await history(farm)));
    writeFileSync(inOutput(farm, 'done'), '');
    await farm.reaches('b1.work', 'COMPLETED');
    expect(await history(farm)).toMatch(/came to its time limit: lost .+ of work/);
    expect(await wentOnFrom(farm)).toBeGreaterThan(40);
  });
});
