// npm test [-- check|unit|integration|e2e|packed ...]: everything, or some of it. Ends with `N passed, N failed`.
import { Refusal } from '../runtime/project.mjs';
import { describeRuntime } from '../runtime/runtime.mjs';
import { buildApp } from './build-app.mjs';
import { checkStages } from './check-stages.mjs';
import { onVirtualScreen } from './display.mjs';
import { packApp, packedExecutable } from './pack-app.mjs';
import { note, prepareRuntime, runCommand } from './prepare.mjs';
import { runPlaywright, vitestStage } from './runners.mjs';
import { runStages, stepStage } from './stages.mjs';

await runCommand(async () => {
  const parts = partsAskedFor();
  const runtime = await prepareRuntime();
  note(describeRuntime(runtime));
  return runStages(parts.flatMap((part) => part(runtime)).filter(isFirstOfItsName));
});

function partsAskedFor() {
  const build = stepStage('build', () => buildApp(note));
  const parts = {
    check: () => checkStages,
    unit: () => checkStages.filter(({ name }) => name === 'unit'),
    integration: () => [build, vitestStage('integration')],
    e2e: (runtime) => [build, windowStage('e2e', { DROVER_ELECTRON: runtime.executable })],
    packed: (runtime) => [
      build,
      stepStage('pack', () => packApp(runtime)),
      windowStage('packed', { DROVER_PACKED: packedExecutable() }),
    ],
  };
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !(name in parts));
  if (unknown !== undefined)
    throw new Refusal(
      `There is no part "${unknown}" of the tests: choose from ${Object.keys(parts).join(', ')}.`,
    );
  const names = asked.length > 0 ? asked : ['check', 'integration', 'e2e', 'packed'];
  return names.map((name) => parts[name]);
}

/** @param {string} name of the Playwright project @param {NodeJS.ProcessEnv} settings */
function windowStage(name, settings) {
  return { name, run: () => onVirtualScreen((screen) => runPlaywright(name, { ...screen, ...settings })) };
}

/** @param {{ name: string }} stage @param {number} index @param {{ name: string }[]} stages */
function isFirstOfItsName(stage, index, stages) {
  return stages.findIndex(({ name }) => name === stage.name) === index;
}
