import { programs, recognised, type ProgressRule } from '../../../shared/model/progress';
import { pathInWords, type Path, type TextDocument } from '../document/document';
import type { Problems } from '../document/problems';
import { didYouMean } from '../document/suggest';
import { quote } from '../document/words';
import type { JobTemplate } from '../openjd/model';
import { parsePattern } from '../resolve-progress';
import { parseMemory } from '../units';
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

interface Context {
  readonly document: TextDocument;
  readonly problems: Problems;
}

type Resolved = Omit<Preset, 'name' | 'folder' | 'template' | 'templateFile' | 'picture'>;

/** What depends on the template, and small texts that mean something. */
export function resolvePreset(
  fields: PresetFields,
  template: JobTemplate,
  { document, problems }: Context,
): Resolved {
  const add = (path: Path, message: string): void =>
    problems.add({ code: 'bad-preset', place: document.place(path), path: pathInWords(path), message });
  const parameters = template.parameters.map(({ name }) => name);
  const expectParameter = (name: string, path: Path): void => {
    if (!parameters.includes(name))
      add(path, `the template has no parameter ${quote(name)}${didYouMean(name, parameters)}`);
  };

  const readings = (reads: Readonly<Record<string, string>>, at: Path): ReadonlyMap<string, Reading> =>
    new Map(
      Object.entries(reads).flatMap(([name, text]) => {
        expectParameter(name, [...at, name]);
        const reading = parseReading(text);
        if (reading === null) add([...at, name], `${quote(text)} is nothing that can be read from a file`);
        return reading === null ? [] : [[name, reading] as const];
      }),
    );
  const files = (fields.files ?? []).map((file, index): PresetFile => {
    const at = ['files', index];
    expectParameter(file.parameter, [...at, 'parameter']);
    const { parameter } = file;
    if ('holds' in file) return { kind: 'folder', holds: file.holds, parameter };
    const { name, takes = 'file', reads = {} } = file;
    return { kind: 'file', name, parameter, takes, reads: readings(reads, [...at, 'reads']) };
  });

  const progress = ((): ProgressRule => {
    const written = fields.progress;
    if (written === undefined) return recognised;
    if (typeof written === 'object') {
      const parsed = parsePattern(written.pattern);
      if (!parsed.ok) add(['progress', 'pattern'], parsed.message);
      return { kind: 'pattern', pattern: written.pattern };
    }
    const program = programs.find((one) => one === written);
    return program === undefined ? { kind: 'none' } : { kind: 'program', program };
  })();

  const checkpoints = ((): PresetCheckpoints | null => {
    const written = fields.checkpoints;
    if (written === undefined) return null;
    const { files: names, parameter, resumed, stopped = null } = written;
    if ((names === undefined) === (parameter === undefined))
      add(['checkpoints'], 'here stands either files or parameter');
    if (parameter !== undefined) expectParameter(parameter, ['checkpoints', 'parameter']);
    const pattern = parseExpression(resumed);
    if (pattern === null)
      add(['checkpoints', 'resumed'], `${quote(resumed)} is no regular expression of JavaScript`);
    return {
      files:
        parameter === undefined ? { kind: 'names', names: names ?? [] } : { kind: 'parameter', parameter },
      resumed: pattern ?? /(?!)/,
      stopped,
    };
  })();

  const when = new Map(
    Object.entries(fields.when ?? {}).flatMap(([name, condition]) => {
      const at = ['when', name];
      expectParameter(name, at);
      return Object.entries(condition).map(([field, values]): [string, PresetCondition] => {
        expectParameter(field, [...at, field]);
        return Array.isArray(values)
          ? [name, { field, is: 'oneOf', values }]
          : [name, { field, is: 'noneOf', values: values.not }];
      });
    }),
  );

  const memory = parseMemory(fields.resources.memory);
  if (!memory.ok) add(['resources', 'memory'], memory.message);
  const { title, description, kind, needs = [], outputs } = fields;
  return {
    ...{ title, description, kind, files, needs, progress, when, outputs, checkpoints },
    resources: { cpu: fields.resources.cpu, memoryMiB: memory.ok ? memory.value : 0 },
  };
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
