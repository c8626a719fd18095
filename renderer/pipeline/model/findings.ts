/** What a check has found, at the job that it is about. */
import type { Problem } from '../../../shared/ipc/errors';
import type { Finding, Severity } from '../../../shared/model/finding';
import type { Check } from '../../submit/useCheck';

export interface JobFinding {
  /** The name of the job; null: it is about the batch as a whole. */
  readonly job: string | null;
  /** The parameter; null: none in particular. */
  readonly parameter: string | null;
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string | null;
}

export function findingsOf(
  { recipe, refusal }: Pick<Check, 'recipe' | 'refusal'>,
  jobs: readonly string[],
): readonly JobFinding[] {
  if (refusal === null) return (recipe?.findings ?? []).map((finding) => ofFinding(finding, jobs));
  const { problems } = refusal;
  if (problems === undefined)
    return [{ job: null, parameter: null, severity: 'error', message: refusal.message, fix: null }];
  // What has to be given is told by the job itself.
  return problems
    .filter(({ code }) => code !== 'missing-parameter')
    .map((problem) => ofProblem(problem, jobs));
}

function ofFinding({ severity, message, fix, place }: Finding, jobs: readonly string[]): JobFinding {
  const path = place?.path ?? '';
  const job = jobAt(path, jobs);
  return { job, parameter: parameterAt(path, job), severity, message, fix };
}

function ofProblem({ path, message }: Problem, jobs: readonly string[]): JobFinding {
  const job = jobAt(path, jobs);
  const [, named] = /^the value given for (\w+): /.exec(message) ?? [];
  return {
    job,
    parameter: parameterAt(path, job) ?? named ?? null,
    severity: 'error',
    message: sentence(
      message.replace(/^the value given for \w+: |^its names filled in, this is "(?:[^"\\]|\\.)*": /, ''),
    ),
    fix: null,
  };
}

/** Names of jobs may have points in them: the longest that fits is meant. */
function jobAt(path: string, jobs: readonly string[]): string | null {
  const fitting = jobs.filter((job) => {
    const start = `jobs.${job}`;
    return path === start || path.startsWith(`${start}.`) || path.startsWith(`${start}[`);
  });
  return fitting.toSorted((one, other) => other.length - one.length)[0] ?? null;
}

function parameterAt(path: string, job: string | null): string | null {
  if (job === null) return null;
  return /^\.parameters\.(\w+)/.exec(path.slice(`jobs.${job}`.length))?.[1] ?? null;
}

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** The worst of some; null: there are none. */
export const worstOf = (findings: readonly Pick<JobFinding, 'severity'>[]): Severity | null =>
  findings.map(({ severity }) => severity).toSorted((one, other) => ranks[one] - ranks[other])[0] ?? null;
