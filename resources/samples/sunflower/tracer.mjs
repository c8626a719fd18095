// The ray tracer: spheres over a polished floor, lit by a lamp, a soft key light and the sky.
// Reflections are traced. Soft shadows and ambient occlusion of spheres have closed forms, so
// they cost no rays and show no noise.
import { KEY, LAMP, sky } from './scene.mjs';

const FAR = 1e9;
const NOTHING = -1;
const FLOOR = -2;
const OCCLUSION_REACH = 6; // in radii of the sphere that occludes
const FLOOR_SIZE = 16; // half the side of the square in which the floor receives shadows
const FLOOR_CELLS = 56;
const FIELD_CELLS = 24; // along each side of the grid that reflected rays walk over
const FLOOR_COLOR = [0.022, 0.026, 0.062];

export function makeTracer(marbles) {
  const count = marbles.length;
  const lampId = count; // the lamp is one more sphere, after the marbles
  const everything = Int32Array.from({ length: count + 1 }, (_, id) => id);
  const cx = new Float64Array(count + 1);
  const cy = new Float64Array(count + 1);
  const cz = new Float64Array(count + 1);
  const radii = new Float64Array(count + 1);
  const red = new Float64Array(count);
  const green = new Float64Array(count);
  const blue = new Float64Array(count);
  const metal = new Uint8Array(count);
  [...marbles, LAMP].forEach((sphere, id) => {
    cx[id] = sphere.x;
    cy[id] = sphere.y;
    cz[id] = sphere.z;
    radii[id] = sphere.radius;
    if (id < count) {
      [red[id], green[id], blue[id]] = sphere.color;
      metal[id] = sphere.metal;
    }
  });

  // ---- who may shade whom: short lists, made once, for each marble and each patch of floor

  function near(x, y, z, radius, test) {
    const found = [];
    for (let id = 0; id < count; id++) if (test(id, x, y, z, radius)) found.push(id);
    return Int32Array.from(found);
  }
  function mayOcclude(id, x, y, z, radius) {
    const distance = Math.hypot(cx[id] - x, cy[id] - y, cz[id] - z);
    return distance > 1e-9 && distance - radius < OCCLUSION_REACH * radii[id];
  }
  function mayHide(id, x, y, z, radius, lx, ly, lz, farthest, spread) {
    const ox = cx[id] - x;
    const oy = cy[id] - y;
    const oz = cz[id] - z;
    const along = ox * lx + oy * ly + oz * lz;
    const reach = radius + radii[id];
    if (along < -reach || along > farthest + reach || ox * ox + oy * oy + oz * oz < 1e-12) return false;
    const aside = Math.sqrt(Math.max(0, ox * ox + oy * oy + oz * oz - along * along));
    // The direction to a near light differs from point to point of the receiver.
    const slack = farthest < FAR ? (radius * Math.max(0, along)) / Math.max(0.1, farthest - radius) : 0;
    return aside < reach + slack + spread * (Math.max(0, along) + radius);
  }
  const [kx, ky, kz] = KEY.direction;
  const mayHideKey = (id, x, y, z, radius) => mayHide(id, x, y, z, radius, kx, ky, kz, FAR, KEY.spread);
  const mayHideLamp = (id, x, y, z, radius) => {
    const lx = LAMP.x - x;
    const ly = LAMP.y - y;
    const lz = LAMP.z - z;
    const d = Math.hypot(lx, ly, lz);
    return mayHide(id, x, y, z, radius, lx / d, ly / d, lz / d, d, LAMP.radius / Math.max(0.5, d - radius));
  };
  const lists = (x, y, z, radius) => ({
    occluders: near(x, y, z, radius, mayOcclude),
    hidesKey: near(x, y, z, radius, mayHideKey),
    hidesLamp: near(x, y, z, radius, mayHideLamp),
  });
  const marbleLists = marbles.map((m) => lists(m.x, m.y, m.z, m.radius));
  const cell = (2 * FLOOR_SIZE) / FLOOR_CELLS;
  const floorLists = Array.from({ length: FLOOR_CELLS ** 2 }, () => undefined);
  const bare = { occluders: new Int32Array(0), hidesKey: new Int32Array(0), hidesLamp: new Int32Array(0) };
  function floorListsAt(x, z) {
    const column = Math.floor((x + FLOOR_SIZE) / cell);
    const row = Math.floor((z + FLOOR_SIZE) / cell);
    if (column < 0 || row < 0 || column >= FLOOR_CELLS || row >= FLOOR_CELLS) return bare;
    const middle = (n) => (n + 0.5) * cell - FLOOR_SIZE;
    return (floorLists[row * FLOOR_CELLS + column] ??= lists(middle(column), 0, middle(row), cell * 0.75));
  }

  // ---- light

  // How much of a light is seen from a point, with the spheres of `list` in the way.
  function visible(list, x, y, z, lx, ly, lz, farthest, spread) {
    let seen = 1;
    for (let n = 0; n < list.length; n++) {
      const id = list[n];
      const ox = cx[id] - x;
      const oy = cy[id] - y;
      const oz = cz[id] - z;
      const along = ox * lx + oy * ly + oz * lz;
      if (along <= 0 || along >= farthest) continue;
      const radius = radii[id];
      const blur = spread * along;
      const aside2 = ox * ox + oy * oy + oz * oz - along * along;
      if (aside2 >= (radius + blur) * (radius + blur)) continue;
      const t = (radius + blur - Math.sqrt(Math.max(0, aside2))) / (2 * blur);
      const covered = t >= 1 ? 1 : t * t * (3 - 2 * t);
      seen *= 1 - covered * (radius < blur ? (radius * radius) / (blur * blur) : 1);
      if (seen < 0.003) return 0;
    }
    return seen;
  }

  // Light that arrives at a point with the normal n and leaves it again, for a colour of 1.
  const light = new Float64Array(3);
  function gather(list, x, y, z, nx, ny, nz) {
    // The sky above and the dim floor below; neighbours take some of it and give back of their colour.
    const open = 0.5 + 0.5 * ny;
    let r = 0.03 + 0.105 * open;
    let g = 0.034 + 0.15 * open;
    let b = 0.05 + 0.235 * open;
    let free = 1;
    let br = 0;
    let bg = 0;
    let bb = 0;
    const occluders = list.occluders;
    for (let n = 0; n < occluders.length; n++) {
      const id = occluders[n];
      const ox = cx[id] - x;
      const oy = cy[id] - y;
      const oz = cz[id] - z;
      const facing = ox * nx + oy * ny + oz * nz;
      if (facing <= 0) continue;
      const d2 = ox * ox + oy * oy + oz * oz;
      const part = (radii[id] * radii[id]) / d2 - 1 / (OCCLUSION_REACH * OCCLUSION_REACH);
      if (part <= 0) continue;
      const covered = Math.min(1, (part * facing) / Math.sqrt(d2));
      free *= 1 - covered;
      br += covered * red[id];
      bg += covered * green[id];
      bb += covered * blue[id];
    }
    r *= free + 0.55 * br * free;
    g *= free + 0.55 * bg * free;
    b *= free + 0.55 * bb * free;

    const toKey = nx * kx + ny * ky + nz * kz;
    if (toKey > 0) {
      const seen = toKey * visible(list.hidesKey, x, y, z, kx, ky, kz, FAR, KEY.spread);
      r += seen * KEY.light[0];
      g += seen * KEY.light[1];
      b += seen * KEY.light[2];
    }

    const px = LAMP.x - x;
    const py = LAMP.y - y;
    const pz = LAMP.z - z;
    const d = Math.sqrt(px * px + py * py + pz * pz);
    const toLamp = (nx * px + ny * py + nz * pz) / d;
    const wrap = (LAMP.radius / d) * 0.5; // a ball of light reaches a little round the corner
    if (toLamp > -wrap) {
      const facing = (toLamp + wrap) / (1 + wrap);
      const seen =
        (facing *
          visible(list.hidesLamp, x, y, z, px / d, py / d, pz / d, d - LAMP.radius, LAMP.radius / d)) /
        (d * d);
      r += seen * LAMP.light[0];
      g += seen * LAMP.light[1];
      b += seen * LAMP.light[2];
    }
    light[0] = r;
    light[1] = g;
    light[2] = b;
  }

  // ---- rays

  let hitDistance = FAR;
  function nearest(list, ox, oy, oz, dx, dy, dz, from) {
    let best = dy < -1e-9 ? -oy / dy : FAR;
    let found = best < FAR ? FLOOR : NOTHING;
    for (let n = 0; n < list.length; n++) {
      const id = list[n];
      const px = cx[id] - ox;
      const py = cy[id] - oy;
      const pz = cz[id] - oz;
      const along = px * dx + py * dy + pz * dz;
      if (along <= 0 || id === from) continue;
      const inside = radii[id] * radii[id] - (px * px + py * py + pz * pz - along * along);
      if (inside <= 0) continue;
      const distance = along - Math.sqrt(inside);
      if (distance > 1e-6 && distance < best) {
        best = distance;
        found = id;
      }
    }
    hitDistance = best;
    return found;
  }

  // The same for a ray that starts among the marbles: a walk over a grid, in which each square
  // names the marbles above it, until the ray meets one or has risen above them all.
  const ceiling = Math.max(...marbles.map((m) => m.y + m.radius));
  const field = Math.max(...marbles.map((m) => Math.hypot(m.x, m.z) + m.radius)) + 1e-3;
  const side = (2 * field) / FIELD_CELLS;
  const squares = Array.from({ length: FIELD_CELLS ** 2 }, (_, n) => {
    const x = ((n % FIELD_CELLS) + 0.5) * side - field;
    const z = (Math.floor(n / FIELD_CELLS) + 0.5) * side - field;
    const beside = (c, middle) => Math.max(0, Math.abs(c - middle) - side / 2);
    return everything.filter(
      (id) => id < count && Math.hypot(beside(cx[id], x), beside(cz[id], z)) <= radii[id],
    );
  });
  const lampOnly = Int32Array.of(lampId);
  function nearestAmong(ox, oy, oz, dx, dy, dz, from) {
    let found = nearest(lampOnly, ox, oy, oz, dx, dy, dz, from);
    let best = hitDistance;
    const end = Math.min(best, dy > 1e-9 ? (ceiling - oy) / dy : FAR);
    // Where the ray is within the field, and the square in which it enters.
    const inverseX = 1 / dx;
    const inverseZ = 1 / dz;
    const enterX = ((dx > 0 ? -field : field) - ox) * inverseX;
    const enterZ = ((dz > 0 ? -field : field) - oz) * inverseZ;
    const enter = Math.max(0, enterX, enterZ);
    if (enter < end) {
      const last = FIELD_CELLS - 1;
      let column = Math.min(last, Math.max(0, Math.floor((ox + enter * dx + field) / side)));
      let row = Math.min(last, Math.max(0, Math.floor((oz + enter * dz + field) / side)));
      const stepX = dx > 0 ? 1 : -1;
      const stepZ = dz > 0 ? 1 : -1;
      let nextX = ((column + (dx > 0 ? 1 : 0)) * side - field - ox) * inverseX;
      let nextZ = ((row + (dz > 0 ? 1 : 0)) * side - field - oz) * inverseZ;
      const acrossX = side * Math.abs(inverseX);
      const acrossZ = side * Math.abs(inverseZ);
      let at = enter;
      while (at < end && at < best && column >= 0 && row >= 0 && column <= last && row <= last) {
        const id = nearest(squares[row * FIELD_CELLS + column], ox, oy, oz, dx, dy, dz, from);
        if (hitDistance < best) {
          best = hitDistance;
          found = id;
        }
        if (nextX < nextZ) {
          at = nextX;
          nextX += acrossX;
          column += stepX;
        } else {
          at = nextZ;
          nextZ += acrossZ;
          row += stepZ;
        }
      }
    }
    hitDistance = best;
    return found;
  }

  // Adds what a ray sees, times a weight, to `out`. A ray from the eye comes with the list of
  // what it can meet, a reflected one without.
  const beyond = new Float64Array(3);
  function trace(out, list, ox, oy, oz, dx, dy, dz, wr, wg, wb, from, bounces) {
    const id = list
      ? nearest(list, ox, oy, oz, dx, dy, dz, from)
      : nearestAmong(ox, oy, oz, dx, dy, dz, from);
    if (id === NOTHING) {
      sky(dx, dy, dz, beyond);
      out[0] += wr * beyond[0];
      out[1] += wg * beyond[1];
      out[2] += wb * beyond[2];
      return;
    }
    const x = ox + dx * hitDistance;
    const y = oy + dy * hitDistance;
    const z = oz + dz * hitDistance;
    let nx = 0;
    let ny = 1;
    let nz = 0;
    if (id !== FLOOR) {
      nx = (x - cx[id]) / radii[id];
      ny = (y - cy[id]) / radii[id];
      nz = (z - cz[id]) / radii[id];
    }
    const facing = Math.max(0, -(dx * nx + dy * ny + dz * nz));
    if (id === lampId) {
      const glow = 0.45 + 0.55 * facing;
      out[0] += wr * LAMP.glow[0] * glow;
      out[1] += wg * LAMP.glow[1] * glow;
      out[2] += wb * LAMP.glow[2] * glow * glow;
      return;
    }

    const edge = (1 - facing) ** 5;
    const shine = 0.05 + 0.95 * edge; // of the clear coat
    let sr = shine;
    let sg = shine;
    let sb = shine;
    if (id === FLOOR) {
      // The floor goes over into the dusk far out.
      const away = Math.sqrt(x * x + z * z);
      const haze = 1 - Math.exp(-Math.max(0, away - 11) * 0.05);
      sky(dx, 0, dz, beyond);
      out[0] += wr * haze * beyond[0];
      out[1] += wg * haze * beyond[1];
      out[2] += wb * haze * beyond[2];
      wr *= 1 - haze;
      wg *= 1 - haze;
      wb *= 1 - haze;
      gather(floorListsAt(x, z), x, y, z, 0, 1, 0);
      out[0] += wr * light[0] * FLOOR_COLOR[0];
      out[1] += wg * light[1] * FLOOR_COLOR[1];
      out[2] += wb * light[2] * FLOOR_COLOR[2];
      sr = sg = sb = 0.06 + 0.6 * edge;
    } else if (metal[id]) {
      sr = red[id] + (1 - red[id]) * edge;
      sg = green[id] + (1 - green[id]) * edge;
      sb = blue[id] + (1 - blue[id]) * edge;
      gather(marbleLists[id], x, y, z, nx, ny, nz);
      const satin = 0.22; // a part of the light is spread, as on brushed brass
      out[0] += wr * satin * light[0] * red[id];
      out[1] += wg * satin * light[1] * green[id];
      out[2] += wb * satin * light[2] * blue[id];
    } else {
      gather(marbleLists[id], x, y, z, nx, ny, nz);
      out[0] += wr * (1 - shine) * light[0] * red[id];
      out[1] += wg * (1 - shine) * light[1] * green[id];
      out[2] += wb * (1 - shine) * light[2] * blue[id];
    }
    wr *= sr;
    wg *= sg;
    wb *= sb;
    if (bounces === 0 || wr + wg + wb < 0.02) return;
    const k = 2 * (dx * nx + dy * ny + dz * nz);
    trace(out, undefined, x, y, z, dx - k * nx, dy - k * ny, dz - k * nz, wr, wg, wb, id, bounces - 1);
  }

  // The spheres that a bundle of rays can meet: those within a cone, for the tiles of the picture.
  function inCone(ox, oy, oz, ax, ay, az, halfAngle, lens) {
    return everything.filter((id) => {
      const px = cx[id] - ox;
      const py = cy[id] - oy;
      const pz = cz[id] - oz;
      const distance = Math.hypot(px, py, pz);
      const angle = Math.acos(Math.min(1, (px * ax + py * ay + pz * az) / distance));
      return angle < halfAngle + Math.asin(Math.min(1, (radii[id] + lens) / distance));
    });
  }

  return { trace, inCone };
}
