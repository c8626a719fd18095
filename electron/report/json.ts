/** `report.json`, piece by piece: what is known before the attempts, the attempts, what they add up to. */
import type { Attempt } from '../../shared/model/attempt';
import { relationInWords } from '../../shared/model/limits-in-words';
import type { ReportedDependency, ReportedEnd, ReportInput } from './input';
import type { AttemptPlace } from './places';
import type { Report } from './schema/report';
import { withoutSecrets } from './secret-values';

type Start = Pick<
  Report,
  | 'format'
  | 'formatVersion'
  | 'drover'
  | 'writtenAt'
  | 'isFinal'
  | 'batch'
  | 'jobs'
  | 'dependencies'
  | 'resolved'
  | 'history'
>;

/** What is known of a batch before its attempts are looked at. */
export function startOf(input: ReportInput): Start {
  const { drover, writtenAt, batch, jobs, spec, history, dependencies } = input;
  return {
    format: 'drover-report',
    formatVersion: 2,
    drover,
    writtenAt,
    isFinal: batch.endedAt !== null,
    batch: {
      ...batch,
      wallMs: wallTime(input),
      expectedEnd: expectedEnd(input),
      recipe: spec.recipe,
    },
    jobs: jobs.map(
      ({ id, name, kind, priority, state, tasks, startedAt, endedAt, deadline, after, steps }) => ({
        id,
        name,
        kind,
        priority,
        state,
        tasks,
        startedAt,
        endedAt,
        deadline,
        after,
        steps: steps.map((step) => ({
          name: step.name,
          count: step.count,
          tasks: step.tasks,
          request: step.request,
          timeoutMs: step.timeoutMs,
        })),
      }),
    ),
    dependencies: dependencies.map(dependencyOf),
    resolved: withoutSecrets(spec),
    history,
  };
}

/** Everything up to the attempts, a line for each thing. */
export function* jsonStart(start: Start): Generator<string> {
  let separator = '{\n';
  for (const [name, value] of Object.entries(start)) {
    yield `${separator}${JSON.stringify(name)}: `;
    yield* Array.isArray(value) ? listOf(value) : [JSON.stringify(value)];
    separator = ',\n';
  }
  yield `,\n"attempts": [`;
}

export function jsonAttempt(attempt: Attempt, { stepName, label }: AttemptPlace, isFirst: boolean): string {
  const { id, job, task, node, assignedAt, endedAt, end, usage } = attempt;
  const row: Report['attempts'][number] = {
    id,
    job,
    step: stepName,
    task,
    label,
    node,
    assignedAt,
    endedAt,
    end,
    usage,
  };
  return `${isFirst ? '' : ','}\n${JSON.stringify(row)}`;
}

type Sums = Pick<Report, 'summary' | 'steps' | 'nodes' | 'failures' | 'failureGroups' | 'suggestions'>;

/** What follows the attempts, up to the files of the outputs. */
export function* jsonSums({ summary, ...lists }: Sums): Generator<string> {
  yield `\n],\n"summary": ${JSON.stringify(summary)}`;
  for (const [name, list] of Object.entries(lists)) {
    yield `,\n${JSON.stringify(name)}: `;
    yield* listOf(list);
  }
}

type Outputs = Omit<Report['outputs'], 'files'>;

export const jsonOutputsStart = ',\n"outputs": {"files": [';
export const jsonOutput = (file: Report['outputs']['files'][number], isFirst: boolean): string =>
  `${isFirst ? '' : ','}\n${JSON.stringify(file)}`;
export const jsonEnd = (outputs: Outputs): string => `\n],${JSON.stringify(outputs).slice(1)}\n}\n`;

export function wallTime({ batch, writtenAt }: ReportInput): number | null {
  return batch.startedAt === null ? null : Math.max(0, (batch.endedAt ?? writtenAt) - batch.startedAt);
}

function expectedEnd({ batch, jobs }: ReportInput): number | null {
  if (batch.endedAt !== null) return null;
  const ends = jobs.flatMap(({ forecast }) => (forecast === null ? [] : [forecast.end?.p50 ?? Infinity]));
  const last = ends.reduce((most, end) => Math.max(most, end), 0);
  return ends.length === 0 || last === Infinity ? null : Math.round(last);
}

function dependencyOf({
  from,
  to,
  relation,
  onFailure,
  state,
  reason,
}: ReportedDependency): Report['dependencies'][number] {
  return {
    from: from === null ? null : endOf(from),
    to: endOf(to),
    type: relation.type,
    what: relationInWords(relation),
    onFailure,
    state,
    reason,
  };
}

const endOf = ({
  job,
  jobName,
  step,
}: ReportedEnd): { job: ReportedEnd['job']; jobName: string; step: string | null } => ({
  job,
  jobName,
  step: step?.name ?? null,
});

function* listOf(rows: readonly unknown[]): Generator<string> {
  let separator = '[\n';
  for (const row of rows) {
    yield `${separator}${JSON.stringify(row)}`;
    separator = ',\n';
  }
  yield rows.length === 0 ? '[]' : '\n]';
}
