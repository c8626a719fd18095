import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogMatches, LogSearch } from '../../shared/ipc/logs';
import { createClient } from '../../shared/ipc/client';
import type { HostMessage } from '../../shared/ipc/messages';
import { requestSchemas } from '../../shared/ipc/schemas';
import type { Farm } from './farm';
import { matchingLines, startOfTail } from './log-parts';

const place = { job: 'b1.film', step: 0, task: 0 } as const;

/** A farm with one log, that finds at most so many matches at once. */
function farmWith(log: string, atOnce: number): Farm {
  const search = ({ text, direction, from, most }: LogSearch): LogMatches => {
    const forwards = direction === 'forwards';
    const all = Array.from(log.matchAll(new RegExp(text, 'gi')), ({ index }) => index);
    const ahead = all.filter((at) => (forwards ? at >= from : at < from));
    const count = Math.min(most, atOnce);
    const told = forwards ? ahead.slice(0, count) : ahead.slice(-count);
    const toEnd = ahead.length <= count;
    const to = forwards ? (told.at(-1) ?? 0) + 1 : (told[0] ?? 0);
    const matches = told.map((at) => {
      const start = log.lastIndexOf('\n', at) + 1;
      return { at, line: { at: start, text: log.slice(start).split('\n')[0] ?? '' } };
    });
    return { attempt: 'a-1', matches, to, toEnd, size: log.length };
  };
  let answer = (_message: HostMessage): void => {};
  const client = createClient({
    listen: (onMessage) => (answer = onMessage),
    send: (message) => {
      if (message.kind !== 'request') return;
      answer({
        kind: 'answer',
        id: message.id,
        answer: search(requestSchemas['log.search'].parse(message.params)),
      });
    },
  });
  return { client, own: null, guests: () => 0, guestsGone: async () => {}, close: async () => {} };
}

const logs = fc.array(fc.constantFrom('a', 'b', '\n'), { maxLength: 40 }).map((letters) => letters.join(''));

test('the tail of a log is its last lines, of which the very last need not have an end', async () => {
  await fc.assert(
    fc.asyncProperty(
      logs,
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 5 }),
      async (log, count, atOnce) => {
        const lines = log.split(/(?<=\n)/);
        const expected = log === '' ? '' : lines.slice(-count).join('');
        expect(log.slice(await startOfTail(farmWith(log, atOnce), place, count))).toBe(expected);
      },
    ),
  );
});

test('a line with several matches is told once', async () => {
  const told: string[] = [];
  const farm = farmWith('aa b\nb\naba', 1);
  await matchingLines(farm, place, 'a', ({ at, text }) => told.push(`${at} ${text}`));
  expect(told).toEqual(['0 aa b', '7 aba']);
});
