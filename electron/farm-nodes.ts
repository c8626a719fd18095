/** The nodes of a running farm: this machine, and those that people have added. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { NodeId } from '../shared/model/ids';
import { nodeSettings, usualNice, type FarmSettings } from '../shared/model/settings';
import type { Order } from './engine/effects';
import type { Clock } from './engine/ports';
import type { Report } from './engine/reports';
import type { FarmState, NodeRecord } from './engine/state';
import { AgentNode } from './nodes/agent-node';
import { AwakeTime } from './nodes/health/awake-time';
import type { TellFiles } from './nodes/files/staged-attempts';
import { LocalReach } from './nodes/local-reach';
import type { Machine } from './nodes/machine';
import { pathMapper } from './nodes/path-mapping';
import type { Reach } from './nodes/reach';

export interface FarmNodesOptions {
  readonly dataFolder: string;
  /** The shipped `agent/` folder. */
  readonly agentFolder: string;
  readonly hostId: string;
  readonly user: string;
  readonly clock: Clock;
  readonly state: () => FarmState;
  readonly report: (report: Report) => void;
  readonly onFeeling: () => void;
  readonly tellFiles: TellFiles;
  readonly goOn: (order: Order) => (() => Promise<Order>) | null;
  /** Told of each session that a node has when it is connected. */
  readonly onSession: (node: NodeId, session: string) => void;
  /** @param known what was found there the last time */
  readonly reachOf: (address: string, known: () => Machine | null) => Reach;
}

export const thisMachine: NodeId = 'local';
const betweenWinks = 1000;

export class FarmNodes {
  private readonly links = new Map<NodeId, AgentNode>();
  /** They are being told that they work for nobody. */
  private readonly leaving = new Set<Promise<void>>();
  private readonly awake: AwakeTime;
  private callOffWink: () => void = () => {};

  constructor(private readonly options: FarmNodesOptions) {
    this.awake = new AwakeTime(options.clock);
    const { dataFolder, agentFolder, state } = options;
    const local = new LocalReach({
      folder: join(dataFolder, 'node'),
      agentFolder,
      knownLabels: () => state().nodes.get(thisMachine)?.probedLabels ?? [],
    });
    // Also when nothing is to run: what it has printed can be read.
    this.make(thisMachine, 'This machine', local);
  }

  get(node: NodeId): AgentNode | undefined {
    return this.links.get(node);
  }

  /** Connects this machine and all that were added. */
  open(): void {
    this.wink();
    this.links.get(thisMachine)?.open();
    for (const node of this.options.state().nodes.values()) this.add(node);
  }

  add({ id, name, address }: NodeRecord): void {
    if (address === null || this.links.has(id)) return;
    this.make(
      id,
      name,
      this.options.reachOf(address, () => this.known(id)),
    ).open();
  }

  private known(id: NodeId): Machine | null {
    const node = this.options.state().nodes.get(id);
    return node === undefined || node.capacity.cpu === 0
      ? null
      : { capacity: node.capacity, labels: node.probedLabels, system: node.system };
  }

  /** The settings may say that work there is to stand back more or less than it does. What runs goes on. */
  follow(settings: FarmSettings): void {
    for (const [node, link] of this.links) {
      const { nice } = nodeSettings(settings, node);
      if (nice !== undefined && link.nice !== null && nice !== link.nice) link.reconnect(false);
    }
  }

  remove(node: NodeId): void {
    const link = this.links.get(node);
    if (link === undefined) return;
    this.links.delete(node);
    const released = link.release();
    this.leaving.add(released);
    void released.then(() => this.leaving.delete(released));
  }

  /** Asks all of them how they feel. */
  look(): void {
    for (const link of this.links.values()) link.look();
  }

  async close(): Promise<void> {
    this.callOffWink();
    for (const link of this.links.values()) link.close();
    await Promise.all(this.leaving);
  }

  private make(node: NodeId, name: string, reach: Reach): AgentNode {
    const { clock, state, report, onFeeling, onSession, hostId, user, tellFiles, goOn } = this.options;
    const kind = node === thisMachine ? 'local' : 'ssh';
    const link = new AgentNode({
      node,
      name,
      kind,
      reach,
      owner: { host: hostId, name: plain(`${user}@${hostname()}`) },
      clock,
      awake: this.awake,
      random: Math.random,
      report,
      onFeeling,
      onSession: (session) => onSession(node, session),
      watchesPerson: () => nodeSettings(state().settings, node).giveWay !== undefined,
      manners: () => {
        const { nice = usualNice[kind], umask = null } = nodeSettings(state().settings, node);
        return { nice, umask };
      },
      pathOn: (path) => pathMapper(nodeSettings(state().settings, node).paths ?? [])(path),
      mappings: () => nodeSettings(state().settings, node).paths ?? [],
      tellFiles,
      goOn,
    });
    this.links.set(node, link);
    return link;
  }

  /** Without being asked often, it could not tell sleep from waiting. */
  private wink(): void {
    this.awake.now();
    this.callOffWink = this.options.clock.after(betweenWinks, () => this.wink());
  }
}

/** It becomes a word of a command line. */
const plain = (text: string): string => text.replaceAll(/[^\w.@-]/g, '-').slice(0, 100);
