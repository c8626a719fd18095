/** Short ways to write graphs. */
import type { EdgeRow, GraphJob } from '../../../shared/ipc/graph';
import { allToAll } from '../../../shared/model/dependency';
import type { EdgeEnd, NewEdge } from '../../../shared/model/edge';
import type { EdgeId, JobId } from '../../../shared/model/ids';
import { anyJob } from '../../../shared/ipc/rows-for-tests';
import { noTasks } from '../../../shared/model/states';
import type { Edges, Jobs } from './graph';

/** Names of jobs, and of those with several steps their steps: `film(draw grade)`. */
export function jobsNamed(...words: readonly string[]): Jobs {
  return new Map(
    words.map((word) => {
      const [, name = word, steps = 'main'] = /^(\w+)\((.*)\)$/.exec(word) ?? [];
      const job: GraphJob = {
        ...anyJob(`b1.${name}`),
        tasks: { ...noTasks, QUEUED: 1 },
        batchName: 'Test',
        isOutside: false,
        steps: steps
          .split(' ')
          .map((step) => ({ name: step, state: 'QUEUED', tasks: { ...noTasks, QUEUED: 1 } })),
      };
      return [job.id, job];
    }),
  );
}

/** `film`, or a step of it: `film/1`. */
export function end(text: string): EdgeEnd {
  const [name = '', step] = text.split('/');
  const job: JobId = `b1.${name}`;
  return { job, step: step === undefined ? null : Number(step) };
}

/** `a > b`. */
export function link(text: string): NewEdge {
  const [from = '', to = ''] = text.split(' > ');
  return {
    from: end(from),
    to: end(to),
    relation: { type: 'SEQUENTIAL', mapping: allToAll },
    onFailure: 'hold',
  };
}

export function edgesOf(...texts: readonly string[]): Edges {
  return new Map(
    texts.map((text, index): [EdgeId, EdgeRow] => [
      index + 1,
      { id: index + 1, ...link(text), state: 'PENDING', reason: null },
    ]),
  );
}
