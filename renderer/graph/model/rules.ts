/** What an edge asks for, as it is chosen in the window. */
import { comparisons } from '../../../shared/model/dependency';
import type { Comparison, Relation, UpstreamFailure } from '../../../shared/model/dependency';

export const ruleKinds = ['completes', 'groups', 'ends', 'fails', 'exit', 'value', 'files', 'delay'] as const;
export type RuleKind = (typeof ruleKinds)[number];

export const ruleWords: Readonly<Record<RuleKind, string>> = {
  completes: 'It has completed',
  groups: 'Task by task',
  ends: 'It has ended, however it ends',
  fails: 'It has failed',
  exit: 'It ended with an exit status',
  value: 'It reports a value',
  files: 'Its files are there',
  delay: 'Some time after its end',
};

export const failureWords: Readonly<
  Record<UpstreamFailure, { readonly name: string; readonly means: string }>
> = {
  hold: { name: 'Hold', means: 'It waits for a person.' },
  fail: { name: 'Fail', means: 'It fails too.' },
  bypass: { name: 'Go on', means: 'It starts all the same.' },
};

/** Null: a rule that is only written in recipes, or that comes from no work. */
export function kindOfRule(relation: Relation): RuleKind | null {
  switch (relation.type) {
    case 'SEQUENTIAL':
      return relation.mapping.kind === 'all'
        ? 'completes'
        : relation.mapping.kind === 'groups'
          ? 'groups'
          : null;
    case 'DATA':
      return 'files';
    case 'TEMPORAL':
      return relation.rule.kind === 'delay' ? 'delay' : null;
    case 'RESOURCE':
      return null;
    case 'CONDITIONAL':
      switch (relation.condition.kind) {
        case 'completed':
          return 'completes';
        case 'ended':
          return 'ends';
        case 'failed':
          return 'fails';
        case 'exitCode':
          return 'exit';
        case 'value':
          return 'value';
      }
  }
}

/** A rule of a kind, before anything about it is chosen. */
export function usualRule(kind: RuleKind): Relation {
  switch (kind) {
    case 'completes':
      return { type: 'SEQUENTIAL', mapping: { kind: 'all' } };
    case 'groups':
      return { type: 'SEQUENTIAL', mapping: { kind: 'groups', from: 1, to: 1 } };
    case 'ends':
      return { type: 'CONDITIONAL', condition: { kind: 'ended' } };
    case 'fails':
      return { type: 'CONDITIONAL', condition: { kind: 'failed' } };
    case 'exit':
      return { type: 'CONDITIONAL', condition: { kind: 'exitCode', codes: [0] } };
    case 'value':
      return { type: 'CONDITIONAL', condition: { kind: 'value', name: 'loss', is: '<', than: 1 } };
    case 'files':
      return { type: 'DATA', files: ['*'] };
    case 'delay':
      return { type: 'TEMPORAL', rule: { kind: 'delay', milliseconds: 600_000 } };
  }
}

/** `3, 4 7`; null: that is no list of exit statuses. */
export function exitCodes(text: string): readonly number[] | null {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const codes = words.map(Number);
  const areCodes = words.every((word) => /^\d{1,3}$/.test(word)) && codes.every((code) => code <= 255);
  return areCodes && codes.length > 0 ? [...new Set(codes)] : null;
}

/** One on each line; null: none is named. */
export function fileNames(text: string): readonly string[] | null {
  const names = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return names.length > 0 && names.length <= 100 ? names : null;
}

export const isComparison = (text: string): text is Comparison => comparisons.some((one) => one === text);
