/** A form as a person has filled it in so far. */
import type { Field, Form } from '../../../shared/ipc/forms';
import type { Problem } from '../../../shared/ipc/errors';
import type { Instead, Submission } from '../../../shared/model/submission';

export interface Draft {
  readonly form: Form;
  /** Missing: nobody has given one, and the field has no default. */
  readonly values: Readonly<Record<string, string>>;
  /** The fields that the person has changed. */
  readonly touched: readonly string[];
  readonly instead: Instead;
}

export const fieldsIn = ({ groups }: Form): readonly Field[] => groups.flatMap(({ fields }) => fields);

export function newDraft(form: Form): Draft {
  const { parameters, instead = {} } = form.submission;
  const values = fieldsIn(form).flatMap(({ name, default: standard }) => {
    const value = parameters[name] ?? standard;
    return value === null ? [] : [[name, value] as const];
  });
  return { form, values: Object.fromEntries(values), touched: [], instead };
}

export const valueIn = ({ values }: Draft, { name }: Field): string => values[name] ?? '';

export function withValue(draft: Draft, name: string, value: string): Draft {
  if ((draft.values[name] ?? '') === value) return draft;
  const touched = draft.touched.includes(name) ? draft.touched : [...draft.touched, name];
  return { ...draft, touched, values: { ...draft.values, [name]: value } };
}

export const withInstead = (draft: Draft, change: Instead): Draft => ({
  ...draft,
  instead: { ...draft.instead, ...change },
});

/** With what was typed before, in a form that was opened again. */
export function withTyped(draft: Draft, values: Readonly<Record<string, string>>, instead: Instead): Draft {
  const names = fieldsIn(draft.form).map(({ name }) => name);
  const known = Object.entries(values).filter(([name]) => names.includes(name));
  return {
    ...draft,
    touched: known.map(([name]) => name),
    values: { ...draft.values, ...Object.fromEntries(known) },
    instead,
  };
}

/** The same form filled in from another file: what the person has typed stays. */
export function withForm(draft: Draft, form: Form): Draft {
  const fresh = newDraft(form);
  const typed = draft.touched.filter((name) => name !== form.reads);
  const values = Object.fromEntries(typed.map((name) => [name, draft.values[name] ?? '']));
  const wasNamed = draft.instead.name !== draft.form.submission.instead?.name;
  const name = wasNamed ? draft.instead.name : fresh.instead.name;
  const changed = withTyped(fresh, values, { ...draft.instead, name });
  return { ...changed, touched: draft.touched };
}

/** Back to what the template says. */
export function withDefaults(draft: Draft): Draft {
  const kept = new Set([draft.form.reads]);
  const values = fieldsIn(draft.form).flatMap(({ name, default: standard }) => {
    const value = kept.has(name) ? (draft.values[name] ?? null) : standard;
    return value === null ? [] : [[name, value] as const];
  });
  return {
    ...draft,
    values: Object.fromEntries(values),
    touched: fieldsIn(draft.form).map(({ name }) => name),
  };
}

/** A person has put something into it that would be lost. */
export const isChanged = (draft: Draft): boolean =>
  draft.touched.length > 0 ||
  JSON.stringify(draft.instead) !== JSON.stringify(draft.form.submission.instead ?? {});

/** By its condition. */
export function isThere(draft: Draft, { control, when }: Field): boolean {
  if (control.kind === 'hidden' || when === null) return control.kind !== 'hidden';
  return when.values.includes(draft.values[when.field] ?? '') === (when.is === 'oneOf');
}

/** Nothing was typed where an empty text means nothing. */
const isEmpty = ({ control }: Field, value: string): boolean =>
  value === '' && (control.kind === 'number' || control.kind === 'path' || control.kind === 'choice');

export function submissionOf(draft: Draft): Submission {
  const { form, instead } = draft;
  const given = fieldsIn(form).flatMap((field) => {
    const value = draft.values[field.name];
    const isOut = field.control.kind !== 'hidden' && !isThere(draft, field);
    if (value === undefined || value === field.default || isOut) return [];
    return isEmpty(field, value) && (field.default === null || field.control.kind !== 'path')
      ? []
      : [[field.name, value] as const];
  });
  return { ...form.submission, parameters: Object.fromEntries(given), instead: filledIn(instead) };
}

function filledIn({ name, priority, tenant, deadline }: Instead): Instead {
  const typed = (text: string | undefined): string | undefined =>
    text === undefined || text.trim() === '' ? undefined : text.trim();
  return { name: typed(name), priority, tenant: typed(tenant), deadline };
}

/** What still has to be given before it can be checked. */
export function missingIn(draft: Draft): readonly Field[] {
  const given = submissionOf(draft).parameters;
  return fieldsIn(draft.form).filter(
    (field) =>
      field.default === null &&
      !field.isOptional &&
      isThere(draft, field) &&
      !Object.hasOwn(given, field.name),
  );
}

export interface SortedProblems {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** By what counts in place of the recipe: `tenant`. */
  readonly instead: ReadonlyMap<string, string>;
  readonly others: readonly Problem[];
}

/** Each problem at the field whose value is to blame, where that can be told. */
export function sortProblems(draft: Draft, problems: readonly Problem[]): SortedProblems {
  const fields = new Map<string, string[]>();
  const instead = new Map<string, string>();
  const others: Problem[] = [];
  const there = fieldsIn(draft.form).filter((field) => isThere(draft, field));
  for (const problem of problems) {
    const [, of] = /^instead\.(\w+)$/.exec(problem.path) ?? [];
    if (of !== undefined) {
      instead.set(of, sentence(problem.message));
      continue;
    }
    const blamed = there.filter(({ places }) => places.some((place) => isWithin(problem.path, place)));
    for (const { name } of blamed) {
      // That nothing was given is said otherwise.
      if (problem.code === 'missing-parameter') continue;
      fields.set(name, [...(fields.get(name) ?? []), sentence(withoutPlace(problem.message, name))]);
    }
    if (blamed.length === 0) others.push(problem);
  }
  return { fields, instead, others };
}

/** What the place of the message tells already: whose value it is, and what it is. */
const withoutPlace = (message: string, name: string): string =>
  message
    .replace(`the value given for ${name}: `, '')
    .replace(/^its names filled in, this is "(?:[^"\\]|\\.)*": /, '');

const isWithin = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
