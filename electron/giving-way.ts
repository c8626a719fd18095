/** Sets machines aside while the people who sit there need them, and takes them back. */
import type { NodeId } from '../shared/model/ids';
import { nodeSettings } from '../shared/model/settings';
import type { Command } from './engine/commands';
import type { Clock } from './engine/ports';
import { vectorAmounts } from './engine/resources/vector';
import type { FarmState, NodeRecord } from './engine/state';
import { mustGiveWay } from './nodes/give-way';

export interface GivingWayOptions {
  readonly clock: Clock;
  readonly state: () => FarmState;
  /** Seconds since somebody touched it; null: not known. */
  readonly idleOf: (node: NodeId) => number | null;
  /** The part of its processor that is busy, 0 to 1; null: not known. */
  readonly cpuOf: (node: NodeId) => number | null;
  readonly command: (command: Command) => void;
}

const betweenLooks = 10_000;
/** Things must have looked well for so long, lest a moment's pause at the keyboard starts a render. */
const wellFor = 30_000;
const by = 'Drover';
const mark = `set aside by ${by}: `;

export class GivingWay {
  private readonly wellSince = new Map<string, number>();
  private callOff: () => void = () => {};

  constructor(private readonly options: GivingWayOptions) {}

  open(): void {
    this.look();
    this.callOff = this.options.clock.after(betweenLooks, () => this.open());
  }

  close(): void {
    this.callOff();
  }

  private look(): void {
    for (const node of this.options.state().nodes.values()) this.lookAt(node);
  }

  private lookAt(node: NodeRecord): void {
    const { clock, state, idleOf, cpuOf, command } = this.options;
    const isOurs = node.state === 'MAINTENANCE' && node.setAside?.startsWith(mark) === true;
    const rule = nodeSettings(state().settings, node.id).giveWay;
    if (rule === undefined) {
      // The rule was taken back while it held.
      if (isOurs) command({ kind: 'takeBack', by, node: node.id });
      return;
    }
    if (node.state !== 'ONLINE' && !isOurs) return;
    const now = clock.now();
    const reason = mustGiveWay(rule, {
      idle: idleOf(node.id),
      otherLoad: otherLoad(state(), node, cpuOf(node.id)),
      minuteOfDay: minuteOfDay(now),
    });
    if (reason !== null) {
      this.wellSince.delete(node.id);
      if (!isOurs) command({ kind: 'setAside', by, why: `it gives way: ${reason}`, node: node.id });
      if (
        rule.running === 'stop' &&
        state()
          .attempts.on(node)
          .some(({ stopping }) => stopping === null)
      )
        command({ kind: 'vacate', by, why: reason, node: node.id });
      return;
    }
    const since = this.wellSince.get(node.id) ?? now;
    this.wellSince.set(node.id, since);
    if (isOurs && now - since >= wellFor) command({ kind: 'takeBack', by, node: node.id });
  }
}

/** What Drover's own work may use of it is not held against it. */
function otherLoad({ room }: FarmState, node: NodeRecord, cpu: number | null): number | null {
  if (cpu === null) return null;
  const held = vectorAmounts(room.limitOf(node.index)).cpu - vectorAmounts(room.freeOf(node.index)).cpu;
  const own = held / Math.max(1, node.capacity.cpu);
  return Math.max(0, cpu - own);
}

function minuteOfDay(at: number): number {
  const time = new Date(at);
  return time.getHours() * 60 + time.getMinutes();
}
