import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchRow, JobRow } from '../../../shared/ipc/queue';
import { anyBatch, anyJob } from '../../../shared/ipc/rows-for-tests';
import { parseFilter, replacePiece, writeTerm } from './language';
import { isTimed, matcherOf } from './match';
import { statesIn, withStates } from './states';
import { suggestionsAt } from './suggest';

const hour = 3_600_000;
const now = 100 * hour;

function keeps(
  text: string,
  job: Partial<Omit<JobRow, 'id' | 'batch'>> = {},
  batch: Partial<BatchRow> = {},
): boolean {
  const matches = matcherOf(parseFilter(text), { me: 'ada', now });
  return (
    matches === null || matches({ ...anyJob('b1.melt'), ...job }, { ...anyBatch(1, 'Shot 042'), ...batch })
  );
}

describe('what is typed to filter', () => {
  it('finds words in the names of job and batch together, in any order and case', () => {
    expect(keeps('MELT shot')).toBe(true);
    expect(keeps('melt boil')).toBe(false);
    expect(keeps('-boil melt')).toBe(true);
    expect(keeps('-melt')).toBe(false);
    expect(keeps('"shot 042"')).toBe(true);
    expect(keeps('"042 shot"')).toBe(false);
  });

  it('knows the fields', () => {
    expect(keeps('state:running owner:me prio>=high', { state: 'RUNNING', priority: 'HIGH' })).toBe(true);
    expect(keeps('prio>high', { priority: 'HIGH' })).toBe(false);
    expect(keeps('prio<h', { priority: 'MEDIUM' })).toBe(true);
    expect(keeps('owner:me', {}, { owner: 'adam' })).toBe(false);
    expect(keeps('owner:ad', {}, { owner: 'adam' })).toBe(true);
    expect(keeps('state:waiting', { state: 'PENDING' })).toBe(true);
    expect(keeps('state:compl,fail', { state: 'FAILED' })).toBe(true);
    expect(keeps('-state:ended', { state: 'FAILED' })).toBe(false);
    expect(keeps('kind:sim', { kind: 'simulation' })).toBe(true);
    expect(keeps('tenant:north', {}, { tenant: 'Northern' })).toBe(true);
    expect(keeps('batch:b1')).toBe(true);
    expect(keeps('batch:b')).toBe(false);
    expect(keeps('batch:"shot 0"')).toBe(true);
    expect(keeps('node:render', { nodes: ['render1', 'render2'] })).toBe(true);
    const tasks = { ...anyJob('b1.melt').tasks, FAILED: 2, QUEUED: 1500 };
    expect(keeps('failed>0 tasks>1k waiting:1500 failed<=2', { tasks })).toBe(true);
    expect(keeps('tasks<1502', { tasks })).toBe(false);
    expect(keeps('progress>=50%', { progress: 0.5 })).toBe(true);
    expect(keeps('age<1d', {}, { submittedAt: now - 2 * hour })).toBe(true);
  });

  it('takes the same field twice as one or the other, but comparisons together', () => {
    expect(keeps('state:running state:failed', { state: 'FAILED' })).toBe(true);
    expect(keeps('prio>low prio<high', { priority: 'MEDIUM' })).toBe(true);
    expect(keeps('prio>low prio<high', { priority: 'CRITICAL' })).toBe(false);
  });

  it('knows how far a deadline is', () => {
    const soon = { deadline: now + hour, state: 'RUNNING' } as const;
    expect(keeps('deadline<2h', soon)).toBe(true);
    expect(keeps('deadline<30min', soon)).toBe(false);
    expect(keeps('deadline<2h', { ...soon, state: 'COMPLETED' })).toBe(false);
    expect(keeps('deadline:none', soon)).toBe(false);
    expect(keeps('deadline:none')).toBe(true);
    const end = { p50: now + 2 * hour, p90: now + 3 * hour, isGuess: false };
    expect(keeps('deadline:late', { ...soon, end })).toBe(true);
    expect(keeps('deadline:late', soon)).toBe(false);
    expect([isTimed(parseFilter('deadline<2h')), isTimed(parseFilter('deadline'))]).toEqual([true, false]);
  });

  it('tells mistakes with what may have been meant, and keeps all that the rest keeps', () => {
    const told = (text: string): readonly [string, string | null][] =>
      parseFilter(text).mistakes.map(({ words, instead, from, to }) => [
        words,
        instead === null ? null : replacePiece(text, { from, to }, instead),
      ]);
    expect(told('melt stat:running')).toEqual([
      ['There is no field stat. Write "stat:running" for words with a colon in them.', 'melt state:running'],
    ]);
    expect(told('state:runing,failed x')).toEqual([
      [
        'There is no state runing. There are pending, queued, running, paused, completed, failed, cancelled.',
        'state:running,failed x',
      ],
    ]);
    expect(told('owner>ada')).toEqual([['owner is neither more nor less: write owner:me.', 'owner:ada']]);
    expect(told('failed>many')).toEqual([['many is no number: write failed>0.', null]]);
    expect(told('-deadline:2h')[0]?.[1]).toBe('-deadline<2h');
    expect(told('deadline<soon')[0]?.[0]).toContain('no length of time');
    expect(keeps('stat:running state:nothing failed>many')).toBe(true);
    expect(told('state: - prio> "')).toEqual([]);
    expect(keeps('state: - prio> "')).toBe(true);
  });

  it('reads what it writes, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.oneof(
            fc.constantFrom(
              'state:',
              'prio>=',
              '-',
              '"',
              '\\',
              ',',
              ' ',
              'owner',
              ':',
              '<',
              'running',
              '2h',
              'failed>',
              '1.005',
              'k',
            ),
            fc.string(),
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const { terms, pieces, mistakes } = parseFilter(text);
        const again = parseFilter(terms.map(writeTerm).join(' ')).terms;
        return (
          JSON.stringify(again) === JSON.stringify(terms) &&
          pieces.length >= terms.length + mistakes.length &&
          pieces.every(({ from, to }) => from < to)
        );
      }),
      { numRuns: 300 },
    );
  });

  it('reads the longest text in one go', () => {
    for (const text of [
      '"'.repeat(1e6),
      'a,'.repeat(5e5),
      '-'.repeat(1e6),
      'deadline<'.repeat(1e5),
      `age<${'1'.repeat(1e6)}`,
    ])
      expect(parseFilter(text).pieces.length).toBeLessThan(4000);
  });
});

