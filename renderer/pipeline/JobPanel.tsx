import { Button, MultiSelect, TextInput } from '@mantine/core';
import { IconArrowBarToRight, IconCopy, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Field, Form } from '../../shared/ipc/forms';
import { requestOrTell } from '../live/request';
import { FieldControl } from '../submit/form/FieldControl';
import { FieldGroups } from '../submit/form/FieldGroups';
import { isThere, missingIn, valueIn, withValue } from '../submit/form/draft';
import { IconButton } from '../ui/IconButton';
import { Loading } from '../ui/Notice';
import { FoundList } from './FoundList';
import { fedByEdge, fedValue, takesResults } from './model/feeding';
import type { Feed, FormOf } from './model/feeding';
import type { JobFinding } from './model/findings';
import {
  changedJob,
  edgeBetween,
  loopThrough,
  nameProblem,
  renamed,
  withEdge,
  withoutEdges,
} from './model/sketch';
import type { Sketch, SketchJob } from './model/sketch';
import { draftOfJob, valuesOf } from './model/written';
import { change } from './sketches';

interface Props {
  readonly sketch: Sketch;
  readonly job: SketchJob;
  /** Null: not known yet. */
  readonly form: Form | null;
  readonly formOf: FormOf;
  readonly feeds: readonly Feed[];
  readonly findings: readonly JobFinding[];
  onDuplicate(this: void): void;
  onRemove(this: void): void;
}

/** A job of the pipeline: its name, what it waits for, and its form. */
export function JobPanel(props: Props): ReactNode {
  const { sketch, job, form, findings } = props;
  return (
    <>
      <div className="pipeline-panel-head">
        <h2 className="graph-panel-title">{job.title}</h2>
        <IconButton label="Duplicate (Ctrl+D)" onClick={props.onDuplicate}>
          <IconCopy size={16} stroke={1.7} aria-hidden />
        </IconButton>
        <IconButton label="Remove (Delete)" onClick={props.onRemove}>
          <IconTrash size={16} stroke={1.7} aria-hidden />
        </IconButton>
      </div>
      <FoundList findings={findings.filter(({ parameter }) => parameter === null)} />
      <NameField sketch={sketch} job={job} />
      <Before sketch={sketch} job={job} formOf={props.formOf} />
      {form === null ? <Loading what="the form" /> : <Fields {...props} form={form} />}
    </>
  );
}

/** Taken as soon as it can be one; what cannot is only told. */
function NameField({ sketch, job }: Pick<Props, 'sketch' | 'job'>): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      label="Name"
      size="xs"
      maxLength={64}
      spellCheck={false}
      autoComplete="off"
      value={typed ?? job.name}
      error={typed === null ? null : nameProblem(sketch, job.id, typed)}
      onChange={(event) => {
        const name = event.currentTarget.value;
        setTyped(name);
        if (nameProblem(sketch, job.id, name) === null)
          change((old) => renamed(old, job.id, name), `name ${job.id}`);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

/** Edges can be made here without a mouse. What would close a loop is not offered. */
function Before({ sketch, job, formOf }: Pick<Props, 'sketch' | 'job' | 'formOf'>): ReactNode {
  const before = sketch.edges.filter(({ to }) => to === job.id);
  const others = sketch.jobs.filter(
    ({ id }) => id !== job.id && loopThrough(sketch.edges, id, job.id) === null,
  );
  if (others.length === 0) return null;
  return (
    <MultiSelect
      size="xs"
      label="Waits for"
      data={others.map(({ id, name }) => ({ value: id, label: name }))}
      value={before.map(({ from }) => from)}
      {...(before.length === 0 ? { placeholder: 'Nothing: it starts at once' } : {})}
      onChange={(ids) => {
        const gone = new Set(before.filter(({ from }) => !ids.includes(from)).map(({ id }) => id));
        const fresh = ids.filter((id) => edgeBetween(sketch, id, job.id) === null);
        change((old) =>
          fresh.reduce(
            (next, from) => fedByEdge(withEdge(next, from, job.id), from, job.id, formOf),
            withoutEdges(old, gone),
          ),
        );
      }}
    />
  );
}

/** Controls that take a whole line. */
const wide: ReadonlySet<string> = new Set(['path', 'lines']);

function Fields({ sketch, job, form, feeds, findings }: Props & { readonly form: Form }): ReactNode {
  const draft = useMemo(() => draftOfJob(form, job), [form, job]);
  const missing = missingIn(draft);
  const set = (name: string, value: string): void =>
    change(
      (old) =>
        changedJob(old, job.id, (now) => ({
          ...now,
          values: valuesOf(withValue(draftOfJob(form, now), name, value)),
        })),
      `${job.id} ${name}`,
    );
  const choose = async (name: string, path: string): Promise<void> => {
    set(name, path);
    if (name !== form.reads || path === '' || path === job.values[name] || path.includes('{{')) return;
    const filled = await requestOrTell('look into the file', 'form.open', {
      wish: { kind: 'preset', preset: job.preset, file: path },
    });
    if (filled?.kind !== 'form') return;
    const { origins, submission } = filled.form;
    const read = Object.entries(submission.parameters).filter(([own]) => origins[own] === 'file');
    change(
      (old) =>
        changedJob(old, job.id, (now) =>
          now.values[name] === path
            ? { ...now, values: { ...now.values, ...Object.fromEntries(read) } }
            : now,
        ),
      `${job.id} ${name}`,
    );
  };
  const fieldOf = (field: Field): ReactNode => {
    const isMissing = missing.includes(field);
    const found = findings.filter(({ parameter }) => parameter === field.name).map(({ message }) => message);
    const value = valueIn(draft, field);
    return (
      <div key={field.name} className={wide.has(field.control.kind) ? 'field field-wide' : 'field'}>
        <FieldControl
          field={field}
          value={value}
          problem={found.length === 0 ? null : found.join(' ')}
          folder={sketch.folder}
          onChange={(typed) => set(field.name, typed)}
          onChosen={(path) => void choose(field.name, path)}
        />
        {isMissing && <span className="field-mark field-needed">needed</span>}
        {takesResults(field) && feeds.length > 0 && (
          <div
            className="pipeline-feeds"
            role="group"
            aria-label={`Results of earlier jobs for ${field.label}`}
          >
            {feeds.map((feed) => (
              <Button
                key={feed.job}
                size="compact-xs"
                variant="light"
                leftSection={<IconArrowBarToRight size={13} aria-hidden />}
                title={feed.folder}
                onClick={() => set(field.name, fedValue(field, value, feed.folder))}
              >
                Results of {feed.job}
              </Button>
            ))}
          </div>
        )}
      </div>
    );
  };
  const groups = form.groups
    .map(({ title, fields }) => ({ title, fields: fields.filter((field) => isThere(draft, field)) }))
    .filter(({ fields }) => fields.length > 0);
  return (
    <div className="pipeline-form" data-form>
      <FieldGroups
        groups={groups}
        fieldOf={fieldOf}
        hasProblem={({ name }) => findings.some(({ parameter }) => parameter === name)}
      />
    </div>
  );
}
