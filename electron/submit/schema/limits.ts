/** What a task needs and what holds for it: fields that an inner level has from an outer one. */
import { z } from 'zod';
import { coreUses } from '../../../shared/model/amounts';
import { programs } from '../../../shared/model/progress';
import { checkpointTypes } from '../../../shared/model/checkpoint';
import { made } from './making';
import type { Backoff } from '../../../shared/model/retry';
import {
  duration,
  intervalParameter,
  list,
  only,
  plain,
  text,
  textOrNumber,
  truth,
  variableName,
  word,
  workName,
} from './values';

const amount = (what: string) => textOrNumber(`${what}, a part such as 50%, or max`);
const memory = amount('an amount such as 512 MiB or 8 GiB');

export const environment = z.record(variableName, plain, only('a map of names to values'));

const resources = z.strictObject(
  {
    cpu: amount('a number of cores').optional().describe('Cores, down to a hundredth; 1 without it.'),
    memory: memory.optional().describe('Such as 8 GiB, 50% or max.'),
    gpu: amount('a number of GPUs such as 1 or 0.5')
      .optional()
      .describe('Devices, down to a ten-thousandth.'),
    gpuMemory: memory.optional().describe('On each device.'),
    storage: memory.optional().describe('Room on the disk of the node.'),
    network: amount('an amount such as 100 Mbit/s').optional().describe('Such as 200 Mbit/s.'),
    cores: word(coreUses)
      .optional()
      .describe('pinned: cores of its own; exclusive: the whole node; shared otherwise.'),
    uses: z
      .record(workName, textOrNumber('a whole number'), only('a map of names to amounts'))
      .optional()
      .describe('Licences of the farm, or what nodes have beside the usual: { houdini: 1 }.'),
  },
  only('a map such as { cpu: 2, memory: 1 GiB }'),
);

const labels = list('a label', 'a label or a list of labels');
const needs = z.strictObject(
  {
    all: labels.optional().describe('A node must have all of these labels.'),
    any: labels.optional().describe('A node must have one of these labels.'),
    none: labels.optional().describe('A node must have none of these labels.'),
    pool: list('a pool', 'a pool or a list of pools').optional().describe('A node must be in one of these.'),
  },
  only('a map such as { all: [os:linux], pool: night }'),
);

export const backoffKinds = ['fixed', 'linear', 'exponential'] as const satisfies readonly Backoff['kind'][];
export const exitCodes = list('an exit status', 'an exit status or a list of them');
const codes = z.strictObject({ codes: exitCodes.optional() }, only('a map such as { codes: [137] }'));
const retry = z.union(
  [
    z.string(),
    z.number(),
    z.strictObject({
      times: textOrNumber('a whole number').optional().describe('More attempts after the first.'),
      wait: duration.optional().describe('Before the next attempt.'),
      growth: word(backoffKinds).optional().describe('How the wait grows from attempt to attempt.'),
      most: duration.optional().describe('No wait is longer.'),
      total: duration.optional().describe('All waits together.'),
      jitter: textOrNumber('a number from 0 to 1')
        .optional()
        .describe('The part of a wait that is left to chance.'),
      on: codes.optional().describe('Only these exit statuses are worth it.'),
      never: codes.optional().describe('These exit statuses are not.'),
      timeout: truth.optional().describe('Also when it took too long.'),
      memory: textOrNumber('a number such as 1.5')
        .optional()
        .describe('Out of memory: with so many times as much.'),
    }),
  ],
  only('how many times, or a map such as { times: 3, wait: 30 s }'),
);

export const progressWords = [...programs, 'none'] as const;
export const progress = z.union(
  [
    z.enum(progressWords),
    z.strictObject({ pattern: z.string(only('a regular expression, in single quotes')) }),
  ],
  only(`${progressWords.join(', ')}, or a map such as { pattern: '^(?<progress>[0-9]+)%' }`),
);

