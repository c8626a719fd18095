/** A network cable that can be pulled: a namespace of Linux, and a pair of devices between it and this machine. */
import { execFileSync, spawnSync } from 'node:child_process';
import type { Network } from './sshd';

/** To be root is not enough where containers may not change the network. */
export const canPullCables = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const name = `drover-try-${process.pid}`;
  if (spawnSync('ip', ['netns', 'add', name]).status !== 0) return false;
  const works = spawnSync('ip', ['-n', name, 'link', 'set', 'lo', 'up']).status === 0;
  spawnSync('ip', ['netns', 'delete', name]);
  return works;
})();

export class Cable implements Network {
  readonly namespace = `drover-${process.pid}`;
  readonly address: string;
  private readonly device = `dr${process.pid}`;

  constructor() {
    const { namespace, device } = this;
    const network = `10.213.${process.pid % 250}`;
    this.address = `${network}.2`;
    ip('netns', 'add', namespace);
    ip('link', 'add', device, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
    ip('addr', 'add', `${network}.1/30`, 'dev', device);
    ip('-n', namespace, 'addr', 'add', `${this.address}/30`, 'dev', 'eth0');
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
    this.plug();
  }

  pull(): void {
    ip('-n', this.namespace, 'link', 'set', 'eth0', 'down');
  }

  plug(): void {
    ip('link', 'set', this.device, 'up');
    ip('-n', this.namespace, 'link', 'set', 'eth0', 'up');
  }

  remove(): void {
    spawnSync('ip', ['netns', 'delete', this.namespace]);
    spawnSync('ip', ['link', 'delete', this.device]);
  }
}

const ip = (...words: readonly string[]): void => void execFileSync('ip', words);
