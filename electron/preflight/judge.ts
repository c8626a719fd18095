/** What the nodes' answers mean for the steps that they could do. */
import { isAbsolute } from 'node:path';
import type { About, Found, Severity } from '../../shared/model/finding';
import { nodesInWords } from '../../shared/model/verdict';
import { programNames } from '../nodes/health/programs';
import type { Answer, Question } from '../nodes/preflight/question';
import type { Wanted } from '../nodes/preflight/wanted';
import { isStagedOn, pathHere, type Look, type LookedAt } from './looks';

/** By node, then for each wanted thing: what was asked; null: nothing. */
export type Asked = (node: LookedAt) => readonly (Question | null)[];
export type AnswerOf = (node: LookedAt, question: Question) => Answer;

interface Standing {
  readonly wanted: Wanted;
  readonly index: number;
  /** Nodes that answered something bad, by their answer. */
  readonly bad: ReadonlyMap<string, readonly LookedAt[]>;
  readonly good: number;
  readonly unknown: number;
}

const shown = 3;

export function judge(look: Look, asked: Asked, answerOf: AnswerOf): readonly Found[] {
  const withoutFolder = new Set(
    look.nodes.filter((node) => {
      const question = asked(node)[look.wanted.findIndex(({ kind }) => kind === 'folder')];
      const answer = question === undefined || question === null ? null : answerOf(node, question);
      return answer !== null && answer !== 'yes';
    }),
  );
  return look.wanted.flatMap((wanted, index) => {
    const bad = new Map<string, LookedAt[]>();
    let [good, unknown] = [0, 0];
    for (const node of look.nodes) {
      const question = asked(node)[index] ?? null;
      const isInFolder = (wanted.kind === 'run' || wanted.kind === 'file') && !isAbsolute(wanted.name);
      // Without the folder, nothing in it is there either: that is told once.
      if (isInFolder && withoutFolder.has(node)) continue;
      const answer = question === null ? 'yes' : (answerOf(node, question) ?? asLastSeen(wanted, node));
      if (answer === null) unknown++;
      else if (answer === 'yes') good++;
      else bad.set(answer, [...(bad.get(answer) ?? []), node]);
    }
    return foundOf(look, asked, { wanted, index, bad, good, unknown });
  });
}

const lookedFor: ReadonlySet<string> = new Set<string>(
  programNames.filter((name) => !['openfoam', 'houdini', 'nuke', 'mayapy'].includes(name)),
);

/** A node that cannot be asked has told before which of some programs it has. */
function asLastSeen({ kind, name }: Wanted, { labels }: LookedAt): Answer {
  const hasTold = labels.some((label) => label.startsWith('program:'));
  if (kind !== 'program' || !lookedFor.has(name) || !hasTold) return null;
  return labels.includes(`program:${name}`) ? 'yes' : 'no';
}

function foundOf(look: Look, asked: Asked, standing: Standing): readonly Found[] {
  const { wanted, index, bad, good, unknown } = standing;
  const isBadEverywhere = good === 0 && unknown === 0;
  // What comes before it may make it.
  if (good === 0 && !look.isFirst && ['folder', 'run', 'file'].includes(wanted.kind)) return [];
  return [...bad].flatMap(([answer, nodes]) => {
    const severity: Severity = isBadEverywhere && wanted.isSure ? 'error' : 'warning';
    const name = nameOn(look, standing, nodes, asked);
    const what = {
      severity,
      code: codes[wanted.kind],
      message: `${problemInWords(wanted.kind, name, answer)} ${whereInWords(look, nodes, good === 0 && bad.size === 1)}`,
      fix: fixFor(look, wanted, answer, nodes),
    };
    return look.members.map((member) => ({ ...what, about: member.wanted[index]?.about ?? aboutOf(member) }));
  });
}

const aboutOf = ({ job, step }: Look['members'][number]): About => ({ job, step: step.name, field: [] });

const codes: Readonly<Record<Wanted['kind'], string>> = {
  program: 'program-missing',
  run: 'file-missing',
  file: 'file-missing',
  folder: 'folder-missing',
  output: 'output',
  shared: 'output-not-shared',
};

/** As it is written; where nodes call the path by another name, with that. */
function nameOn(look: Look, { wanted, index }: Standing, nodes: readonly LookedAt[], asked: Asked): string {
  if (wanted.kind === 'program') return wanted.name;
  const names = new Set(nodes.flatMap((node) => asked(node)[index]?.name ?? []));
  const [there = wanted.name, ...others] = names;
  return others.length > 0 || there === pathHere(look, wanted)
    ? wanted.name
    : `${wanted.name} (there ${there})`;
}

function problemInWords(kind: Wanted['kind'], name: string, answer: string): string {
  switch (kind) {
    case 'output':
      return answer === 'notFolder'
        ? `the folder for results, ${name}, cannot be made, since a file is in its way`
        : `nothing may be written to the folder for results, ${name},`;
    case 'shared':
      return `results would stay where they are made, since the folder ${name} is missing`;
    case 'folder':
      if (answer === 'no') return `the folder ${name} is missing`;
      return answer === 'notFolder' ? `${name} is no folder` : `the folder ${name} may not be entered`;
    case 'program':
      return `the program ${name} is missing`;
    case 'run':
    case 'file':
      if (answer === 'no') return `${name} is missing`;
      if (answer === 'folder') return `${name} is a folder and no program`;
      return answer === 'notExecutable'
        ? `${name} may not be run, as it is not executable,`
        : `${name} may not be read`;
  }
}

function whereInWords({ nodes: able }: Look, nodes: readonly LookedAt[], isAll: boolean): string {
  const names = nodes.slice(0, shown).map(({ name }) => name);
  const on = `on ${nodesInWords(nodes.length, names)}`;
  if (able.length === 1) return `${on}, the only node that could do it`;
  if (nodes.length === able.length) return `${on}: on every node that could do it`;
  return isAll
    ? `${on}: on every node that answered, of ${able.length} that could do it`
    : `${on}: on ${nodes.length} of the ${able.length} nodes that could do it`;
}

function fixFor(look: Look, wanted: Wanted, answer: string, nodes: readonly LookedAt[]): string | null {
  const isEverywhere = nodes.length === look.nodes.length;
  const isOnlyRemote =
    nodes.every(({ kind }) => kind === 'ssh') && !nodes.some((node) => isStagedOn(look, node));
  switch (wanted.kind) {
    case 'program':
      if (isEverywhere) return `install it, or name it by its whole path`;
      return lookedFor.has(wanted.name)
        ? `needs: { all: program:${wanted.name} }, so that only nodes that have it do this; or install it there`
        : `install it there, or give those that have it a label and ask for that under needs`;
    case 'folder':
      if (isOnlyRemote)
        return 'send what the step needs, files: { send: ["**"] }; share the folder; or tell under paths in the settings of the node what it is called there';
      return 'make the folder, or name another one';
    case 'run':
      if (answer === 'notExecutable')
        return `chmod +x ${wanted.name}, or run it by its interpreter, such as sh ${wanted.name}`;
      return isOnlyRemote ? 'put it there too, or send it: files' : 'check how it is written';
    case 'file':
      return isOnlyRemote ? 'put it there too, or send it: files' : 'check how it is written';
    case 'shared':
      return 'send and fetch the files, files: { send: [...] }, or name an output folder that is shared';
    case 'output':
      return 'name another output folder, or change who may write there';
  }
}
