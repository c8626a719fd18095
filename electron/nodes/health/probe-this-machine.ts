import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProbe, type Probe } from './probe';

export interface ProbeOptions {
  /** Where the agent keeps its runs. */
  readonly folder: string;
  /** The shipped `agent/` folder. */
  readonly agentFolder: string;
  /** What tasks inherit: programs are looked for where tasks will find them. */
  readonly environment: NodeJS.ProcessEnv;
}

const longestProbe = 10_000;

/** The same look at this machine as at all others; null where there is no `sh`, or it does not answer. */
export function probeThisMachine({ folder, agentFolder, environment }: ProbeOptions): Promise<Probe | null> {
  const script = readFileSync(join(agentFolder, 'probe.sh'), 'utf8');
  return new Promise((resolve) => {
    execFile(
      'sh',
      ['-c', script, 'drover-probe', folder],
      { env: environment, timeout: longestProbe, maxBuffer: 2 ** 22, windowsHide: true },
      (error, answer) => resolve(error === null ? readProbe(answer) : null),
    );
  });
}
