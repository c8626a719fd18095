/** What a form needs to know of a preset. */
import type { FormNote } from '../../../shared/ipc/forms';
import type { JobKind } from '../../../shared/model/states';
import type { JobTemplate } from '../openjd/model';
import type { Hints } from './fields';

export interface FormPreset {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: JobKind;
  readonly picture: string | null;
  readonly files: readonly string[];
  /** A node that has its program has this label; null: it needs none. */
  readonly label: string | null;
  readonly template: JobTemplate;
  readonly when: Hints['when'];
  /** The parameter that a file which is opened goes to; null: it is for no file. */
  readonly reads: string | null;
  /** The parameters that belong to that file, and mean nothing for another one. */
  readonly ofFile: ReadonlySet<string>;
}

/** What a file says by itself of how it is to be run. */
export interface ReadFile {
  readonly values: Readonly<Record<string, string>>;
  readonly suggestions: Hints['suggestions'];
  readonly notes: readonly FormNote[];
}
