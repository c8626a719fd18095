/** How the terminal shows things. */
import { branchInWords } from '../../shared/model/checkpoint';
import type { BatchRow, JobRow } from '../../shared/ipc/queue';
import type { JobDetail, StepDetail, TaskRow } from '../../shared/ipc/job';
import { endInWords } from '../../shared/model/attempt';
import type { Relation } from '../../shared/model/dependency';
import {
  needsInWords,
  relationInWords,
  requestInWords,
  retryInWords,
  spanInWords,
} from '../../shared/model/limits-in-words';
import { taskStates, totalOf, type TaskCounts } from '../../shared/model/states';
import {
  stuckInWords,
  type BacktestSummary,
  type Band,
  type Forecast,
  type JobForecast,
} from '../../shared/model/forecast';
import { usageInWords } from '../../shared/model/usage-in-words';
import { verdictInWords } from '../../shared/model/verdict';
import type { NotableTasks } from './tasks';

export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function counts(tasks: TaskCounts): string {
  const parts = taskStates
    .filter((state) => tasks[state] > 0)
    .map((state) => `${tasks[state]} ${state.toLowerCase()}`);
  return parts.join(', ');
}

export const percent = (fraction: number): string => `${Math.floor(fraction * 100)}%`;

export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 100) / 10;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function queueText(batches: readonly BatchRow[], jobs: readonly JobRow[]): string {
  if (batches.length === 0) return 'Nothing has been submitted yet. Try: drover run FILE';
  const rows: string[][] = [['ID', 'NAME', 'STATE', 'DONE', 'TASKS']];
  for (const batch of batches) {
    rows.push([batch.id, batch.name, batch.state, percent(batch.progress), counts(batch.tasks)]);
    for (const job of jobs) {
      if (job.batch === batch.id)
        rows.push([`  ${job.id}`, job.name, job.state, percent(job.progress), counts(job.tasks)]);
    }
  }
  return table(rows);
}

export function jobText(job: JobDetail, tasks: NotableTasks): string {
  const lines = [
    `${job.id}  ${job.name} (${job.kind}) of ${job.batchName}`,
    `state     ${job.state}, ${percent(job.progress)} of ${totalOf(job.tasks)} ${totalOf(job.tasks) === 1 ? 'task' : 'tasks'}: ${counts(job.tasks)}`,
    `owner     ${job.owner}, tenant ${job.tenant}, priority ${job.priority}`,
    ...(job.deadline === null ? [] : [`deadline  ${moments.format(job.deadline)}`]),
    ...(job.most === null ? [] : [`most      ${job.most} tasks at once`]),
    ...job.conditions.map((relation) => conditionText(relation)),
    ...(job.after.length > 0 ? [`after     ${job.after.join(', ')}`] : []),
    `output    ${job.output}`,
    ...(job.recipe === null ? [] : [`recipe    ${job.recipe}`]),
    ...(job.branch === null ? [] : [`is a      ${branchInWords(job.branch)}`]),
    ...(job.forecast === null ? [] : [`expected  ${forecastText(job.forecast)}`]),
    ...job.verdicts.map((verdict) => `waiting   ${verdictInWords(verdict)}`),
    ...job.steps.flatMap((step) => [
      `step      ${step.name}: ${step.command}`,
      `          ${stepLimits(step)}`,
    ]),
  ];
  for (const task of tasks.rows)
    lines.push(`task      ${task.task}${task.label === '' ? '' : ` (${task.label})`} ${taskText(task)}`);
  if (tasks.left > 0) lines.push(`          and ${tasks.left} more that failed or run`);
  return lines.join('\n');
}

export const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

const bandText = ({ p50, p90 }: Band): string =>
  p90 - p50 < 1000 ? moments.format(p50) : `${moments.format(p50)} to ${moments.format(p90)}`;

function forecastText({ end, stuck, basis }: JobForecast): string {
  if (end === null) return `no end as things are (${stuck === null ? 'it waits' : stuckInWords(stuck)})`;
  return `ends ${bandText(end)}${basis === 'guess' ? ', guessing how long its tasks take' : ''}`;
}

/** Half of the time by the first time, nine times of ten by the second. */
export function forecastsText(forecast: Forecast, backtest: BacktestSummary): string {
  const percentOf = (part: number | null): string => (part === null ? '?' : `${Math.round(part * 100)} %`);
  const rows = forecast.jobs.map((job) => [job.job, forecastText(job)]);
  const past =
    backtest.jobs === 0
      ? 'No forecast has been checked yet.'
      : `Of the last ${backtest.jobs} forecasts, half were off by less than ${percentOf(backtest.medianError)}; ${percentOf(backtest.late)} of the jobs ended later than the second time.`;
  return rows.length === 0 ? `Nothing is left to do.\n${past}` : `${table(rows)}\n${past}`;
}

const conditionText = (relation: Relation): string =>
  `${relation.type === 'RESOURCE' ? 'lock' : 'when'}      ${relationInWords(relation)}`;

function stepLimits({ request, needs, retry, timeoutMs, preemptible }: StepDetail): string {
  return [
    `${requestInWords(request)} a task`,
    needsInWords(needs),
    retryInWords(retry),
    timeoutMs === null ? '' : `stopped after ${spanInWords(timeoutMs)}`,
    preemptible ? 'gives way to more urgent work' : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** How a task is, and what its newest attempt used. */
export function taskText(task: TaskRow): string {
  return task.usage === null ? stateText(task) : `${stateText(task)}; it ${usageInWords(task.usage)}`;
}

function stateText(task: TaskRow): string {
  if (task.end !== null && task.state === 'FAILED')
    return `${endInWords(task.end)} on ${task.node ?? 'a node'}, attempt ${task.attempts}`;
  const told = task.progress === null ? '' : `, ${percent(task.progress)}`;
  return `${task.state.toLowerCase()} on ${task.node ?? 'a node'}${told}`;
}
