/** What each step did, and what it used of what it asked for. */
import { workInWords } from '../places';
import { coreHours, duration, memory, money, percent, thousands } from '../words';
import { durationSection } from './durations';
import { escape } from './escape';
import type { PageContent } from './page-content';
import { rest, section, share, soft, table, type Column } from './parts';
import { colourOf } from './timeline';

type Step = PageContent['steps'][number];

const mostRows = 200;

export function* workSection(content: PageContent): Generator<string> {
  const { steps } = content;
  yield* section('Jobs', workTable(content), 'jobs');
  yield* durationSection(content);
  const asked = steps.filter(({ usage }) => usage.attempts > 0);
  if (asked.length > 0) yield* section('Asked for, and used', resources(asked), 'resources');
}

function* workTable({ steps, jobs }: PageContent): Generator<string> {
  const columns: readonly Column[] = [
    { name: 'Job' },
    { name: 'State' },
    { name: 'Completed', isNumber: true },
    { name: 'Attempts', isNumber: true },
    { name: 'Failed', isNumber: true },
    { name: 'Retries', isNumber: true },
    {
      name: 'Waited',
      isNumber: true,
      hint: 'From when the work could begin to the first attempt at a task, on average',
    },
    { name: 'Median', isNumber: true, hint: 'How long half of the completed attempts took at most' },
    { name: 'Wall time', isNumber: true, hint: 'Of the job, from its first attempt to its end' },
    { name: 'Cost', isNumber: true },
  ];
  const hasCosts = steps.some(({ cost }) => cost !== null);
  const byName = new Map(jobs.map((job, index) => [job.name, { job, index }]));
  const rows = steps.slice(0, mostRows).map((step) => {
    const known = byName.get(step.job);
    const { startedAt = null, endedAt = null } = known?.job ?? {};
    const bad = step.failed + step.lost;
    const cells = [
      `<span class="name"><i class="j${colourOf(known?.index ?? 0)}"></i>${escape(workInWords(step.job, step.step))}</span>`,
      known === undefined ? '' : `<span class="${known.job.state}">${known.job.state}</span>`,
      `${thousands(step.completed)} ${soft(`of ${thousands(step.tasks)}`)}`,
      thousands(step.attempts),
      bad === 0 ? '' : `<span class="bad">${thousands(bad)}</span>`,
      step.retries === 0 ? '' : thousands(step.retries),
      time(step.wait.averageMs),
      time(step.run.medianMs),
      startedAt === null || endedAt === null ? '' : duration(Math.max(0, endedAt - startedAt)),
      step.cost === null ? '' : escape(money(step.cost)),
    ];
    return hasCosts ? cells : cells.slice(0, -1);
  });
  yield* table(hasCosts ? columns : columns.slice(0, -1), rows);
  yield rest(steps.length, mostRows, 'rows');
}

const time = (milliseconds: number | null): string => (milliseconds === null ? '' : duration(milliseconds));

function* resources(steps: readonly Step[]): Generator<string> {
  const columns: readonly Column[] = [
    { name: 'Job' },
    { name: 'Cores asked', isNumber: true },
    { name: 'Busy' },
    { name: 'Memory asked', isNumber: true },
    { name: 'Most used' },
    { name: 'Core hours', isNumber: true },
  ];
  const rows = steps.slice(0, mostRows).map(({ job, step, asked, usage }) => {
    const { efficiency, peakMemoryMiB: peak } = usage;
    return [
      `<span class="name">${escape(workInWords(job, step))}</span>`,
      asked.cpu === 0 ? soft('none') : String(Number(asked.cpu.toFixed(2))),
      efficiency === null ? '' : meter(efficiency, percent(efficiency)),
      asked.memoryMiB === 0 ? soft('none') : memory(asked.memoryMiB),
      peak === null ? '' : asked.memoryMiB === 0 ? memory(peak) : meter(peak / asked.memoryMiB, memory(peak)),
      escape(coreHours(usage.cpuMs)),
    ];
  });
  yield* table(columns, rows);
  yield rest(steps.length, mostRows, 'rows');
}

/** How much of what was asked for; more than that is red. */
function meter(part: number, words: string): string {
  return `<span class="meter"><i${part > 1.005 ? ' class="over"' : ''} style="width:${share(part)}"></i></span> ${escape(words)}`;
}
