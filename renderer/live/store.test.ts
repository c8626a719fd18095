import { describe, expect, it } from 'vitest';
import { createClient } from '../../shared/ipc/client';
import type { NodeRow } from '../../shared/ipc/nodes';
import { noCapacity } from '../../shared/model/amounts';
import type { ClientMessage, HostMessage } from '../../shared/ipc/messages';
import { LiveStore } from './store';

const node = (name: string): NodeRow => ({
  id: name,
  name,
  kind: 'local',
  state: 'ONLINE',
  reason: null,
  address: null,
  setAsideUntil: null,
  vitals: null,
  clock: null,
  system: '',
  labels: [],
  capacity: { ...noCapacity, cpu: 1, memoryMiB: 1 },
  running: 0,
  resources: [],
});

/** A live store whose Host and frames are the test's. */
function setUp() {
  const sent: ClientMessage[] = [];
  const frames: (() => void)[] = [];
  let hear: (message: HostMessage) => void = () => undefined;
  const client = createClient({
    send: (message) => sent.push(message),
    listen: (onMessage) => {
      hear = onMessage;
    },
  });
  const store = new LiveStore(client, (run) => frames.push(run));
  return {
    store,
    sent,
    host: (message: HostMessage) => hear(message),
    frame: () => frames.splice(0).forEach((run) => run()),
    waitingFrames: () => frames.length,
  };
}
const ofKind = (sent: readonly ClientMessage[], kind: ClientMessage['kind']): number =>
  sent.filter((message) => message.kind === kind).length;

describe('the store of live views', () => {
  it('shares a subscription among equal views, and ends it with the last', () => {
    const { store, sent } = setUp();
    const ends = [1, 2].map(() => store.view('job', { job: 'b1.melt' }).subscribe(() => undefined));
    const other = store.view('job', { job: 'b1.beauty' }).subscribe(() => undefined);
    expect(ofKind(sent, 'subscribe')).toBe(2);
    ends[0]?.();
    ends[0]?.();
    expect(ofKind(sent, 'unsubscribe')).toBe(0);
    ends[1]?.();
    expect(ofKind(sent, 'unsubscribe')).toBe(1);
    other();
    expect(ofKind(sent, 'unsubscribe')).toBe(2);
  });

  it('is loading, then has a picture, and forgets it when nobody looks', () => {
    const { store, host } = setUp();
    const view = store.view('nodes', {});
    let told = 0;
    const end = view.subscribe(() => told++);
    expect(view.snapshot()).toEqual({ state: 'loading' });
    host({ kind: 'picture', id: 1, picture: { nodes: [node('a')] } });
    expect(view.snapshot()).toEqual({ state: 'picture', value: [node('a')] });
    expect(told).toBe(1);
    end();
    expect(view.snapshot()).toEqual({ state: 'loading' });
  });

  it('deals with all deltas of a frame at once', () => {
    const { store, host, frame, waitingFrames } = setUp();
    const view = store.view('taskStates', { job: 'b1.melt', step: 0 });
    let told = 0;
    view.subscribe(() => told++);
    host({ kind: 'picture', id: 1, picture: { states: 'QQQQ' } });
    host({ kind: 'delta', id: 1, delta: { set: [[0, 'R']] } });
    host({ kind: 'delta', id: 1, delta: { set: [[2, 'F']] } });
    expect([told, waitingFrames()]).toEqual([1, 1]);
    frame();
    expect(told).toBe(2);
    const snapshot = view.snapshot();
    expect(
      snapshot.state === 'picture'
        ? [[...snapshot.value.states], snapshot.value.changed, snapshot.value.version]
        : null,
    ).toEqual([[2, 1, 4, 1], [0, 2], 2]);
  });

  it('says what a view was refused with', () => {
    const { store, host } = setUp();
    const view = store.view('job', { job: 'b9.x' });
    view.subscribe(() => undefined);
    const refusal = { code: 'notFound', message: 'There is no job b9.x.' } as const;
    host({ kind: 'refused', id: 1, refusal });
    expect(view.snapshot()).toEqual({ state: 'refused', refusal });
  });

  it('drops deltas that were waiting when a new picture comes', () => {
    const { store, host, frame } = setUp();
    const view = store.view('nodes', {});
    view.subscribe(() => undefined);
    host({ kind: 'picture', id: 1, picture: { nodes: [] } });
    host({ kind: 'delta', id: 1, delta: { nodes: [node('old')] } });
    host({ kind: 'picture', id: 1, picture: { nodes: [node('new')] } });
    frame();
    expect(view.snapshot()).toEqual({ state: 'picture', value: [node('new')] });
  });
});
