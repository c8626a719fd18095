/** Which steps of a job run, in which order, and which tasks a person has named. */
import { didYouMean } from '../../document/suggest';
import { listNames, quote } from '../../document/words';
import { anInteger, aNumber, parseFloat64, parseInteger } from '../numbers';
import { parseRanges } from '../ranges';
import type { Job, JobStep, TaskParameter } from '../model';
import type { Task } from './task-source';

export type Chosen<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly messages: readonly string[] };

/** Null: all of them. What a step depends on runs before it. */
export function chooseSteps(
  { steps }: Pick<Job, 'steps'>,
  name: string | null,
  withDependencies: boolean,
): Chosen<readonly JobStep[]> {
  const byName = new Map(steps.map((step) => [step.name, step]));
  if (name === null) return { ok: true, value: inOrder(steps, byName) };
  const step = byName.get(name);
  if (step === undefined) {
    const message = `there is no step ${quote(name)}${didYouMean(name, byName.keys())}; the job has: ${listNames(byName.keys())}`;
    return { ok: false, messages: [message] };
  }
  return { ok: true, value: withDependencies ? inOrder([step], byName) : [step] };
}

function inOrder(wanted: readonly JobStep[], byName: ReadonlyMap<string, JobStep>): readonly JobStep[] {
  const ordered = new Set<JobStep>();
  // Not recursive: a chain of dependencies may be as long as the template.
  const open = wanted.toReversed();
  for (let step = open.at(-1); step !== undefined; step = open.at(-1)) {
    const before = step.dependencies
      .flatMap((name) => byName.get(name) ?? [])
      .filter((dependency) => !ordered.has(dependency));
    if (before.length > 0) open.push(...before.toReversed());
    else {
      ordered.add(step);
      open.pop();
    }
  }
  return [...ordered];
}

/** Each of them has a value for every parameter, also one that is not in its range. */
export function namedTasks(
  step: JobStep,
  given: readonly ReadonlyMap<string, string>[],
): Chosen<readonly Task[]> {
  const { parameters } = step.space;
  if (parameters.length === 0)
    return { ok: false, messages: [`step ${quote(step.name)} has no parameters; its one task needs none`] };
  const messages: string[] = [];
  const tasks = given.map((values, index): Task => {
    const where = given.length === 1 ? '' : `task ${index + 1}: `;
    const names = parameters.map(({ name }) => name);
    for (const name of values.keys())
      if (!names.includes(name))
        messages.push(
          `${where}step ${quote(step.name)} has no parameter ${name}${didYouMean(name, names)}; it has: ${listNames(names)}`,
        );
    return parameters.flatMap(({ name, type }) => {
      const value = values.get(name);
      const mistake = value === undefined ? 'has no value' : mistakeIn(value, type);
      if (mistake !== null) messages.push(`${where}the task parameter ${name} ${mistake}`);
      return value === undefined ? [] : [{ name, type, value }];
    });
  });
  return messages.length > 0 ? { ok: false, messages } : { ok: true, value: tasks };
}

function mistakeIn(value: string, type: TaskParameter['type']): string | null {
  switch (type) {
    case 'INT':
      return parseInteger(value) === null ? `is ${quote(value)}; allowed is ${anInteger}` : null;
    case 'FLOAT':
      return parseFloat64(value) === null ? `is ${quote(value)}; allowed is ${aNumber}` : null;
    case 'CHUNK[INT]': {
      const ranges = parseRanges(value);
      return ranges.ok ? null : `is ${quote(value)}: ${ranges.message}`;
    }
    case 'STRING':
    case 'PATH':
      return null;
  }
}
