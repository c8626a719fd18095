import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Person } from '../../build/integration/sshd/person';
import { Place } from '../../build/integration/sshd/place';
import { hasSshd, type SshdServer } from '../../build/integration/sshd/sshd';
import { noCapacity, noRequest } from '../../shared/model/amounts';
import { anyFile, usualKeep, type CheckpointRule } from '../../shared/model/checkpoint';
import type { AttemptId } from '../../shared/model/ids';
import type { MadeRule } from '../../shared/model/making';
import type { Order } from '../engine/effects';
import { step } from '../engine/farm-for-tests';
import type { AgentNode } from './agent-node';
import { Hashes } from './files/hashes';
import { agentFolder, attemptId, nodeReachedBy } from './node-for-tests';
import type { Machine } from './machine';
import { Reports } from './reports-for-tests';
import { SshReach } from './ssh-reach';

let place: Place;
let server: SshdServer;
let nodes: AgentNode[] = [];
beforeEach(async () => {
  place = new Place();
  server = await place.servers.start();
  place.configure(place.alias('render1', server));
});
afterEach(async () => {
  for (const node of nodes.splice(0)) node.close();
  await place.close();
});

function node(reports: Reports, known?: () => Machine): AgentNode {
  const { home, knownHostsFile } = place;
  const options = {
    ...(known && { known }),
    agentFolder,
    home,
    knownHostsFile,
    environment: {},
    asks: new Person(),
    hashes: new Hashes(),
  };
  const made = nodeReachedBy(new SshReach('render1', options), reports.take, { node: 'render1' });
  nodes.push(made);
  made.open();
  return made;
}

const rule: CheckpointRule = {
  ...{ files: ['x'], folder: null, together: false, type: 'FULL', whole: anyFile, at: null, resumed: null },
  keep: usualKeep,
};
const order = (attempt: AttemptId, text: string): Order => ({
  ...{ attempt, node: 'render1', batch: 'b1', batchName: 'Test', job: 'film', task: 0 },
  step: { ...step({}), action: { kind: 'script', text }, folder: server.home },
  ...{ output: join(server.home, 'out'), request: noRequest, placement: null },
});

describe.skipIf(!hasSshd)('a node over SSH (with sshd)', () => {
  test('tells what it has, runs what it is given, and its log can be read', async () => {
    const reports = new Reports();
    const link = node(reports);
    const up = await reports.first('nodeUp');
    expect(up.capacity.cpu).toBeGreaterThan(0);
    expect(up.labels).toContain('os:linux');
    link.reconcile([]);
    link.start(order(attemptId(1), 'echo "in $PWD"; echo "$DROVER_PARAM_Output"; exit 3'));
    const { end, usage } = await reports.first('attemptEnded');
    expect(end).toEqual({ kind: 'exited', code: 3 });
    expect(usage?.wallMs).toBeGreaterThanOrEqual(0);
    const log = await link.readLog(attemptId(1), 0, 1000);
    expect(log.bytes.toString()).toBe(`in ${server.home}\n${join(server.home, 'out')}\n`);
    expect((await link.readLog(attemptId(1), -5, 1000)).bytes.toString()).toBe('/out\n');
    expect((await link.readLog(attemptId(9), 0, 1000)).size).toBe(0);
  });

  test('that is known works at once, and is asked afterwards what it has by now', async () => {
    const reports = new Reports();
    const link = node(reports, () => ({
      capacity: { ...noCapacity, cpu: 1000 },
      labels: ['blender:2.8'],
      system: 'Debian 9',
    }));
    expect(await reports.first('nodeUp')).toMatchObject({ labels: ['blender:2.8'], system: 'Debian 9' });
    link.reconcile([]);
    link.start(order(attemptId(1), 'exit 3'));
    expect((await reports.first('attemptEnded')).end).toEqual({ kind: 'exited', code: 3 });
    const { capacity, labels } = await reports.first('nodeUp', ({ system }) => system !== 'Debian 9');
    expect(capacity.cpu).toBeLessThan(1000);
    expect(labels).toContain('os:linux');
  });

  test('asks what runs there to save its work: by a signal, or by a command beside it', async () => {
    const reports = new Reports();
    const link = node(reports);
    await reports.first('nodeUp');
    link.reconcile([]);
    const saved = join(server.home, 'saved');
    const work = `trap 'echo signal >>${saved}' USR1; echo listening; until [ -e ${server.home}/go ]; do sleep 0.05; done`;
    const asked = (attempt: AttemptId, made: MadeRule): Order => {
      const one = order(attempt, work);
      return { ...one, step: { ...one.step, checkpoints: { ...rule, made } } };
    };
    const isInLog = async (attempt: AttemptId, text: string): Promise<void> => {
      while (!(await link.readLog(attempt, 0, 1000)).bytes.toString().includes(text));
    };
    link.start(asked(attemptId(1), { kind: 'signal', signal: 'USR1', everyMs: null }));
    await isInLog(attemptId(1), 'listening');
    link.save(attemptId(1));
    while (!exists(saved)) await new Promise((done) => setTimeout(done, 20));
    expect(readFileSync(saved, 'utf8')).toBe('signal\n');

    const action = { kind: 'command', argv: ['echo', "it's {{Job}};", '{{Output}}'] } as const;
    link.start(asked(attemptId(2), { kind: 'command', action, timeoutMs: 60_000, everyMs: null }));
    await isInLog(attemptId(2), 'listening');
    link.save(attemptId(2));
    await isInLog(attemptId(2), `it's film; ${join(server.home, 'out')}`);
    link.start(order(attemptId(3), `: >${server.home}/go`));
    for (const attempt of [attemptId(1), attemptId(2)])
      expect((await reports.first('attemptEnded', (one) => one.attempt === attempt)).end).toEqual({
        kind: 'exited',
        code: 0,
      });
  });

  test('work goes on while nobody is connected, and is taken over with its result', async () => {
    const first = new Reports();
    const link = node(first);
    await first.first('nodeUp');
    link.reconcile([]);
    const ledger = join(server.home, 'ledger');
    const wait = order(
      attemptId(1),
      `echo once >>${ledger}; while [ ! -e ${server.home}/go ]; do sleep 0.05; done; exit 5`,
    );
    link.start(wait);
    while (!(await link.readLog(attemptId(1), 0, 1)) || !exists(ledger))
      await new Promise((done) => setTimeout(done, 20));
    link.close();

    const second = new Reports();
    const again = node(second);
    await second.first('nodeUp');
    again.reconcile([wait, order(attemptId(2), 'exit 6')]);
    await second.first('reconciled');
    again.start(order(attemptId(3), `: >${server.home}/go`));
    expect((await second.first('attemptEnded', ({ attempt }) => attempt === attemptId(1))).end).toEqual({
      kind: 'exited',
      code: 5,
    });
    expect((await second.first('attemptEnded', ({ attempt }) => attempt === attemptId(2))).end).toMatchObject(
      {
        code: 6,
      },
    );
    expect(readFileSync(ledger, 'utf8')).toBe('once\n');
  });
});

function exists(file: string): boolean {
  try {
    return readFileSync(file, 'utf8') !== '';
  } catch {
    return false;
  }
}
