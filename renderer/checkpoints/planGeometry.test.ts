import { expect, test } from 'vitest';
import { curveAround, dalys, lostPerHour } from '../../shared/model/interval';
import { areaOf, lineOf, placesOf } from './planGeometry';

const known = { costMs: 2000, meanMs: 200 * 3_600_000 };
const dalyMs = dalys(known);
const lostMs = lostPerHour(dalyMs, known);
const plan = { curve: curveAround(dalyMs, known), dalyMs, lostMs };

test('the proposed one is in the middle, lowest; the present one stays within', () => {
  const present = { intervalMs: 1, lostMs: lostPerHour(1, known) };
  const places = placesOf({ ...plan, present }, 400, 120);
  expect(places.points[0]).toEqual({ x: 0, y: 0 });
  expect(places.proposed.x).toBeCloseTo(200);
  expect(places.proposed.y).toBe(Math.max(...places.points.map(({ y }) => y)));
  expect(places.present).toEqual({ x: 0, y: 0 });
  expect(lineOf(places.points)).toMatch(/^M0\.0 0\.0 L/);
  expect(areaOf(places.points, 120)).toMatch(/ L400\.0 120 L0\.0 120 Z$/);
});
