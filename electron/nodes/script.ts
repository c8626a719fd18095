/** The shell script that carries out an order on a node. */
import { taskParameters } from '../../shared/model/space';
import type { Order } from '../engine/effects';
import { shellQuote } from './quote';

export interface NodePlaces {
  /** Drover's own programs for tasks, put first on PATH: a word for the shell. */
  readonly bin: string;
  /** What `drover-node` runs; null: the Node.js that is there. */
  readonly runtime: string | null;
}

const placeholder = /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g;

/** `pathOn`: what a path of this machine is called there. */
export function scriptFor(
  order: Order,
  places: NodePlaces,
  pathOn: (path: string) => string = (path) => path,
): string {
  const values = Object.fromEntries(
    Object.entries(valuesOf(order)).map(([name, value]) => [name, pathOn(value)]),
  );
  const { action, environment, folder } = order.step;
  const output = `"$${variable('Output')}"`;
  const exports = [
    ['DROVER_RUNTIME', shellQuote(places.runtime ?? '')],
    ['DROVER_ATTEMPT', shellQuote(order.attempt)],
    ['PATH', `${places.bin}:"$PATH"`],
    ...Object.entries(environment).map(([name, text]) => [name, shellQuote(pathOn(fill(text, values)))]),
    ...Object.entries(values).map(([name, value]) => [variable(name), shellQuote(value)]),
    ['DROVER_CORES', `${order.request.cpu}`],
    ['DROVER_MEMORY_MIB', `${order.request.memoryMiB}`],
  ];
  const lines = [
    // In one go: each command of its own is felt by those who have many short tasks.
    `export ${exports.map((pair) => pair.join('=')).join(' ')}`,
    ...roomFor(order),
    // To ask is much quicker than to start a program, and most find it there.
    `[ -d ${output} ] || mkdir -p -- ${output} || exit 73`,
    `cd -- ${shellQuote(pathOn(folder))} || exit 72`,
  ];
  if (action.kind === 'command') {
    lines.push(`exec ${action.argv.map((argument) => shellQuote(fill(argument, values))).join(' ')}`);
  } else {
    lines.push(fillScript(action.text, values));
  }
  return `${lines.join('\n')}\n`;
}

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

export function valuesOf(order: Order): Readonly<Record<string, string>> {
  return {
    ...order.step.parameters,
    Output: order.output,
    Batch: order.batchName,
    Job: order.job,
    Step: order.step.name,
    ...taskParameters(order.step.space, order.task),
  };
}

const variable = (name: string): string => `DROVER_PARAM_${name}`;

/** Each `{{Name}}` that has a value, as it is: nothing here is quoted. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(placeholder, (whole, name: string) => values[name] ?? whole);
}

/**
 * Puts values into a script so that a shell can never read one as anything but data: plain ones
 * (numbers, simple paths) are written as they are, all others are fetched from the environment.
 * Should the count of quotes be led astray (by an apostrophe in a here-document), a value may be
 * split at its spaces or not be filled in, but it is never executed.
 */
export function fillScript(text: string, values: Readonly<Record<string, string>>): string {
  let filled = '';
  let from = 0;
  for (const match of text.matchAll(placeholder)) {
    const [whole, name = ''] = match;
    const value = values[name];
    if (value === undefined) continue;
    filled += text.slice(from, match.index) + reference(name, value, quoteAt(text, match.index));
    from = match.index + whole.length;
  }
  return filled + text.slice(from);
}

function reference(name: string, value: string, quote: Quote): string {
  if (/^[A-Za-z0-9_./:=@%+,-]+$/.test(value)) return value;
  const fetched = `\${${variable(name)}}`;
  switch (quote) {
    case 'none':
      return `"${fetched}"`;
    case 'double':
      return fetched;
    case 'single':
      return `'"${fetched}"'`;
  }
}

type Quote = 'none' | 'single' | 'double';

/** Within which quotes a place of a script lies. */
function quoteAt(text: string, end: number): Quote {
  let quote: Quote = 'none';
  for (let at = 0; at < end; at++) {
    const character = text[at];
    if (character === '\\' && quote !== 'single') at++;
    else if (character === '#' && quote === 'none' && /^$|[\s;&|(]/.test(text[at - 1] ?? ''))
      at = endOfLine(text, at);
    else if (character === "'" && quote !== 'double') quote = quote === 'single' ? 'none' : 'single';
    else if (character === '"' && quote !== 'single') quote = quote === 'double' ? 'none' : 'double';
  }
  return quote;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
