/** How the results of a job become what the next one works on. */
import type { Field, Form } from '../../../shared/ipc/forms';
import { fieldsIn } from '../../submit/form/draft';
import { earlierJobs } from './sketch';
import type { Sketch, SketchJob } from './sketch';

export type FormOf = (preset: string) => Form | null;

/** The parameter of the folder of results: a folder that need not be given; null: there is none. */
export const outputField = (form: Form): string | null =>
  fieldsIn(form).find(({ control, isOptional }) => control.kind === 'path' && isOptional)?.name ?? null;

/** Where a job puts its results; null: that is not known. */
export function resultsOf(job: SketchJob, form: Form | null): string | null {
  const output = form === null ? null : outputField(form);
  if (output === null) return null;
  const value = job.values[output] ?? '';
  return value.trim() === '' ? '{{Output}}' : value;
}

export interface Feed {
  /** The name of the earlier job. */
  readonly job: string;
  readonly folder: string;
}

/** The results of whatever comes before a job. */
export function feedsOf(sketch: Sketch, id: string, formOf: FormOf): readonly Feed[] {
  return earlierJobs(sketch, id).flatMap((job) => {
    const folder = resultsOf(job, formOf(job.preset));
    return folder === null ? [] : [{ job: job.name, folder }];
  });
}

/** May be filled in from what comes before: anything that names files, but the folder of its own results. */
export const takesResults = ({ control, isOptional }: Field): boolean =>
  (control.kind === 'path' && !isOptional) || control.kind === 'lines';

/** What a field becomes when a folder of results is chosen for it: a command goes on with it, a file needs its name. */
export function fedValue({ control }: Field, value: string, folder: string): string {
  if (control.kind === 'lines')
    return value === '' || /\s$/.test(value) ? `${value}${folder}` : `${value} ${folder}`;
  return control.kind === 'path' && control.pick === 'file' ? `${folder}/` : folder;
}

/** A new edge fills in the folder that the later job works on, if it has a single one and nobody has said which. */
export function fedByEdge(sketch: Sketch, from: string, to: string, formOf: FormOf): Sketch {
  const [earlier, later] = [from, to].map((id) => sketch.jobs.find((job) => job.id === id));
  if (earlier === undefined || later === undefined) return sketch;
  const form = formOf(later.preset);
  const folder = resultsOf(earlier, formOf(earlier.preset));
  if (form === null || folder === null) return sketch;
  const folders = fieldsIn(form).filter(
    ({ control, isOptional, default: standard }) =>
      control.kind === 'path' && control.pick === 'folder' && !isOptional && standard === null,
  );
  const [only, ...others] = folders;
  if (only === undefined || others.length > 0 || (later.values[only.name] ?? '') !== '') return sketch;
  return {
    ...sketch,
    jobs: sketch.jobs.map((job) =>
      job.id === to ? { ...job, values: { ...job.values, [only.name]: folder } } : job,
    ),
  };
}
