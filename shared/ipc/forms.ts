/** Forms in which people say what to run: what is asked for, and what a form has. */
import type { BatchId } from '../model/ids';
import type { Pipeline } from '../model/pipeline';
import type { JobKind } from '../model/states';
import type { Submission } from '../model/submission';

/** A template that is shipped, or one of a person's own: a form with values that were kept. */
export interface PresetCard {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: JobKind;
  /** The text of an SVG. */
  readonly picture: string | null;
  /** Names of files that it is for: `*.blend`, `in.*`. */
  readonly files: readonly string[];
  readonly isOwn: boolean;
  /** So many of the nodes that are known have its program; null: it needs none. */
  readonly nodes: { readonly able: number; readonly known: number } | null;
}

/** What a person has in hand. */
export type FormWish =
  /** `file`: what the form is to be filled in from. */
  | { readonly kind: 'preset'; readonly preset: string; readonly file: string | null }
  /** A file or a folder that was dropped or chosen. */
  | { readonly kind: 'file'; readonly path: string }
  /** A command line as one types it into a shell; `folder`: where; null: nobody has said. */
  | { readonly kind: 'command'; readonly text: string; readonly folder: string | null }
  /** What was submitted before, to be submitted again with changes. */
  | { readonly kind: 'batch'; readonly batch: BatchId };

export type OpenedForm =
  /** A recipe has no form: it is checked as it is. */
  | {
      readonly kind: 'recipe';
      readonly submission: Submission;
      readonly notes: readonly FormNote[];
      readonly graph: GraphOfRecipe;
    }
  /** Several presets are for such a file. */
  | { readonly kind: 'choose'; readonly file: string; readonly presets: readonly PresetCard[] }
  | { readonly kind: 'form'; readonly form: Form };

/** A recipe as a pipeline, or why it is more than that: "it says schedule". */
export type GraphOfRecipe =
  | {
      readonly kind: 'pipeline';
      readonly pipeline: Pipeline;
      /** Absolute: what relative paths in it are relative to. */
      readonly folder: string;
    }
  | { readonly kind: 'more'; readonly why: string };

export interface Form {
  readonly title: string;
  readonly description: string | null;
  readonly kind: JobKind;
  readonly picture: string | null;
  /** To be submitted with the values; those that a field has by default need not be given. */
  readonly submission: Submission;
  readonly groups: readonly FieldGroup[];
  /** Where a value that is there at first is from; missing: it is the default. */
  readonly origins: Readonly<Record<string, Origin>>;
  /** The field of the file that others are filled in from; null: there is none. */
  readonly reads: string | null;
  readonly notes: readonly FormNote[];
}

/** The same as the last time; read from the file; said by the person, as in a command line. */
export type Origin = 'last' | 'file' | 'given';

export interface FormNote {
  /** What was understood, or what could not be carried over. */
  readonly kind: 'read' | 'lost';
  readonly text: string;
}

export interface FieldGroup {
  /** Null: of the fields that are in no group. */
  readonly title: string | null;
  readonly fields: readonly Field[];
}

export interface Field {
  /** Of the parameter. */
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly control: Control;
  /** As it would be typed; null: it has none, and a value has to be given unless it is optional. */
  readonly default: string | null;
  readonly isOptional: boolean;
  /** It is there only while this is so of another field; null: always. */
  readonly when: FieldCondition | null;
  /** Paths in the template, such as `parameterDefinitions[2]`: what is wrong there is wrong with this field. */
  readonly places: readonly string[];
}

/** Of the other field's value: it is one of these, or none of these. */
export interface FieldCondition {
  readonly field: string;
  readonly is: 'oneOf' | 'noneOf';
  readonly values: readonly string[];
}

export type Control =
  /** A text in a line; `ranges`: numbers and ranges, such as 1-100:5, of which each number is or is part of a task. */
  | {
      readonly kind: 'line';
      readonly holds: 'text' | 'ranges';
      readonly suggestions: readonly string[];
      readonly longest: number | null;
    }
  | { readonly kind: 'lines'; readonly longest: number | null }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'check'; readonly on: string; readonly off: string }
  | NumberControl
  | PathControl
  /** It has a value that is not shown. */
  | { readonly kind: 'hidden' };

export interface NumberControl {
  readonly kind: 'number';
  readonly isWhole: boolean;
  /** As they were written: whole numbers may be larger than what a number can hold. */
  readonly least: string | null;
  readonly most: string | null;
  readonly step: number;
  /** Digits behind the point; null: any. */
  readonly decimals: number | null;
  /** Its range is known and small. */
  readonly isSlider: boolean;
}

export interface PathControl {
  readonly kind: 'path';
  readonly pick: Pick;
  readonly filters: readonly FileFilter[];
}

/** A file that is there, one that is to be written, or a folder. */
export const picks = ['file', 'newFile', 'folder'] as const;
export type Pick = (typeof picks)[number];

export interface FileFilter {
  readonly label: string;
  /** `*.png`; `*` is any file. */
  readonly patterns: readonly string[];
}
