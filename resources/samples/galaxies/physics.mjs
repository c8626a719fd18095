// Two disc galaxies meet, as Alar and Juri Toomre computed it in 1972: each galaxy's mass pulls
// from one soft centre, and the stars feel both centres but not each other. That is enough for
// bridges and tails. A drag between the centres stands for what the dark halos would do: they merge.
//
// The state is one array of numbers: the two centres, then the stars; all x, all y, ... all vz.

export const CENTRES = 2;
const MASS = [1, 0.62];
const SOFTNESS2 = [0.05, 0.03]; // squared
const SHARE_OF_FIRST = 0.6; // of the stars
const DRAG = 0.11;
const NEAREST = 1.3; // of the path on which they come
const START_DISTANCE = 4.3;
export const STEP = 0.01;

const GALAXIES = [
  { scale: 0.48, edge: 1.9, tilt: 0.42, node: 0.5 },
  { scale: 0.34, edge: 1.35, tilt: -0.85, node: 1.9 },
];

export const starsOfFirst = (stars) => Math.round(stars * SHARE_OF_FIRST);
export const bodiesIn = (state) => state.length / 6;

// Works on a whole state and on the places alone: `n` is the number of bodies.
export function separation(places, n) {
  return Math.hypot(places[1] - places[0], places[n + 1] - places[n], places[2 * n + 1] - places[2 * n]);
}

