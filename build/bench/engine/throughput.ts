/** From the submission to the last completed task, on one core: nothing but the engine. */
import { quantile, type BenchCase, type Measurement } from '../measure';
import { bareLoop, runBareLoop } from './bare';
import { Drive, newCore } from './drive';
import { layeredBatch, type BatchSize } from './farm';

const nodes = 10_000;
const million = 1_000_000;

function drive(size: BatchSize): Drive {
  const done = new Drive(newCore(), nodes);
  done.submit(layeredBatch(size));
  done.run();
  done.check(size.tasks);
  return done;
}

const perTask = (milliseconds: number, tasks: number): number => (1000 * milliseconds) / tasks;
const microseconds = (size: BatchSize): number => perTask(drive(size).spent, size.tasks);
const bestMicroseconds = (times: number, size: BatchSize): number =>
  Math.min(...Array.from({ length: times }, () => microseconds(size)));

function bare(): { readonly microseconds: number; readonly p99: number } {
  const runs = Array.from({ length: 3 }, () => runBareLoop(million));
  return {
    microseconds: perTask(Math.min(...runs.map(({ spent }) => spent)), million),
    p99: Math.min(...runs.map(({ thousands }) => quantile(thousands, 0.99))),
  };
}

export const oneMillion: BenchCase = {
  name: 'million',
  about: '1,000,000 tasks with 2,000,000 edges and 64 classes of requests on 10,000 nodes, submitted to done',
  runs: 3,
  run(): readonly Measurement[] {
    const done = drive({ tasks: million, classes: 64 });
    const loop = bare();
    return [
      {
        case: 'time a task',
        value: perTask(done.spent, million),
        unit: 'µs',
        reference: loop.microseconds,
        against: bareLoop,
        target: { of: 'value', is: 'most', amount: 2.5 },
      },
      {
        case: 'time of a pass, p99',
        value: quantile(done.passes, 0.99),
        unit: 'ms',
        reference: loop.p99,
        against: `p99 of a thousand tasks of ${bareLoop}`,
        target: { of: 'value', is: 'most', amount: 5 },
      },
    ];
  },
};

export const manyClasses: BenchCase = {
  name: 'classes',
  about: 'the same with 1,024 classes of requests',
  runs: 3,
  run(): readonly Measurement[] {
    const reference = microseconds({ tasks: million, classes: 64 });
    const value = microseconds({ tasks: million, classes: 1024 });
    return [
      {
        case: 'time a task, 1,024 classes',
        value,
        unit: 'µs',
        reference,
        against: 'with 64 classes',
        target: { of: 'ratio', is: 'most', amount: 3 },
      },
    ];
  },
};

export const growth: BenchCase = {
  name: 'growth',
  about: 'time a task with 1,000,000 tasks against 100,000',
  runs: 3,
  run(): readonly Measurement[] {
    // The first of them also pays for the compiling, and the shorter ones suffer more from a busy machine.
    const reference = bestMicroseconds(4, { tasks: million / 10, classes: 64 });
    const value = microseconds({ tasks: million, classes: 64 });
    return [
      {
        case: 'time a task, 1,000,000 tasks',
        value,
        unit: 'µs',
        reference,
        against: 'with 100,000 tasks',
        target: { of: 'ratio', is: 'most', amount: 1.5 },
      },
    ];
  },
};

const singles = 3000;

/** What a pass costs however little has happened: most passes of a farm that is not in a hurry. */
export const single: BenchCase = {
  name: 'single',
  about: 'a pass for the end of one task, while 10,000 nodes are full and others wait',
  runs: 3,
  run(): readonly Measurement[] {
    const busy = new Drive(newCore(), nodes);
    busy.submit(layeredBatch({ tasks: million, classes: 64 }));
    busy.run(() => busy.completed >= million / 10);
    const before = busy.passes.length;
    busy.run(() => busy.passes.length - before >= singles, 1);
    const { thousands } = runBareLoop(million);
    return [
      {
        case: 'a pass for one task, median',
        value: 1000 * quantile(busy.passes.slice(before), 0.5),
        unit: 'µs',
        reference: quantile(thousands, 0.5),
        against: `median of one task of ${bareLoop}`,
        target: { of: 'value', is: 'most', amount: 200 },
      },
    ];
  },
};
