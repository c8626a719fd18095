import { describe, expect } from 'vitest';
import { json, test } from './farm';

const job = (name: string, tenant: string): string =>
  `drover: 1\ntenant: ${tenant}\njobs: { ${name}: { run: "true" } }\n`;

describe('reservations', () => {
  test('room is kept for a tenant, others are told why they wait, and get it when it is given up', async ({
    farm,
  }) => {
    await farm.serve(farm.recipe(job('early', 'film')));
    await farm.reaches('b1.early', 'COMPLETED');
    const [node] = json((await farm.drover('nodes', '--json')).out).nodes;
    const cores = String(node?.capacity.cpu);
    const reserve = (holder: string) =>
      farm.drover('reserve', 'local', '--cores', cores, '--for', holder, '--until', '+1 h');
    const unknown = await reserve('flim');
    expect([unknown.status, unknown.err]).toEqual([
      2,
      expect.stringContaining('no tenant or job named flim'),
    ]);
    expect((await reserve('film')).out).toMatch(
      /^reservation 1: .* cores? of This machine, for tenant film, now until /,
    );
    await farm.drover('submit', farm.recipe(job('other', 'lab')));
    await farm.drover('submit', farm.recipe(job('own', 'film')));
    await farm.reaches('b3.own', 'COMPLETED');
    const why = (await farm.drover('why', 'other')).out;
    expect(why).toContain('waiting   This machine: reserved for tenant film');
    expect(why).toContain('cheapest  give up reservation 1 on node This machine (local)');
    const again = await reserve('b2.other');
    expect([again.status, again.err]).toEqual([2, expect.stringContaining('reserved already')]);
    expect((await farm.drover('reservations')).out).toMatch(/^1 +This machine +.*tenant film .* ACTIVE /m);
    expect((await farm.drover('unreserve', '1')).out).toContain('given up: ');
    await farm.reaches('b2.other', 'COMPLETED');
    expect((await farm.drover('reservations')).out).toBe('Nothing is reserved.\n');
  });
});
