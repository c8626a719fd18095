import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutputLine } from './output-lines';
import { startProcess, type ProcessEnd, type ProcessOrder, type RunningProcess } from './run-process';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openjd-process-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly end: ProcessEnd;
  readonly lines: readonly OutputLine[];
  readonly texts: readonly string[];
  readonly notices: readonly Date[];
}

/** `onLine` may stop it. */
async function runScript(
  script: string,
  order: Partial<ProcessOrder> = {},
  onLine: (text: string, process: RunningProcess) => void = () => undefined,
): Promise<Ran> {
  const lines: OutputLine[] = [];
  const notices: Date[] = [];
  const { promise: started, resolve } = withResolvers<RunningProcess>();
  const process = await startProcess(
    {
      command: 'sh',
      args: ['-c', script],
      environment: { PATH: globalThis.process.env['PATH'] ?? '' },
      folder,
      ownFolder: folder,
      timeoutMs: null,
      noticeMs: null,
      ...order,
    },
    {
      onStart: () => undefined,
      onLine(line) {
        lines.push(line);
        void started.then((process) => onLine(line.text, process));
      },
      onNotice: (end) => notices.push(end),
    },
  );
  resolve(process);
  const end = await process.ended;
  return { end, lines, texts: lines.map(({ text }) => text), notices };
}

function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((done) => (resolve = done));
  return { promise, resolve };
}

const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 20));
/** What has been killed may be seen for a moment more. */
async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await soon();
  }
}

test('what goes to both outputs comes in the order in which it was written, also by their names', async () => {
  const { end, texts } = await runScript(
    'echo one; echo two >&2; echo three >/dev/stderr; echo four >/dev/stdout; printf five',
  );
  expect(texts).toEqual(['one', 'two', 'three', 'four', 'five']);
  expect(end).toEqual({ kind: 'ended', code: 0, signal: null, stopped: null });
});

test('it runs in its folder, with its variables and an empty input', async () => {
  const { texts } = await runScript('pwd -P; echo "$A"; cat; env | grep -c ^DROVER', {
    environment: { PATH: process.env['PATH'] ?? '', A: 'one\ntwo' },
  });
  expect(texts).toEqual([folder, 'one', 'two', '0']);
});

test.each([
  ['exit 3', { code: 3, signal: null }],
  ['kill -KILL $$', { code: null, signal: 'SIGKILL' }],
])('%s is told', async (script, end) => expect((await runScript(script)).end).toMatchObject(end));

test.each([
  ['no-such-program-anywhere', /not found/],
  ['./not-runnable', /not found/],
  ['/etc/passwd', /may not be run/],
  ['/etc/passwd/x', /part of its path/],
  ['with\0nul', /could not be started/],
])('%j cannot be started', async (command, reason) => {
  const { end } = await runScript('', { command, args: [] });
  expect(end).toMatchObject({ kind: 'notStarted', reason: expect.stringMatching(reason) });
});

test('output that is no text, or has no end, is shown as far as it goes', async () => {
  const { lines } = await runScript(
    "printf 'a\\377b\\n'; head -c 30000000 /dev/zero | tr '\\0' x; printf '\\nlast\\n'",
  );
  expect(lines.map(({ text, isCut }) => [text.slice(0, 3), text.length, isCut])).toEqual([
    ['a\uFFFDb', 3, false],
    ['xxx', 64 * 1024, true],
    ['las', 4, false],
  ]);
});

describe('stopped', () => {
  // Its children: one in its group, one in a session of its own, and the child of that one.
  const tree = `
    sleep 1000 & echo "pid $!"
    setsid sh -c 'sleep 1000 & echo "pid $!"; echo "pid $$"; wait' &
    wait`;

  test('at once, with all that it has started', async () => {
    const pids: number[] = [];
    const { end } = await runScript(tree, {}, (text, process) => {
      pids.push(Number(text.slice(4)));
      if (pids.length === 3) process.stop('canceled');
    });
    expect(end).toEqual({ kind: 'ended', code: null, signal: 'SIGKILL', stopped: 'canceled' });
    await Promise.all(pids.map(untilGone));
  });

  test('after its time', async () => {
    const { end } = await runScript('sleep 1000', { timeoutMs: 50 });
    expect(end).toMatchObject({ signal: 'SIGKILL', stopped: 'timeout' });
  });

  test('when it is asked to', async () => {
    const { end, texts, notices } = await runScript(
      'trap "echo saved; exit 7" TERM; echo ready; while :; do sleep 0.1; done',
      { noticeMs: 60_000 },
      (text, process) => text === 'ready' && process.stop('canceled'),
    );
    // The shell may tell that what it waited for was ended too.
    expect(texts.filter((text) => text !== 'Terminated')).toEqual(['ready', 'saved']);
    expect(end).toMatchObject({ code: 7, stopped: 'canceled' });
    expect(notices.map((time) => time.getTime() > Date.now())).toEqual([true]);
  });

  test('at last, when it does not care', async () => {
    const { end } = await runScript(
      'trap "" TERM; echo ready; sleep 1000',
      { noticeMs: 50 },
      (text, process) => text === 'ready' && process.stop('timeout'),
    );
    expect(end).toMatchObject({ signal: 'SIGKILL', stopped: 'timeout' });
  });

  test('at once, when it is asked again', async () => {
    const { end } = await runScript(
      'trap "" TERM; echo ready; sleep 1000',
      { noticeMs: 600_000 },
      (_text, process) => {
        process.stop('canceled');
        process.stop('canceled');
      },
    );
    expect(end).toMatchObject({ signal: 'SIGKILL', stopped: 'canceled' });
  });

  test('what outlives an end on request goes with it', async () => {
    const pids: number[] = [];
    const { end } = await runScript(
      `trap "exit 0" TERM
       (trap "" TERM; sleep 1000 & echo "pid $!"; wait) &
       while :; do sleep 0.1; done`,
      { noticeMs: 60_000 },
      (text, process) => {
        if (!text.startsWith('pid ')) return;
        pids.push(Number(text.slice(4)));
        process.stop('canceled');
      },
    );
    expect(end).toMatchObject({ code: 0, stopped: 'canceled' });
    await Promise.all(pids.map(untilGone));
  });
});

test('what is left running does not hold up its end', async () => {
  const { end, texts } = await runScript('sleep 1000 & echo $!; exit 0');
  expect(end).toMatchObject({ code: 0, stopped: null });
  const [pid] = texts.map(Number);
  expect(pid).toBeGreaterThan(0);
  process.kill(pid ?? 0, 'SIGKILL');
});
