/** What is found about a batch when it is tried, before it is submitted. */

/**
 * error: as things are it cannot run, or would fail, so it is not submitted. warning: whoever submits it
 * is asked. note: good to know.
 */
export const severities = ['error', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

/** A field of the batch, of one of its jobs, or of a step. */
export interface About {
  /** Null: the batch as a whole. */
  readonly job: string | null;
  /** Null: the job as a whole. */
  readonly step: string | null;
  /** Empty: all of it. */
  readonly field: readonly (string | number)[];
  /** A piece of the text that stands there: `index` is its place in the text. */
  readonly within?: { readonly piece: string; readonly index: number };
}

export const aboutBatch = (...field: About['field']): About => ({ job: null, step: null, field });
export const aboutJob = (job: string, ...field: About['field']): About => ({ job, step: null, field });
export const aboutStep = (job: string, step: string, ...field: About['field']): About => ({
  job,
  step,
  field,
});

interface What {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  /** The least that would help; null: nothing better is known than the message says. */
  readonly fix: string | null;
}

/** Of a batch. */
export interface Found extends What {
  readonly about: About;
}

/** For whoever wrote it: with its place in the recipe. */
export interface Finding extends What {
  /** Null: there is no text that it stands in. */
  readonly place: FindingPlace | null;
}

export interface FindingPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `jobs.beauty.resources.cpu` */
  readonly path: string;
}

export function findingInWords({ severity, place, message, fix }: Finding): string {
  const at = place === null ? '' : `${place.file}:${place.line}:${place.column}: `;
  const path = place === null || place.path === '' ? '' : `${place.path}: `;
  return `${at}${path}${severity}: ${message}${fix === null ? '' : `\n  fix: ${fix}`}`;
}

/** `2 errors and a warning`, without the notes; null: there are none of these. */
export function findingsInWords(findings: readonly Pick<Finding, 'severity'>[]): string | null {
  const words = (['error', 'warning'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    return [count === 1 ? `${severity === 'error' ? 'an' : 'a'} ${severity}` : `${count} ${severity}s`];
  });
  return words.length === 0 ? null : words.join(' and ');
}
