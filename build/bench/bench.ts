/**
 * `npm run bench` lists the suites, `npm run bench -- engine [CASE ...]` runs one: prints a table, and
 * writes out/bench/engine.json when the whole suite was run.
 *
 * To add a case: write a {@link BenchCase} (measure.ts) into a file of the suite's folder and name it in
 * the folder's cases.ts. A case says what it measured beside a reference of its choice: something bare
 * that does the same kind of work in the same process, so that the ratio holds on any machine.
 */
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { better, ratioOf, type BenchCase, type Measurement } from './measure';
import { suites } from './suites';
import { tableOf } from './table';

const mostMilliseconds = 10 * 60_000;
const [suite, ...names] = process.argv.slice(2);

if (suite === undefined) list();
else process.exitCode = await runSuite(suite, names);

function list(): void {
  for (const [name, cases] of Object.entries(suites)) {
    console.log(`npm run bench -- ${name}`);
    for (const each of cases) console.log(`  ${each.name.padEnd(14)} ${each.about}`);
  }
}

async function runSuite(suite: string, names: readonly string[]): Promise<number> {
  const cases = suites[suite];
  if (cases === undefined) return refuse(`There is no suite "${suite}"`, Object.keys(suites));
  const unknown = names.find((name) => !cases.some((each) => each.name === name));
  if (unknown !== undefined)
    return refuse(
      `There is no case "${unknown}"`,
      cases.map(({ name }) => name),
    );

  const [cpu] = cpus();
  console.log(
    `${cpu?.model.trim() ?? 'an unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}.`,
  );
  console.log(
    'Others may use the machine too: each value is the best of its runs, beside a reference from the same run.',
  );
  const results: Measurement[] = [];
  for (const each of cases) {
    if (names.length > 0 && !names.includes(each.name)) continue;
    console.log(
      `\n${each.name}: ${each.about} (${each.runs === 1 ? 'one run' : `best of ${each.runs} runs`})`,
    );
    const best = await bestOf(suite, each);
    console.log(tableOf(best));
    results.push(...best);
  }
  if (names.length === 0) keep(suite, results);
  return 0;
}

function refuse(what: string, known: readonly string[]): number {
  console.error(`${what}: choose from ${known.join(', ')}.`);
  return 1;
}

async function bestOf(suite: string, each: BenchCase): Promise<readonly Measurement[]> {
  let best = await runOnce(suite, each);
  for (let run = 1; run < each.runs; run++) {
    const again = await runOnce(suite, each);
    best = best.map((measured, index) => better(measured, again[index] ?? measured));
  }
  return best;
}

function runOnce(suite: string, { name, nodeOptions = [] }: BenchCase): Promise<readonly Measurement[]> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'child.js'), [suite, name], {
      execArgv: [...nodeOptions],
      timeout: mostMilliseconds,
    });
    let measured: readonly Measurement[] | null = null;
    child.on('message', (message: readonly Measurement[]) => (measured = message));
    child.on('error', reject);
    child.on('exit', (status, signal) => {
      if (measured !== null && status === 0) resolve(measured);
      else reject(new Error(`case ${name} ended with ${signal ?? `status ${status}`}`));
    });
  });
}

function keep(suite: string, results: readonly Measurement[]): void {
  const folder = join(import.meta.dirname, '..');
  const file = join(folder, `${suite}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    file,
    `${JSON.stringify(
      results.map((measured) => ({ ...measured, ratio: ratioOf(measured) })),
      null,
      2,
    )}\n`,
  );
  console.log(`\nAll of it is in ${file}`);
}
