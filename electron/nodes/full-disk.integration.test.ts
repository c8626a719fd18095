import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noRequest } from '../../shared/model/amounts';
import { step } from '../engine/farm-for-tests';
import { attemptId, localNode } from './node-for-tests';
import { FollowedNode } from './reports-for-tests';

const canMount = process.platform === 'linux' && process.getuid?.() === 0;

test.runIf(canMount)('a node whose disk is full takes no work until there is room again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'drover-full-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', folder]);
  const node = new FollowedNode((report) => localNode(folder, report));
  try {
    await node.up();
    const action = {
      kind: 'script',
      text: `while [ -e '${folder}/filler' ]; do sleep 0.05; done; exit 3`,
    } as const;
    writeFileSync(join(folder, 'filler'), Buffer.alloc(180 << 20));
    node.start({
      ...{ attempt: attemptId(1), node: 'local', batch: 'b1', batchName: 'Test', job: 'film', task: 0 },
      step: { ...step({}), action, folder },
      ...{ output: join(folder, 'out'), request: noRequest, placement: null },
    });
    node.node.look();
    const reason = await node.down('ERROR');
    expect(reason).toMatch(/^its disk is full: \d\d MiB are free in /);
    expect(reason).toContain(folder);
    const before = node.reports.count;
    rmSync(join(folder, 'filler'));
    node.node.look();
    await node.up(before);
    expect(await node.end(attemptId(1))).toEqual({ kind: 'exited', code: 3 });
  } finally {
    node.node.close();
    execFileSync('umount', ['-l', folder]);
    rmdirSync(folder);
  }
});
