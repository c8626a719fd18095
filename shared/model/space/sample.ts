import { chanceOf, shuffledAt } from './draw';
import { numberBetween, type Scale } from './numbers';

/** Any number between two others; only samples have such. */
export interface Span {
  readonly kind: 'span';
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly scale: Scale;
}

export const sampleMethods = ['random', 'latin'] as const;
/** latin: each dimension is cut into as many parts as there are samples, and each part has one. */
export type SampleMethod = (typeof sampleMethods)[number];

export interface SamplePlan {
  readonly method: SampleMethod;
  readonly seed: number;
  readonly count: number;
}

/** How far along a dimension a sample lies: from 0 on, below 1. */
export function positionOf({ method, seed, count }: SamplePlan, dimension: number, index: number): number {
  const chance = chanceOf(seed, dimension, index);
  if (method === 'random') return chance;
  // Rounding may lead to the very end of the last part, which lies outside.
  return Math.min((shuffledAt(seed, dimension, count, index) + chance) / count, 1 - Number.EPSILON);
}

export const spanValue = ({ from, to, scale }: Span, position: number): string =>
  String(numberBetween(from, to, scale, position));
