import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { resolveRecipe, type ResolvedRecipe } from './recipe';

const read = (lines: string): ResolvedRecipe =>
  resolveRecipe(
    {
      text: `drover: 1\nparameters: { Hour: 22 }\n${lines}\njobs: { a: { run: x } }`,
      file: 'x.yaml',
      folder: resolve('/w'),
      recipe: null,
    },
    {},
    [],
  );

test('a recipe says when the clock is to submit it', () => {
  expect(
    read('schedule: { cron: "0 {{Hour}} * * MON-FRI", zone: europe/berlin, missed: skip, overlap: queue }'),
  ).toMatchObject({
    schedule: {
      timing: { kind: 'cron', expression: '0 22 * * MON-FRI', timeZone: 'Europe/Berlin' },
      missed: 'skip',
      overlap: 'queue',
    },
  });
  const from = Date.parse('2026-12-01T18:00Z');
  expect(read('schedule: { every: 1 d, from: 2026-12-01T18:00Z }')).toMatchObject({
    schedule: { timing: { kind: 'every', from, milliseconds: 86_400_000 }, missed: 'once', overlap: 'skip' },
  });
  expect(read('schedule: { once: 2999-12-01T18:00Z }')).toMatchObject({
    schedule: { timing: { kind: 'once', at: Date.parse('2999-12-01T18:00Z') } },
  });
  expect(read('')).toMatchObject({ schedule: null });
});

test('again and again begins when it is read', () => {
  const before = Date.now();
  const recipe = read('schedule: { every: 1 h }');
  const timing = recipe.ok ? recipe.schedule?.timing : undefined;
  expect(timing?.kind === 'every' && timing.from >= before && timing.from <= Date.now()).toBe(true);
});

test('the ends that the desktop tells of', () => {
  const notifyOf = (lines: string) => {
    const recipe = read(lines);
    return recipe.ok ? recipe.batch.notify : recipe.problems.map(({ message }) => message);
  };
  expect(notifyOf('')).toBeUndefined();
  expect(notifyOf('notify: failed')).toEqual(['FAILED']);
  expect(notifyOf('notify: [failed, done]')).toEqual(['COMPLETED', 'FAILED']);
  expect(notifyOf('notify: never')).toEqual([]);
});

test('what all jobs have from the recipe', () => {
  const text = `drover: 1
kind: render
priority: high
deadline: 2999-12-01T18:00Z
notBefore: 2999-11-01T18:00Z
window: { opens: "22:00", closes: "06:00", zone: UTC }
environments: [{ name: disk, enter: mount }]
jobs:
  a: { run: x, environments: [{ name: own, enter: y }] }
  b: { run: y, kind: command, deadline: 2999-12-02T18:00Z, window: { opens: "01:00", closes: "02:00", zone: UTC } }
`;
  const recipe = resolveRecipe({ text, file: 'x.yaml', folder: resolve('/w'), recipe: null }, {}, []);
  const [first, second] = [Date.parse('2999-12-01T18:00Z'), Date.parse('2999-12-02T18:00Z')];
  expect(recipe).toMatchObject({
    ok: true,
    batch: {
      jobs: [
        {
          kind: 'render',
          priority: 'HIGH',
          deadline: first,
          steps: [{ environments: [{ name: 'disk' }, { name: 'own' }] }],
        },
        {
          kind: 'command',
          priority: 'HIGH',
          deadline: second,
          steps: [{ environments: [{ name: 'disk' }] }],
        },
      ],
      dependencies: [
        { to: { job: 'a' }, relation: { rule: { kind: 'notBefore' } } },
        { to: { job: 'a' }, relation: { rule: { kind: 'window', window: { opens: '22:00' } } } },
        { to: { job: 'b' }, relation: { rule: { kind: 'notBefore' } } },
        { to: { job: 'b' }, relation: { rule: { kind: 'window', window: { opens: '01:00' } } } },
      ],
    },
  });
});

test.each([
  ['schedule: {}', 'missing-field schedule: when? Allowed is one of once, every and cron'],
  ['schedule: { zone: UTC }', 'missing-field schedule: when? Allowed is one of once, every and cron'],
  ['schedule: { every: 1 d, cron: "0 1 * * *" }', 'contradiction schedule.cron: there is "every" already'],
  ['schedule: { every: 1 d, zone: UTC }', 'misplaced-field schedule.zone: zone goes with cron'],
  [
    'schedule: { cron: "0 1 * * *", from: 2026-12-01 18:00 }',
    'misplaced-field schedule.from: from goes with every',
  ],
  ['schedule: { cron: "0 25 * * *" }', 'bad-cron schedule.cron: "25" is no hour of a cron expression'],
  ['schedule: { cron: "0 0 30 2 *" }', 'bad-cron schedule.cron: "0 0 30 2 *" never comes'],
  ['schedule: { cron: "0 1 * * *", zone: Berlin }', 'bad-time-zone schedule.zone: "Berlin" is no time zone'],
  ['schedule: { once: 2001-01-01 00:00 }', 'bad-time schedule.once: "2001-01-01 00:00" is past'],
  ['schedule: { every: 1 ms }', 'bad-time schedule.every: every 1 milliseconds is not possible'],
  [
    'schedule: { every: 1 d, missed: al }',
    'unknown-value schedule.missed: found the text "al"; allowed is skip, once, all (did you mean "all"?)',
  ],
  [
    'notify: faild',
    'unknown-value notify: found the text "faild"; allowed is done, failed, never, or a list of these (did you mean "failed"?)',
  ],
  ['notify: [never, done]', 'contradiction notify: never stands beside other ends'],
  ['notify: [{}]', 'unknown-value notify[0]: found a map'],
])('%s is refused', (line, problem) => {
  const recipe = read(line);
  const [first = ''] = recipe.ok
    ? []
    : recipe.problems.map(({ code, path, message }) => `${code} ${path}: ${message}`);
  expect(first.startsWith(problem) ? problem : first).toBe(problem);
});
