import { useMemo } from 'react';
import type { Submission } from '../../shared/model/submission';
import { pipelineRecipe } from '../../shared/model/pipeline-recipe';
import { useCheck } from '../submit/useCheck';
import type { Check } from '../submit/useCheck';
import type { CardLook } from './JobCard';
import { findingsOf, worstOf } from './model/findings';
import type { JobFinding } from './model/findings';
import type { Sketch } from './model/sketch';
import { neededIn, pipelineOf } from './model/written';
import type { Forms } from './useForms';

export interface Builder {
  /** Of all that is there, as it would be submitted now. */
  readonly submission: Submission;
  readonly check: Check;
  readonly findings: readonly JobFinding[];
  /** The first job in which something still has to be given; null: none. */
  readonly needing: string | null;
  cardOf(this: void, id: string): CardLook;
}

/** What the sketch comes to: its recipe, and what a check finds in it. */
export function useBuilder(sketch: Sketch, { formOf, folder }: Forms): Builder {
  const { jobs } = sketch;
  const isReady = jobs.length > 0 && jobs.every(({ preset }) => formOf(preset) !== null);
  const text = useMemo(() => pipelineRecipe(pipelineOf(sketch, formOf)), [sketch, formOf]);
  const name = sketch.name.trim() === '' ? 'Pipeline' : sketch.name.trim();
  const submission: Submission = {
    source: { kind: 'text', name, text, folder: sketch.folder === '' ? folder : sketch.folder },
    parameters: {},
  };
  const check = useCheck(isReady ? submission : null);
  const findings = useMemo(
    () =>
      findingsOf(
        { recipe: check.recipe, refusal: check.refusal },
        jobs.map((job) => job.name),
      ),
    [check.recipe, check.refusal, jobs],
  );
  const looks = useMemo(() => {
    const tasks = new Map(
      check.refusal === null ? check.recipe?.jobs.map((job) => [job.name, job.tasks]) : [],
    );
    return new Map(
      jobs.map((job): [string, CardLook] => {
        const own = findings.filter((finding) => finding.job === job.name && finding.severity !== 'note');
        const form = formOf(job.preset);
        const { name: called, title, kind } = job;
        return [
          job.id,
          {
            ...{ name: called, title, kind },
            tasks: tasks.get(called) ?? null,
            needed: form === null ? [] : neededIn(form, job),
            worst: worstOf(own),
            found: own.map(({ message }) => message).join('\n'),
          },
        ];
      }),
    );
  }, [jobs, findings, check.recipe, check.refusal, formOf]);
  return {
    submission,
    check,
    findings,
    needing: jobs.find(({ id }) => (looks.get(id)?.needed.length ?? 0) > 0)?.id ?? null,
    cardOf: (id) => looks.get(id) ?? noLook,
  };
}

const noLook: CardLook = {
  ...{ name: '', title: '', kind: 'command', tasks: null, needed: [], worst: null, found: '' },
};
