import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { WhatIf } from '../../shared/model/forecast';
import type { FarmSettings } from '../../shared/model/settings';
import { test } from './farm';

const jobs = (names: readonly string[], resources: string): string =>
  `drover: 1\nresources: ${resources}\njobs:\n${names.map((name) => `  ${name}: { run: sleep 60 }\n`).join('')}`;

const earlier = (out: string): readonly string[] => {
  const { differences }: WhatIf = JSON.parse(out);
  return differences.flatMap(({ job, milliseconds }) => ((milliseconds ?? 0) < 0 ? [job] : []));
};

describe('what if', () => {
  test('more nodes, another priority, a deadline: what would end earlier is told, and nothing is changed', async ({
    farm,
  }) => {
    await farm.serve(farm.recipe(jobs(['one', 'two', 'three'], '{ cores: exclusive }')));
    await farm.reaches('b1.one', 'RUNNING');
    const as = async (...wish: readonly string[]) =>
      earlier((await farm.drover('forecast', ...wish, '--json')).out);
    expect(await as('--with', 'localx2')).toEqual(['b1.two', 'b1.three']);
    expect(await as('--priority', 'three=high')).toEqual(['b1.three']);
    expect(await as('--priority', 'b1=high')).toEqual([]);
    expect(await as('--deadline', 'three=+10 min')).toEqual(['b1.three']);
    const { out } = await farm.drover('forecast', '--without', 'This machine');
    expect(out).toMatch(/^b1\.two +.* never: no node takes it$/m);
    expect(out).toContain('One other job stays as foretold');
    const refused = await farm.drover('forecast', '--with', 'nowhere');
    expect([refused.status, refused.err]).toEqual([2, expect.stringContaining('no node nowhere')]);
    expect((await farm.drover('show', 'three')).out).toContain('priority MEDIUM');
    await farm.drover('cancel', 'b1');
  });

  test('settings --preview tells what they would do, and sets nothing', async ({ farm }) => {
    await farm.serve(farm.recipe(jobs(['one', 'two', 'three'], '{ cores: exclusive }')));
    await farm.reaches('b1.one', 'RUNNING');
    const before = (await farm.drover('settings', '--json')).out;
    const file = join(farm.folder, 'settings.json');
    const preview = (settings: FarmSettings) => {
      writeFileSync(file, JSON.stringify(settings));
      return farm.drover('settings', file, '--preview');
    };
    const settings: FarmSettings = JSON.parse(before);
    expect((await preview(settings)).out).toContain('No job would end at another time: all 3');
    const { order } = settings;
    const { most } = settings.otherTenants;
    const none = { ...settings.otherTenants, most: { ...most, running: 0 } };
    expect((await preview({ ...settings, otherTenants: none })).out).toMatch(
      /^b1\.two +.* never: it is at a limit$/m,
    );
    const wrong = await preview({ ...settings, order: { ...order, priority: -1 } });
    expect([wrong.status, wrong.err]).toEqual([2, expect.stringContaining('order.priority')]);
    expect((await farm.drover('settings', '--json')).out).toBe(before);
    await farm.drover('cancel', 'b1');
  });
});
