import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInForeground } from './processes.mjs';
import { projectFolder, requireFromProject } from '../runtime/project.mjs';

/** @typedef {import('./stages.mjs').Outcome} Outcome @typedef {import('./stages.mjs').Stage} Stage */

/**
 * Starts an installed package's program.
 *
 * @param {string} packageName
 * @param {string[]} programArguments
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<number>} its exit status
 */
export function runProgram(packageName, programArguments, environment = process.env) {
  const { bin } = requireFromProject(`${packageName}/package.json`);
  const script = typeof bin === 'string' ? bin : (bin[packageName] ?? Object.values(bin)[0]);
  const path = join(projectFolder, 'node_modules', packageName, script);
  return runInForeground(process.execPath, [path, ...programArguments], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environment,
  });
}

/**
 * A stage that is one program, right or wrong as a whole, and counts as one test.
 *
 * @param {string} name
 * @param {string} packageName
 * @param {string[]} programArguments
 * @returns {Stage}
 */
export function programStage(name, packageName, programArguments) {
  return {
    name,
    run: async () => {
      const status = await runProgram(packageName, programArguments);
      return { passed: status === 0 ? 1 : 0, failed: status === 0 ? [] : [name], skipped: 0 };
    },
  };
}

/**
 * @param {string} project of build/vitest.config.ts
 * @returns {Stage}
 */
export function vitestStage(project) {
  return {
    name: project,
    run: () =>
      runTests('vitest', process.env, countVitest, (report) => [
        'run',
        '--config',
        'build/vitest.config.ts',
        '--project',
        project,
        // Tests on real processes wait more than they work.
        ...(project === 'integration' ? ['--maxWorkers=3'] : []),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ]),
  };
}

/**
 * @param {string} project of build/e2e/playwright.config.ts
 * @param {NodeJS.ProcessEnv} environment
 */
export function runPlaywright(project, environment) {
  return runTests('playwright', environment, countPlaywright, (report) => {
    environment.PLAYWRIGHT_JSON_OUTPUT_FILE = report;
    return [
      'test',
      '--config',
      'build/e2e/playwright.config.ts',
      '--project',
      project,
      '--reporter=list,json',
    ];
  });
}

/**
 * Runs a test runner and counts its tests from its report, not from what it prints.
 *
 * @param {string} packageName
 * @param {NodeJS.ProcessEnv} environment
 * @param {(report: any) => Outcome} count
 * @param {(reportFile: string) => string[]} programArguments
 * @returns {Promise<Outcome>}
 */
async function runTests(packageName, environment, count, programArguments) {
  const folder = await mkdtemp(join(tmpdir(), 'drover-tests-'));
  const reportFile = join(folder, 'report.json');
  try {
    const status = await runProgram(packageName, programArguments(reportFile), environment);
    const report = await readFile(reportFile, 'utf8').then(JSON.parse, () => undefined);
    const outcome = report === undefined ? { passed: 0, failed: [], skipped: 0 } : count(report);
    // An error outside of any test, or no test at all, must not look like success.
    if (outcome.failed.length === 0 && (status !== 0 || outcome.passed === 0)) {
      outcome.failed.push(status === 0 ? 'no test was run' : `${packageName} ended with status ${status}`);
    }
    return outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {any} report @returns {Outcome} */
function countVitest({ testResults }) {
  const tests = testResults.flatMap((file) => file.assertionResults);
  const named = (status) => tests.filter((test) => test.status === status).map((test) => test.fullName);
  const brokenFiles = testResults
    .filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    )
    .map((file) => file.name.replace(projectFolder, '').slice(1));
  const passed = named('passed').length;
  const failed = [...named('failed'), ...brokenFiles];
  return { passed, failed, skipped: tests.length - passed - named('failed').length };
}

/** @param {any} report @returns {Outcome} */
function countPlaywright({ suites, errors }) {
  const outcome = { passed: 0, failed: errors.map((error) => error.message.split('\n', 1)[0]), skipped: 0 };
  const visit = (suite, titles) => {
    for (const { title, tests } of suite.specs ?? []) {
      for (const { status } of tests) {
        if (status === 'skipped') outcome.skipped += 1;
        else if (status === 'unexpected') outcome.failed.push([...titles, title].join(' › '));
        else outcome.passed += 1;
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
  };
  for (const suite of suites) visit(suite, [suite.title]);
  return outcome;
}
