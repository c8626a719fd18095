/** The terminal entry: the same Host as the desktop's, or a client of the one that runs. No Electron. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { version } from '../package.json';
import { parseArguments, UsageError, usage, type Arguments } from './cli/arguments';
import { changeCommands } from './cli/changes';
import { check } from './cli/check';
import { checkpointCommands } from './cli/checkpoints';
import { expectUsage, type Command } from './cli/command';
import { openFarm, programAt, runningFarm } from './cli/farm';
import { forecastCommand } from './cli/forecast';
import { historyCommand } from './cli/history';
import { importFiles } from './cli/import';
import { logs } from './cli/logs';
import { nodeCommands } from './cli/nodes';
import { openjdRun } from './cli/openjd-run';
import { openjdCommands } from './cli/openjd';
import { exitStatus, refusalInWords, RefusedError, valueOf, type ExitStatus } from './cli/outcome';
import { repair } from './cli/repair';
import { print, run, submitFile } from './cli/run';
import { report } from './cli/report';
import { reservationCommands } from './cli/reservations';
import { scheduleCommands } from './cli/schedules';
import { serve } from './cli/serve';
import { jobText, queueText } from './cli/text';
import { notableTasks } from './cli/tasks';
import { why } from './cli/why';
import { FolderOwned } from './data-folder';
import { recipeJsonSchema } from './submit/schema/json-schema';

// In the packed app the program lies in an archive, and its resources beside that.
const packed = resolve(import.meta.dirname, '../../../resources');
const resources = existsSync(join(packed, 'samples'))
  ? packed
  : resolve(import.meta.dirname, '../../resources');
const program = programAt(import.meta.dirname, resources, version);

const commands: Readonly<Record<string, Command>> = {
  run: { operands: 'FILE', options: ['parameter', 'force'], run },
  submit: {
    operands: 'FILE',
    options: ['parameter', 'force'],
    async run(farm, file, given) {
      const { json } = given;
      const submitted = await submitFile(farm, file, given);
      const { batch, name, tasks, jobs } = submitted;
      if (json) print(submitted);
      else console.log(`${batch}  ${name}: ${tasks} ${tasks === 1 ? 'task' : 'tasks'} in ${jobs.join(', ')}`);
      return exitStatus.done;
    },
  },
  list: {
    operands: '',
    async run(farm, _none, { json }) {
      const queue = valueOf(await farm.client.request('queue.list', {}));
      if (json) print(queue);
      else console.log(queueText(queue.batches, queue.jobs));
      if (queue.trouble !== null) console.error(queue.trouble);
      return exitStatus.done;
    },
  },
  show: {
    operands: 'JOB',
    async run(farm, what, { json }) {
      const { batch, job } = valueOf(await farm.client.request('batch.find', { what }));
      if (job === null) {
        const queue = valueOf(await farm.client.request('queue.list', {}));
        const batches = queue.batches.filter(({ id }) => id === batch);
        const jobs = queue.jobs.filter((row) => row.batch === batch);
        if (json) print({ ...batches[0], jobs });
        else console.log(queueText(batches, jobs));
        return exitStatus.done;
      }
      const detail = valueOf(await farm.client.request('job.show', { job }));
      if (!json) {
        console.log(jobText(detail, await notableTasks(farm, detail)));
        return exitStatus.done;
      }
      const rows = await Promise.all(
        [...detail.steps.keys()].map(
          async (step) =>
            valueOf(await farm.client.request('task.list', { job, step, from: 0, count: 1000 })).tasks,
        ),
      );
      print({ ...detail, taskRows: rows });
      return exitStatus.done;
    },
  },
  report: { operands: 'BATCH', options: ['open', 'output'], run: report },
  why: { operands: 'JOB', options: ['apply', 'why'], run: why },
  logs: { operands: 'JOB[/STEP[/INDEX]]', options: ['follow', 'search', 'tail'], run: logs },
  history: historyCommand,
  ...changeCommands,
  ...scheduleCommands,
  ...reservationCommands,
  forecast: forecastCommand,
  ...nodeCommands,
  ...checkpointCommands,
};

/** `nodes add X` is one command: of two words. */
function withBothWords(given: Arguments): Arguments {
  const [first = '', ...operands] = given.operands;
  const command = `${given.command} ${first}`;
  const known = Object.hasOwn(commands, command) || Object.hasOwn(openjdCommands, command);
  return known ? { ...given, command, operands } : given;
}

/** What hosts work outlives those who read what it prints. */
let hosts = false;

async function main(argv: readonly string[]): Promise<ExitStatus> {
  const [group, verb, ...words] = argv;
  if (group === 'openjd' && verb === 'run') {
    hosts = true;
    return openjdRun(words);
  }
  const given = withBothWords(parseArguments(argv));
  const { command: name, operands, data } = given;
  hosts = name === 'run' || name === 'serve';
  if (given.help || name === 'help') {
    console.log(usage);
    return exitStatus.done;
  }
  const [operand = ''] = operands;
  if (name === 'serve') {
    expectUsage(name, { operands: '[FILE...]', options: ['parameter', 'force'] }, given);
    return serve(given, program);
  }
  if (name === 'check') {
    expectUsage(name, { operands: 'FILE', options: ['parameter'] }, given);
    return check(operand, given, program);
  }
  if (name === 'import') {
    expectUsage(name, { operands: 'FILE [FILE...]', options: ['from', 'run', 'output', 'force'] }, given);
    return importFiles(given, resources);
  }
  if (name === 'schema') {
    expectUsage(name, { operands: '' }, given);
    console.log(JSON.stringify(recipeJsonSchema(), null, 2));
    return exitStatus.done;
  }
  if (name === 'repair') {
    expectUsage(name, { operands: '' }, given);
    return repair(given, program);
  }
  const plain = Object.hasOwn(openjdCommands, name) ? openjdCommands[name] : undefined;
  if (plain !== undefined) {
    expectUsage(name, plain, given);
    return plain.run(operand, given);
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UsageError(`there is no command ${name}`);
  expectUsage(name, command, given);
  const farm =
    name === 'submit' ? await runningFarm(data) : await openFarm(data, program, { work: name === 'run' });
  if (farm === null) {
    throw new RefusedError({
      code: 'failed',
      message:
        'No Drover runs on this data folder. Start one (npm start, or drover serve), or use: drover run FILE',
    });
  }
  try {
    return await command.run(farm, operand, given);
  } finally {
    await farm.close();
  }
}

function explainFailure(error: unknown): ExitStatus {
  const json = process.argv.includes('--json');
  if (error instanceof UsageError) {
    if (json) print({ error: { code: 'refused', message: error.message } });
    console.error(`drover: ${error.message}\ndrover --help lists the commands.`);
    return exitStatus.refused;
  }
  if (error instanceof FolderOwned) {
    if (json) print({ error: { code: 'failed', message: error.message } });
    console.error(error.message);
    return exitStatus.failed;
  }
  if (error instanceof RefusedError) {
    if (json) print({ error: error.refusal });
    console.error(refusalInWords(error.refusal));
    return error.status;
  }
  console.error('drover:', error);
  return exitStatus.failed;
}

// A reader that went away (`drover list | head`), or a terminal that was closed, is no failure; what hosts
// work goes on without it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  if (!hosts) process.exit(exitStatus.done);
});

process.exitCode = await main(process.argv.slice(2)).catch(explainFailure);
