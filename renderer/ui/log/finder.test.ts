import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogFinder, nothingSought } from './finder';
import type { Ask, CountLimits, Finding } from './finder';

/** A log that is searched in stretches of a few bytes. */
class Log {
  asked = 0;
  constructor(
    public text: string,
    private readonly stretch: number,
  ) {}

  readonly ask: Ask = async ({ text, direction, from, most }) => {
    this.asked++;
    const size = this.text.length;
    const all = Array.from(this.text.matchAll(new RegExp(text, 'g')), ({ index }) => index);
    const begin = Math.min(from, size);
    const limit = direction === 'forwards' ? begin + this.stretch : Math.max(0, begin - this.stretch);
    const within = all.filter((at) => at >= Math.min(begin, limit) && at < Math.max(begin, limit));
    const told = direction === 'forwards' ? within.slice(0, most) : within.slice(-most);
    const isFull = told.length === most;
    const last = direction === 'forwards' ? (told.at(-1) ?? 0) + 1 : (told[0] ?? 0);
    const to = isFull ? last : Math.min(limit, size);
    const toEnd = direction === 'forwards' ? to >= size : to === 0;
    return { attempt: 'a-1', matches: told.map((at) => ({ at, line: null })), to, toEnd, size };
  };
}

function finderOf(log: Log, limits?: CountLimits) {
  const told: Finding[] = [];
  const finder = new LogFinder(log.ask, (finding) => told.push(finding), limits);
  return { finder, told, now: (): Finding => told.at(-1) ?? nothingSought };
}

const stepsAround = async (
  finder: LogFinder,
  now: () => Finding,
  direction: 'forwards' | 'backwards',
  count: number,
) => {
  const places: (number | null)[] = [];
  for (let step = 0; step < count; step++) {
    await finder.step(direction);
    places.push(now().at);
  }
  return places;
};

describe('the finder', () => {
  it('goes through all matches in order and around, whatever was counted', async () => {
    const logs = fc.array(fc.constantFrom('x', '.'), { maxLength: 30 }).map((letters) => letters.join(''));
    const near = fc.option(fc.nat(30));
    await fc.assert(
      fc.asyncProperty(
        logs,
        near,
        fc.integer({ min: 1, max: 9 }),
        fc.nat(5),
        async (text, from, stretch, limit) => {
          const { finder, now } = finderOf(new Log(text, stretch), { matches: limit, milliseconds: 60_000 });
          const all = Array.from(text.matchAll(/x/g), ({ index }) => index);
          await finder.find('x', from);
          const first = from === null ? all.at(-1) : (all.find((at) => at >= from) ?? all[0]);
          expect(now().at).toBe(first ?? null);
          expect(now().isBusy).toBe(false);
          if (now().isCounted) expect(now().count).toBe(all.length);
          if (first === undefined) return;
          const index = all.indexOf(first);
          const after = [...all.slice(index + 1), ...all.slice(0, index + 1)];
          expect(await stepsAround(finder, now, 'forwards', all.length)).toEqual(after);
          expect(await stepsAround(finder, now, 'backwards', all.length)).toEqual([
            ...after.toReversed().slice(1),
            first,
          ]);
        },
      ),
    );
  });

  it('tells where it is among the matches, and that there may be more', async () => {
    const { finder, now } = finderOf(new Log('x.x.x.x', 100));
    await finder.find('x', 2);
    expect(now()).toMatchObject({ at: 2, index: 1, count: 4, isCounted: true });
    const many = finderOf(new Log('x'.repeat(50), 10), { matches: 20, milliseconds: 60_000 });
    await many.finder.find('x', null);
    expect(many.now()).toMatchObject({ at: 49, index: null, isCounted: false });
  });

  it('asks nothing more for a text that is not wanted any more', async () => {
    const log = new Log('.'.repeat(1000), 1);
    const { finder, told } = finderOf(log);
    const first = finder.find('x', null);
    await finder.find('', null);
    await first;
    expect(log.asked).toBe(1);
    expect(told.at(-1)).toEqual(nothingSought);
  });

  it('counts what is added', async () => {
    const log = new Log('..', 100);
    const { finder, now } = finderOf(log);
    await finder.find('x', null);
    expect(now()).toMatchObject({ at: null, count: 0, isCounted: true });
    log.text = '..x.x';
    await finder.grown();
    expect(now()).toMatchObject({ at: 2, count: 2, isCounted: true });
  });
});
