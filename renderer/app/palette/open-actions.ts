/** What can be done with the thing whose page is open. */
import type { BatchRow, JobRow } from '../../../shared/ipc/queue';
import type { NodeRow } from '../../../shared/ipc/nodes';
import { priorities } from '../../../shared/model/states';
import type { Queue } from '../../live/values';
import { setAside, takeBack } from '../../nodes/actions';
import { openNodeDialog } from '../../nodes/dialog';
import { possibleWith } from '../../nodes/standing';
import { cancel, open, retry, targetOfBatch, targetOfJob } from '../../queue/actions';
import type { Target } from '../../queue/actions';
import { fitsSome, simpleActions, simpleKinds } from '../../queue/act/job-actions';
import type { SimpleKind } from '../../queue/act/job-actions';
import { setPriority, steer } from '../../queue/job/head/change';
import { priorityWords } from '../../ui/StateMark';
import { capitalised } from '../../ui/words';
import type { Route } from '../route';
import { going, running } from './entry';
import type { Deed, Entry } from './entry';

export interface Open {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** Null: the page is of nothing in particular. */
export function openThing(place: Route, queue: Queue | null, nodes: readonly NodeRow[] | null): Open | null {
  switch (place.page) {
    case 'job': {
      const [batchId = ''] = place.job.split('.');
      const batch = [...(queue?.batches.values() ?? [])].find(({ id }) => id === batchId);
      const job = batch === undefined ? undefined : queue?.jobs.get(batch.id)?.get(place.job);
      return batch === undefined || job === undefined ? null : ofJob(job, batch);
    }
    case 'batch': {
      const batch = queue?.batches.get(place.batch);
      return batch === undefined ? null : ofBatch(batch, [...(queue?.jobs.get(batch.id)?.values() ?? [])]);
    }
    case 'node': {
      const node = nodes?.find(({ id }) => id === place.node);
      return node === undefined ? null : ofNode(node);
    }
    default:
      return null;
  }
}

const action = (name: string, title: string, does: Deed, words = ''): Entry => ({
  key: `here ${title}`,
  group: 'here',
  title,
  detail: '',
  words: `${words} ${name}`,
  weight: 12,
  does,
});

function ofJob(job: JobRow, batch: BatchRow): Open {
  const target = targetOfJob(job);
  return {
    name: job.name,
    entries: [
      ...ofTarget(target, [job]),
      action(job.name, `Go to the batch ${batch.name}`, going({ page: 'batch', batch: batch.id })),
    ],
  };
}

function ofBatch(batch: BatchRow, jobs: readonly JobRow[]): Open {
  return { name: batch.name, entries: ofTarget(targetOfBatch(batch), jobs) };
}

const does: Readonly<Record<SimpleKind, (target: Target) => Promise<void>>> = {
  retry,
  hold: (target) => steer(target, 'hold'),
  release: (target) => steer(target, 'release'),
  cancel,
};

function ofTarget(target: Target, jobs: readonly JobRow[]): readonly Entry[] {
  const { name } = target;
  const can: Readonly<Record<SimpleKind, boolean>> = {
    retry: target.canRetry,
    hold: fitsSome('hold', jobs),
    release: fitsSome('release', jobs),
    cancel: target.canCancel,
  };
  const isOpen = fitsSome('order', jobs);
  const other = priorities.filter((one) => isOpen && jobs.some((job) => job.priority !== one));
  return [
    ...simpleKinds
      .filter((kind) => can[kind])
      .map((kind) => {
        const { wish, also } = simpleActions[kind];
        return action(
          name,
          capitalised(wish(name)),
          running(() => does[kind](target)),
          also,
        );
      }),
    action(
      name,
      `Open the results of ${name}`,
      running(() => open(target.batch, 'output')),
      'output folder files',
    ),
    action(
      name,
      `Open the report of ${name}`,
      running(() => open(target.batch, 'report')),
      'html',
    ),
    action(
      name,
      `Submit ${name} again, with changes`,
      going({ page: 'submit', wishes: [{ kind: 'batch', batch: target.batch }] }),
      'repeat copy',
    ),
    ...other.map((priority) =>
      action(
        name,
        `Priority of ${name}: ${priorityWords[priority]}`,
        running(() => setPriority(target, priority)),
        'set urgent order',
      ),
    ),
  ];
}

function ofNode(node: NodeRow): Open {
  const { id, name } = node;
  const possible = possibleWith(node);
  return {
    name,
    entries: [
      ...(possible.setAside
        ? [
            action(
              name,
              `Set ${name} aside`,
              running(() => void setAside(node, null)),
              'maintenance drain pause',
            ),
          ]
        : []),
      ...(possible.takeBack
        ? [
            action(
              name,
              `Take ${name} back`,
              running(() => takeBack(node)),
              'maintenance resume',
            ),
          ]
        : []),
      ...(possible.connect
        ? [
            action(
              name,
              `Connect ${name} again`,
              running(() => openNodeDialog({ kind: 'connect', node: id, takeOver: false })),
            ),
          ]
        : []),
      action(
        name,
        `Edit ${name}`,
        running(() => openNodeDialog({ kind: 'edit', node: id })),
        'settings labels pools',
      ),
    ],
  };
}
