/** By which words of its output it is told how far a task is. */
import { programs, progressGroups, recognised, type ProgressRule } from '../../../shared/model/progress';
import type { Path } from '../document/document';
import { accepted, refused } from '../document/parsed';
import type { Parsed } from '../document/parsed';
import { innermost, readValue } from './scope';
import type { Scope } from './scope';
import { didYouMean } from '../document/suggest';
import { quote } from '../document/words';

const longestPattern = 500;

export function resolveProgress(
  scope: Scope,
  levels: readonly Path[],
  usual: ProgressRule = recognised,
): ProgressRule {
  const path = innermost(scope, levels, ['progress']);
  if (path === null) return usual;
  if (!scope.document.isText(path)) {
    const pattern = readValue(scope, [...path, 'pattern'], 'bad-pattern', parsePattern);
    return pattern === null ? recognised : { kind: 'pattern', pattern };
  }
  const written = scope.document.textAt(path);
  const program = programs.find((one) => one === written);
  return program === undefined ? { kind: 'none' } : { kind: 'program', program };
}

/** A regular expression that compiles and whose groups tell something. */
export function parsePattern(text: string): Parsed<string> {
  if (text.length > longestPattern)
    return refused(`the pattern has ${text.length} characters; allowed are ${longestPattern}`);
  const groups = groupsOf(text);
  if (groups === null) return refused(`${quote(text)} is no regular expression of JavaScript${hint(text)}`);
  const known: readonly string[] = progressGroups;
  const unknown = groups.find((name) => !known.includes(name));
  if (unknown !== undefined)
    return refused(
      `the group ${quote(unknown)} means nothing here${didYouMean(unknown, known)}; allowed are ${known.join(', ')}`,
    );
  if (groups.includes('done') !== groups.includes('total'))
    return refused('the groups done and total go together, and here is only one of them');
  return groups.length > 0
    ? accepted(text)
    : refused(`${quote(text)} has no group that tells something; write one such as (?<progress>[0-9]+)%`);
}

/** The names of its groups; null: it cannot be compiled. */
function groupsOf(text: string): readonly string[] | null {
  try {
    const pattern = new RegExp(text);
    // With nothing as the other choice it matches the empty text, and so lists its groups.
    return Object.keys(new RegExp(`(?:${pattern.source})|`).exec('')?.groups ?? {});
  } catch {
    return null;
  }
}

const hint = (text: string): string =>
  text.includes('(?P<') ? '; there, a named group is written (?<name>...), without the P' : '';
