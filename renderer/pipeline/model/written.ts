/** Between a sketch and the pipeline that it is written as. */
import type { Form, PresetCard } from '../../../shared/ipc/forms';
import type { Pipeline } from '../../../shared/model/pipeline';
import { fieldsIn, missingIn, newDraft, submissionOf } from '../../submit/form/draft';
import type { Draft } from '../../submit/form/draft';
import type { FormOf } from './feeding';
import type { Sketch, SketchJob } from './sketch';

/** The form of a job as it is filled in. */
export const draftOfJob = (form: Form, { values }: Pick<SketchJob, 'values'>): Draft =>
  newDraft({ ...form, submission: { ...form.submission, parameters: values, instead: {} } });

/** What of a form that was filled in a sketch keeps. */
export function valuesOf({ form, values }: Draft): Readonly<Record<string, string>> {
  const standard = new Map(fieldsIn(form).map((field) => [field.name, field.default]));
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== (standard.get(name) ?? '')),
  );
}

/** Labels of what still has to be given. */
export const neededIn = (form: Form, job: SketchJob): readonly string[] =>
  missingIn(draftOfJob(form, job)).map(({ label }) => label);

export function pipelineOf(sketch: Sketch, formOf: FormOf): Pipeline {
  const { name, tenant, priority, deadline, folder } = sketch;
  const nameOf = new Map(sketch.jobs.map((job) => [job.id, job.name]));
  return {
    ...{ name, tenant, priority, deadline },
    jobs: sketch.jobs.map((job) => {
      const form = formOf(job.preset);
      const { preset, values } = job;
      const parameters = form === null ? values : parametersOf(form, job, folder);
      return { name: job.name, preset, parameters };
    }),
    edges: sketch.edges.flatMap(({ from, to, relation, onFailure }) => {
      const [start, end] = [nameOf.get(from), nameOf.get(to)];
      return start === undefined || end === undefined ? [] : [{ from: start, to: end, relation, onFailure }];
    }),
  };
}

/** Those of fields that are there, with whole paths: the recipe may lie anywhere. */
function parametersOf(form: Form, job: SketchJob, folder: string): Readonly<Record<string, string>> {
  const given = submissionOf(draftOfJob(form, job)).parameters;
  const paths = new Set(
    fieldsIn(form).flatMap(({ name, control }) => (control.kind === 'path' ? [name] : [])),
  );
  const known = new Set(fieldsIn(form).map(({ name }) => name));
  // The check says what is wrong with those that the preset does not have.
  const unknown = Object.entries(job.values).filter(([name]) => !known.has(name));
  return Object.fromEntries(
    [...Object.entries(given), ...unknown].map(([name, value]) => [
      name,
      paths.has(name) ? wholePath(folder, value) : value,
    ]),
  );
}

/** What begins with a name such as `{{Output}}` is whole as well. */
export function wholePath(folder: string, path: string): string {
  const isWhole = /^(?:[\\/]|[A-Za-z]:[\\/]|\{\{)/.test(path);
  if (isWhole || path === '' || folder === '') return path;
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return `${folder.replace(/[\\/]$/, '')}${separator}${path}`;
}

/** `places`: by the names of jobs. */
export function sketchOf(
  pipeline: Pipeline,
  folder: string,
  cards: readonly PresetCard[],
  places: ReadonlyMap<string, { readonly x: number; readonly y: number }>,
): Sketch {
  const { name, tenant, priority, deadline } = pipeline;
  const ids = new Map(pipeline.jobs.map((job, index) => [job.name, `j${index + 1}`]));
  const jobs = pipeline.jobs.map(({ name: own, preset, parameters }): SketchJob => {
    const card = cards.find((one) => one.name === preset);
    const { x, y } = places.get(own) ?? { x: 0, y: 0 };
    return {
      ...{ id: ids.get(own) ?? own, name: own, preset, x, y, values: parameters },
      title: card?.title ?? preset,
      kind: card?.kind ?? 'command',
    };
  });
  const edges = pipeline.edges.map(({ from, to, relation, onFailure }, index) => ({
    ...{ id: `e${jobs.length + index + 1}`, from: ids.get(from) ?? from, to: ids.get(to) ?? to },
    ...{ relation, onFailure },
  }));
  return {
    ...{ name, tenant, priority, deadline, jobs, edges, folder },
    nextId: jobs.length + edges.length + 1,
  };
}
