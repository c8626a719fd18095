/** One run of one case, in a process of its own: a fresh heap, and nothing compiled for other cases. */
import { suites } from './suites';

const [suite = '', name = ''] = process.argv.slice(2);
const found = suites[suite]?.find((candidate) => candidate.name === name);
if (found === undefined) throw new Error(`there is no case ${suite} ${name}`);
const measured = await found.run();
// By hand, such as under `node --cpu-prof out/bench/code/child.js engine million`, there is nobody to send it to.
if (process.send === undefined) console.log(measured);
else process.send(measured);
process.disconnect?.();
