/** What the attempts at a step used, and what to ask for next time: by the rules of the report, at any moment. */
import type { StepAbout } from '../shared/ipc/job';
import type { Store } from './engine/ports';
import type { StepRecord } from './engine/state';
import { stepDetail } from './ipc/rows';
import { StepSum } from './report/gather/steps';
import { Watcher } from './report/gather/seen';
import { suggestions } from './report/suggest/suggestions';

const tasksAtOnce = 1000;
/** Of more tasks, so many pieces are looked at that lie as far apart as they can. */
const mostPieces = 10;

export async function stepUsage(
  farm: { readonly store: Pick<Store, 'attempts'>; now(): number },
  record: StepRecord,
): Promise<Pick<StepAbout, 'used' | 'suggestions'>> {
  const { job, index, count } = record;
  const watcher = new Watcher(farm.now());
  const sum = new StepSum({ job: job.job.name, step: record.step.name }, stepDetail(record));
  const place = {
    ...{ job: job.index, jobName: job.job.name, stepName: record.step.name, label: '', nodeName: '' },
  };
  const starts = piecesOf(count);
  for (const from of starts) {
    const attempts = await farm.store.attempts(job.id, index, from, tasksAtOnce);
    for (const attempt of attempts.toSorted((a, b) => a.task - b.task))
      sum.add(watcher.see(attempt, place), { share: 0, node: undefined });
  }
  const found = sum.result(null);
  const { usage, asked } = found.report;
  const { attempts, cpuMs, peakMemoryMiB, efficiency } = usage;
  const cores = efficiency === null ? null : Number((efficiency * asked.cpu).toFixed(2));
  const isPart = starts.length * tasksAtOnce < count;
  return {
    used: attempts === 0 ? null : { attempts, isPart, cpuMs, peakMemoryMiB, cores },
    suggestions: suggestions({ steps: [found], nodes: [] }).map(({ what, why }) => ({ what, why })),
  };
}

/** From which tasks on. */
export function piecesOf(count: number): readonly number[] {
  const pieces = Math.ceil(count / tasksAtOnce);
  const looked = Math.min(mostPieces, pieces);
  return Array.from({ length: looked }, (_, piece) => Math.floor((piece * pieces) / looked) * tasksAtOnce);
}
