/** The environments of a template as those of a session. */
import type { SessionEnvironment } from '../../../shared/model/batch';
import { pathRulesVariable } from '../../../shared/model/task-variables';
import type { Environment } from '../openjd/model';
import { environmentFiles, environmentScript, keptFolder } from './scripts';
import { formatWord } from './shell-words';
import { addEnvironmentFiles, rulesFile, wordsIn } from './symbols';

/** Every step has a session: its tasks share a working directory. */
const session: SessionEnvironment = {
  name: 'session',
  variables: {},
  enter: `mkdir -p ${keptFolder} && printf '%s\\n' "\${${pathRulesVariable}:-{\\}}" >${rulesFile}\n`,
  leave: null,
  isPrepared: true,
  timeoutMs: null,
};

/** An action of leaving may take so long when it does not say. */
const usualLeaveMs = 300_000;

export function sessionEnvironments(
  environments: readonly Environment[],
  common: ReadonlyMap<string, string>,
): readonly SessionEnvironment[] {
  return [
    session,
    ...environments.map((environment, index) => sessionEnvironment(environment, index, common)),
  ];
}

function sessionEnvironment(
  { name, variables, script }: Environment,
  index: number,
  common: ReadonlyMap<string, string>,
): SessionEnvironment {
  const words = new Map(common);
  const files = script?.embeddedFiles ?? [];
  addEnvironmentFiles(words, index, files);
  const wordOf = wordsIn(words);
  const enter = script?.onEnter ?? null;
  const leave = script?.onExit ?? null;
  const enterText =
    (files.length === 0 ? '' : environmentFiles(index, files, wordOf)) +
    (enter === null ? '' : environmentScript(enter, wordOf));
  return {
    name,
    variables: Object.fromEntries([...variables].map(([key, value]) => [key, formatWord(value, wordOf)])),
    enter: enterText === '' ? null : enterText,
    leave: leave === null ? null : environmentScript(leave, wordOf),
    isPrepared: true,
    timeoutMs: longest(
      enter?.timeout ?? null,
      leave === null ? null : (leave.timeout ?? usualLeaveMs / 1000),
    ),
  };
}

/** A session knows one time for both; null: as long as somebody waits for it. */
function longest(enter: number | null, leave: number | null): number | null {
  if (enter === null) return null;
  return 1000 * Math.max(enter, leave ?? 0);
}
