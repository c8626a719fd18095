import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { newFolder, noGrace, openStore, problemsOf, restored, workerFile } from './stores-for-tests';

/**
 * Keeps states of a program that change slowly, and small files, and collects most of them now and then. A line
 * for each that is kept (`kept`), and before others are given up (`needs`).
 */
const program = `
const { Worker } = require('node:worker_threads');
const { randomBytes } = require('node:crypto');
const { writeFileSync } = require('node:fs');
const [workerFile, folder, scratch] = process.argv.slice(1);
const worker = new Worker(workerFile, { workerData: { folder, mostBytesASecond: null } });
const waiting = new Map();
let id = 0;
worker.on('message', (message) => waiting.get(message.id)(message.answer));
const ask = (question) => new Promise((resolve, reject) => {
  waiting.set(++id, (answer) => answer.kind === 'trouble' ? reject(new Error(answer.message)) : resolve(answer));
  worker.postMessage({ id, question });
});
const say = (line) => new Promise((said) => process.stdout.write(line + '\\n', said));
let number = 0;
async function keep(path) {
  const { file } = await ask({ kind: 'keepFile', keeping: ++number, path });
  await say('kept ' + file.sha256);
  return file.sha256;
}
(async () => {
  await ask({ kind: 'open' });
  const state = randomBytes(9 << 20);
  for (let round = 1; ; round++) {
    state.set(randomBytes(1 << 20), (round * 991 << 10) % (8 << 20));
    writeFileSync(scratch + '/state', state);
    for (let each = 0; each < 5; each++) writeFileSync(scratch + '/' + each, randomBytes(3000));
    const paths = ['state', 0, 1, 2, 3, 4].map((name) => scratch + '/' + name);
    const kept = await Promise.all(paths.map(keep));
    if (round % 4 !== 0) continue;
    const needed = kept.slice(0, 3);
    await say('needs ' + needed.join(' '));
    await ask({ kind: 'collect', needed: Buffer.from(needed.join(''), 'hex'), keptBefore: Date.now() + 1e6, isTrial: false });
  }
})().catch((error) => { console.error(error); process.exit(1); });
`;

/** Runs the program until it has kept so many, and is killed a moment later. What must be there afterwards. */
async function killedAfter(folder: string, count: number, afterMs: number): Promise<ReadonlySet<string>> {
  const child = spawn(process.execPath, ['-e', program, workerFile, folder, newFolder()], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()));
  const ended = new Promise<string | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  const needed = new Set<string>();
  let kept = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what, ...hashes] = line.split(' ');
    if (what === 'needs') needed.clear();
    else if (++kept === count) void setTimeout(afterMs).then(() => child.kill('SIGKILL'));
    for (const hash of hashes) needed.add(hash);
  }
  expect({ signal: await ended, complaint }).toEqual({ signal: 'SIGKILL', complaint: '' });
  return needed;
}

test(
  'nothing that was kept is lost, or not whole, when the program is killed',
  { timeout: 120_000 },
  async () => {
    const folder = newFolder();
    const earlier = new Set<string>();
    for (let kill = 0; kill < 8; kill++) {
      const needed = await killedAfter(folder, 1 + kill * 7, Math.random() * 60);
      const store = await openStore(folder);
      const problems = await problemsOf(store);
      expect([...problems.values()].filter((problem) => problem !== null)).toEqual([]);
      for (const hash of needed) expect(problems.has(hash)).toBe(true);
      for (const hash of needed) earlier.add(hash);
      // Another program goes on where that one was; only a few are needed any more.
      const few = [...needed].slice(0, 2);
      await store.collect(few, noGrace);
      expect([...(await problemsOf(store))]).toEqual(few.toSorted().map((hash) => [hash, null]));
      for (const hash of few) await restored(store, hash);
      await store.collect([], noGrace);
      expect(await store.usage()).toEqual({ bytes: 0, files: 0, chunks: 0 });
      await store.close();
    }
    expect(earlier.size).toBeGreaterThan(8);
  },
);
