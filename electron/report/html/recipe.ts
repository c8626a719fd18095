/** What was asked for, as it was resolved; what waited for what; who did what. */
import {
  needsInWords,
  requestInWords,
  retryInWords,
  spanInWords,
} from '../../../shared/model/limits-in-words';
import { taskLabel } from '../../../shared/model/space';
import type { ReportedJob } from '../input';
import { count, moment } from '../words';
import { escape } from './escape';
import type { PageContent } from './page-content';
import { facts, rest, section, soft, table } from './parts';

const mostJobs = 50;
const mostDependencies = 100;
const mostCommand = 4000;
const mostValues = 50;

export function* recipeSection(content: PageContent): Generator<string> {
  yield* section('What was asked for', recipe(content), 'recipe');
  if (content.dependencies.length > 0)
    yield* section('What waited for what', dependencies(content), 'dependencies');
  if (content.history.length > 0) yield* section('Who did what', history(content), 'history');
}

function* recipe({ batch, details, resolved }: PageContent): Generator<string> {
  yield facts([
    ['Recipe', batch.recipe === null ? soft('none: it was submitted as text') : escape(batch.recipe)],
    ['Results', escape(batch.output)],
    ['Owner', escape(batch.owner)],
    ['Tenant', escape(batch.tenant)],
  ]);
  const specs = new Map(resolved.jobs.map((job) => [job.name, job]));
  for (const job of details.slice(0, mostJobs)) yield* jobOf(job, specs.get(job.name));
  yield rest(details.length, mostJobs, 'jobs');
}

type JobSpec = PageContent['resolved']['jobs'][number];

function* jobOf(job: ReportedJob, spec: JobSpec | undefined): Generator<string> {
  const about = `${job.kind}, priority ${job.priority.toLowerCase()}`;
  yield `<details class="job"><summary><b>${escape(job.name)}</b> ${soft(about)}</summary>\n`;
  for (const [index, step] of job.steps.entries()) {
    const known = spec?.steps[index];
    yield facts([
      ...(job.steps.length === 1 ? [] : [['Step', `<b>${escape(step.name)}</b>`] as const]),
      ['Tasks', escape(tasksOf(step, known))],
      ['Asks for', escape(requestInWords(step.request))],
      ...entry('Nodes', needsInWords(step.needs)),
      ...entry('Retries', retryInWords(step.retry)),
      ...entry('Time limit', step.timeoutMs === null ? '' : spanInWords(step.timeoutMs)),
      ...(job.deadline === null ? [] : entry('Deadline', moment(job.deadline))),
      ['Folder', escape(step.folder)],
      ...valuesOf('Parameters', known?.parameters ?? {}),
      ...valuesOf('Environment', known?.environment ?? {}),
      ...entry('Sessions', (known?.environments ?? []).map(({ name }) => name).join(', ')),
    ]);
    const { command } = step;
    yield `<pre>${escape(command.length > mostCommand ? `${command.slice(0, mostCommand)}…` : command)}</pre>\n`;
  }
  yield '</details>\n';
}

function tasksOf(
  { count: tasks }: ReportedJob['steps'][number],
  spec: JobSpec['steps'][number] | undefined,
): string {
  const words = count(tasks, 'task');
  if (spec === undefined || tasks < 2) return words;
  return `${words}: ${taskLabel(spec.space, 0)} to ${taskLabel(spec.space, tasks - 1)}`;
}

const entry = (name: string, words: string): readonly (readonly [string, string])[] =>
  words === '' ? [] : [[name, escape(words)]];

function valuesOf(
  name: string,
  values: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  const all = Object.entries(values);
  const lines = all.slice(0, mostValues).map(([key, value]) => escape(`${key}=${value}`));
  if (all.length > mostValues) lines.push(`and ${all.length - mostValues} more`);
  return lines.length === 0 ? [] : [[name, lines.join('<br>')]];
}

function* dependencies({ dependencies }: PageContent): Generator<string> {
  yield* table(
    [{ name: 'Work' }, { name: 'waits for' }, { name: 'of' }, { name: 'State' }],
    dependencies
      .slice(0, mostDependencies)
      .map(({ from, to, what, state, reason }) => [
        endOf(to),
        escape(what),
        from === null ? '' : endOf(from),
        `${state}${reason === null ? '' : `<small>${escape(reason)}</small>`}`,
      ]),
  );
  yield rest(dependencies.length, mostDependencies, 'dependencies');
}

type End = PageContent['dependencies'][number]['to'];
const endOf = ({ jobName, step }: End): string =>
  `<span class="name">${escape(step === null ? jobName : `${jobName}/${step}`)}</span>`;

function* history({ history }: PageContent): Generator<string> {
  yield* table(
    [{ name: 'When' }, { name: 'Who' }, { name: 'What' }],
    history.map(({ at, by, what, why }) => [
      soft(moment(at)),
      by === null ? soft('Drover') : escape(by),
      `${escape(what)}${why === null ? '' : `<small>${escape(why)}</small>`}`,
    ]),
  );
}
