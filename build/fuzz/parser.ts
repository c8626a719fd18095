/** What is fuzzed, and what holds for every input. */
import * as fc from 'fast-check';

export interface Outcome {
  readonly accepted: boolean;
}

export interface FuzzedParser {
  readonly name: string;
  /** Of all inputs, beside those of others. */
  readonly share: number;
  /** Null: nothing was found. */
  run(options: RunOptions): Findings;
}

export interface RunOptions {
  readonly runs: number;
  readonly seed: number;
}

export interface Findings {
  readonly inputs: number;
  readonly accepted: number;
  /** Of processor time, after it was tried again if it seemed slow. */
  readonly slowestMs: number;
  /** The shortest input that was found to fail, and how; null: none did. */
  readonly failure: string | null;
}

/** No input may take longer. */
const mostMs = 100;
const tries = 4;

export interface Fuzzed<Input> {
  readonly name: string;
  readonly share?: number;
  readonly inputs: fc.Arbitrary<Input>;
  /** Throws when what comes of the input is not as it must be; true: the input was accepted. */
  parse(this: void, input: Input): boolean;
}

export function fuzzed<Input>({ name, share = 1, inputs, parse }: Fuzzed<Input>): FuzzedParser {
  return {
    name,
    share,
    run({ runs, seed }) {
      let accepted = 0;
      let slowestMs = 0;
      const property = fc.property(inputs, (input) => {
        const { isAccepted, milliseconds } = timed(() => parse(input));
        if (isAccepted) accepted++;
        slowestMs = Math.max(slowestMs, milliseconds);
        if (milliseconds > mostMs)
          throw new Error(`it took ${milliseconds.toFixed(0)} ms, each time of ${tries}`);
      });
      const checked = fc.check(property, { numRuns: runs, seed });
      const failure = checked.failed
        ? `${String(checked.errorInstance)}\n${fc.defaultReportMessage(checked) ?? ''}`
        : null;
      return { inputs: checked.numRuns, accepted, slowestMs, failure };
    },
  };
}

/** Of this thread alone, where that is told. */
export function workedMilliseconds(): number {
  const { user, system } =
    typeof process.threadCpuUsage === 'function' ? process.threadCpuUsage() : process.cpuUsage();
  return (user + system) / 1000;
}

interface Timed {
  readonly isAccepted: boolean;
  readonly milliseconds: number;
}

/** What seems slow is tried again: others use the machine too, and the first of its kind is compiled. */
function timed(parse: () => boolean): Timed {
  let milliseconds = Infinity;
  let isAccepted = false;
  for (let attempt = 0; attempt < tries && milliseconds > mostMs; attempt++) {
    const before = workedMilliseconds();
    isAccepted = parse();
    milliseconds = Math.min(milliseconds, workedMilliseconds() - before);
  }
  return { isAccepted, milliseconds };
}
