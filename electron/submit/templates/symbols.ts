/** What the symbols of a template are to the scripts that its job runs. */
import {
  parameterVariable,
  pathRulesVariable,
  rawVariable,
  sessionFolderVariable,
} from '../../../shared/model/task-variables';
import { builtInParameters } from '../../../shared/model/batch';
import type { EmbeddedFile, JobParameter, TaskParameter } from '../openjd/model';
import { environmentFileWord, keptFolder, taskFileWord } from './scripts';
import { literal, variableWord, type WordOf } from './shell-words';

/** Job and task parameters may share a name in a template, and bear names that Drover itself uses. */
export interface Names {
  readonly job: ReadonlyMap<string, string>;
  readonly task: ReadonlyMap<string, string>;
}

export function namesOf(job: readonly JobParameter[], task: readonly TaskParameter[]): Names {
  const taken = new Set<string>(builtInParameters);
  const name = (wanted: string): string => {
    let free = wanted;
    while (taken.has(free)) free += '_';
    taken.add(free);
    return free;
  };
  // Those of tasks first: people see them in the names of tasks.
  const ofTask = new Map(task.map((one) => [one.name, name(one.name)] as const));
  return { task: ofTask, job: new Map(job.map((one) => [one.name, name(one.name)] as const)) };
}

/**
 * Parameters in whose values the folder of the batch's results stands, which is known when a task runs: what stands
 * before, between and after it.
 */
export type Outputs = ReadonlyMap<string, readonly string[]>;

export interface Known {
  readonly parameters: readonly JobParameter[];
  readonly outputs: Outputs;
  readonly tasks: readonly TaskParameter[];
  readonly names: Names;
}

/** The path rules of the node, where somebody asks for them. */
export const rulesFile = `${keptFolder}/path_mapping_rules.json`;

/** What every action of a step may name. */
export function commonWords({ parameters, outputs, names }: Known): Map<string, string> {
  const words = new Map<string, string>([
    ['Session.WorkingDirectory', variableWord(sessionFolderVariable)],
    ['Session.PathMappingRulesFile', rulesFile],
    ['Session.HasPathMappingRules', `"$([ -n "\${${pathRulesVariable}-}" ] && echo true || echo false)"`],
  ]);
  for (const { name, type, value } of parameters) {
    const output = outputs
      .get(name)
      ?.map(part)
      .join(variableWord(parameterVariable('Output')));
    words.set(`RawParam.${name}`, output ?? literal(value));
    const isPath = type === 'PATH';
    const mapped = variableWord(parameterVariable(names.job.get(name) ?? name));
    words.set(`Param.${name}`, output ?? (isPath ? mapped : literal(value)));
  }
  return words;
}

const part = (text: string): string => (text === '' ? '' : literal(text));

export function addTaskWords(words: Map<string, string>, { tasks, names }: Known): void {
  for (const { name, type } of tasks) {
    const known = names.task.get(name) ?? name;
    const mapped = variableWord(parameterVariable(known));
    words.set(`Task.Param.${name}`, mapped);
    words.set(`Task.RawParam.${name}`, type === 'PATH' ? variableWord(rawVariable(known)) : mapped);
  }
}

export function addTaskFiles(words: Map<string, string>, files: readonly EmbeddedFile[]): void {
  for (const file of files) words.set(`Task.File.${file.name}`, taskFileWord(file));
}

export function addEnvironmentFiles(
  words: Map<string, string>,
  index: number,
  files: readonly EmbeddedFile[],
): void {
  for (const file of files) words.set(`Env.File.${file.name}`, environmentFileWord(index, file));
}

/** Templates are checked before: a symbol without a meaning is a mistake in this program. */
export const wordsIn =
  (words: ReadonlyMap<string, string>): WordOf =>
  (symbol) => {
    const word = words.get(symbol);
    if (word === undefined) throw new Error(`a template names ${symbol}, which has no meaning there`);
    return word;
  };
