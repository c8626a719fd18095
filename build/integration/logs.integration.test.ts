import { describe, expect } from 'vitest';
import { test } from './farm';

/** Half a gibibyte of which almost all is a hole: it needs no room on the disk. */
const large = `
drover: 1
batch: Logs
jobs:
  film:
    run: |
      printf 'the first Error\\r\\n\\033[31mred\\033[0m\\tand \\377\\376 no text\\n'
      printf . | dd bs=1048576 seek=512 conv=notrunc 2>/dev/null; echo
      printf 'an error, and an ERROR\\nlast but one\\r\\nlast'
  two:
    frames: 1-2
    run: echo "error {{Frame}}"; echo fine
`;

describe('logs in the terminal', () => {
  test('lines with a text are printed with their place, the last lines without the rest', async ({
    farm,
  }) => {
    await farm.serve(farm.recipe(large));
    await farm.reaches('b1.film', 'COMPLETED');
    await farm.reaches('b1.two', 'COMPLETED');
    const found = await farm.drover('logs', 'film', '--search', 'ERROR');
    const lines = found.out.split('\n');
    expect(lines[0]).toBe('0: the first Error');
    expect(lines[1]).toMatch(/^\d{9}: an error, and an ERROR$/);
    expect(lines.slice(2)).toEqual(['']);
    const [, second = ''] = (await farm.drover('logs', 'film', '--search', 'error', '--json')).out.split(
      '\n',
    );
    expect(JSON.parse(second)).toEqual({
      at: Number(lines[1]?.split(':')[0]),
      text: 'an error, and an ERROR',
    });
    expect((await farm.drover('logs', 'film', '--tail', '2')).out).toBe('last but one\r\nlast');
    expect((await farm.drover('logs', 'film', '--search', 'nowhere')).out).toBe('');

    const several = await farm.drover('logs', 'two', '--search', 'error');
    expect(several.out).toBe('[two/main/0] 0: error 1\n[two/main/1] 0: error 2\n');
    expect((await farm.drover('logs', 'two', '--tail', '1')).out).toBe(
      '[two/main/0] fine\n[two/main/1] fine\n',
    );
  }, 120_000);

  test('options that cannot be are refused', async ({ farm }) => {
    const both = await farm.drover('logs', 'film', '--search', 'x', '--tail', '3');
    expect(both.status).toBe(2);
    expect(both.err).toContain('--search prints lines of the whole log');
    expect((await farm.drover('logs', 'film', '--tail', 'many')).err).toContain(
      '--tail takes how many lines',
    );
  });
});
