import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import type { AttemptId } from '../../shared/model/ids';
import type { Clock } from '../engine/ports';
import type { Report } from '../engine/reports';
import { AgentNode } from './agent-node';
import type { TellFiles } from './files/staged-attempts';
import { LocalReach } from './local-reach';
import type { Reach } from './reach';

export const agentFolder = resolve(import.meta.dirname, '../../resources/agent');

const run = randomBytes(4).toString('hex');

/** As an agent looks for what its attempts have left by their ids, wherever it is, no two tests may use the same. */
export const attemptId = (number: number): AttemptId => `a-${run}-${number}`;

export const realClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Runs so many times as fast: what takes a node's link minutes takes a test seconds. */
export const fastClock = (times: number): Clock => ({
  now: () => performance.now() * times,
  after: (milliseconds, call) => realClock.after(milliseconds / times, call),
});

/** This machine, with its agent's files in a folder of the test's own. */
export const localNode = (folder: string, report: (report: Report) => void): AgentNode =>
  nodeReachedBy(new LocalReach({ folder, agentFolder }), report);

export interface NodeForTests {
  readonly node?: string;
  readonly host?: string;
  readonly owner?: string;
  readonly clock?: Clock;
  readonly tellFiles?: TellFiles;
}

export function nodeReachedBy(
  reach: Reach,
  report: (report: Report) => void,
  {
    node = 'local',
    host = 'h1',
    owner = 'anna@desk',
    clock = realClock,
    tellFiles = () => {},
  }: NodeForTests = {},
): AgentNode {
  return new AgentNode({
    node,
    name: node,
    kind: 'local',
    reach,
    owner: { host, name: owner },
    clock,
    awake: clock,
    manners: () => ({ nice: 0, umask: null }),
    random: Math.random,
    report,
    onFeeling: () => {},
    watchesPerson: () => false,
    onSession: () => {},
    pathOn: (path) => path,
    mappings: () => [],
    tellFiles,
    goOn: () => null,
  });
}
