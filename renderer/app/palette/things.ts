/** The batches, jobs, nodes and presets that there are, as entries of the palette. */
import type { BatchRow, JobRow } from '../../../shared/ipc/queue';
import type { NodeRow } from '../../../shared/ipc/nodes';
import type { PresetCard } from '../../../shared/ipc/forms';
import type { Queue } from '../../live/values';
import { going, type Entry } from './entry';

/** The newest first, each batch before its jobs. */
export function queueEntries(queue: Queue): readonly Entry[] {
  const batches = [...queue.batches.values()].toSorted((a, b) => b.submittedAt - a.submittedAt);
  const entries: Entry[] = [];
  for (const batch of batches) {
    entries.push(kept(batchEntries, batch, batchEntry));
    const name = batch.name;
    for (const job of queue.jobs.get(batch.id)?.values() ?? [])
      entries.push(kept(jobEntries, job, (row) => jobEntry(row, name)));
  }
  return entries;
}

/** The same entry as long as the row is the same: with a change of one job, those of the others are not made anew. */
function kept<Row extends object>(known: WeakMap<Row, Entry>, row: Row, make: (row: Row) => Entry): Entry {
  let entry = known.get(row);
  if (entry === undefined) known.set(row, (entry = make(row)));
  return entry;
}
const batchEntries = new WeakMap<BatchRow, Entry>();
const jobEntries = new WeakMap<JobRow, Entry>();

const weightOf = (state: string): number => (state === 'RUNNING' || state === 'FAILED' ? 2 : 0);

function batchEntry({ id, name, owner, state }: BatchRow): Entry {
  return {
    key: id,
    group: 'batch',
    title: name,
    detail: `${id}, ${owner}`,
    words: `${id} ${owner} batch ${state}`,
    weight: weightOf(state) + 3,
    state,
    does: going({ page: 'batch', batch: id }),
  };
}

function jobEntry({ id, name, kind, state }: JobRow, batchName: string): Entry {
  return {
    key: id,
    group: 'job',
    title: name,
    detail: batchName,
    words: `${batchName} ${id} ${kind} job ${state}`,
    weight: weightOf(state),
    state,
    does: going({ page: 'job', job: id }),
  };
}

export function nodeEntries(nodes: readonly NodeRow[]): readonly Entry[] {
  return nodes.map(({ id, name, address, state, labels }) => ({
    key: `node ${id}`,
    group: 'node',
    title: name,
    detail: address ?? 'Local',
    words: `node ${address ?? 'local'} ${state} ${labels.join(' ')}`,
    weight: 4,
    does: going({ page: 'node', node: id }),
  }));
}

export function presetEntries(presets: readonly PresetCard[]): readonly Entry[] {
  return presets.map(({ name, title, description, kind, isOwn }) => ({
    key: `preset ${name}`,
    group: 'preset',
    title: `Submit: ${title}`,
    detail: isOwn ? 'Your preset' : description,
    words: `preset new ${kind} ${description}`,
    weight: 3,
    does: going({ page: 'submit', wishes: [{ kind: 'preset', preset: name, file: null }] }),
  }));
}
