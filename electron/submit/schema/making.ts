/** How a program comes to write what it goes on from. */
import { z } from 'zod';
import { duration, only, plain, text } from './values';

export const made = z.union(
  [
    z.literal('itself'),
    z
      .strictObject({
        signal: text.optional().describe('This one asks for it: USR1, USR2, HUP, INT, QUIT, ALRM or TERM.'),
        command: z
          .union([z.string(), z.array(plain)], only('a script, or a list: the program and its arguments'))
          .optional()
          .describe("Run beside the task, on its node and in its folder; $DROVER_PID is the task's process."),
        timeout: duration.optional().describe('The command may take so long; 1 min without it.'),
        every: duration.optional().describe('It is asked so often; without it only before it is stopped.'),
      })
      .refine(
        ({ signal, command }) => (signal === undefined) !== (command === undefined),
        'here stands either a signal or a command',
      )
      .refine(
        ({ command, timeout }) => command !== undefined || timeout === undefined,
        'a signal takes no time: timeout belongs to a command',
      ),
  ],
  only('itself, or a map such as { signal: USR1, every: 10 min } or { command: [./save.sh] }'),
);
