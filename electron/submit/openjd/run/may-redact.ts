import type { Environment, EnvironmentTemplate, Job, JobTemplate } from '../model';

/** Whether `openjd_redacted_env` may set variables: in an environment, or for null in tasks. */
export type MayRedact = (environment: Environment | null) => boolean;

/** Each template says so for what is its own. Of a job the first environments are those of the others. */
export function mayRedact(
  { environments }: Job,
  { extensions }: JobTemplate,
  others: readonly EnvironmentTemplate[],
): MayRedact {
  const outer = new Map<Environment | null | undefined, boolean>(
    others.map((template, index) => [environments[index], template.extensions.has('REDACTED_ENV_VARS')]),
  );
  return (environment) => outer.get(environment) ?? extensions.has('REDACTED_ENV_VARS');
}
