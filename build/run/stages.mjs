import { Refusal } from '../runtime/project.mjs';

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {string[]} failed names
 * @property {number} skipped
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {() => Promise<Outcome>} run
 * @property {boolean} [necessary] the stages after it make no sense when it fails
 */

/**
 * Runs stages one after the other, then tells how each went. The last line printed is the sum: `N passed, N failed`.
 *
 * @param {Stage[]} stages
 * @returns {Promise<number>} exit status
 */
export async function runStages(stages) {
  const rows = [];
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => (interrupted = true));
  for (const { name, run, necessary } of stages) {
    console.log(`\n── ${name} ${'─'.repeat(Math.max(3, 60 - name.length))}`);
    const started = Date.now();
    const outcome = await run().catch((error) => {
      console.error(error instanceof Refusal ? error.message : error);
      return { passed: 0, failed: [name], skipped: 0 };
    });
    if (interrupted) throw new Refusal('Interrupted: the tests did not come to their end.');
    rows.push({ name, ...outcome, seconds: (Date.now() - started) / 1000 });
    if (necessary && outcome.failed.length > 0) break;
  }
  return printSummary(
    rows,
    stages.slice(rows.length).map((stage) => stage.name),
  );
}

/** @param {(Outcome & { name: string, seconds: number })[]} rows @param {string[]} notRun */
function printSummary(rows, notRun) {
  const failures = rows.flatMap(({ name, failed }) =>
    failed.map((test) => (test === name ? name : `${name}: ${test}`)),
  );
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((line) => `  ✗ ${line}`).join('\n')}`);

  console.log(
    `\n${'stage'.padEnd(14)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}${'seconds'.padStart(9)}`,
  );
  for (const { name, passed, failed, skipped, seconds } of rows) {
    const numbers = [
      String(passed).padStart(8),
      String(failed.length).padStart(8),
      String(skipped).padStart(9),
    ];
    console.log(`${name.padEnd(14)}${numbers.join('')}${seconds.toFixed(1).padStart(9)}`);
  }
  for (const name of notRun) console.log(`${name.padEnd(14)}${'not run'.padStart(8)}`);

  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const skipped = sum('skipped');
  console.log(
    `${sum('passed')} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  );
  return failures.length > 0 ? 1 : 0;
}

/**
 * A step on the way that counts as one test.
 *
 * @param {string} name
 * @param {() => Promise<unknown>} step
 * @returns {Stage}
 */
export function stepStage(name, step) {
  return {
    name,
    necessary: true,
    run: async () => {
      await step();
      return { passed: 1, failed: [], skipped: 0 };
    },
  };
}
