/** Why work waits, and the change that would let it start. */
import type { StepWhy, Why } from '../../shared/ipc/plans';
import { changeInWords, isCommanded, wayBack, type CommandedChange } from '../../shared/model/farm-change';
import { verdictInWords } from '../../shared/model/verdict';
import type { Arguments } from './arguments';
import { tellWhenAlone } from './command';
import type { Farm } from './farm';
import { exitStatus, RefusedError, valueOf, type ExitStatus } from './outcome';
import { print } from './run';

export async function why(farm: Farm, what: string, { options, why, json }: Arguments): Promise<ExitStatus> {
  const answer = valueOf(await farm.client.request('job.why', { what }));
  if (options.apply !== true) {
    if (json) print(answer);
    else console.log(whyText(answer));
    tellWhenAlone(farm, 'nothing starts until one is started');
    return exitStatus.done;
  }
  const change = changeToMake(answer);
  valueOf(await farm.client.request('change.apply', { change, why }));
  if (json) print({ ...answer, applied: change });
  else console.log(`done: ${changeInWords(change)}${wayBackText(change)}`);
  tellWhenAlone(farm);
  return exitStatus.done;
}

/** In a job that of the first step that has one: the later steps mostly wait for it. */
function changeToMake(answer: Why): CommandedChange {
  const offered = new Map<string, CommandedChange>();
  for (const { cheapest } of answer.steps)
    if (cheapest?.kind === 'change' && isCommanded(cheapest.change))
      offered.set(JSON.stringify(cheapest.change), cheapest.change);
  const [first, ...others] = offered.values();
  if (first === undefined)
    throw new RefusedError({
      code: 'conflict',
      message: `Nothing was changed: Drover has no change to make for ${answer.name}.\n${whyText(answer)}`,
    });
  if (answer.job === null && others.length > 0)
    throw new RefusedError({
      code: 'conflict',
      message: `Nothing was changed: ${offered.size} different changes would help ${answer.name}. Name one of its jobs.\n${whyText(answer)}`,
    });
  return first;
}

function wayBackText(change: CommandedChange): string {
  switch (wayBack(change)) {
    case 'undo':
      return '\ndrover undo takes it back.';
    case 'setAside':
      return change.kind === 'takeBack' ? `\ndrover aside ${change.node} takes it back.` : '';
    case 'retry':
      return change.kind === 'cancel' ? `\ndrover retry ${change.job} runs its tasks again.` : '';
    case null:
      return '';
  }
}

function whyText({ name, state, steps, left }: Why): string {
  if (steps.length === 0) return `Nothing of ${name} waits: it is ${state}.`;
  return [
    ...steps.map(stepText),
    ...(left === 0 ? [] : [`and ${left} more that wait; name a job to see them`]),
  ].join('\n');
}

function stepText(step: StepWhy): string {
  const { job, jobName, stepName, batchName, waiting, verdicts } = step;
  const called = stepName === null ? jobName : `${jobName}/${stepName}`;
  return [
    `${job}  ${called} of ${batchName}, ${waiting} ${waiting === 1 ? 'task waits' : 'tasks wait'}`,
    ...verdicts.map((verdict) => `waiting   ${verdictInWords(verdict)}`),
    `cheapest  ${cheapestText(step)}`,
  ].join('\n');
}

function cheapestText({ job, cheapest }: StepWhy): string {
  if (cheapest === null) return 'no single change would let it start';
  switch (cheapest.kind) {
    case 'startsAnyway':
      return 'nothing has to be changed: it is about to start';
    case 'notTried':
      return 'was not looked for: the farm is too large, or too much waits; name a single job';
    case 'change': {
      const { change, startsNow } = cheapest;
      const words = `${changeInWords(change)}${startsNow ? '' : ', and wait for room'}`;
      return isCommanded(change) ? `${words}; drover why ${job} --apply does it` : words;
    }
  }
}
