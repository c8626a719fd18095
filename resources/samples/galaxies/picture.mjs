// A snapshot as a picture: every star is a small point of light, its colour from where in its
// galaxy it was born. Light adds up, spreads a little, and is brought into range at the end.
import { CENTRES, random, starsOfFirst } from './physics.mjs';

// From the middle of a galaxy outwards; light, so more than 1 is allowed.
const RAMPS = [
  [
    [1.5, 0.95, 0.45],
    [0.8, 0.72, 0.55],
    [0.14, 0.78, 0.76],
    [0.12, 0.46, 1.05],
    [0.28, 0.22, 1.1],
  ],
  [
    [1.5, 0.82, 0.36],
    [1.3, 0.52, 0.26],
    [1.2, 0.28, 0.34],
    [0.9, 0.18, 0.55],
    [0.55, 0.18, 0.9],
  ],
];
const REACH = [1.9, 1.3];

function rampAt(ramp, t) {
  const at = Math.min(0.9999, Math.max(0, t)) * (ramp.length - 1);
  const n = Math.floor(at);
  return ramp[n].map((low, k) => low + (ramp[n + 1][k] - low) * (at - n));
}

// The eye goes slowly round the meeting and draws back as the tails grow.
function makeView(time, width, height) {
  const turn = 2.15 + 0.45 * time;
  const tilt = 0.66 - 0.12 * time;
  const distance = 17;
  const scale = height * (3.05 - 1.05 * time);
  const [ct, st, ci, si] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  return (x, y, z, to) => {
    const rx = x * ct - y * st;
    const ry = x * st + y * ct;
    const up = ry * ci + z * si;
    const depth = distance + ry * si - z * ci;
    to[0] = width / 2 + (rx / depth) * scale;
    to[1] = height / 2 - (up / depth) * scale;
    to[2] = depth;
  };
}

export function paint({ start, places, time, width, height }, progress) {
  const n = places.length / 3;
  const stars = n - CENTRES;
  const light = new Float32Array(width * height * 3);
  const view = makeView(time, width, height);
  const seen = new Float64Array(3);
  const next = random(11);
  const first = CENTRES + starsOfFirst(stars);
  const m = start.length / 6;
  // The whole sky gets as much light whatever the number of stars and the size of the picture.
  const unit = (100_000 / stars) * (height / 360) ** 2 * 0.06;

  for (let i = CENTRES; i < n; i++) {
    const which = i < first ? 0 : 1;
    const born = Math.hypot(
      start[i] - start[which],
      start[m + i] - start[m + which],
      start[2 * m + i] - start[2 * m + which],
    );
    const luck = next();
    const giant = luck > 0.985;
    const color = rampAt(RAMPS[which], born / REACH[which] + 0.16 * (next() - 0.5));
    view(places[i], places[n + i], places[2 * n + i], seen);
    const near = (17 / seen[2]) ** 2;
    const power = unit * near * (giant ? 9 : 0.5 + 0.9 * luck);
    splat(
      light,
      width,
      height,
      seen[0],
      seen[1],
      color,
      power,
      (giant ? 0.75 : 0.55) * Math.max(1, height / 540),
    );
    if (i % Math.ceil(stars / 4) === 0) progress((60 * i) / n);
  }
  backdrop(light, width, height);
  progress(65);
  glow(light, width, height);
  progress(85);
  return develop(light, width, height);
}

// A small round dot, brightest in its middle, that falls between the pixels as exactly as it can.
function splat(light, width, height, x, y, color, power, radius) {
  const reach = Math.ceil(radius * 2);
  const fall = 1 / (2 * radius * radius);
  const part = (power * fall) / Math.PI;
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  if (x0 < -reach || y0 < -reach || x0 >= width + reach || y0 >= height + reach) return;
  for (let v = Math.max(0, y0 - reach); v <= Math.min(height - 1, y0 + reach); v++) {
    for (let u = Math.max(0, x0 - reach); u <= Math.min(width - 1, x0 + reach); u++) {
      const weight = part * Math.exp(-fall * ((u + 0.5 - x) ** 2 + (v + 0.5 - y) ** 2));
      const at = (v * width + u) * 3;
      light[at] += weight * color[0];
      light[at + 1] += weight * color[1];
      light[at + 2] += weight * color[2];
    }
  }
}

// Far stars, in the same places in every frame.
function backdrop(light, width, height) {
  const next = random(5);
  for (let n = 0; n < 380; n++) {
    const [x, y, bright, tint] = [next() * width, next() * height, next() ** 6, next()];
    const color = [0.75 + 0.4 * tint, 0.85, 1.15 - 0.35 * tint];
    splat(
      light,
      width,
      height,
      x,
      y,
      color,
      (0.03 + 1.0 * bright) * (height / 360) ** 2,
      0.5 * Math.max(1, height / 540),
    );
  }
}

// Adds wide, soft copies of the picture to itself.
function glow(light, width, height) {
  const total = new Float32Array(light.length);
  for (const [share, of] of [
    [0.3, 160],
    [0.16, 45],
    [0.06, 14],
  ]) {
    const copy = Float32Array.from(light);
    blur(copy, width, height, Math.max(1, Math.round(width / of / 2)));
    for (let n = 0; n < total.length; n++) total[n] += share * copy[n];
  }
  for (let n = 0; n < total.length; n++) light[n] += total[n];
}

// Means over rows, then columns, twice each: close enough to a Gaussian.
function blur(image, width, height, radius) {
  const other = new Float32Array(image.length);
  const means = (from, to, length, step, lines, lineStep) => {
    for (let line = 0; line < lines; line++) {
      for (let k = 0; k < 3; k++) {
        const base = line * lineStep + k;
        let sum = 0;
        for (let n = 0; n < Math.min(radius, length); n++) sum += from[base + n * step];
        for (let n = 0; n < length; n++) {
          if (n + radius < length) sum += from[base + (n + radius) * step];
          if (n - radius - 1 >= 0) sum -= from[base + (n - radius - 1) * step];
          to[base + n * step] = sum / (2 * radius + 1);
        }
      }
    }
  };
  for (let round = 0; round < 2; round++) {
    means(image, other, width, 3, height, width * 3);
    means(other, image, height, width * 3, width, 3);
  }
}

const encoded = (c) => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055);

function develop(light, width, height) {
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const dx = x / width - 0.5;
      const dy = y / height - 0.5;
      const night = 1 - 1.1 * (dx * dx + dy * dy);
      const r = light[at] + 0.0013 * night;
      const g = light[at + 1] + 0.0021 * night;
      const b = light[at + 2] + 0.0075 * night;
      // Compresses the brightness, not each colour: bright parts keep their hue until near white.
      const bright = Math.max(1e-6, 0.3 * r + 0.5 * g + 0.2 * b);
      const kept = Math.asinh(7 * bright) / Math.asinh(7 * 5) / bright;
      const white = Math.min(0.75, Math.max(0, (bright - 0.7) / 6));
      const dither = ((((x & 1) * 2) ^ ((y & 1) * 3)) + 0.5) / 4 - 0.5;
      const put = (k, c) => {
        const toned = kept * (c + (bright - c) * white);
        rgb[at + k] = Math.max(0, Math.min(255, 255 * encoded(1 - Math.exp(-1.9 * toned)) + 0.5 + dither));
      };
      put(0, r);
      put(1, g);
      put(2, b);
    }
  }
  return rgb;
}
