import { expect, test } from 'vitest';
import { noRequest } from './amounts';
import { needsInWords, relationInWords, requestInWords, retryInWords, spanInWords } from './limits-in-words';
import { noRequirements } from './requirements';
import { noRetry } from './retry';

test('requests', () => {
  expect(requestInWords({ ...noRequest, cpu: 2, memoryMiB: 8192, gpu: 0.5, special: { houdini: 1 } })).toBe(
    '2 cores, 8 GiB, 0.5 GPU and 1 houdini',
  );
  expect(requestInWords({ ...noRequest, cpu: 1, cores: 'exclusive' })).toBe('1 core, a node of its own');
});

test('needs and retries say nothing where there is nothing to say', () => {
  expect(needsInWords(noRequirements)).toBe('');
  expect(retryInWords(noRetry)).toBe('');
  expect(needsInWords({ allOf: ['a', 'b'], anyOf: [], noneOf: ['c'], pools: ['x', 'y'] })).toBe(
    'with a and b, without c, in pool x or y',
  );
  expect(
    retryInWords({
      attempts: 4,
      backoff: { kind: 'linear', firstMs: 30_000, mostMs: 600_000, jitter: 0, totalMs: 0 },
      codes: [{ codes: [137, 11], verdict: 'retry' }],
      onTimeout: 'fail',
      memoryStep: 1.5,
    }),
  ).toBe(
    'tried again 3 times, after 30 s and then more, up to 10 min, only on exit status 137 or 11, with 1.5 times the memory when that ran out',
  );
});

test('relations', () => {
  expect(
    relationInWords({
      type: 'TEMPORAL',
      rule: { kind: 'window', window: { opens: '22:00', closes: '06:00', timeZone: 'UTC' } },
    }),
  ).toBe('from 22:00 to 06:00, UTC');
  expect(relationInWords({ type: 'TEMPORAL', rule: { kind: 'delay', milliseconds: 90_000 } })).toBe(
    '1 min 30 s after its end',
  );
  expect(
    relationInWords({ type: 'CONDITIONAL', condition: { kind: 'value', name: 'loss', is: '<', than: 0.1 } }),
  ).toBe('loss < 0.1');
});

test('spans are as exact as they were asked for', () => {
  expect(spanInWords(5_400_000)).toBe('1 h 30 min');
  expect(spanInWords(0)).toBe('0 s');
  expect(spanInWords(172_800_500)).toBe('2 d 500 ms');
});
