import type { GraphJob } from '../../../shared/ipc/graph';
import type { JobId } from '../../../shared/model/ids';
import type { GraphEdge, Jobs } from './graph';

/** Fewer of a kind are as easily read one by one. */
const fewest = 6;

/**
 * Jobs that stand in the same place of the graph: of the same kind, after jobs that are alike in the same
 * ways, and before such. A thousand chains become one chain of stacks. Stacks never wait for each other in a
 * circle: each is as far from the beginning as its members are.
 */
export function alikeJobs(jobs: Jobs, edges: readonly GraphEdge[]): readonly (readonly JobId[])[] {
  const ids = [...jobs.keys()];
  const index = new Map(ids.map((id, at) => [id, at]));
  const links = edges.flatMap(({ spec, change }) => {
    const from = spec.from === null ? undefined : index.get(spec.from.job);
    const to = index.get(spec.to.job);
    if (from === undefined || to === undefined || from === to || change === 'removed') return [];
    return [{ from, to, kind: kindOf(spec) }];
  });
  const classes = new Int32Array(ids.length);
  let count = number([...jobs.values()].map(firstLook), classes);
  for (;;) {
    const looks: string[][] = ids.map((_, at) => [String(classes[at])]);
    for (const { from, to, kind } of links) {
      looks[from]?.push(`>${kind}${classes[to]}`);
      looks[to]?.push(`<${kind}${classes[from]}`);
    }
    const found = number(
      looks.map((look) => [look[0], ...look.slice(1).toSorted()].join(' ')),
      classes,
    );
    if (found === count) break;
    count = found;
  }
  const members: JobId[][] = Array.from({ length: count }, () => []);
  for (const [at, id] of ids.entries()) members[classes[at] ?? 0]?.push(id);
  return members.filter((own) => own.length >= fewest);
}

/** Jobs with several steps, and those of other batches, are not small. */
function firstLook(job: GraphJob): string {
  return job.steps.length > 1 || job.isOutside ? job.id : job.kind;
}

function kindOf({ relation, onFailure }: GraphEdge['spec']): string {
  return `${relation.type}${relation.type === 'CONDITIONAL' ? relation.condition.kind : ''}${onFailure}`;
}

/** Numbers what is the same alike, and tells how many there are. */
function number(looks: readonly string[], classes: Int32Array): number {
  const known = new Map<string, number>();
  for (const [at, look] of looks.entries()) {
    const own = known.get(look) ?? known.size;
    known.set(look, own);
    classes[at] = own;
  }
  return known.size;
}

/** What their names have in common: `shot_… fx` of `shot_010 fx` and `shot_020 fx`. */
export function nameInCommon(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let start = first.length;
  let end = first.length;
  for (const name of others) {
    let at = 0;
    while (at < start && at < name.length && name[at] === first[at]) at++;
    start = at;
    at = 0;
    while (at < end && at < name.length && name.at(-1 - at) === first.at(-1 - at)) at++;
    end = at;
  }
  const shortest = names.reduce((least, { length }) => Math.min(least, length), first.length);
  end = Math.max(0, Math.min(end, shortest - start));
  const head = first.slice(0, start).replace(/\d+$/, '');
  const tail = first.slice(first.length - end).replace(/^\d+/, '');
  return others.length === 0 ? first : `${head}…${tail}`;
}
