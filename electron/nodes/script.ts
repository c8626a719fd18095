/** The shell script that carries out an order on a node. */
import { taskParameters } from '../../shared/model/space';
import type { Order } from '../engine/effects';
import type { PathMapping } from '../../shared/model/settings';
import {
  parameterVariable as variable,
  pathRulesVariable,
  rawVariable,
} from '../../shared/model/task-variables';
import { fill, fillScript, placeholdersOf, type Values } from './fill';
import { shellQuote } from './quote';
import { joinLines, sessionKey, sessionLines, type SessionPlaces } from './session';

export interface NodePlaces extends SessionPlaces {
  /** Drover's own programs for tasks, put first on PATH: a word for the shell. */
  readonly bin: string;
  /** What `drover-node` runs; null: the Node.js that is there. */
  readonly runtime: string | null;
}

export interface ScriptFor {
  readonly owner: { readonly host: string };
  /** What a path of this machine is called there. */
  readonly pathOn: (path: string) => string;
  /** As people have set it, for programs that ask. */
  readonly mappings: () => readonly PathMapping[];
  /** As it is set for the node now. A umask of null: as the agent's user has it. */
  readonly manners: () => { readonly umask: string | null };
}

export function scriptFor(
  order: Order,
  places: NodePlaces,
  { owner, pathOn, mappings, manners }: ScriptFor,
): string {
  const { action, environment, environments, folder, paths } = order.step;
  const isPath = (name: string): boolean => paths === null || name === 'Output' || paths.includes(name);
  const there = (values: Values): Values =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, isPath(name) ? pathOn(value) : value]),
    );
  const shared = there(stepValues(order));
  const ofTask = taskParameters(order.step.space, order.task);
  const values = { ...shared, ...there(ofTask) };
  const unmapped = Object.entries(ofTask).filter(([name]) => paths?.includes(name) === true);
  const { umask } = manners();
  const output = `"$${variable('Output')}"`;
  const programs: Pairs = [
    ['DROVER_RUNTIME', shellQuote(places.runtime ?? '')],
    ['PATH', `${places.bin}:"$PATH"`],
    ...rulesFor(order, mappings()),
  ];
  const set = (variables: Values): Pairs =>
    Object.entries(variables).map(([name, text]) => [name, shellQuote(pathOn(fill(text, values)))]);
  const parameters = (known: Values): Pairs =>
    Object.entries(known).map(([name, value]) => [variable(name), shellQuote(value)]);
  const raw: Pairs = unmapped.map(([name, value]) => [rawVariable(name), shellQuote(value)]);
  const room: Pairs = [
    ['DROVER_CORES', `${order.request.cpu}`],
    ['DROVER_MEMORY_MIB', `${order.request.memoryMiB}`],
  ];
  const attempt: Pairs = [
    ['DROVER_ATTEMPT', shellQuote(order.attempt)],
    ...(order.checkpoint === undefined
      ? []
      : [['DROVER_CHECKPOINT', shellQuote(pathOn(order.checkpoint))] as const]),
  ];
  const hasSession = environments.length > 0;
  const lines = [
    ...(hasSession
      ? [
          ...joinLines(
            sessionKey(owner.host, order),
            order,
            places,
            [exporting([...programs, ...set(namingOnly(shared, environment)), ...parameters(shared)])],
            shared,
          ),
          exporting([...programs, ...attempt, ...set(environment)]),
          ...sessionLines,
          exporting([...parameters(values), ...raw, ...room]),
        ]
      : [exporting([...programs, ...attempt, ...set(environment), ...parameters(values), ...raw, ...room])]),
    ...roomFor(order),
    ...(umask === null ? [] : [`umask ${umask}`]),
    // To ask is much quicker than to start a program, and most find it there.
    `[ -d ${output} ] || mkdir -p -- ${output} || exit 73`,
    `cd -- ${shellQuote(pathOn(folder))} || exit 72`,
  ];
  if (action.kind === 'command') {
    lines.push(`exec ${action.argv.map((argument) => shellQuote(fill(argument, values))).join(' ')}`);
  } else {
    lines.push(action.kind === 'prepared' ? action.text : fillScript(action.text, values));
  }
  return `${lines.join('\n')}\n`;
}

/**
 * Whether its script, all of it Drover's own words, only sets things and becomes the program: then
 * every shell does the same with it, also in a part of another one, where $$ is not its own process.
 */
export const isForAnyShell = ({ step: { action, environments }, placement }: Order): boolean =>
  action.kind === 'command' &&
  !(action.argv[0] ?? '-').startsWith('-') &&
  environments.length === 0 &&
  (placement?.cores ?? []).length === 0;

/** Of Open Job Description, version pathmapping-1.0. */
function rulesFor({ step }: Order, mappings: readonly PathMapping[]): Pairs {
  if (mappings.length === 0 || !step.environments.some(({ isPrepared }) => isPrepared)) return [];
  const rules = mappings.map(({ from, to }) => ({
    source_path_format: /^[A-Za-z]:|\\/.test(from) ? 'WINDOWS' : 'POSIX',
    source_path: from,
    destination_path: to,
  }));
  const document = { version: 'pathmapping-1.0', path_mapping_rules: rules };
  return [[pathRulesVariable, shellQuote(JSON.stringify(document))]];
}

type Pairs = readonly (readonly [name: string, word: string])[];

/** In one go: each command of its own is felt by those who have many short tasks. */
const exporting = (pairs: Pairs): string => `export ${pairs.map((pair) => pair.join('=')).join(' ')}`;

/** Cores and devices of its own are the only ones that it sees. */
function roomFor({ placement }: Order): readonly string[] {
  const lines: string[] = [];
  const { cores = [], gpus = [] } = placement ?? {};
  if (cores.length > 0)
    lines.push(`if command -v taskset >/dev/null; then taskset -pc ${cores.join(',')} $$ >/dev/null; fi`);
  const devices = gpus.map(({ device }) => device).join(',');
  if (gpus.length > 0) lines.push(`export CUDA_VISIBLE_DEVICES=${devices} HIP_VISIBLE_DEVICES=${devices}`);
  return lines;
}

/** Those texts that name nothing else. */
function namingOnly(known: Values, texts: Values): Values {
  return Object.fromEntries(
    Object.entries(texts).filter(([, text]) =>
      placeholdersOf(text).every((name) => Object.hasOwn(known, name)),
    ),
  );
}

/** All that its texts may name. */
export const valuesOf = (order: Order): Values => ({
  ...stepValues(order),
  ...taskParameters(order.step.space, order.task),
});

/** The same for all tasks of a step. */
function stepValues(order: Order): Values {
  return {
    ...order.step.parameters,
    Output: order.output,
    Batch: order.batchName,
    Job: order.job,
    Step: order.step.name,
  };
}
