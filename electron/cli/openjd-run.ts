import { inheritedEnvironment } from '../inherited-environment';
import type { JobStep } from '../submit/openjd/model';
import { chooseSteps, namedTasks, type Chosen } from '../submit/openjd/run/choose';
import { SessionLog } from '../submit/openjd/run/log';
import { JobRun, type StepRun } from '../submit/openjd/run/run-job';
import {
  makeSessionFolder,
  removeSessionFolder,
  type SessionFolder,
} from '../submit/openjd/run/session-folder';
import { allTasks, firstTasks, theseTasks } from '../submit/openjd/run/tasks';
import { parseRunArguments, runUsage, type RunArguments } from './openjd-run-arguments';
import { readRunInput, type RunInput } from './openjd-run-input';
import { resultText, timestamps } from './openjd-run-text';
import { exitStatus, refusal, RefusedError, type ExitStatus } from './outcome';

/** Runs a template here, with the arguments of the reference implementation's command. */
export async function openjdRun(argv: readonly string[]): Promise<ExitStatus> {
  const given = parseRunArguments(argv);
  if (given === null) {
    console.log(runUsage);
    return exitStatus.done;
  }
  const input = await readRunInput(given);
  const steps = stepRuns(given, input);
  const { job, rules, mayRedact } = input;
  const timestamp = timestamps(given.timestamps);
  // A result that a program reads stands alone.
  const show = given.output === 'human-readable' ? console.log : console.error;
  const log = new SessionLog((line) => show(`${timestamp()}\t${line}`), given.verbose ? 'DEBUG' : 'INFO');
  const folder = await sessionFolder();
  const run = new JobRun({
    job,
    steps,
    rules,
    folder,
    log,
    environment: definedOnly(inheritedEnvironment()),
    mayRedact,
  });
  const ignoreInterrupts = onInterrupt(() => {
    console.error('Interrupted: what runs is ended, and environments are left. Again: it is ended at once.');
    run.interrupt();
  });
  try {
    log.write('INFO', `Running job '${job.name}' in ${folder.path}`);
    const result = await run.run();
    const chosenStep = given.step ?? (steps.length === 1 ? (steps[0]?.step.name ?? null) : null);
    const preserved = given.preserve ? folder.path : null;
    console.log(resultText({ ...result, job: job.name, chosenStep, preserved }, given.output));
    return result.state === 'succeeded' ? exitStatus.done : exitStatus.workFailed;
  } finally {
    ignoreInterrupts();
    if (!given.preserve)
      await removeSessionFolder(folder).catch((error: unknown) =>
        console.error(
          `The session's folder could not be removed; remove it by hand: ${folder.path} (${String(error)})`,
        ),
      );
  }
}

async function sessionFolder(): Promise<SessionFolder> {
  try {
    return await makeSessionFolder();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The session has no place for its folder (${reason}); set TMPDIR to a folder with room.`;
    throw new RefusedError({ code: 'failed', message });
  }
}

function stepRuns(
  { step, runDependencies, tasks: wanted }: RunArguments,
  { job, tasks }: RunInput,
): readonly StepRun[] {
  const steps = valueOf(chooseSteps(job, step, runDependencies));
  const all = (step: JobStep): StepRun => ({ step, tasks: () => allTasks(step.space) });
  if (wanted.kind === 'first')
    return steps.map((step) => ({ step, tasks: () => firstTasks(allTasks(step.space), wanted.most) }));
  if (tasks === null) return steps.map(all);
  const named = step === null && steps.length > 1 ? undefined : steps.at(-1);
  if (named === undefined)
    throw refusal('The job has several steps: say by --step NAME of which one the tasks are.');
  const chosen = valueOf(namedTasks(named, tasks));
  return steps.map((step) => (step === named ? { step, tasks: () => theseTasks(chosen) } : all(step)));
}

function valueOf<Value>(chosen: Chosen<Value>): Value {
  if (!chosen.ok) throw refusal(['Nothing was run:', ...chosen.messages].join('\n'));
  return chosen.value;
}

function onInterrupt(then: () => void): () => void {
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, then);
  return () => {
    for (const signal of signals) process.off(signal, then);
  };
}

function definedOnly(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
