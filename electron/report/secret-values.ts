/** A report goes to others: what a variable is called tells that its value is not for them. */
import type { Batch, Step } from '../../shared/model/batch';

const secretName = /token|secret|passw|passphrase|credential|(api|access|private|signing)_?key/i;

export const leftOut = '(left out)';

export function withoutSecrets(batch: Batch): Batch {
  return { ...batch, jobs: batch.jobs.map((job) => ({ ...job, steps: job.steps.map(stepWithout) })) };
}

function stepWithout(step: Step): Step {
  return {
    ...step,
    environment: valuesWithout(step.environment),
    parameters: valuesWithout(step.parameters),
    environments: step.environments.map((each) => ({ ...each, variables: valuesWithout(each.variables) })),
  };
}

function valuesWithout(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, secretName.test(name) ? leftOut : value]),
  );
}
