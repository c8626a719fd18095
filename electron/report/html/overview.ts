/** How it stands at a glance. */
import { totalOf, type TaskState } from '../../../shared/model/states';
import { coreHours, count, duration, energy, memory, moment, money, percent, thousands } from '../words';
import { escape } from './escape';
import type { PageContent } from './page-content';
import { note, share } from './parts';

export function* header({ batch, isFinal, writtenAt, place }: PageContent): Generator<string> {
  const whose = batch.tenant === 'default' ? '' : ` for ${batch.tenant}`;
  const run = batch.schedule === null ? '' : `, a run of schedule ${batch.schedule}`;
  yield `<header><h1>${escape(batch.name)}</h1><span class="state ${batch.state}">${batch.state}</span></header>
<p class="lead">${escape(`${batch.id}, submitted by ${batch.owner}${whose} on ${moment(batch.submittedAt)}${run}`)}</p>
`;
  if (isFinal) return;
  const expected =
    batch.expectedEnd === null ? '' : ` It is expected to end on ${moment(batch.expectedEnd)}.`;
  const next = place.isRenewed ? ' The page is renewed by itself while Drover works on it.' : '';
  yield `<p class="live">${escape(`It has not ended: this is how it stood on ${moment(writtenAt)}.${expected}${next}`)}</p>\n`;
}

/** What is done first, what is still to come last. */
const order: readonly TaskState[] = ['COMPLETED', 'FAILED', 'CANCELLED', 'RUNNING', 'QUEUED', 'PENDING'];

export function* overview(content: PageContent): Generator<string> {
  const { batch } = content;
  const total = totalOf(batch.tasks);
  const states = order.filter((state) => batch.tasks[state] > 0);
  const figures = figuresOf(content).map(({ name, value, more }) => {
    const small = more === '' ? '' : `<small>${escape(more)}</small>`;
    return `<div><dt>${name}</dt><dd>${escape(value)}${small}</dd></div>`;
  });
  const parts = states.map(
    (state) => `<span class="${state}" style="width:${share(batch.tasks[state] / total)}"></span>`,
  );
  const legend = states.map(
    (state) => `<span><i class="${state}"></i>${thousands(batch.tasks[state])} ${state.toLowerCase()}</span>`,
  );
  yield `<section><dl class="figures">${figures.join('')}</dl>
<div class="share" role="img" aria-label="Tasks by their state">${parts.join('')}</div><p class="legend">${legend.join('')}</p>${forgotten(content)}</section>
`;
}

/** The store keeps attempts by their number, not for ever. */
function forgotten({ batch, summary }: PageContent): string {
  const missing = batch.tasks.COMPLETED - summary.completed;
  if (missing <= 0) return '';
  return note(`It is not known any more when and where ${count(missing, 'completed task')} ran.`);
}

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly more: string;
}

const hour = 3_600_000;

function figuresOf({ batch, summary, isFinal }: PageContent): readonly Figure[] {
  const { usage, run, wait, cost, energyKWh, retries, lost } = summary;
  const bad = summary.failed + lost;
  const wall = batch.wallMs === null ? 'never started' : duration(batch.wallMs);
  const figures: Figure[] = [];
  const tell = (name: string, value: string, more = ''): unknown => figures.push({ name, value, more });
  tell(isFinal ? 'Wall time' : 'Wall time so far', wall);
  tell('Tasks completed', thousands(batch.tasks.COMPLETED), `of ${thousands(totalOf(batch.tasks))}`);
  tell('Attempts', thousands(summary.attempts), retries === 0 ? '' : count(retries, 'retry', 'retries'));
  tell('Failed attempts', bad === 0 ? 'none' : thousands(bad), lost === 0 ? '' : `${thousands(lost)} lost`);
  const wasted = run.wastedMs === 0 ? '' : `${percent(run.wastedMs / run.totalMs)} without result`;
  tell('Running time', duration(run.totalMs), wasted);
  if (wait.averageMs !== null) tell('Waiting time', duration(wait.averageMs), 'of a task, on average');
  const busy = usage.efficiency === null ? '' : `cores ${percent(usage.efficiency)} busy`;
  if (usage.attempts > 0 && usage.cpuMs >= hour) tell('Core hours used', coreHours(usage.cpuMs), busy);
  else if (usage.attempts > 0) tell('Processor time', duration(usage.cpuMs), busy);
  if (usage.peakMemoryMiB !== null) tell('Most memory', memory(usage.peakMemoryMiB), 'of an attempt');
  if (cost !== null) tell('Cost', money(cost), knownPart(summary.unpricedMs, run.totalMs));
  if (energyKWh !== null) tell('Energy', energy(energyKWh), knownPart(summary.unmeteredMs, run.totalMs));
  return figures;
}

function knownPart(unknownMs: number, totalMs: number): string {
  return unknownMs === 0 || totalMs === 0 ? '' : `not known of ${percent(unknownMs / totalMs)} of the time`;
}
