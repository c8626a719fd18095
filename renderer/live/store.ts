import type { Views } from '../../shared/ipc/contract';
import type { Refusal } from '../../shared/ipc/errors';
import type { Client } from '../../shared/ipc/messages';
import { merges } from './values';
import type { LiveName, LiveValues, Merge } from './values';

export type Snapshot<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'picture'; readonly value: Value }
  | { readonly state: 'refused'; readonly refusal: Refusal };

export const loading = { state: 'loading' } as const;

/** What a component reads of one view: the two functions that useSyncExternalStore asks for. */
export interface LiveView<Value> {
  subscribe(this: void, listener: () => void): () => void;
  snapshot(this: void): Snapshot<Value>;
}

/** Calls `run` soon, once; in the window with its next frame. */
export type Schedule = (run: () => void) => void;

/** Deltas that arrive between two frames are dealt with together, in one go for all views. */
class Frames {
  private readonly waiting = new Set<() => void>();

  constructor(private readonly schedule: Schedule) {}

  add(work: () => void): void {
    if (this.waiting.size === 0) this.schedule(() => this.run());
    this.waiting.add(work);
  }

  private run(): void {
    const works = [...this.waiting];
    this.waiting.clear();
    for (const work of works) work();
  }
}

/** A view that all who want the same share: one subscription at the Host while anyone looks. */
class SharedView<Name extends LiveName> implements LiveView<LiveValues[Name]> {
  private shown: Snapshot<LiveValues[Name]> = loading;
  private readonly listeners = new Set<() => void>();
  private deltas: Views[Name]['delta'][] = [];
  private end: () => void = () => undefined;

  constructor(
    private readonly client: Client,
    private readonly name: Name,
    private readonly params: Views[Name]['params'],
    private readonly merge: Merge<Name>,
    private readonly frames: Frames,
    /** Told whether anyone looks. */
    private readonly onUse: (view: SharedView<Name>, isUsed: boolean) => void,
  ) {}

  readonly snapshot = (): Snapshot<LiveValues[Name]> => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.listeners.size === 0) this.open();
    this.listeners.add(listener);
    return () => {
      if (this.listeners.delete(listener) && this.listeners.size === 0) this.close();
    };
  };

  private open(): void {
    this.onUse(this, true);
    this.end = this.client.subscribe(this.name, this.params, {
      picture: (picture) => {
        this.deltas = [];
        this.show({ state: 'picture', value: this.merge.start(picture) });
      },
      delta: (delta) => {
        this.deltas.push(delta);
        this.frames.add(this.applyDeltas);
      },
      refused: (refusal) => this.show({ state: 'refused', refusal }),
    });
  }

  private close(): void {
    this.end();
    this.deltas = [];
    this.shown = loading;
    this.onUse(this, false);
  }

  private readonly applyDeltas = (): void => {
    const deltas = this.deltas;
    this.deltas = [];
    if (this.shown.state !== 'picture' || deltas.length === 0) return;
    this.show({ state: 'picture', value: this.merge.change(this.shown.value, deltas) });
  };

  private show(snapshot: Snapshot<LiveValues[Name]>): void {
    this.shown = snapshot;
    for (const listener of this.listeners) listener();
  }
}

class ViewStore<Name extends LiveName> {
  private readonly views = new Map<string, SharedView<Name>>();

  constructor(
    private readonly client: Client,
    private readonly name: Name,
    private readonly merge: Merge<Name>,
    private readonly frames: Frames,
  ) {}

  /** The same object for equal params, as long as anyone looks. */
  view(params: Views[Name]['params']): LiveView<LiveValues[Name]> {
    const key = JSON.stringify(params);
    const known = this.views.get(key);
    if (known !== undefined) return known;
    const { client, name, merge, frames } = this;
    const view = new SharedView(client, name, params, merge, frames, (used, isUsed) => {
      if (isUsed) this.views.set(key, used);
      else this.views.delete(key);
    });
    this.views.set(key, view);
    return view;
  }
}

type Stores = { readonly [Name in LiveName]: ViewStore<Name> };

/** The live views of one window. */
export class LiveStore {
  private readonly stores: Stores;

  constructor(client: Client, schedule: Schedule) {
    const frames = new Frames(schedule);
    const store = <Name extends LiveName>(name: Name): ViewStore<Name> => {
      const merge: { readonly [Key in LiveName]: Merge<Key> } = merges;
      return new ViewStore(client, name, merge[name], frames);
    };
    this.stores = {
      queue: store('queue'),
      job: store('job'),
      steps: store('steps'),
      taskStates: store('taskStates'),
      tasks: store('tasks'),
      log: store('log'),
      nodes: store('nodes'),
      timeline: store('timeline'),
      settings: store('settings'),
      activity: store('activity'),
      failures: store('failures'),
      graph: store('graph'),
      results: store('results'),
      checkpoints: store('checkpoints'),
    };
  }

  view<Name extends LiveName>(name: Name, params: Views[Name]['params']): LiveView<LiveValues[Name]> {
    const store: ViewStore<Name> = this.stores[name];
    return store.view(params);
  }
}
