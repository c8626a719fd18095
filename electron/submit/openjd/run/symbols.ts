/** What the names in format strings stand for on the machine that runs a job. */
import type { JobParameter, Symbols, TaskParameterValue } from '../model';

export interface SessionPlaces {
  readonly workingDirectory: string;
  readonly pathMappingRulesFile: string;
  readonly hasPathMappingRules: boolean;
}

export function sessionSymbols(
  parameters: readonly JobParameter[],
  places: SessionPlaces,
  mapped: (path: string) => string,
): Symbols {
  return new Map([
    ...parameters.flatMap((parameter) => bothForms('', parameter, mapped)),
    ['Session.WorkingDirectory', places.workingDirectory],
    ['Session.HasPathMappingRules', String(places.hasPathMappingRules)],
    ['Session.PathMappingRulesFile', places.pathMappingRulesFile],
  ]);
}

export function taskSymbols(
  parameters: readonly TaskParameterValue[],
  mapped: (path: string) => string,
): Symbols {
  return new Map(parameters.flatMap((parameter) => bothForms('Task.', parameter, mapped)));
}

/** Only paths are mapped. */
export function hereOf(
  { type, value }: Pick<JobParameter | TaskParameterValue, 'type' | 'value'>,
  mapped: (path: string) => string,
): string {
  return type === 'PATH' ? mapped(value) : value;
}

function bothForms(
  scope: '' | 'Task.',
  parameter: JobParameter | TaskParameterValue,
  mapped: (path: string) => string,
): readonly (readonly [string, string])[] {
  return [
    [`${scope}Param.${parameter.name}`, hereOf(parameter, mapped)],
    [`${scope}RawParam.${parameter.name}`, parameter.value],
  ];
}

export const joinedSymbols = (...parts: readonly Symbols[]): Symbols =>
  new Map(parts.flatMap((part) => [...part]));
