import { expect, test } from 'vitest';
import { AtOnce, Rounds } from './at-once';
import { Shared } from './shared';

const never = new AbortController().signal;

test('what several wait for is done once, and all of them are told', async () => {
  const shared = new Shared<number>();
  const told: string[] = [];
  let times = 0;
  const join = (who: string): Promise<number> =>
    shared.join(
      'x',
      (words) => told.push(`${who} ${words}`),
      never,
      async (tell) => {
        tell('half');
        return ++times;
      },
    );
  expect(await Promise.all([join('a'), join('b')])).toEqual([1, 1]);
  expect(told).toEqual(['a half', 'b half', 'a null', 'b null']);
  expect(shared.isBusy).toBe(false);
  expect(await join('c')).toBe(2);
});

test('it is given up when the last who waits has gone, and begun anew for who comes then', async () => {
  const shared = new Shared<string>();
  const [one, two] = [new AbortController(), new AbortController()];
  let begun = 0;
  const join = (signal: AbortSignal): Promise<string> =>
    shared.join(
      'x',
      () => {},
      signal,
      (_, given) => {
        if (++begun === 2) return Promise.resolve('second');
        return new Promise((_done, failed) =>
          given.addEventListener('abort', () => failed(new Error('given up'))),
        );
      },
    );
  const both = Promise.allSettled([join(one.signal), join(two.signal)]);
  await Promise.resolve();
  one.abort();
  expect(begun).toBe(1);
  two.abort();
  expect(await join(never)).toBe('second');
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(begun).toBe(2);
});

test('no more than so many are done at once, and none is begun after one has failed', async () => {
  const atOnce = new AtOnce(3);
  let [running, most, ended] = [0, 0, 0];
  const all = atOnce.all([1, 2, 3, 4, 5, 6, 7, 8], async (item) => {
    most = Math.max(most, ++running);
    await new Promise((turn) => setImmediate(turn));
    running--;
    if (item === 2) throw new Error('two');
    ended++;
  });
  await expect(all).rejects.toThrow('two');
  expect(most).toBe(3);
  expect(ended).toBeLessThan(5);
});

test('what is asked while a round is on its way goes into the next one, together', async () => {
  const rounds: (readonly string[])[] = [];
  const asking = new Rounds<string, number>(async (questions) => {
    rounds.push(questions);
    if (questions.includes('bad')) throw new Error('bad round');
    await new Promise((turn) => setImmediate(turn));
    return new Map(questions.filter((each) => each !== 'unknown').map((each) => [each, each.length]));
  });
  const answers = Promise.all([asking.ask('a'), asking.ask('bb'), asking.ask('bb'), asking.ask('unknown')]);
  expect(await answers).toEqual([1, 2, 2, null]);
  expect(rounds).toEqual([['a'], ['bb', 'unknown']]);
  await expect(asking.ask('bad')).rejects.toThrow('bad round');
  expect(await asking.ask('ccc')).toBe(3);
});