// A stream of numbers from 0 to 1, always the same for a seed (the generator is "mulberry32").
export function random(seed) {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function prepare(stars, seed) {
  const n = stars + CENTRES;
  const state = new Float64Array(6 * n);
  // Rounded, because the last bit of a sine or a logarithm differs between versions of JavaScript.
  const put = (id, body) =>
    body.forEach((value, k) => {
      state[k * n + id] = Math.fround(value);
    });
  const centres = parabola().map((body) => body.map(Math.fround));
  centres.forEach((body, id) => put(id, body));
  const next = random(seed);
  for (let star = 0; star < stars; star++) {
    const which = star < starsOfFirst(stars) ? 0 : 1;
    const body = next() < 0.16 ? bulgeStar(which, next) : discStar(which, next);
    put(
      CENTRES + star,
      body.map((value, k) => value + centres[which][k]),
    );
  }
  return state;
}

// Both centres on a parabola about their common centre of mass.
function parabola() {
  const total = MASS[0] + MASS[1];
  const cos = (2 * NEAREST) / START_DISTANCE - 1;
  const sin = -Math.sqrt(1 - cos * cos);
  const speed = Math.sqrt(total / (2 * NEAREST));
  const apart = [START_DISTANCE * cos, START_DISTANCE * sin, 0, -speed * sin, speed * (1 + cos), 0];
  return [apart.map((v) => (-v * MASS[1]) / total), apart.map((v) => (v * MASS[0]) / total)];
}

const circularSpeed = (which, r) => Math.sqrt((MASS[which] * r * r) / (r * r + SOFTNESS2[which]) ** 1.5);

function discStar(which, next) {
  const { scale, edge, tilt, node } = GALAXIES[which];
  let r;
  do
    r = -scale * Math.log((1 - next()) * (1 - next())); // an exponential disc
  while (r > edge);
  const angle = 2 * Math.PI * next();
  const speed = circularSpeed(which, r);
  const loose = () => 0.05 * speed * (next() + next() - 1);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const thick = 0.035 * (next() + next() - 1);
  return [
    ...turned([r * c, r * s, thick], tilt, node),
    ...turned([-speed * s + loose(), speed * c + loose(), loose()], tilt, node),
  ];
}

function bulgeStar(which, next) {
  const r = 0.22 * GALAXIES[which].scale * (1 / Math.sqrt((0.02 + 0.96 * next()) ** (-2 / 3) - 1));
  const place = direction(next).map((v) => v * Math.min(r, 1));
  const speed = 0.75 * circularSpeed(which, Math.min(r, 1));
  return [...place, ...direction(next).map((v) => v * speed)];
}

function direction(next) {
  const z = 2 * next() - 1;
  const angle = 2 * Math.PI * next();
  const flat = Math.sqrt(1 - z * z);
  return [flat * Math.cos(angle), flat * Math.sin(angle), z];
}

function turned([x, y, z], tilt, node) {
  const y2 = y * Math.cos(tilt) - z * Math.sin(tilt);
  const z2 = y * Math.sin(tilt) + z * Math.cos(tilt);
  return [x * Math.cos(node) - y2 * Math.sin(node), x * Math.sin(node) + y2 * Math.cos(node), z2];
}

// One step of the leapfrog: half a drift, a kick, half a drift. Uses only + - * / and square
// roots, which are exact to the last bit everywhere, so the same start gives the same end.
export function advance(state) {
  const n = bodiesIn(state);
  const [x, y, z, vx, vy, vz] = [0, 1, 2, 3, 4, 5].map((k) => state.subarray(k * n, (k + 1) * n));
  const half = STEP / 2;
  for (let c = 0; c < CENTRES; c++) {
    x[c] += half * vx[c];
    y[c] += half * vy[c];
    z[c] += half * vz[c];
  }

  const [ax, ay, az, bx, by, bz] = [x[0], y[0], z[0], x[1], y[1], z[1]];
  const [massA, massB] = MASS;
  const [softA, softB] = SOFTNESS2;
  for (let i = CENTRES; i < n; i++) {
    const px = x[i] + half * vx[i];
    const py = y[i] + half * vy[i];
    const pz = z[i] + half * vz[i];
    const dax = ax - px;
    const day = ay - py;
    const daz = az - pz;
    const dbx = bx - px;
    const dby = by - py;
    const dbz = bz - pz;
    const qa = dax * dax + day * day + daz * daz + softA;
    const qb = dbx * dbx + dby * dby + dbz * dbz + softB;
    const fa = (STEP * massA) / (qa * Math.sqrt(qa));
    const fb = (STEP * massB) / (qb * Math.sqrt(qb));
    vx[i] += fa * dax + fb * dbx;
    vy[i] += fa * day + fb * dby;
    vz[i] += fa * daz + fb * dbz;
    x[i] = px + half * vx[i];
    y[i] = py + half * vy[i];
    z[i] = pz + half * vz[i];
  }

  const [dx, dy, dz] = [bx - ax, by - ay, bz - az];
  const q = dx * dx + dy * dy + dz * dz + softA + softB;
  const pull = STEP / (q * Math.sqrt(q));
  const drag = (STEP * DRAG) / (1 + q * q * 0.2);
  const [ux, uy, uz] = [vx[1] - vx[0], vy[1] - vy[0], vz[1] - vz[0]];
  for (let c = 0; c < CENTRES; c++) {
    const sign = c === 0 ? MASS[1] : -MASS[0];
    vx[c] += sign * (pull * dx + drag * ux);
    vy[c] += sign * (pull * dy + drag * uy);
    vz[c] += sign * (pull * dz + drag * uz);
    x[c] += half * vx[c];
    y[c] += half * vy[c];
    z[c] += half * vz[c];
  }
}

// How many stars each galaxy has lost to the other, and how many to the space between.
export function census(places) {
  const n = places.length / 3;
  const first = CENTRES + starsOfFirst(n - CENTRES);
  const reach2 = 1.6 * 1.6;
  let exchanged = 0;
  let adrift = 0;
  for (let i = CENTRES; i < n; i++) {
    const own = i < first ? 0 : 1;
    const away2 = (c) =>
      (places[i] - places[c]) ** 2 +
      (places[n + i] - places[n + c]) ** 2 +
      (places[2 * n + i] - places[2 * n + c]) ** 2;
    const toOwn = away2(own);
    const toOther = away2(1 - own);
    if (toOwn > reach2 && toOther > reach2) adrift++;
    else if (toOther < toOwn) exchanged++;
  }
  return { apart: separation(places, n), exchanged, adrift };
}
