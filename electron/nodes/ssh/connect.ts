import type { Duplex } from 'node:stream';
import { SshConnection } from './connection';
import { Link, type LinkOptions } from './link';
import { openSocket, openThrough } from './reach';
import { findRoute } from './route';
import type { SettingsSource } from './settings';
import { parseTarget, type SshTarget } from './target';

export interface ConnectOptions extends LinkOptions, SettingsSource {}

/** Connects to a node, by way of other hosts where the SSH configuration says so. Fails with an `SshFailure`. */
export async function connect(target: SshTarget | string, options: ConnectOptions): Promise<SshConnection> {
  const route = await findRoute(typeof target === 'string' ? parseTarget(target) : target, options);
  const links: Link[] = [];
  try {
    for (const settings of route) {
      const before = links.at(-1);
      const open = (): Promise<Duplex> =>
        before === undefined
          ? openSocket(settings, options.signal)
          : openThrough(before, settings, options.signal);
      links.push(await Link.open(open, settings, options));
    }
    const node = links.pop();
    if (node === undefined) throw new Error('a route has at least the node itself');
    return new SshConnection(node, links);
  } catch (error) {
    links.toReversed().forEach((link) => link.close());
    throw error;
  }
}
