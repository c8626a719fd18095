// npm run demo: runs the bundled samples to the end, in the window where there is a display.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectFolder, Refusal } from '../runtime/project.mjs';
import { buildApp } from './build-app.mjs';
import { dataFolder, hasHost } from './data-folder.mjs';
import { hasDisplay, windowCommand } from './display.mjs';
import { cli, note, prepareRuntime, runCommand } from './prepare.mjs';
import { exitStatus, passSignalsTo } from './processes.mjs';

const environment = { ...process.env, DROVER_DATA: dataFolder() };
const secondsToOpen = 60;

await runCommand(async () => {
  const runtime = hasDisplay() ? await prepareRuntime() : undefined;
  await buildApp(note);
  const opened = runtime !== undefined && !hasHost(environment.DROVER_DATA);
  if (opened) await openWindow(await windowCommand(runtime));
  else if (runtime === undefined)
    note('There is no display here: the samples run in this terminal, without Electron.');

  const results = [];
  for (const { name, recipe } of samples()) {
    console.log(`\n── ${name} ${'─'.repeat(Math.max(3, 60 - name.length))}`);
    const result = await runSample(recipe);
    results.push({ name, ...result });
    if (result.status > 128) break; // interrupted
  }

  console.log();
  for (const { name, status, places } of results) {
    console.log(`${name}: ${status === 0 ? 'done' : `failed (status ${status})`}`);
    for (const place of places) console.log(`  ${place}`);
  }
  if (opened) console.log('\nThe window stays open: the samples are in its queue.');
  return results.find(({ status }) => status !== 0)?.status ?? 0;
});

/** Those that need no program. */
function samples() {
  const folder = join(projectFolder, 'resources', 'samples');
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({ name, recipe: join(folder, name, 'recipe.yaml') }))
    .filter(({ recipe }) => existsSync(recipe) && !readFileSync(recipe, 'utf8').includes('program:'));
}

/** Runs a sample, shows how far it is, and says where its results are. @param {string} recipe */
async function runSample(recipe) {
  const run = spawn(process.execPath, [cli, 'run', '--json', recipe], {
    cwd: projectFolder,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  passSignalsTo(run);
  const places = [];
  createInterface({ input: run.stdout }).on('line', (line) => {
    const event = JSON.parse(line);
    if (event.event === 'progress') showProgress(event);
    if (event.event !== 'ended') return;
    if (process.stdout.isTTY) console.log();
    const frames = join(event.output, 'frames');
    places.push(`took    ${(event.wallMs / 1000).toFixed(1)} s`);
    places.push(existsSync(frames) ? `frames  ${frames}` : `output  ${event.output}`);
    if (event.report !== null) places.push(`report  ${event.report}`);
  });
  return { status: await exitStatus(run), places };
}

/** One line that moves in a terminal, a line each elsewhere. */
function showProgress({ tasks, progress }) {
  const width = 30;
  const done = Math.round(progress * width);
  const bar = `${'█'.repeat(done)}${'░'.repeat(width - done)}`;
  const failed = tasks.FAILED > 0 ? `, ${tasks.FAILED} failed` : '';
  const text = `${bar}  ${tasks.COMPLETED} of ${total(tasks)} tasks done${failed}`;
  process.stdout.write(process.stdout.isTTY ? `\r${text}` : `${text}\n`);
}

function total(tasks) {
  return Object.values(tasks).reduce((sum, count) => sum + count, 0);
}

/** Opens the window on its own, so that it outlives this command, and waits until its farm takes work. */
async function openWindow({ program, leading }) {
  const window = spawn(program, leading, {
    cwd: projectFolder,
    env: environment,
    stdio: 'ignore',
    detached: true,
  });
  const ended = exitStatus(window).then((status) => {
    throw new Refusal(`The window closed again at once (status ${status}). \`npm start\` shows why.`);
  });
  const ready = async () => {
    for (let tries = 0; tries < secondsToOpen * 4; tries += 1) {
      if (hasHost(environment.DROVER_DATA)) return;
      await sleep(250);
    }
    throw new Refusal(`The window did not open within ${secondsToOpen} seconds. \`npm start\` shows why.`);
  };
  await Promise.race([ready(), ended]);
  ended.catch(() => {}); // closing it later is the person's right
  window.unref();
}
