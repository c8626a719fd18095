// Renders one frame of a looping animation to a PNG. Pure Node, no packages.
//
//   node render.mjs --frame 7 --frames 24 --out DIR [--width 640] [--height 360] [--samples 8]
//
// Writes DIR/frame_0007.png, which appears only when it is whole. The same arguments give the
// same bytes. Exit status: 0 done, 64 bad arguments, 74 the picture could not be written.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate as breathe } from 'node:timers/promises';
import { writeWhole } from './files.mjs';
import { develop, luminance } from './film.mjs';
import { encodePng } from './png.mjs';
import { CAMERA, marblesAt } from './scene.mjs';
import { makeTracer } from './tracer.mjs';

const BOUNCES = 2;
const TILE = 16;
const CONTRAST = 0.035; // between neighbours, from which a pixel gets all its samples

function readArguments(words) {
  const options = { frame: undefined, frames: 24, out: undefined, width: 640, height: 360, samples: 8 };
  const limits = {
    frame: [1, 9999],
    frames: [1, 9999],
    width: [16, 7680],
    height: [16, 4320],
    samples: [1, 256],
  };
  for (let n = 0; n < words.length; n += 2) {
    const name = words[n].replace(/^--/, '');
    const value = words[n + 1];
    if (!words[n].startsWith('--') || !Object.hasOwn(options, name)) refuse(`unknown argument "${words[n]}"`);
    if (value === undefined || value === '') refuse(`${words[n]} needs a value`);
    if (name === 'out') {
      options.out = value;
      continue;
    }
    const [least, most] = limits[name];
    if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most) {
      refuse(`${words[n]} must be a whole number from ${least} to ${most}, not "${value}"`);
    }
    options[name] = Number(value);
  }
  if (options.frame === undefined) refuse('--frame is missing');
  if (options.out === undefined) refuse('--out is missing');
  if (options.frame > options.frames)
    refuse(`--frame ${options.frame} is beyond the last frame, ${options.frames}`);
  return options;
}

function refuse(problem) {
  console.error(`render: ${problem}`);
  console.error(
    'usage: render.mjs --frame N --out DIR [--frames 24] [--width 640] [--height 360] [--samples 8]',
  );
  process.exit(64);
}

// A number from 0 to 1 that depends on nothing but its arguments.
function scatter(a, b, c) {
  let h = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d)) | 0;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
}

function makeCamera({ from, at, lens, height }, pictureWidth, pictureHeight) {
  const unit = (v) => v.map((x) => x / Math.hypot(...v));
  const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const gaze = at.map((x, n) => x - from[n]);
  const forward = unit(gaze);
  const right = unit(cross([0, 1, 0], forward));
  const up = cross(forward, right);
  return {
    from,
    forward,
    right,
    up,
    lens,
    focus: Math.hypot(...gaze),
    scale: height / pictureHeight,
    middleX: pictureWidth / 2,
    middleY: pictureHeight / 2,
  };
}

