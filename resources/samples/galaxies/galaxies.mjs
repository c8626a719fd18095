// Two galaxies meet: a simulation in four stages, which may be killed at any moment and goes on
// where it was. Pure Node, no packages.
//
//   node galaxies.mjs prepare --out DIR [--stars 160000] [--seed 7]
//   node galaxies.mjs evolve  --out DIR [--every 80] [--fail-at STEP]
//   node galaxies.mjs picture --out DIR --frame 1..12 [--width 640] [--height 360]
//   node galaxies.mjs summary --out DIR
//
// evolve writes a checkpoint every --every steps and when it is told to stop (SIGTERM, SIGINT);
// started again, it goes on from the newest whole one. Interrupted or not, the end is the same to
// the last bit. --fail-at makes a run fail on purpose, unless it resumed from a checkpoint.
//
// Exit status: 0 done, 64 bad arguments, 66 an earlier stage is missing, 70 failed on purpose,
// 74 a file could not be written, 75 stopped with the state saved: start it again.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate as breathe } from 'node:timers/promises';
import { writeWhole } from './files.mjs';
import { advance, CENTRES, census, prepare, separation } from './physics.mjs';
import { paint } from './picture.mjs';
import { encodePng } from './png.mjs';
import { hashOf, newestCheckpoint, readState, writeCheckpoint, writeState } from './states.mjs';

const FRAMES = 12;
const STEPS_PER_FRAME = 160;
const STEPS = (FRAMES - 1) * STEPS_PER_FRAME;

// ---- arguments

const STAGES = {
  prepare: { run: prepareStage, options: { stars: [160_000, 1000, 2_000_000], seed: [7, 0, 2 ** 31 - 1] } },
  evolve: { run: evolveStage, options: { every: [80, 1, STEPS], 'fail-at': [0, 0, STEPS] } },
  picture: {
    run: pictureStage,
    options: { frame: [undefined, 1, FRAMES], width: [640, 16, 7680], height: [360, 16, 4320] },
  },
  summary: { run: summaryStage, options: {} },
};

class Stop extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function readArguments([stageName, ...words]) {
  const stage = Object.hasOwn(STAGES, stageName ?? '') ? STAGES[stageName] : undefined;
  if (!stage)
    throw new Stop(
      64,
      `the first argument must be one of ${Object.keys(STAGES).join(', ')}, not "${stageName ?? ''}"`,
    );
  const values = { out: undefined };
  for (const [name, [preset]] of Object.entries(stage.options)) values[name] = preset;
  for (let n = 0; n < words.length; n += 2) {
    const name = words[n].replace(/^--/, '');
    const value = words[n + 1];
    if (!words[n].startsWith('--') || !Object.hasOwn(values, name))
      throw new Stop(64, `${stageName} does not know the argument "${words[n]}"`);
    if (value === undefined || value === '') throw new Stop(64, `${words[n]} needs a value`);
    if (name === 'out') {
      values.out = value;
      continue;
    }
    const [, least, most] = stage.options[name];
    if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most) {
      throw new Stop(64, `${words[n]} must be a whole number from ${least} to ${most}, not "${value}"`);
    }
    values[name] = Number(value);
  }
  for (const [name, value] of Object.entries(values))
    if (value === undefined) throw new Stop(64, `--${name} is missing`);
  return [stage, values];
}

// ---- files

const startPath = (out) => join(out, 'start.state');
const snapshotPath = (out, frame) =>
  join(out, 'snapshots', `snapshot_${String(frame).padStart(4, '0')}.state`);
const checkpointFolder = (out) => join(out, 'checkpoints');

function need(path, stageName) {
  try {
    return readState(path);
  } catch (error) {
    const problem = error.code === 'ENOENT' ? 'it is not there' : error.message;
    throw new Stop(66, `${path} is needed but ${problem}; run the stage "${stageName}" first`);
  }
}

// ---- stages

function prepareStage({ out, stars, seed }) {
  mkdirSync(out, { recursive: true });
  const numbers = prepare(stars, seed);
  writeState(startPath(out), { step: 0, origin: hashOf(numbers), numbers });
  console.log('openjd_progress: 100.0');
  console.log(
    `wrote ${startPath(out)}: ${stars} stars in two galaxies, ${separation(numbers, stars + CENTRES).toFixed(2)} apart`,
  );
}

