// The scene: marbles seated like the seeds of a sunflower, drifting outwards under a lamp.
//
// Seed number u sits at the angle u * golden angle. When every marble moves on by 21 seats the
// picture is the same again, so that is one loop, and a marble may keep one colour for ever:
// that of its spiral arm, its number modulo 21.

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const ARMS = 21;
const SEATS = 290;
const FULL_TURN = 2 * Math.PI;
// What 21 golden angles are short of 8 full turns.
const DRIFT = ARMS * GOLDEN_ANGLE - 8 * FULL_TURN;

const smooth = (from, to, x) => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

function linear(hex) {
  return [16, 8, 0].map((shift) => {
    const c = ((hex >> shift) & 255) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
}

const lacquer = (hex) => ({ color: linear(hex), metal: 0 });
const metal = (hex) => ({ color: linear(hex), metal: 1 });

// Seven materials side by side, three times round.
const MATERIALS = [
  lacquer(0x352a7d),
  lacquer(0x3f4fae),
  lacquer(0x2a7fae),
  lacquer(0x18a69c),
  lacquer(0x6fd3ae),
  lacquer(0xf1ead9),
  metal(0xffb65c),
];

export const LAMP = { x: 0, y: 2.35, z: 0, radius: 0.66, light: [33, 18, 7.4], glow: [5.2, 3.3, 1.75] };

// A big soft light, high behind the left shoulder of the scene. `spread` is the tangent of its half angle.
export const KEY = { direction: normal(-0.66, 0.7, 0.2), spread: 0.16, light: [0.86, 1.0, 1.28] };

function normal(x, y, z) {
  const length = Math.hypot(x, y, z);
  return [x / length, y / length, z / length];
}

// `time` runs from 0 to 1 and then starts again.
export function marblesAt(time) {
  const marbles = [];
  for (let seat = -ARMS; seat < SEATS; seat++) {
    const u = seat + ARMS * time;
    const size = smooth(0, 9, u) * (1 - smooth(SEATS - 60, SEATS, u));
    if (u <= 0 || size < 0.02) continue;
    const angle = seat * GOLDEN_ANGLE + DRIFT * time + 0.35;
    const reach = 0.43 * u ** 0.565;
    const radius = 0.43 * size * u ** 0.075 * 0.82;
    const ripple = 0.5 + 0.5 * Math.cos(0.95 * reach - FULL_TURN * time);
    const arm = ((seat % ARMS) + ARMS) % ARMS;
    marbles.push({
      x: reach * Math.cos(angle),
      y: radius + 0.02 + 0.55 * ripple * ripple * smooth(4, 40, u),
      z: reach * Math.sin(angle),
      radius,
      ...MATERIALS[((arm * 8) % ARMS) % MATERIALS.length],
    });
  }
  return marbles;
}

// What a ray sees that leaves the scene: dusk, two soft boxes and a low band of light.
export function sky(dx, dy, dz, out) {
  const up = Math.max(0, dy);
  const low = Math.exp(-7 * up);
  const warm = 0.5 + 0.5 * dx;
  out[0] = 0.018 + 0.05 * low * (0.5 + 0.9 * warm) + 0.02 * up;
  out[1] = 0.024 + 0.085 * low + 0.04 * up;
  out[2] = 0.062 + 0.15 * low * (1.15 - 0.4 * warm) + 0.1 * up;
  if (dy > 0.05) {
    const x = dx / dy;
    const z = dz / dy;
    const box = window(x + 0.94, 0.46, z - 0.02, 0.5) * 5.5;
    const strip = window(x - 1.5, 0.16, z + 0.3, 1.0) * 2.6;
    out[0] += 0.86 * box + 1.1 * strip;
    out[1] += 0.95 * box + 0.82 * strip;
    out[2] += 1.1 * box + 0.6 * strip;
  }
}

// 1 inside a rectangle about the origin, 0 outside, with a soft edge.
function window(x, halfWidth, z, halfDepth) {
  const edge = 0.12;
  const inX = Math.min(1, Math.max(0, (halfWidth - Math.abs(x)) / edge));
  const inZ = Math.min(1, Math.max(0, (halfDepth - Math.abs(z)) / edge));
  return inX * inZ;
}

export const CAMERA = { from: [0, 15.5, -20.5], at: [0, 0.2, -1.3], lens: 0.08, height: 0.545 };
