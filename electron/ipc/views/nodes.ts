import type { NodesPicture } from '../../../shared/ipc/nodes';
import type { Fact } from '../../engine/facts';
import type { Changes } from '../../engine/reduce/changes';
import type { Host } from '../../host';
import { nodesPicture } from '../pictures';
import type { LiveView } from './view';

/** How often nodes are asked how they feel while somebody looks. */
const interval = 2000;

export class NodesView implements LiveView {
  constructor(private readonly host: Host) {}

  picture(): NodesPicture {
    return nodesPicture(this.host);
  }

  note(_facts: readonly Fact[], changes: Changes): boolean {
    return changes.nodes;
  }

  delta(): NodesPicture {
    this.host.nodes.look();
    return nodesPicture(this.host);
  }

  again(): number {
    return interval;
  }
}
