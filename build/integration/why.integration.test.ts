import { describe, expect } from 'vitest';
import { json, test } from './farm';

const two = `
drover: 1
batch: Shot
jobs:
  melt: { run: "true" }
  beauty: { run: "true", after: melt }
`;

describe('why', () => {
  test('a node that was set aside: said in words, and made with --apply', async ({ farm }) => {
    await farm.serve();
    await farm.aside('local', '--why', 'lunch');
    await farm.drover('submit', farm.recipe(two));
    const { out } = await farm.drover('why', 'b1');
    expect(out).toMatch(/^b1\.melt {2}melt of Shot, 1 task waits$/m);
    expect(out).toMatch(/^waiting {3}This machine: MAINTENANCE, set aside by .*: lunch$/m);
    expect(out).toMatch(/^cheapest {2}let node This machine \(local\) take work again; drover why b1\.melt/m);
    expect(out).toMatch(/^waiting {3}waits for melt: 1 task to go$/m);
    const applied = await farm.drover('why', 'b1', '--apply');
    expect(applied.status).toBe(0);
    expect(applied.out).toContain('drover aside local takes it back');
    await farm.reaches('b1.beauty', 'COMPLETED');
    expect((await farm.drover('why', 'b1')).out).toBe('Nothing of Shot waits: it is COMPLETED.\n');
  });

  test('a job that is held is released, where that alone is enough', async ({ farm }) => {
    await farm.serve();
    await farm.aside('local');
    await farm.drover('submit', farm.recipe(two));
    await farm.drover('hold', 'melt');
    await farm.drover('back', 'local');
    const answer = await farm.drover('why', 'melt', '--json');
    expect(json(answer.out)).toMatchObject({
      state: 'PAUSED',
      steps: [{ jobName: 'melt', cheapest: { kind: 'change', change: { kind: 'release', job: 'b1.melt' } } }],
    });
    await farm.aside('local');
    const none = await farm.drover('why', 'melt', '--apply');
    expect([none.status, none.err]).toEqual([2, expect.stringContaining('no single change')]);
    await farm.drover('back', 'local');
    expect((await farm.drover('why', 'melt', '--apply')).out).toContain('drover undo takes it back');
    await farm.reaches('b1.beauty', 'COMPLETED');
  });

  test('an option that a command does not know is refused', async ({ farm }) => {
    const { status, err } = await farm.drover('list', '--apply');
    expect([status, err]).toEqual([2, expect.stringContaining('drover list takes no --apply')]);
  });
});