describe('the buttons of the states', () => {
  it('write into the text, and leave what is there', () => {
    expect(withStates('', new Set(['RUNNING', 'FAILED']))).toBe('state:running,failed');
    expect(withStates('shot state:running "a b"', new Set(['RUNNING', 'QUEUED']))).toBe(
      'shot state:queued,running "a b"',
    );
    expect(withStates('state:failed  x state:running -state:paused', new Set())).toBe('x -state:paused');
    expect([...statesIn(parseFilter('state:waiting -state:failed'))]).toEqual(['PENDING', 'QUEUED']);
  });
});

describe('suggestions while typing', () => {
  const known = { owners: () => ['ada', 'ben'], tenants: () => ['North Studio'], nodes: () => ['render1'] };
  const labels = (text: string, cursor = text.length): readonly string[] =>
    suggestionsAt(text, cursor, known).map(({ label }) => label);

  it('are fields, then their values', () => {
    expect(labels('st')).toEqual(['state:']);
    expect(labels('pri')).toEqual(['priority:']);
    expect(labels('x failed')).toEqual(['failed>', 'state:failed']);
    expect(labels('state:c')).toEqual(['completed', 'cancelled']);
    expect(labels('state:failed,ru')).toEqual(['running']);
    expect(labels('owner:')).toEqual(['me', 'ada', 'ben']);
    expect(labels('deadline:')).toEqual(['none', 'any', 'late']);
    expect(labels('')).toEqual([]);
    expect(labels('state:running')).toEqual([]);
    expect(labels('state:c x', 2)).toEqual([]);
  });

  it('go into the text where it is typed', () => {
    expect(suggestionsAt('a -st', 5, known)[0]).toMatchObject({ text: 'a -state:', cursor: 9 });
    expect(suggestionsAt('tenant:no', 9, known)[0]).toMatchObject({ text: 'tenant:"North Studio" ' });
    expect(suggestionsAt('state:ru b', 8, known)[0]).toMatchObject({ text: 'state:running b', cursor: 13 });
  });
});