export const fileNames = list('a name of a file', 'a name of a file or a list of them');
const files = z.union(
  [
    z.literal('shared'),
    z.strictObject({
      send: fileNames.optional().describe("Names and globs in the step's folder."),
      fetch: fileNames.optional().describe('Names and globs in the output; all of it without this.'),
    }),
  ],
  only('shared, or a map such as { send: [scene.blend, textures/**] }'),
);

const checkpoints = z.union(
  [
    z.literal('none'),
    z.strictObject({
      files: fileNames
        .optional()
        .describe('Names and globs in the output folder; a folder stands for all in it.'),
      together: truth.optional().describe('All that match are one checkpoint; otherwise each is one.'),
      type: word(checkpointTypes).optional(),
      whole: z
        .strictObject(
          {
            least: textOrNumber('a number of bytes').optional().describe('So many bytes at least.'),
            begins: textOrNumber('bytes in hexadecimal').optional().describe('In hexadecimal: 89504E47.'),
            ends: textOrNumber('bytes in hexadecimal').optional().describe('In hexadecimal.'),
            holds: fileNames.optional().describe('A folder is whole only with these files.'),
            check: list('a word', 'a program, or a list with its arguments')
              .optional()
              .describe('A program that gets the path of the file and ends with 0 when it is whole.'),
          },
          only('a map such as { least: 1024 }'),
        )
        .optional()
        .describe('How it is told that a file is whole.'),
      made: made.optional().describe('How the program comes to write one; by itself without it.'),
      grace: duration
        .optional()
        .describe('So long it may take to save its work when it is to make way; 30 s without it.'),
      at: text.optional().describe('A regular expression on the name whose group at tells how far it is.'),
      resumed: text.optional().describe('One on the output: a line that proves that a task went on.'),
      keep: z
        .strictObject(
          {
            last: textOrNumber('a whole number').optional().describe('So many of the newest; 3 without it.'),
            every: duration.optional().describe('And one for each such span.'),
            best: text
              .optional()
              .describe('And those with the best reported value: loss min, or accuracy max 3.'),
          },
          only('a map such as { last: 5, every: 1 h }'),
        )
        .optional(),
      along: fileNames
        .optional()
        .describe('Files that the program goes on writing: they come along, as they are by then.'),
      state: fileNames
        .optional()
        .describe('Parameters with another value of which what was saved is of no use.'),
      interval: intervalParameter.optional().describe('The parameter that says how often it saves.'),
    }),
  ],
  only('none, or a map such as { files: ["*.cpt"] }'),
);

/** What an inner level has from an outer one where it says nothing itself. */
export const inherited = {
  resources: resources.optional().describe('What a task needs.'),
  environment: environment.optional().describe('Variables of the environment of what is run.'),
  needs: needs.optional().describe('Labels and pools of the nodes that may do it.'),
  retry: retry
    .optional()
    .describe('More attempts after one that failed: how often, or a map that says more.'),
  timeout: duration.optional().describe('Of a single attempt.'),
  preemptible: truth.optional().describe('May be stopped for more urgent work, and runs again later.'),
  progress: progress.optional().describe('How it is told how far a task is.'),
  files: files.optional().describe('shared, as usual; or which files are copied to the node and back.'),
  checkpoints: checkpoints.optional().describe('What interrupted tasks go on from.'),
  lock: list('a name', 'a name or a list of names')
    .optional()
    .describe('Only one task that holds it runs in the whole farm.'),
};

export const environments = z.array(
  z.strictObject(
    {
      name: workName,
      variables: environment.optional().describe('Set for its scripts and for all that follows.'),
      enter: text.optional().describe('A script that a node runs once, before its first task.'),
      leave: text.optional().describe('A script that it runs when no task is left.'),
      timeout: duration.optional().describe('Of each of its scripts.'),
    },
    only('a map such as { name: scratch, enter: ./mount.sh, leave: ./unmount.sh }'),
  ),
  only('a list of environments, such as [{ name: scratch, enter: ./mount.sh }]'),
);
