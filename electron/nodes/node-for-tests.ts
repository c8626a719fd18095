import { resolve } from 'node:path';
import type { Clock } from '../engine/ports';
import type { Report } from '../engine/reports';
import { AgentNode } from './agent-node';
import type { TellFiles } from './files/staged-attempts';
import { LocalReach } from './local-reach';
import type { Reach } from './reach';

export const agentFolder = resolve(import.meta.dirname, '../../resources/agent');

export const realClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** This machine, with its agent's files in a folder of the test's own. */
export const localNode = (folder: string, report: (report: Report) => void): AgentNode =>
  nodeReachedBy(new LocalReach({ folder, agentFolder }), report);

export function nodeReachedBy(
  reach: Reach,
  report: (report: Report) => void,
  node = 'local',
  tellFiles: TellFiles = () => {},
): AgentNode {
  return new AgentNode({
    node,
    name: node,
    kind: 'local',
    reach,
    owner: { host: 'h1', name: 'anna@desk' },
    manners: () => ({ nice: 0, umask: null }),
    clock: realClock,
    awake: realClock,
    random: Math.random,
    report,
    onFeeling: () => {},
    watchesPerson: () => false,
    onSession: () => {},
    pathOn: (path) => path,
    tellFiles,
  });
}