async function evolveStage({ out, every, 'fail-at': failAt }) {
  let signal;
  for (const name of ['SIGTERM', 'SIGINT'])
    process.on(name, () => {
      signal = name;
    });

  const start = need(startPath(out), 'prepare');
  mkdirSync(join(out, 'snapshots'), { recursive: true });
  mkdirSync(checkpointFolder(out), { recursive: true });
  const found = newestCheckpoint(checkpointFolder(out), start.origin);
  let { step, numbers } = found ?? start;
  if (found) console.log(`resumed from checkpoint at step ${step}`);
  else console.log(`started: ${numbers.length / 6 - CENTRES} stars, ${STEPS} steps`);

  const save = () => writeCheckpoint(checkpointFolder(out), { step, origin: start.origin, numbers });
  // A snapshot is for looking at: only places, and in half the precision.
  const snapshot = () => {
    const places = Float32Array.from(numbers.subarray(0, numbers.length / 2));
    writeState(snapshotPath(out, step / STEPS_PER_FRAME + 1), {
      step,
      origin: start.origin,
      numbers: places,
    });
  };
  let saved = found ? step : -1;
  let told = Math.floor((20 * step) / STEPS);
  if (!found) snapshot();

  while (step < STEPS) {
    advance(numbers);
    step++;
    if (step % STEPS_PER_FRAME === 0) snapshot(); // before the checkpoint: a resumed run never misses one
    if (step % every === 0 || step === STEPS) {
      console.log(`checkpoint at step ${step}: ${save()}`);
      saved = step;
    }
    if (Math.floor((20 * step) / STEPS) > told) {
      told = Math.floor((20 * step) / STEPS);
      console.log(`openjd_progress: ${((100 * step) / STEPS).toFixed(1)}`);
      console.log(
        `openjd_status: step ${step} of ${STEPS}, centres ${separation(numbers, numbers.length / 6).toFixed(2)} apart`,
      );
    }
    if (failAt > 0 && step === failAt && !found)
      throw new Stop(70, `failing on purpose at step ${step}, as --fail-at says`);
    if (step % 5 === 0) await breathe(); // lets signals in and lines out
    if (signal && step < STEPS) {
      if (saved !== step) save();
      throw new Stop(75, `stopped by ${signal} at step ${step}, state saved; start it again to go on`);
    }
  }
  console.log(`finished step ${step}: final state ${hashOf(numbers)}`);
}

function pictureStage({ out, frame, width, height }) {
  const began = performance.now();
  const start = need(startPath(out), 'prepare');
  const { step, numbers } = need(snapshotPath(out, frame), 'evolve');
  const rgb = paint(
    { start: start.numbers, places: numbers, time: step / STEPS, width, height },
    (percent) => {
      console.log(`openjd_progress: ${percent.toFixed(1)}`);
    },
  );
  mkdirSync(join(out, 'frames'), { recursive: true });
  const path = join(out, 'frames', `frame_${String(frame).padStart(4, '0')}.png`);
  const file = encodePng(width, height, rgb);
  writeWhole(path, file);
  console.log('openjd_progress: 100.0');
  console.log(
    `wrote ${path}: step ${step}, ${Math.round(file.length / 1024)} KiB in ${((performance.now() - began) / 1000).toFixed(2)} s`,
  );
}

function summaryStage({ out }) {
  const start = need(startPath(out), 'prepare');
  const end = newestCheckpoint(checkpointFolder(out), start.origin);
  if (end?.step !== STEPS)
    throw new Stop(66, `the simulation is not finished in ${out}; run the stage "evolve" first`);
  const rows = [];
  console.log('frame   step   apart   exchanged   adrift');
  for (let frame = 1; frame <= FRAMES; frame++) {
    const { step, numbers } = need(snapshotPath(out, frame), 'evolve');
    const { apart, exchanged, adrift } = census(numbers);
    rows.push({ frame, step, apart: Number(apart.toFixed(4)), exchanged, adrift });
    console.log(
      [
        [frame, 5],
        [step, 7],
        [apart.toFixed(2), 8],
        [exchanged, 12],
        [adrift, 9],
      ]
        .map(([value, wide]) => String(value).padStart(wide))
        .join(''),
    );
  }
  const summary = {
    stars: start.numbers.length / 6 - CENTRES,
    steps: STEPS,
    startHash: start.sha256,
    finalHash: end.sha256,
    rows,
  };
  writeWhole(join(out, 'summary.json'), Buffer.from(`${JSON.stringify(summary, null, 2)}\n`));
  console.log(`final state ${end.sha256}`);
  console.log('openjd_progress: 100.0');
}

try {
  const [stage, values] = readArguments(process.argv.slice(2));
  await stage.run(values);
} catch (error) {
  if (!(error instanceof Stop) && !error.syscall) throw error;
  console.error(`galaxies: ${error.message}`);
  if (error.status === 64)
    console.error(
      'usage: galaxies.mjs prepare|evolve|picture|summary --out DIR [...]: see the head of the file',
    );
  process.exitCode = error.status ?? 74;
}
