import { describe, expect, it } from 'vitest';
import type { StepWhy } from '../../../../shared/ipc/plans';
import { noRequest } from '../../../../shared/model/amounts';
import type { Cheapest } from '../../../../shared/model/farm-change';
import type { Verdict } from '../../../../shared/model/verdict';
import { noOfferInWords, nodesUnder, offersOf, signatureOf } from './reasons';

const noRoom = (largest: number): Verdict => ({
  kind: 'nodes',
  reason: { kind: 'noRoom', amount: 'cpu', need: 4, largest },
  count: 2,
  names: ['a', 'b'],
});
const waitsFor = (open: number): Verdict => ({
  kind: 'waitsFor',
  job: 'b1.melt',
  jobName: 'melt',
  step: null,
  open,
});
const step = (name: string, cheapest: Cheapest | null): StepWhy => ({
  job: 'b1.film',
  jobName: 'film',
  batchName: 'Night',
  step: 0,
  stepName: name,
  waiting: 1,
  verdicts: [],
  nodes: [],
  cheapest,
});

describe('whether what helps is looked for anew', () => {
  it('does not go by how much is to go and how much is free', () => {
    expect(signatureOf([waitsFor(3), noRoom(1)])).toBe(signatureOf([noRoom(2), waitsFor(2)]));
  });

  it('goes by what stands in the way', () => {
    const held = (why: string | null): Verdict => ({ kind: 'held', by: 'ann', why });
    expect(signatureOf([noRoom(1)])).not.toBe(signatureOf([noRoom(1), waitsFor(1)]));
    expect(signatureOf([held(null)])).not.toBe(signatureOf([held('lunch')]));
    const tooLarge: Verdict = {
      kind: 'tooLarge',
      request: { ...noRequest, cpu: 9 },
      what: [noRoom(1)],
    };
    expect(signatureOf([tooLarge])).not.toBe(signatureOf([noRoom(1)]));
  });
});

describe('the nodes of a reason', () => {
  it('are all that have it, each with its own amount', () => {
    const nodes = ['a', 'b', 'c'].map((name, free) => ({
      node: name,
      name,
      reason: { kind: 'noRoom', amount: 'cpu', need: 4, largest: free } as const,
    }));
    const other = {
      node: 'd',
      name: 'd',
      reason: { kind: 'state', state: 'OFFLINE', reason: null } as const,
    };
    expect(nodesUnder(noRoom(2), [...nodes, other])).toEqual(nodes);
    expect(nodesUnder(waitsFor(1), nodes)).toEqual([]);
  });
});

describe('what is offered', () => {
  const release: Cheapest = {
    kind: 'change',
    change: { kind: 'release', job: 'b1.film', jobName: 'film' },
    startsNow: true,
  };
  const back: Cheapest = {
    kind: 'change',
    change: { kind: 'nodeBack', node: 'n', nodeName: 'n' },
    startsNow: false,
  };

  it('is each change once, first those that Drover makes', () => {
    const steps = [step('one', back), step('two', release), step('three', back), step('four', null)];
    const offers = offersOf(steps);
    expect(offers.map(({ change }) => change.kind)).toEqual(['release', 'nodeBack']);
    expect(offers[1]?.steps.map(({ stepName }) => stepName)).toEqual(['one', 'three']);
  });

  it('is said to be nothing where it is', () => {
    expect(noOfferInWords(null)).toContain('No single change');
    expect(noOfferInWords({ kind: 'startsAnyway' })).toContain('about to start');
  });
});
