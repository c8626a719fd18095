/** Tasks of a step that wait for single tasks of another: which for which. */
import type { StepReference } from '../../../shared/model/batch';
import { sameIndex, type Mapping, type Relation } from '../../../shared/model/dependency';
import { taskCount, type Space } from '../../../shared/model/space';
import type { FrameRange } from '../../../shared/model/space/ranges';
import type { AfterEntry } from '../recipe/after';
import { problemAt } from '../recipe/scope';
import type { Scope } from '../recipe/scope';
import { thousands } from '../document/words';

/** The spaces of steps, where they are known. */
export type StepSpaces = ReadonlyMap<string, Space>;
export const stepKey = (job: string, step: string): string => `${job}/${step}`;

export interface StepNames {
  readonly names: ReadonlySet<string>;
  /** False: the job has no steps of its own, and so a single one. */
  readonly isWritten: boolean;
}
/** Those that the file names. */
export type Jobs = ReadonlyMap<string, StepNames>;

type Groups = Mapping & { readonly kind: 'groups' };

/** What the entry says, where tasks correspond as is meant; null where they cannot. */
export function fitted(
  scope: Scope,
  jobs: Jobs,
  spaces: StepSpaces,
  entry: AfterEntry,
  from: StepReference,
  to: StepReference,
): Relation | null {
  const { relation } = entry;
  if (relation?.type !== 'SEQUENTIAL' || relation.mapping.kind !== 'groups') return relation;
  const ends: Space[] = [];
  for (const end of [from, to]) {
    const names = [...(jobs.get(end.job)?.names ?? [])];
    const [step] = end.step === null ? names : [end.step];
    if (end.step === null && names.length > 1) {
      const advice = end === from ? 'name one of them with step' : 'let one of them wait instead of the job';
      problemAt(
        scope,
        'several-steps',
        entry.place,
        `task by task only a single step can wait for a single step, and ${end.job} has ${names.length} of them; ${advice}`,
      );
      return null;
    }
    const space = spaces.get(stepKey(end.job, step ?? ''));
    // What is wrong with that step has been told.
    if (space === undefined) return relation;
    ends.push(space);
  }
  const [earlier, later] = ends;
  if (earlier === undefined || later === undefined) return relation;
  const written = relation.mapping;
  const groups = written === sameIndex ? (chunkGroups(earlier, later) ?? written) : written;
  const problem = mismatch([from.step ?? from.job, earlier], [to.step ?? to.job, later], groups);
  if (problem === null) return { ...relation, mapping: groups };
  problemAt(scope, problem.code, entry.place, problem.message);
  return null;
}

type End = readonly [name: string, space: Space];

function mismatch(
  [fromName, from]: End,
  [toName, to]: End,
  groups: Groups,
): { readonly code: string; readonly message: string } | null {
  const [earlier, later] = [taskCount(from), taskCount(to)];
  if (Math.ceil(earlier / groups.from) !== Math.ceil(later / groups.to)) {
    const inGroups = (tasks: number, size: number): string =>
      `${thousands(tasks)} ${tasks === 1 ? 'task' : 'tasks'}${size === 1 ? '' : ` in ${thousands(Math.ceil(tasks / size))} groups of ${thousands(size)}`}`;
    const message = `${fromName} has ${inGroups(earlier, groups.from)} and ${toName} has ${inGroups(later, groups.to)}: to wait one for one they need the same number`;
    return { code: 'unequal-tasks', message };
  }
  const order = orderOf(from);
  const isOneForOne = groups.from === 1 && groups.to === 1;
  if (order === orderOf(to) && (order === null || isOneForOne)) return null;
  const message = `${toName} would wait for other tasks of ${fromName} than is meant, as these have another order; leave the order out in both${isOneForOne ? ', or give both the same' : ''}`;
  return { code: 'unequal-order', message };
}

const orderOf = (space: Space): string | null =>
  space.kind === 'ordered' ? JSON.stringify(space.order) : null;

/** Frame by frame also where one of them, or both, have several frames a task; null where that is not so. */
function chunkGroups(earlier: Space, later: Space): Groups | null {
  const [a, b] = [framesOf(earlier), framesOf(later)];
  if (a === null || b === null || JSON.stringify(a.range) !== JSON.stringify(b.range)) return null;
  if (b.size % a.size === 0) return { kind: 'groups', from: b.size / a.size, to: 1 };
  return a.size % b.size === 0 ? { kind: 'groups', from: 1, to: a.size / b.size } : null;
}

function framesOf(space: Space): { readonly range: FrameRange; readonly size: number } | null {
  const of = space.kind === 'ordered' ? space.of : space;
  if (of.kind !== 'frames' && of.kind !== 'frameChunks') return null;
  const [range, ...more] = of.ranges;
  if (range === undefined || more.length > 0) return null;
  return { range, size: of.kind === 'frames' ? 1 : of.size };
}
