import type { ExtensionName } from './model';

/** How long names may be, in Unicode characters, and how many of something there may be. */
export interface Limits {
  readonly jobName: number;
  readonly stepName: number;
  readonly environmentName: number;
  readonly identifier: number;
  readonly filename: number;
  readonly parameters: number;
}

export function limitsOf(extensions: ReadonlySet<ExtensionName>): Limits {
  return extensions.has('FEATURE_BUNDLE_1')
    ? { jobName: 512, stepName: 512, environmentName: 512, identifier: 512, filename: 256, parameters: 200 }
    : { jobName: 128, stepName: 64, environmentName: 64, identifier: 64, filename: 64, parameters: 50 };
}

export const mostEnvironmentParameters = 50;
export const longestDescription = 2048;
export const longestLabel = 64;
export const longestFilePattern = 20;
export const mostFileFilters = 20;
export const longestVariableName = 256;
export const longestVariableValue = 2048;
/** A value of a parameter, of a job or of a task. */
export const longestValue = 1024;
export const mostRangeValues = 1024;
export const mostTaskParameters = 16;
export const longestCombination = 1280;
export const mostRequirements = 50;
export const mostAttributeValues = 50;
export const longestCapabilityName = 100;
export const longestAttributeValue = 100;
