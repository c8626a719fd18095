/** Tries recipes before they are submitted. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckedRecipe } from '../../shared/ipc/submissions';
import type { Submission } from '../../shared/model/submission';
import { amountsInWords } from '../../shared/model/amounts';
import { findingInWords, findingsInWords, type Finding } from '../../shared/model/finding';
import type { ExpectedEnd } from '../../shared/model/forecast';
import { requestInWords } from '../../shared/model/limits-in-words';
import { ruleInWords } from '../../shared/model/schedule';
import { timeInWords } from '../../shared/model/verdict';
import { dataFolder } from '../data-folder';
import { presets } from '../submit/presets/presets';
import { readRecipe } from '../submit/read-recipe';
import type { Arguments } from './arguments';
import { ownFarm, runningFarm, type Farm, type Program } from './farm';
import { exitStatus, RefusedError, valueOf, type ExitStatus } from './outcome';
import { print } from './run';
import { submissionOf } from './submission';
import { table } from './text';

export async function check(
  file: string,
  { parameters, json, data }: Arguments,
  program: Program,
): Promise<ExitStatus> {
  const submission = await submissionOf(file, parameters);
  const farm = (await runningFarm(data)) ?? (await knownFarm(data, program));
  if (farm === null) return showChecked(await withoutFarm(submission, program), json);
  try {
    return showChecked(valueOf(await farm.client.request('recipe.preflight', submission)), json);
  } finally {
    await farm.close();
  }
}

/** What is known of the nodes from before; null: nothing, and a check does not make a data folder. */
async function knownFarm(data: string | undefined, program: Program): Promise<Farm | null> {
  const isKnown = existsSync(join(dataFolder(data), 'drover.sqlite'));
  return isKnown ? ownFarm(data, program, { work: false }) : null;
}

async function withoutFarm(submission: Submission, { resources }: Program): Promise<CheckedRecipe> {
  const read = await readRecipe(submission, [], await presets(join(resources, 'presets')));
  if (!read.ok)
    throw new RefusedError({
      code: 'refused',
      message: `The recipe has ${read.problems.length === 1 ? 'a mistake' : `${read.problems.length} mistakes`}.`,
      problems: read.problems,
    });
  const note: Finding = {
    severity: 'note',
    code: 'not-running',
    place: null,
    message: 'no Drover has run on this data folder yet: whether it would run on its nodes is not known',
    fix: null,
  };
  return { ...read.summary, findings: [note], starts: [], end: null };
}

const tasksInWords = (count: number): string => `${count} ${count === 1 ? 'task' : 'tasks'}`;

function showChecked(checked: CheckedRecipe, json: boolean): ExitStatus {
  const { findings } = checked;
  const status = findings.some(({ severity }) => severity === 'error') ? exitStatus.refused : exitStatus.done;
  if (json) {
    print(checked);
    return status;
  }
  const jobs = checked.jobs.map((job) => [
    job.name,
    job.kind,
    tasksInWords(job.tasks),
    [...new Set(job.steps.map(({ request }) => requestInWords(request)))].join('; or '),
    job.after.length > 0 ? `after ${job.after.join(', ')}` : '',
  ]);
  console.log(`${checked.name}: ${tasksInWords(checked.tasks)}\n${table(jobs)}`);
  if (checked.schedule !== null) console.log(`schedule: ${ruleInWords(checked.schedule)}`);
  for (const { name, capacity } of checked.relativeTo)
    console.log(`parts of a node are of ${name}: ${amountsInWords(capacity)}`);
  if (checked.starts.length > 0) console.log(`would start now: ${startsInWords(checked)}`);
  if (checked.end !== null) console.log(`would end: ${endInWords(checked.end)}`);
  for (const finding of findings) console.log(findingInWords(finding));
  const words = findingsInWords(findings);
  if (words !== null)
    console.log(
      `${words}: ${status === exitStatus.refused ? 'it would not be submitted' : 'whoever submits it is asked first'}`,
    );
  return status;
}

function endInWords({ p50, p90, isGuess }: ExpectedEnd): string {
  const words = `at ${timeInWords(p50)}, nine times in ten by ${timeInWords(p90)}`;
  return isGuess ? `${words} (a guess)` : words;
}

const mostNodes = 5;

function startsInWords({ starts }: CheckedRecipe): string {
  const words = starts.slice(0, mostNodes).map(({ node, tasks }) => `${tasks} on ${node}`);
  const more = starts.slice(mostNodes).reduce((sum, { tasks }) => sum + tasks, 0);
  return [...words, ...(more > 0 ? [`${more} on ${starts.length - mostNodes} more nodes`] : [])].join(', ');
}
