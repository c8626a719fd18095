/** `npm run chaos -- --kills 200 --tasks 2000 --nodes 4 --proofs 1 --seed N`. */
import { resolve } from 'node:path';
import { killAgainAndAgain } from './kills';
import { proveAll } from './programs/prove-all';

const [kills = 0, tasks = 0, nodes = 0, proofs = 0, seed = 0] = process.argv.slice(2).map(Number);
const cli = resolve(import.meta.dirname, '../main/cli.js');

console.log(`${kills} kills of the Host in a run of ${tasks} tasks on ${nodes} nodes, seed ${seed}`);
const result = await killAgainAndAgain({ kills, tasks, nodes, seed, cli, tell: console.log });
console.log(
  `${result.kills} kills, ${tasks} tasks in ${result.seconds} s; by node: ${result.shares.join(', ')}; ` +
    `${result.neverBegan} attempts were proven never to have begun`,
);
for (const complaint of result.complaints) console.error(`  ✗ ${complaint}`);
console.log(
  result.complaints.length === 0 ? 'Every task ran exactly once.' : `Not every task ran exactly once.`,
);
const failed = await proveAll({ rounds: proofs, seed, cli, tell: console.log });
process.exitCode = result.complaints.length + failed === 0 ? 0 : 1;
