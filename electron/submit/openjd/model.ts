/** Templates of Open Job Description, specification 2023-09, as they are once they have been checked. */

import type { Path, TextDocument } from '../document/document';

export const extensionNames = ['TASK_CHUNKING', 'REDACTED_ENV_VARS', 'FEATURE_BUNDLE_1'] as const;
export type ExtensionName = (typeof extensionNames)[number];

/** A text with `{{Param.Name}}` in it, cut into its pieces. */
export interface FormatString {
  readonly text: string;
  readonly segments: readonly Segment[];
  /** Where it stands in its template: `['steps', 0, 'name']`. */
  readonly path: Path;
}
export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  /** `symbol` is the dotted name, without spaces; `offset` is where its braces start in the text. */
  | { readonly kind: 'value'; readonly symbol: string; readonly offset: number };

/** What the names in format strings stand for: `Param.Frames`, `Session.WorkingDirectory`. */
export type Symbols = ReadonlyMap<string, string>;

export interface JobTemplate {
  readonly kind: 'job';
  readonly source: Source;
  readonly extensions: ReadonlySet<ExtensionName>;
  readonly name: FormatString;
  readonly description: string | null;
  readonly parameters: readonly ParameterDefinition[];
  readonly environments: readonly Environment<Written>[];
  readonly steps: readonly StepTemplate[];
}

export interface EnvironmentTemplate {
  readonly kind: 'environment';
  readonly source: Source;
  readonly extensions: ReadonlySet<ExtensionName>;
  readonly parameters: readonly ParameterDefinition[];
  readonly environment: Environment<Written>;
}

export type Template = JobTemplate | EnvironmentTemplate;

/** For what turns out to be wrong with it later. */
export interface Source {
  readonly file: string;
  readonly document: TextDocument;
}

/** A number that a template may give as a format string: then it is known when the parameters are. */
export type Written = number | FormatString;

// Parameters of a job

export type ParameterDefinition = StringParameter | PathParameter | IntParameter | FloatParameter;
export type ParameterType = ParameterDefinition['type'];

interface CommonParameter {
  readonly name: string;
  readonly description: string | null;
  /** What stands above the field, and above its group. */
  readonly label: string | null;
  readonly groupLabel: string | null;
}

export interface StringParameter extends CommonParameter {
  readonly type: 'STRING';
  readonly default: string | null;
  readonly allowedValues: readonly string[] | null;
  /** In Unicode characters. */
  readonly minLength: number | null;
  readonly maxLength: number | null;
  readonly control: 'LINE_EDIT' | 'MULTILINE_EDIT' | 'DROPDOWN_LIST' | 'CHECK_BOX' | 'HIDDEN';
}

export interface PathParameter extends CommonParameter {
  readonly type: 'PATH';
  readonly default: string | null;
  readonly allowedValues: readonly string[] | null;
  readonly minLength: number | null;
  readonly maxLength: number | null;
  /** Null: not said, which is as DIRECTORY and NONE. */
  readonly objectType: 'FILE' | 'DIRECTORY' | null;
  readonly dataFlow: 'NONE' | 'IN' | 'OUT' | 'INOUT' | null;
  readonly control:
    | 'CHOOSE_INPUT_FILE'
    | 'CHOOSE_OUTPUT_FILE'
    | 'CHOOSE_DIRECTORY'
    | 'DROPDOWN_LIST'
    | 'HIDDEN';
  readonly fileFilters: readonly FileFilter[];
  readonly fileFilterDefault: FileFilter | null;
}

export interface FileFilter {
  readonly label: string;
  readonly patterns: readonly string[];
}

export interface IntParameter extends CommonParameter {
  readonly type: 'INT';
  readonly default: bigint | null;
  readonly allowedValues: readonly bigint[] | null;
  readonly minValue: bigint | null;
  readonly maxValue: bigint | null;
  readonly control: 'SPIN_BOX' | 'DROPDOWN_LIST' | 'HIDDEN';
  readonly singleStepDelta: number | null;
}

export interface FloatParameter extends CommonParameter {
  readonly type: 'FLOAT';
  readonly default: Float | null;
  readonly allowedValues: readonly Float[] | null;
  readonly minValue: Float | null;
  readonly maxValue: Float | null;
  readonly control: 'SPIN_BOX' | 'DROPDOWN_LIST' | 'HIDDEN';
  readonly singleStepDelta: number | null;
  readonly decimals: number | null;
}

/** `1.10` stays `1.10`: what a format string is given is what was written. */
export interface Float {
  readonly text: string;
  readonly value: number;
}

// Steps

export interface StepTemplate {
  readonly name: string;
  readonly description: string | null;
  /** Names of other steps of the job, each once. */
  readonly dependencies: readonly string[];
  readonly environments: readonly Environment<Written>[];
  readonly hostRequirements: HostRequirements<FormatString, Written>;
  /** Null: one task without parameters. */
  readonly parameterSpace: ParameterSpaceTemplate | null;
  readonly script: StepScript<Written>;
}

export interface HostRequirements<Text = string, Amount = number> {
  readonly amounts: readonly AmountRequirement<Text, Amount>[];
  readonly attributes: readonly AttributeRequirement<Text>[];
}

export interface AmountRequirement<Text = string, Amount = number> {
  /** As it was written, while case makes no difference: `amount.worker.vcpu`, `vendor:amount.licence`. */
  readonly name: Text;
  readonly min: Amount | null;
  readonly max: Amount | null;
}

