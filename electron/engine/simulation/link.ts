import type { AttemptId } from '../../../shared/model/ids';
import type { NodeState } from '../../../shared/model/states';
import type { Order } from '../effects';
import type { Report } from '../reports';
import { valueName } from './behaviour';
import type { FromMachine, Machine, ToMachine } from './machine';
import type { Random } from './random';
import type { Timeline } from './timeline';
import type { Wire } from './wire';

const askInterval = 20_000;
const silence = 60_000;

export interface LinkPorts {
  readonly machine: Machine;
  readonly wire: Wire;
  readonly timeline: Timeline;
  readonly random: Random;
  /** False once the Host has died. */
  readonly isAlive: () => boolean;
  readonly report: (report: Report) => void;
  readonly onSaved: (attempt: AttemptId) => void;
}

interface Connection {
  heardAt: number;
  /** What is waited for, as orders, and the ids that it was told to stop. */
  readonly awaited: Map<AttemptId, Order>;
  readonly stopping: Set<AttemptId>;
  /** Of a reconciliation: not yet accounted for. */
  readonly unclear: Set<AttemptId>;
  isReconciling: boolean;
}

/** The Host's end of the way to a machine: connects, stays connected, and gives up nothing without proof. */
export class Link {
  private connection: Connection | null = null;
  private isClosed = false;

  constructor(private readonly ports: LinkPorts) {}

  open(): void {
    const { timeline, machine, wire, random } = this.ports;
    timeline.after(random.whole(1, 3000), () => {
      if (!this.ports.isAlive() || this.isClosed) return;
      if (!machine.isUp || machine.isHung || wire.isCut) return this.open();
      this.connected();
    });
  }

  /** It broke, or was broken. The Host notices now or, like any other silence, later. */
  drop(noticed: boolean): void {
    const { connection } = this;
    if (connection === null) return;
    if (noticed) this.lost(connection);
  }

  /** The node was removed. Its last word may come after that. */
  close(): void {
    this.isClosed = true;
    this.connection = null;
    if (this.ports.random.chance(0.5)) this.tellDown('OFFLINE');
  }

  start(order: Order): void {
    this.connection?.awaited.set(order.attempt, order);
    this.send({ kind: 'start', order });
  }

  save(attempt: AttemptId): void {
    if (this.connection?.awaited.has(attempt) === true) this.send({ kind: 'save', attempt });
  }

  stop(attempt: AttemptId): void {
    if (this.connection?.awaited.has(attempt) !== true) return;
    this.connection.stopping.add(attempt);
    this.send({ kind: 'stop', attempt });
  }

  reconcile(orders: readonly Order[]): void {
    const { connection } = this;
    if (connection === null) return;
    connection.isReconciling = true;
    for (const order of orders) {
      connection.unclear.add(order.attempt);
      connection.awaited.set(order.attempt, order);
      this.send({ kind: 'ask', attempt: order.attempt });
    }
    this.account(connection);
  }

  private connected(): void {
    const { machine, timeline, wire } = this.ports;
    const connection: Connection = {
      heardAt: timeline.now,
      awaited: new Map(),
      stopping: new Set(),
      unclear: new Set(),
      isReconciling: false,
    };
    this.connection = connection;
    machine.tell = (message) => wire.carry(() => this.hear(connection, message));
    const { id, capacity, labels } = machine;
    this.ports.report({
      kind: 'nodeUp',
      node: id,
      name: id,
      nodeKind: 'ssh',
      system: 'simulated',
      capacity,
      labels,
    });
    this.askAgain(connection);
  }

  private lost(connection: Connection): void {
    const { random } = this.ports;
    if (!this.isPresent(connection)) return;
    this.connection = null;
    // Back at once, nobody needs to hear of it.
    if (random.chance(0.8)) this.tellDown(random.pick('ERROR', 'OFFLINE', 'STARTING'));
    this.open();
  }

  private tellDown(state: NodeState): void {
    const { report, machine } = this.ports;
    const { id } = machine;
    report({ kind: 'nodeDown', node: id, name: id, nodeKind: 'ssh', state, reason: 'it was lost' });
  }

  private askAgain(connection: Connection): void {
    const { timeline, machine, wire } = this.ports;
    timeline.after(askInterval, () => {
      if (!this.isPresent(connection)) return;
      const isSilent = !machine.isUp || machine.isHung || wire.isCut;
      if (isSilent && timeline.now - connection.heardAt > silence) return this.lost(connection);
      for (const attempt of connection.awaited.keys())
        this.send(connection.stopping.has(attempt) ? { kind: 'stop', attempt } : { kind: 'ask', attempt });
      this.askAgain(connection);
    });
  }

  private send(message: ToMachine): void {
    const { connection } = this;
    const { wire, machine } = this.ports;
    if (connection === null) return;
    wire.carry(() => machine.receive(message, (answer) => wire.carry(() => this.hear(connection, answer))));
  }

  private hear(connection: Connection, message: FromMachine): void {
    if (!this.isPresent(connection)) return;
    connection.heardAt = this.ports.timeline.now;
    const { attempt } = message;
    const order = connection.awaited.get(attempt);
    if (order === undefined) return;
    switch (message.kind) {
      case 'running':
        break;
      case 'never':
        this.send(connection.stopping.has(attempt) ? { kind: 'stop', attempt } : { kind: 'start', order });
        return;
      case 'saved':
        return this.ports.onSaved(attempt);
      case 'value':
        this.ports.report({ kind: 'valueReported', attempt, name: valueName, value: message.value });
        return;
      case 'ended':
        connection.awaited.delete(attempt);
        connection.stopping.delete(attempt);
        this.ports.report({ kind: 'attemptEnded', attempt, end: message.end });
    }
    connection.unclear.delete(attempt);
    this.account(connection);
  }

  private account(connection: Connection): void {
    if (!connection.isReconciling || connection.unclear.size > 0) return;
    connection.isReconciling = false;
    this.ports.report({ kind: 'reconciled', node: this.ports.machine.id });
  }

  private isPresent(connection: Connection): boolean {
    return this.ports.isAlive() && this.connection === connection;
  }
}
