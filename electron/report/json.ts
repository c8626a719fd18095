/** `report.json`, piece by piece: what is known before the attempts, the attempts, what they add up to. */
import type { Attempt } from '../../shared/model/attempt';
import type { ReportInput } from './input';
import type { AttemptPlace } from './places';
import type { Summary } from './summary';

export function jsonStart({ batch, jobs, spec, nodes, version }: ReportInput): string {
  const { report: _, ...row } = batch;
  const rows = jobs.map(({ id, name, kind, priority, state, tasks, startedAt, endedAt, after, steps }) => ({
    id,
    name,
    kind,
    priority,
    state,
    tasks,
    startedAt,
    endedAt,
    after,
    steps: steps.map((step) => ({ name: step.name, count: step.count, tasks: step.tasks })),
  }));
  const known = nodes.map(({ id, name, kind, system, capacity }) => ({ id, name, kind, system, capacity }));
  return [
    '{',
    `"format": "drover-report",`,
    `"formatVersion": 1,`,
    `"drover": ${JSON.stringify(version)},`,
    `"batch": ${JSON.stringify({ ...row, wallMs: wallTime(batch) })},`,
    `"jobs": ${list(rows)},`,
    `"nodes": ${list(known)},`,
    `"resolved": ${JSON.stringify(spec)},`,
    `"attempts": [`,
  ].join('\n');
}

export function jsonAttempt(attempt: Attempt, { stepName, label }: AttemptPlace, first: boolean): string {
  const { id, job, task, node, assignedAt, endedAt, end, usage } = attempt;
  return `${first ? '' : ','}\n${JSON.stringify({ id, job, step: stepName, task, label, node, assignedAt, endedAt, end, usage })}`;
}

export function jsonEnd({ attempts, failed, usage, jobs }: Summary): string {
  return `\n],\n"summary": ${JSON.stringify({ attempts, failed, usage, jobs }, null, 1)}\n}\n`;
}

export function wallTime({ startedAt, endedAt }: ReportInput['batch']): number | null {
  return startedAt === null || endedAt === null ? null : Math.max(0, endedAt - startedAt);
}

function list(rows: readonly unknown[]): string {
  return rows.length === 0 ? '[]' : `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`;
}
