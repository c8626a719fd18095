/** What happens while somebody drags an edge in a large graph. */
import type { Batch } from '../../../shared/model/batch';
import { noRequest } from '../../../shared/model/amounts';
import { allToAll, sameIndex, type Dependency } from '../../../shared/model/dependency';
import { jobId } from '../../../shared/model/ids';
import { previewLink } from '../../../electron/engine/dependencies/preview';
import type { EdgeSpec } from '../../../electron/engine/facts';
import { Pass } from '../../../electron/engine/pass';
import { millisecondsSince, quantile, seededRandom, type BenchCase, type Measurement } from '../measure';
import { Drive, newCore } from './drive';
import { stepOf } from './farm';

/** A hundred layers of a hundred jobs; each job waits for two of the layer before. */
const layers = 100;
const perLayer = 100;
const jobs = layers * perLayer;
const tasksAJob = 20;
const edits = 400;

const before = (layer: number, place: number, which: number): number =>
  (layer - 1) * perLayer + ((place * 7 + which * 31) % perLayer);

function wideGraph(): Batch {
  const name = (job: number): string => `job${job}`;
  const dependencies: Dependency[] = [];
  for (let job = perLayer; job < jobs; job++) {
    for (const which of [0, 1]) {
      const from = before(Math.floor(job / perLayer), job % perLayer, which);
      dependencies.push({
        from: { job: name(from), step: null },
        to: { job: name(job), step: null },
        relation: { type: 'SEQUENTIAL', mapping: which === 0 ? allToAll : sameIndex },
        onFailure: 'hold',
      });
    }
  }
  const list = Array.from({ length: jobs }, (_, job) => ({
    name: name(job),
    kind: 'render' as const,
    priority: 'MEDIUM' as const,
    deadline: null,
    most: null,
    steps: [stepOf('main', tasksAJob, { ...noRequest, cpu: 1 })],
  }));
  return { name: 'Graph', recipe: null, output: null, tenant: 'default', jobs: list, dependencies };
}

/** From an earlier layer to a later one, so that it is allowed; in turn it joins all tasks or the same index. */
function randomEdge(random: () => number, edit: number): EdgeSpec {
  const first = Math.floor(random() * jobs);
  const from = Math.min(first, jobs - 2 * perLayer);
  const rest = jobs - (from + perLayer);
  const to = Math.min(jobs - 1, from + perLayer + Math.floor(random() * rest));
  return {
    from: { job: jobId('b1', `job${from}`), step: null },
    to: { job: jobId('b1', `job${to}`), step: null },
    relation: { type: 'SEQUENTIAL', mapping: edit % 2 === 0 ? allToAll : sameIndex },
    onFailure: 'hold',
  };
}

/** The same search for a way back, over numbers. */
function bareSearches(random: () => number): readonly number[] {
  const first = new Int32Array(jobs + 1);
  const targets: number[] = [];
  const after: number[][] = Array.from({ length: jobs }, () => []);
  for (let job = perLayer; job < jobs; job++)
    for (const which of [0, 1]) after[before(Math.floor(job / perLayer), job % perLayer, which)]?.push(job);
  after.forEach((list, job) => {
    targets.push(...list);
    first[job + 1] = targets.length;
  });
  const ends = Int32Array.from(targets);
  return Array.from({ length: edits }, () => {
    const start = process.hrtime.bigint();
    const seen = new Uint8Array(jobs);
    const open = [perLayer + Math.floor(random() * (jobs - perLayer))];
    for (let job = open.pop(); job !== undefined; job = open.pop()) {
      for (let at = first[job] ?? 0; at < (first[job + 1] ?? 0); at++) {
        const next = ends[at] ?? 0;
        if (seen[next] === 1) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
    return millisecondsSince(start);
  });
}

export const edgeEdit: BenchCase = {
  name: 'edge-edit',
  about: 'an edge added to, or removed from, a graph of 10,000 jobs with 19,800 edges, with its preview',
  runs: 3,
  run(): readonly Measurement[] {
    const core = newCore();
    new Drive(core, 10).submit(wideGraph());
    const random = seededRandom(2);
    const times: number[] = [];
    const made: number[] = [];
    for (let edit = 0; edit < edits; edit++) {
      const removed = edit % 4 === 3 ? made.splice(Math.floor(random() * made.length), 1) : [];
      const added = removed.length > 0 ? [] : [randomEdge(random, edit)];
      const { nextEdge } = core.state;
      const start = process.hrtime.bigint();
      previewLink(core.state, added, new Set(removed));
      const pass = new Pass(core, edit);
      const { kind } = pass.command({ kind: 'link', by: 'ann', add: added, remove: removed });
      pass.finish();
      times.push(millisecondsSince(start));
      if (kind !== 'done') throw new Error('an edge that makes no cycle was refused');
      if (added.length > 0) made.push(nextEdge);
    }
    const bare = bareSearches(seededRandom(2));
    const measured = (name: string, part: number): Measurement => ({
      case: `preview, check and change, ${name}`,
      value: quantile(times, part),
      unit: 'ms',
      reference: quantile(bare, part),
      against: `the ${name} of a bare search over the same graph in typed arrays`,
      target: { of: 'value', is: 'most', amount: 5 },
    });
    return [measured('median', 0.5), measured('p99', 0.99)];
  },
};
