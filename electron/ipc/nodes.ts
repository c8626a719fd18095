/** Requests about machines: adding, removing, reaching and watching them. */
import type { NodeId } from '../../shared/model/ids';
import type { FarmState } from '../engine/state';
import { done } from './done';
import { findNode, Refused } from './find';
import type { Handlers } from './handlers';
import { nodesPicture } from './pictures';

export const nodeHandlers: Handlers<
  | 'node.list'
  | 'node.try'
  | 'node.add'
  | 'node.connect'
  | 'node.remove'
  | 'node.vitals'
  | 'node.setAside'
  | 'node.takeBack'
> = {
  'node.list': (host) => nodesPicture(host),
  'node.try': (host, { address, answers }) => host.visits.visit(address, answers),
  'node.add': async (host, { address, name, answers, why }) => {
    const called = name ?? nameOf(address);
    const trial = await host.visits.visit(address, answers);
    if (trial.kind !== 'found') return trial;
    const node = idFor(host.state, called);
    done(await host.command({ kind: 'addNode', why, node, name: called, address }));
    return trial;
  },
  'node.connect': async (host, { node, answers, takeOver }) => {
    const { id, address } = findNode(host.state, node);
    if (address === null)
      throw new Refused({
        code: 'conflict',
        message: 'This is the machine that Drover runs on: there is no connection to make.',
      });
    const trial = await host.visits.visit(address, answers);
    if (trial.kind === 'found') host.nodes.get(id)?.reconnect(takeOver);
    return trial;
  },
  'node.remove': async (host, { node, why }) => {
    done(await host.command({ kind: 'removeNode', why, node: findNode(host.state, node).id }));
    return {};
  },
  'node.vitals': (host, { node, since }) => ({
    readings: host.nodes.get(findNode(host.state, node).id)?.feeling.history.since(since) ?? [],
  }),
  'node.setAside': async (host, { node, why, until, vacate = false }) => {
    const { id } = findNode(host.state, node);
    done(await host.command({ kind: 'setAside', why, until, node: id }));
    if (vacate) done(await host.command({ kind: 'vacate', why, node: id }));
    return {};
  },
  'node.takeBack': async (host, { node, why }) => {
    done(await host.command({ kind: 'takeBack', why, node: findNode(host.state, node).id }));
    return {};
  },
};

/** `render1` of `anna@render1.studio.lan:2222`. */
function nameOf(address: string): string {
  const host = address.replace(/^[^@]*@/, '').replace(/:\d+$/, '');
  return /^[\d.:[\]]+$/.test(host) ? host : (host.split('.')[0] ?? host);
}

/** Short enough to type, and of none that is there. */
function idFor(state: FarmState, name: string): NodeId {
  const plain =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 40) || 'node';
  for (let number = 1; ; number++) {
    const id = number === 1 ? plain : `${plain}-${number}`;
    if (!state.nodes.has(id) && id !== 'local') return id;
  }
}