async function render({ frame, frames, out, width, height, samples }) {
  const started = performance.now();
  const tracer = makeTracer(marblesAt((frame - 1) / frames));
  const camera = makeCamera(CAMERA, width, height);
  const [[ox, oy, oz], [fx, fy, fz], [ux, uy, uz], [rx, ry, rz]] = [
    camera.from,
    camera.forward,
    camera.up,
    camera.right,
  ];
  const light = new Float32Array(width * height * 3);
  const sum = new Float64Array(3);
  const tilesAcross = Math.ceil(width / TILE);
  const tiles = [];

  function tileAt(px, py) {
    const tx = Math.floor(px / TILE);
    const ty = Math.floor(py / TILE);
    return (tiles[ty * tilesAcross + tx] ??= (() => {
      const x = ((tx + 0.5) * TILE - camera.middleX) * camera.scale;
      const y = (camera.middleY - (ty + 0.5) * TILE) * camera.scale;
      const length = Math.hypot(x, y, 1);
      const axis = [0, 1, 2].map(
        (n) => (camera.forward[n] + x * camera.right[n] + y * camera.up[n]) / length,
      );
      const halfAngle = Math.atan((TILE / 2 + 1.5) * Math.SQRT2 * camera.scale);
      return tracer.inCone(...camera.from, ...axis, halfAngle, camera.lens * 1.5);
    })());
  }

  // Adds one sample of a pixel to `sum`; each has its own place in the pixel and on the lens.
  function sample(px, py, n) {
    const turn = scatter(px, py, 1);
    const sx = (n * 0.7548776662466927 + turn) % 1; // an even, never repeating pattern of points
    const sy = (n * 0.5698402909980532 + scatter(px, py, 2)) % 1;
    const a = 2 * Math.PI * ((n * 0.618033988749895 + scatter(px, py, 3)) % 1);
    const r = camera.lens * Math.sqrt((n + 0.5) / samples);
    const lensX = r * Math.cos(a);
    const lensY = r * Math.sin(a);
    const x = (px + sx - camera.middleX) * camera.scale - lensX / camera.focus;
    const y = (camera.middleY - py - sy) * camera.scale - lensY / camera.focus;
    const dx = fx + x * rx + y * ux;
    const dy = fy + x * ry + y * uy;
    const dz = fz + x * rz + y * uz;
    const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
    tracer.trace(
      sum,
      tileAt(px, py),
      ox + lensX * rx + lensY * ux,
      oy + lensX * ry + lensY * uy,
      oz + lensX * rz + lensY * uz,
      dx / length,
      dy / length,
      dz / length,
      1,
      1,
      1,
      -1,
      BOUNCES,
    );
  }

  function firstSamples(y) {
    for (let x = 0; x < width; x++) {
      sum.fill(0);
      sample(x, y, 0);
      light.set(sum, (y * width + x) * 3);
    }
  }

  // Only where a first look shows an edge or a blur are the other samples worth their time.
  const first = new Float32Array(width * height);
  function differs(x, y) {
    const here = first[y * width + x];
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        if (Math.abs(first[v * width + u] - here) > CONTRAST) return true;
      }
    }
    return false;
  }
  let refined = 0;
  function otherSamples(y) {
    for (let x = 0; x < width; x++) {
      if (!differs(x, y)) continue;
      refined++;
      const at = (y * width + x) * 3;
      sum.set(light.subarray(at, at + 3));
      for (let n = 1; n < samples; n++) sample(x, y, n);
      for (let k = 0; k < 3; k++) light[at + k] = sum[k] / samples;
    }
  }
  const look = (y) => {
    firstSamples(y);
    for (let at = y * width; at < (y + 1) * width; at++) first[at] = luminance(light, at * 3);
  };

  console.log(`frame ${frame} of ${frames}: ${width} x ${height}, up to ${samples} samples a pixel`);
  look(0);
  let told = 0;
  for (let y = 0; y < height; y++) {
    if (y + 1 < height) look(y + 1);
    otherSamples(y);
    const percent = (100 * (y + 1)) / height;
    if (percent >= told + 5 && y + 1 < height) {
      told = percent - (percent % 5);
      console.log(`openjd_progress: ${percent.toFixed(1)}`);
      console.log(`openjd_status: tracing row ${y + 1} of ${height}`);
      await breathe(); // lets the lines out
    }
  }

  mkdirSync(out, { recursive: true });
  const path = join(out, `frame_${String(frame).padStart(4, '0')}.png`);
  const file = encodePng(width, height, develop(light, width, height));
  writeWhole(path, file);
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  console.log('openjd_progress: 100.0');
  console.log(`openjd_status: wrote ${path}`);
  console.log(
    `wrote ${path}: ${Math.round(file.length / 1024)} KiB in ${seconds} s, ` +
      `${Math.round((100 * refined) / (width * height))}% of the pixels refined`,
  );
}

try {
  await render(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!error.syscall) throw error;
  console.error(`render: cannot write the picture: ${error.message}`);
  process.exitCode = 74;
}
