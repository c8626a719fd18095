/** A kind of job that is ready to be filled in: a template, and what templates have no place for. */
import type { CheckpointRule } from '../../../shared/model/checkpoint';
import type { ProgressRule } from '../../../shared/model/progress';
import type { JobKind } from '../../../shared/model/states';
import type { JobTemplate } from '../openjd/model';

export interface Preset {
  /** Of its folder: `blender`. */
  readonly name: string;
  readonly title: string;
  /** One line. */
  readonly description: string;
  readonly kind: JobKind;
  readonly folder: string;
  readonly template: JobTemplate;
  readonly templateFile: string;
  /** An SVG file. */
  readonly picture: string;
  readonly files: readonly PresetFile[];
  /** Labels of the nodes that can do it: `program:blender`. */
  readonly needs: readonly string[];
  /** What a task usually takes. */
  readonly resources: { readonly cpu: number; readonly memoryMiB: number };
  readonly progress: ProgressRule;
  /** Which parameters are of use only with certain values of another one. */
  readonly when: ReadonlyMap<string, PresetCondition>;
  /** Globs of its results, in the output folder. */
  readonly outputs: readonly string[];
  /** Null: an interrupted task begins again. */
  readonly checkpoints: PresetCheckpoints | null;
}

/** Of the value of another parameter: it is one of these, or none of these. */
export interface PresetCondition {
  readonly field: string;
  readonly is: 'oneOf' | 'noneOf';
  readonly values: readonly string[];
}

/** What may be dropped on it, and the parameter that this becomes. */
export type PresetFile =
  | {
      readonly kind: 'file';
      /** `*.blend` */
      readonly name: string;
      readonly parameter: string;
      /** The parameter becomes the file, or the folder that it lies in. */
      readonly takes: 'file' | 'folder';
      /** Other parameters that are read from it. */
      readonly reads: ReadonlyMap<string, Reading>;
    }
  | {
      readonly kind: 'folder';
      /** A folder is meant when it has this file: `system/controlDict`. */
      readonly holds: string;
      readonly parameter: string;
    };

export const blendParts = ['frames', 'scenes', 'cameras', 'format'] as const;
export const nameParts = ['name', 'stem', 'numbered'] as const;

export type Reading =
  /** Of the scene that is open in a .blend file; its scenes and cameras are offered. */
  | { readonly from: 'blend'; readonly part: (typeof blendParts)[number] }
  /** `frame_0007.png`, `frame_0007`, `frame_####.png` */
  | { readonly from: 'file'; readonly part: (typeof nameParts)[number] }
  /** A line `Width=640` of an .ini file. */
  | { readonly from: 'ini'; readonly key: string };

export interface PresetCheckpoints extends Omit<CheckpointRule, 'files' | 'folder' | 'resumed'> {
  /** Globs in the output folder; or the name of the parameter that says them. */
  readonly files:
    | { readonly kind: 'names'; readonly names: readonly string[] }
    | { readonly kind: 'parameter'; readonly parameter: string };
  /** A line of the output that proves that a task went on. Its group `from` tells from where. */
  readonly resumed: RegExp;
  /** The exit status of a task that was stopped with its state saved; null: it has none of its own. */
  readonly stopped: number | null;
}
