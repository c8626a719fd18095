import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test, until, type Farm } from './farm';

const lines = (farm: Farm): readonly string[] => {
  const ledger = join(farm.folder, 'ledger');
  return existsSync(ledger) ? readFileSync(ledger, 'utf8').trim().split('\n') : [];
};
const hasEnded = (farm: Farm): boolean => globSync(join(farm.data, 'node/sessions/*/ended')).length > 0;

const recipe = (ledger: string, task: string): string => `
drover: 1
jobs:
  beauty:
    frames: 1-6
    resources: { cpu: 0.1 }
    environments:
      - { name: outer, enter: 'echo enter outer >>${ledger}; echo openjd_env: WORD=hello', leave: 'echo leave outer >>${ledger}' }
      - { name: inner, enter: 'echo enter inner $WORD >>${ledger}', leave: 'echo leave inner >>${ledger}' }
    run: ${task}
`;

describe('a session', () => {
  test('is entered once for all tasks of a step, and left when it is done', async ({ farm }) => {
    const ledger = join(farm.folder, 'ledger');
    const file = farm.recipe(recipe(ledger, `echo task $WORD >>${ledger}`));
    expect(await farm.drover('run', file)).toMatchObject({ status: 0 });
    await until(() => hasEnded(farm));
    const task = 'task hello';
    expect(lines(farm)).toEqual([
      ...['enter outer', 'enter inner hello', task, task, task, task, task, task],
      ...['leave inner', 'leave outer'],
    ]);
  });

  test('whose Host was killed is left by the next one when its step is cancelled', async ({ farm }) => {
    const ledger = join(farm.folder, 'ledger');
    const host = await farm.serve(farm.recipe(recipe(ledger, `echo task >>${ledger}; exec sleep 300`)));
    await until(() => lines(farm).filter((line) => line === 'task').length === 6);
    await farm.kill(host);
    await farm.serve();
    expect(lines(farm)).toHaveLength(8);
    expect(await farm.drover('cancel', 'b1.beauty')).toMatchObject({ status: 0 });
    await until(() => hasEnded(farm));
    expect(lines(farm).slice(8)).toEqual(['leave inner', 'leave outer']);
  });
});
