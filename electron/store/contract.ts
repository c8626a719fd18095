/** What every Store must do; its tests run these on each. */
import { expect, test } from 'vitest';
import type { Fact } from '../engine/facts';
import type { Store } from '../engine/ports';
import { assigned, attemptsRun, checkpoint, ended, factsOf, finished, load, submitted } from './test-facts';

interface Opened {
  readonly store: Store;
  /** Closes the store and opens another on the same data; null where none outlives it. */
  readonly reopen: (() => Promise<Store>) | null;
}

export function storeContract(open: () => Promise<Opened>): void {
  const reopened = async ({ store, reopen }: Opened): Promise<Store> =>
    reopen === null ? store : await reopen();

  test('gives back the facts as they were, in their order', async () => {
    const opened = await open();
    const { store } = opened;
    const facts = [submitted, assigned('a-1', 0), assigned('a-2', 1), finished('a-1')];
    await store.append(facts.slice(0, 2));
    await store.append([]);
    await store.append(facts.slice(2));
    expect(await factsOf(store)).toEqual(facts);
    expect(await factsOf(await reopened(opened))).toEqual(facts);
  });

  test('an empty store has nothing to load', async () => {
    const { store } = await open();
    expect(await load(store)).toEqual({ snapshot: null, facts: [], warnings: [] });
  });

  test('knows every attempt at the tasks asked for, oldest first, and how it ended', async () => {
    const opened = await open();
    const { store } = opened;
    await store.append([submitted, assigned('a-9', 0), assigned('a-2', 1), finished('a-9')]);
    await store.append([assigned('a-3', 0), assigned('a-4', 7), assigned('a-x', 0)]);
    await store.append([finished('a-3', { kind: 'lost', proof: 'it was switched off' })]);
    for (const again of [() => store, () => reopened(opened)]) {
      const each = await again();
      const attempts = await each.attempts('b1.render', 0, 0, 2);
      const first = attempts.filter(({ task }) => task === 0);
      expect(first.map(({ id, end, endedAt, node }) => ({ id, end, endedAt, node }))).toEqual([
        { id: 'a-9', end: { kind: 'exited', code: 0 }, endedAt: 99, node: 'local' },
        { id: 'a-3', end: { kind: 'lost', proof: 'it was switched off' }, endedAt: 99, node: 'local' },
        { id: 'a-x', end: null, endedAt: null, node: 'local' },
      ]);
      expect(attempts.map(({ id }) => id).toSorted()).toEqual(['a-2', 'a-3', 'a-9', 'a-x']);
      expect(await each.attempts('b1.other', 0, 0, 2)).toEqual([]);
      expect(await each.attempts('b1.render', 1, 0, 2)).toEqual([]);
    }
  });

  test('knows what each attempt used, where its node has told', async () => {
    const opened = await open();
    const { store } = opened;
    const used = { peakMemoryMiB: 2150.25, cpuMs: 1_459_200.5, wallMs: 192_000 };
    const unseen = { peakMemoryMiB: null, cpuMs: 0, wallMs: 0 };
    const killed = { kind: 'signalled', signal: 9 } as const;
    await store.append([submitted, ...[0, 1, 2, 3].map((task) => assigned(`a-${task}`, task))]);
    await store.append([finished('a-0', { kind: 'exited', code: 0 }, used), finished('a-1', killed, unseen)]);
    await store.append([finished('a-2', { kind: 'exited', code: -1 }, null)]);
    for (const again of [() => store, () => reopened(opened)]) {
      const attempts = await (await again()).attempts('b1.render', 0, 0, 4);
      expect(attempts.map(({ end, usage }) => ({ end, usage }))).toEqual([
        { end: { kind: 'exited', code: 0 }, usage: used },
        { end: killed, usage: unseen },
        { end: { kind: 'exited', code: -1 }, usage: null },
        { end: null, usage: null },
      ]);
    }
  });

  test('knows what of an attempt was lost', async () => {
    const opened = await open();
    const { store } = opened;
    const lost = { job: 'b1.render', milliseconds: 12_300, from: 'c4', reason: 'preempted' } as const;
    const facts: readonly Fact[] = [
      { ...finished('a-0', { kind: 'stopped' }), next: 'QUEUED', lost },
      {
        ...finished('a-1', { kind: 'exited', code: 75 }),
        next: 'QUEUED',
        lost: { ...lost, milliseconds: 0 },
      },
      finished('a-2', { kind: 'stopped' }),
    ];
    await store.append([submitted, ...[0, 1, 2].map((task) => assigned(`a-${task}`, task)), ...facts]);
    for (const again of [() => store, () => reopened(opened)]) {
      const each = await again();
      const attempts = await each.attempts('b1.render', 0, 0, 3);
      expect(attempts.map(({ lostMs }) => lostMs)).toEqual([12_300, 0, undefined]);
      const [entry] = await each.history('b1.render', Infinity, 1);
      expect(entry?.what).toBe(
        'a task of b1.render made way for others: lost 0.0 s of work; it goes on from c4',
      );
    }
  });

  test('takes a clock that was set back as it is', async () => {
    const opened = await open();
    const facts = [assigned('a-1', 0, 5000), assigned('a-2', 0, 10), assigned('a-3', 0, -3)];
    for (const fact of facts) await opened.store.append([fact]);
    const store = await reopened(opened);
    expect(await factsOf(store)).toEqual(facts);
    const attempts = await store.attempts('b1.render', 0, 0, 1);
    expect(attempts.map(({ id }) => id)).toEqual(['a-1', 'a-2', 'a-3']);
  });

  test('keeps ten thousand facts of one append', async () => {
    const opened = await open();
    const facts = attemptsRun(0, 5000);
    await opened.store.append(facts);
    const store = await reopened(opened);
    expect(await factsOf(store)).toEqual(facts);
    expect(await store.attempts('b1.render', 0, 4000, 5000)).toHaveLength(1000);
  });

  test('tells who did what, when and why, the newest first', async () => {
    const opened = await open();
    const cancelled = { kind: 'jobCancelled', at: 3, by: 'bob', why: 'too dark', job: 'b1.render' } as const;
    const other = { kind: 'jobRetried', at: 4, by: 'cem', why: null, job: 'b12.render' } as const;
    await opened.store.append([submitted, assigned('a-1', 0), cancelled]);
    await opened.store.append([other, ended]);
    for (const again of [() => opened.store, () => reopened(opened)]) {
      const store = await again();
      expect(await store.history(null, Infinity, 3)).toEqual([
        { number: 5, at: 100, by: null, why: null, what: 'b1 ended: COMPLETED', about: ['b1'] },
        { number: 4, at: 4, by: 'cem', why: null, what: 'retried b12.render', about: ['b12.render', 'b12'] },
        {
          number: 3,
          at: 3,
          by: 'bob',
          why: 'too dark',
          what: 'cancelled b1.render',
          about: ['b1.render', 'b1'],
        },
      ]);
      const ofBatch = await store.history('b1', 5, 10);
      expect(ofBatch.map(({ number }) => number)).toEqual([3, 1]);
      expect(ofBatch[1]).toMatchObject({ by: submitted.by, what: 'submitted b1 Test: 0 tasks' });
      expect(await store.history('b12.render', Infinity, 10)).toHaveLength(1);
    }
  });

  test('knows what tasks can go on from, and which attempts did', async () => {
    const opened = await open();
    const { store } = opened;
    const about = { job: 'b1.render', step: 0, task: 3 } as const;
    await store.append([submitted, checkpoint('c1', 3), checkpoint('c2', 3), checkpoint('c3', 4)]);
    await store.append([
      { kind: 'checkpointBroken', at: 9, ...about, checkpoint: 'c2', reason: 'cut short', newest: null },
      {
        kind: 'checkpointTagged',
        at: 9,
        by: 'ann',
        why: null,
        job: about.job,
        checkpoint: 'c1',
        tag: 'calm',
      },
      ...(['calm', 'no storm yet'] as const).map((note) => ({
        ...({
          kind: 'checkpointNoted',
          at: 9,
          by: 'ann',
          why: null,
          job: about.job,
          checkpoint: 'c1',
        } as const),
        note,
      })),
      {
        ...{ kind: 'checkpointNoted', at: 9, by: 'ann', why: null, job: about.job, checkpoint: 'c2' },
        note: 'not for long',
      },
      {
        ...{ kind: 'checkpointNoted', at: 9, by: 'ann', why: null, job: about.job, checkpoint: 'c2' },
        note: null,
      },
      { kind: 'checkpointsDropped', at: 9, job: about.job, checkpoints: ['c3'] },
      { kind: 'attemptWentOn', at: 9, ...about, attempt: 'a-2', from: 'c1', line: 'from step 10' },
      { kind: 'attemptWentOn', at: 9, ...about, attempt: 'a-3', from: 'c1', line: null },
    ]);
    for (const again of [() => store, () => reopened(opened)]) {
      const each = await again();
      const all = await each.checkpoints({ of: 'job', job: about.job }, Infinity, 10);
      expect(all.map(({ id, broken, tag, dropped }) => ({ id, broken, tag, dropped }))).toEqual([
        { id: 'c3', broken: null, tag: null, dropped: true },
        { id: 'c2', broken: 'cut short', tag: null, dropped: false },
        { id: 'c1', broken: null, tag: 'calm', dropped: false },
      ]);
      const found = checkpoint('c1', 3);
      expect(await each.checkpoints({ of: 'one', checkpoint: 'c1' }, Infinity, 1)).toEqual([
        {
          ...{ ...found.checkpoint, foundAt: found.at, broken: null, tag: 'calm', dropped: false },
          note: 'no storm yet',
        },
      ]);
      const ids = async (...asked: Parameters<Store['checkpoints']>): Promise<readonly string[]> =>
        (await each.checkpoints(...asked)).map(({ id }) => id);
      expect(await ids({ of: 'task', ...about }, Infinity, 10)).toEqual(['c2', 'c1']);
      expect(await ids({ of: 'batch', batch: 'b1' }, 3, 1)).toEqual(['c2']);
      expect(await ids({ of: 'all' }, Infinity, 2)).toEqual(['c3', 'c2']);
      expect(await ids({ of: 'batch', batch: 'b12' }, Infinity, 9)).toEqual([]);
      expect(await each.wentOn(about.job, 0, 3)).toEqual([
        { attempt: 'a-2', from: 'c1', line: 'from step 10' },
        { attempt: 'a-3', from: 'c1', line: null },
      ]);
    }
  });

  test('begins with the newest snapshot, and goes on with the facts after it', async () => {
    const opened = await open();
    const { store } = opened;
    await store.append([submitted, assigned('a-1', 0)]);
    await store.saveSnapshot(Uint8Array.of(1, 2, 3));
    await store.append([assigned('a-2', 1)]);
    await store.saveSnapshot(Uint8Array.of(4));
    await store.append([finished('a-1')]);
    await store.append([ended]);
    const expected = { snapshot: [4], facts: [finished('a-1'), ended], warnings: [] };
    expect(await load(store)).toEqual(expected);
    const again = await reopened(opened);
    expect(await load(again)).toEqual(expected);
    expect(await again.attempts('b1.render', 0, 0, 9)).toHaveLength(2);
  });

  test('a snapshot that took a while goes without the facts that came meanwhile', async () => {
    const opened = await open();
    await opened.store.append([submitted]);
    await opened.store.append([assigned('a-1', 0), finished('a-1')]);
    await opened.store.append([ended]);
    await opened.store.saveSnapshot(Uint8Array.of(1), 3);
    const store = await reopened(opened);
    expect(await load(store)).toEqual({
      snapshot: [1],
      facts: [assigned('a-1', 0), finished('a-1'), ended],
      warnings: [],
    });
  });

  test('a snapshot contains what was appended before it was asked for, also when nobody waits', async () => {
    const opened = await open();
    const { store } = opened;
    const first = store.append([submitted]);
    const saved = store.saveSnapshot(Uint8Array.of(1));
    const second = store.append([ended]);
    await Promise.all([first, saved, second]);
    expect(await load(await reopened(opened))).toEqual({ snapshot: [1], facts: [ended], warnings: [] });
  });

  test('an empty store can begin with a snapshot, and the snapshot may be empty too', async () => {
    const opened = await open();
    await opened.store.saveSnapshot(new Uint8Array(0));
    await opened.store.append([submitted]);
    expect(await load(await reopened(opened))).toEqual({ snapshot: [], facts: [submitted], warnings: [] });
  });

  test('keeps a large snapshot that is a part of other memory', async () => {
    const opened = await open();
    const memory = Uint8Array.from({ length: 300_000 }, (_, index) => index * 7);
    const part = memory.subarray(1000, 250_000);
    const expected = [...part];
    await opened.store.saveSnapshot(part);
    expect((await load(await reopened(opened))).snapshot).toEqual(expected);
  });
}
