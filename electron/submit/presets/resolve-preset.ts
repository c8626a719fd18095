import { programs, recognised, type ProgressRule } from '../../../shared/model/progress';
import { anyFile, usualKeep } from '../../../shared/model/checkpoint';
import { pathInWords, type Path, type TextDocument } from '../document/document';
import type { Problems } from '../document/problems';
import { didYouMean } from '../document/suggest';
import { quote } from '../document/words';
import type { JobTemplate } from '../openjd/model';
import { parseExpression as parseGroups } from '../recipe/resolve-checkpoints';
import { parseSignal } from '../recipe/resolve-making';
import { parsePattern } from '../recipe/resolve-progress';
import { unitMs } from '../schema/values';
import { parseMemory } from '../values/units';
import {
  blendParts,
  nameParts,
  type Preset,
  type PresetCheckpoints,
  type PresetCondition,
  type PresetFile,
  type Reading,
} from './preset';
import type { PresetFields } from './schema';

export type ResolvedPreset = Omit<Preset, 'name' | 'folder' | 'template' | 'templateFile' | 'picture'>;

/** Says what is wrong at a place. */
interface Judge {
  refuse(path: Path, message: string): void;
  /** The template has to have this parameter. */
  expect(parameter: string, path: Path): void;
}

/** What depends on the template, and small texts that mean something. */
export function resolvePreset(
  fields: PresetFields,
  template: JobTemplate,
  document: TextDocument,
  problems: Problems,
): ResolvedPreset {
  const names = template.parameters.map(({ name }) => name);
  const refuse = (path: Path, message: string): void =>
    problems.add({ code: 'bad-preset', place: document.place(path), path: pathInWords(path), message });
  const judge: Judge = {
    refuse,
    expect(name, path) {
      if (names.includes(name)) return;
      refuse(path, `the template has no parameter ${quote(name)}${didYouMean(name, names)}`);
    },
  };
  const { title, description, kind, needs = [], outputs } = fields;
  return {
    ...{ title, description, kind, needs, outputs },
    files: [...filesOf(fields, judge), ...foldersOf(fields, judge)],
    resources: { cpu: fields.resources.cpu, memoryMiB: memoryOf(fields, judge) },
    progress: progressOf(fields, judge),
    checkpoints: checkpointsOf(fields, judge),
    when: conditionsOf(fields, judge),
  };
}

function filesOf({ files = [] }: PresetFields, judge: Judge): readonly PresetFile[] {
  return files.map(({ name, parameter, takes = 'file', reads = {} }, index) => {
    judge.expect(parameter, ['files', index, 'parameter']);
    const readings = new Map<string, Reading>();
    for (const [read, text] of Object.entries(reads)) {
      const at = ['files', index, 'reads', read];
      judge.expect(read, at);
      const reading = parseReading(text);
      if (reading === null) judge.refuse(at, `${quote(text)} is nothing that can be read from a file`);
      else readings.set(read, reading);
    }
    return { kind: 'file', name, parameter, takes, reads: readings };
  });
}

function foldersOf({ folders = [] }: PresetFields, judge: Judge): readonly PresetFile[] {
  return folders.map(({ holds, parameter }, index) => {
    judge.expect(parameter, ['folders', index, 'parameter']);
    return { kind: 'folder', holds, parameter };
  });
}

function conditionsOf({ when = {} }: PresetFields, judge: Judge): ReadonlyMap<string, PresetCondition> {
  const conditions = new Map<string, PresetCondition>();
  for (const [name, condition] of Object.entries(when)) {
    const at = ['when', name];
    judge.expect(name, at);
    for (const [field, values] of Object.entries(condition)) {
      judge.expect(field, [...at, field]);
      conditions.set(
        name,
        Array.isArray(values) ? { field, is: 'oneOf', values } : { field, is: 'noneOf', values: values.not },
      );
    }
  }
  return conditions;
}

function memoryOf({ resources }: PresetFields, judge: Judge): number {
  const memory = parseMemory(resources.memory);
  if (memory.ok) return memory.value;
  judge.refuse(['resources', 'memory'], memory.message);
  return 0;
}

function progressOf({ progress }: PresetFields, judge: Judge): ProgressRule {
  if (progress === undefined) return recognised;
  if (typeof progress === 'object') {
    const parsed = parsePattern(progress.pattern);
    if (!parsed.ok) judge.refuse(['progress', 'pattern'], parsed.message);
    return { kind: 'pattern', pattern: progress.pattern };
  }
  const program = programs.find((one) => one === progress);
  return program === undefined ? { kind: 'none' } : { kind: 'program', program };
}

function checkpointsOf({ checkpoints }: PresetFields, judge: Judge): PresetCheckpoints | null {
  if (checkpoints === undefined) return null;
  const { files, parameter, stopped = null, type = 'FULL', together = false, at = null } = checkpoints;
  const { least, begins = '', ends = '', holds = [], along, state, interval } = checkpoints;
  if ((files === undefined) === (parameter === undefined))
    judge.refuse(['checkpoints'], 'here stands either files or parameter');
  if (parameter !== undefined) judge.expect(parameter, ['checkpoints', 'parameter']);
  state?.forEach((name, index) => judge.expect(name, ['checkpoints', 'state', index]));
  if (interval !== undefined) judge.expect(interval.parameter, ['checkpoints', 'interval', 'parameter']);
  if (at !== null) {
    const parsed = parseGroups(at, 'at');
    if (!parsed.ok) judge.refuse(['checkpoints', 'at'], parsed.message);
  }
  const resumed = parseExpression(checkpoints.resumed);
  if (resumed === null) {
    const message = `${quote(checkpoints.resumed)} is no regular expression of JavaScript`;
    judge.refuse(['checkpoints', 'resumed'], message);
    return null;
  }
  return {
    files: parameter === undefined ? { kind: 'names', names: files ?? [] } : { kind: 'parameter', parameter },
    ...{ resumed, stopped, type, together, at, keep: usualKeep },
    whole: { leastBytes: least ?? anyFile.leastBytes, begins, ends, holds },
    ...madeBy(checkpoints.signal, judge),
    ...(along === undefined ? {} : { along }),
    ...(state === undefined ? {} : { state }),
    ...(interval === undefined
      ? {}
      : { interval: { parameter: interval.parameter, unitMs: unitMs[interval.unit] } }),
  };
}

function madeBy(written: string | undefined, judge: Judge): Pick<PresetCheckpoints, 'made'> {
  if (written === undefined) return {};
  const signal = parseSignal(written);
  if (signal.ok) return { made: { kind: 'signal', signal: signal.value, everyMs: null } };
  judge.refuse(['checkpoints', 'signal'], signal.message);
  return {};
}

/** `blend.frames`, `file.name`, `ini.Width` */
function parseReading(text: string): Reading | null {
  const [, from, part] = /^(blend|file|ini)\.(\w+)$/.exec(text) ?? [];
  if (part === undefined) return null;
  if (from === 'ini') return { from, key: part };
  const inBlend = blendParts.find((each) => from === 'blend' && each === part);
  if (inBlend !== undefined) return { from: 'blend', part: inBlend };
  const inName = nameParts.find((each) => from === 'file' && each === part);
  return inName === undefined ? null : { from: 'file', part: inName };
}

function parseExpression(text: string): RegExp | null {
  try {
    return new RegExp(text);
  } catch {
    return null;
  }
}