export interface AttributeRequirement<Text = string> {
  readonly name: Text;
  readonly anyOf: readonly Text[] | null;
  readonly allOf: readonly Text[] | null;
}

/** `bash:` and its like are written out as an embedded file and the action that runs it. */
export interface StepScript<Seconds = number> {
  readonly onRun: Action<Seconds>;
  readonly embeddedFiles: readonly EmbeddedFile[];
}

export interface Action<Seconds = number> {
  readonly command: FormatString;
  readonly args: readonly FormatString[];
  /** Null: without one, except onExit, which has 300 seconds. */
  readonly timeout: Seconds | null;
  readonly cancelation: Cancelation<Seconds>;
}

export type Cancelation<Seconds = number> =
  | { readonly mode: 'TERMINATE' }
  /** Null: 120 seconds for onRun, 30 for others. */
  | { readonly mode: 'NOTIFY_THEN_TERMINATE'; readonly notifyPeriodInSeconds: Seconds | null }
  | Undecided<Seconds>;

/** Only in templates, where the mode too may be a format string. */
type Undecided<Seconds> = Seconds extends FormatString
  ? {
      readonly mode: 'UNDECIDED';
      readonly written: FormatString;
      readonly notifyPeriodInSeconds: Written | null;
    }
  : never;

export interface EmbeddedFile {
  readonly name: string;
  /** Null: any. */
  readonly filename: string | null;
  readonly runnable: boolean;
  readonly endOfLine: 'AUTO' | 'LF' | 'CRLF';
  readonly data: FormatString;
}

export interface Environment<Seconds = number> {
  readonly name: string;
  readonly description: string | null;
  readonly variables: ReadonlyMap<string, FormatString>;
  readonly script: EnvironmentScript<Seconds> | null;
}

export interface EnvironmentScript<Seconds = number> {
  readonly onEnter: Action<Seconds> | null;
  readonly onExit: Action<Seconds> | null;
  readonly embeddedFiles: readonly EmbeddedFile[];
}

// The parameter space of a step

export interface ParameterSpaceTemplate {
  readonly parameters: readonly TaskParameterTemplate[];
  readonly combination: Combination;
}

export type TaskParameterTemplate =
  | {
      readonly type: 'INT' | 'FLOAT' | 'STRING' | 'PATH';
      readonly name: string;
      readonly range: RangeTemplate;
    }
  | {
      readonly type: 'CHUNK[INT]';
      readonly name: string;
      readonly range: RangeTemplate;
      readonly chunks: Chunks<Written>;
    };

export type RangeTemplate =
  | { readonly kind: 'list'; readonly values: readonly FormatString[] }
  | { readonly kind: 'expression'; readonly expression: FormatString };

export interface Chunks<Amount = number> {
  readonly defaultTaskCount: Amount;
  /** Null or 0: as many values as defaultTaskCount in each chunk. */
  readonly targetRuntimeSeconds: Amount | null;
  readonly rangeConstraint: 'CONTIGUOUS' | 'NONCONTIGUOUS';
}

/** `(A, B) * C`. In a product the last one changes first. */
export type Combination =
  | { readonly kind: 'parameter'; readonly name: string }
  | { readonly kind: 'product'; readonly of: readonly Combination[] }
  | { readonly kind: 'association'; readonly of: readonly Combination[] };

/** `1-10:3`: from start in steps to end, which it reaches; step is positive. */
export interface IntRange {
  readonly start: bigint;
  readonly end: bigint;
  readonly step: bigint;
}

// A job: a template whose parameters have values

export interface Job {
  readonly name: string;
  readonly description: string | null;
  readonly extensions: ReadonlySet<ExtensionName>;
  readonly parameters: readonly JobParameter[];
  /** In the order in which they are entered: those of environment templates come first. */
  readonly environments: readonly Environment[];
  readonly steps: readonly JobStep[];
}

export interface JobParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** Of a PATH, absolute and before any path mapping: `RawParam.<name>`. */
  readonly value: string;
}

export interface JobStep {
  readonly name: string;
  readonly description: string | null;
  readonly dependencies: readonly string[];
  readonly environments: readonly Environment[];
  readonly hostRequirements: HostRequirements;
  /** Of a step without parameters too: then of one task. */
  readonly space: ParameterSpace;
  readonly script: StepScript;
}

/** Its tasks are counted and found by their index, and never all written out. */
export interface ParameterSpace {
  readonly parameters: readonly TaskParameter[];
  /** An empty product: one task without parameters. */
  readonly combination: Combination;
  readonly taskCount: bigint;
  /** Of the tasks from 0 to taskCount - 1; in the order of the template's parameters. */
  taskParametersAt(index: bigint): readonly TaskParameterValue[];
}

export interface TaskParameter {
  readonly name: string;
  readonly type: TaskParameterTemplate['type'];
  readonly values: KnownValues;
  /** How many values it takes; of one in chunks, how many chunks. */
  readonly count: bigint;
  /** Null: not in chunks. */
  readonly chunks: Chunks | null;
}

export type KnownValues =
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  | { readonly kind: 'ranges'; readonly ranges: readonly IntRange[] }
  | { readonly kind: 'chunks'; readonly ranges: readonly IntRange[]; readonly chunks: Chunks };

export interface TaskParameterValue {
  readonly name: string;
  readonly type: TaskParameterTemplate['type'];
  /** Of a chunk, a range expression: `1-10`. Of a PATH, before any path mapping: `Task.RawParam.<name>`. */
  readonly value: string;
}
