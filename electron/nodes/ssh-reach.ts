import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentText } from './agent-text';
import { agentVersion } from './agent-protocol';
import { FileCarrier } from './files/carrier';
import { rootThere } from './files/files-there';
import type { Hashes } from './files/hashes';
import { capacityOf, labelsOf, systemOf } from './health/describe-node';
import { readProbe, type Probe } from './health/probe';
import { findThere } from './logs/find-there';
import type { Machine } from './machine';
import { answersOf } from './preflight/question';
import { Unreachable, type AgentFiles, type AgentOwner, type Reach, type Reached } from './reach';
import type * as Connecting from './ssh/connect';
import type { ConnectOptions } from './ssh/connect';
import type { SshConnection } from './ssh/connection';
import { SshFailure, plain } from './ssh/failure';

/** Much to load, and many farms have no other machine: only when one is connected. */
const ssh = (): Promise<typeof Connecting> => import('./ssh/connect');

export interface SshReachOptions extends Omit<ConnectOptions, 'signal'> {
  /** The shipped `agent/` folder. */
  readonly agentFolder: string;
  /** Of the files here. */
  readonly hashes: Hashes;
  /** What is known of it from before; null: nothing. Missing: the same. */
  readonly known?: () => Machine | null;
}

const longestProbe = 20_000;
const longestOnItsWay = 500;
/** Programs tell their versions slowly: who is known already is asked again when it is at work. */
const probeAfter = 2000;

/** A machine that is reached by SSH. Its agent is a command of the one connection to it. */
export class SshReach implements Reach {
  readonly folder = `~/${rootThere}`;
  readonly files = null;
  readonly ask = null;
  private machine: Machine | null = null;

  constructor(
    private readonly address: string,
    private readonly options: SshReachOptions,
  ) {}

  async connect({ host, name, take, nice }: AgentOwner, signal: AbortSignal): Promise<Reached> {
    const { connect } = await ssh();
    const connection = await connect(this.address, { ...this.options, signal }).catch((error: unknown) => {
      throw unreachable(error);
    });
    let probing: NodeJS.Timeout | undefined;
    try {
      const folder = await install(connection, this.options.agentFolder);
      const words = ['agent', host, name, ...(take ? ['take'] : [])];
      const agent = await connection.exec(
        `exec ${nice > 0 ? `nice -n ${nice} ` : ''}sh ${folder}/start.sh ${words.join(' ')}`,
      );
      let complaint = '';
      agent.stderr.on('data', (bytes: Buffer) => (complaint = (complaint + bytes.toString()).slice(-500)));
      // Its attempts hold its output open; what it still said is on its way.
      const ended = Promise.race([agent.ended, agent.exited.then(() => pause(longestOnItsWay))]).then(
        () => `its agent has ended${complaint === '' ? '' : `: ${plain(complaint)}`}`,
      );
      return {
        input: agent.stdin,
        output: agent.stdout,
        ended: Promise.race([connection.closed, ended]),
        files: filesOf(connection),
        places: {
          bin: `"$HOME"/${folder}/bin`,
          runtime: null,
          root: `"$HOME"/${rootThere}`,
          sessions: `"$HOME"/${folder}/session.sh`,
        },
        carrier: new FileCarrier({
          ...{ connection, name: this.address, agentFolder: folder, host },
          hashes: this.options.hashes,
        }),
        ask: async (lines, signal) => {
          const asked = await connection.exec(`exec sh ${folder}/start.sh ask`);
          asked.stderr.resume();
          return answersOf(asked, lines, signal);
        },
        describe: async (onMore) => {
          const look = async (): Promise<Machine> =>
            (this.machine = machineOf(await probe(connection, folder)));
          const known = this.machine ?? this.options.known?.() ?? null;
          if (known === null) return look();
          // When the connection ends before it has answered, the next one asks.
          probing = setTimeout(() => void look().then(onMore, () => {}), probeAfter);
          probing.unref();
          return known;
        },
        close: () => {
          clearTimeout(probing);
          agent.stdin.end();
          connection.close();
        },
      };
    } catch (error) {
      connection.close();
      throw unreachable(error);
    }
  }

  /** Once there and back: what is there, for people who are about to add it. */
  async look(signal: AbortSignal): Promise<Probe> {
    const { connect } = await ssh();
    const connection = await connect(this.address, { ...this.options, signal });
    try {
      return await probe(connection, await install(connection, this.options.agentFolder));
    } finally {
      connection.close();
    }
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Time does not mend a wrong password or a changed host key, and to try again and again does harm. */
function unreachable(error: unknown): unknown {
  if (!(error instanceof SshFailure)) return error;
  const needsPerson = ['configuration', 'hostKey', 'logIn'].includes(error.step);
  return new Unreachable(error.message, needsPerson ? 'person' : 'time');
}

const shipped = [
  ...['start.sh', 'probe.sh', 'ask.sh', 'files.sh'],
  ...['session.sh', 'session-join.sh', 'session-keep.sh', 'session-act.sh'],
  'bin/drover-node',
];

/** Puts this version's files there, if they are not there as they should be. */
async function install(connection: SshConnection, agentFolder: string): Promise<string> {
  const wanted = new Map<string, Buffer>([
    ['agent.sh', Buffer.from(agentText(agentFolder))],
    ...shipped.map((file) => [file, readFileSync(join(agentFolder, file))] as const),
  ]);
  const hash = createHash('sha256');
  for (const bytes of wanted.values()) hash.update(bytes);
  const folder = `${rootThere}/agent/${agentVersion}-${hash.digest('hex').slice(0, 16)}`;
  const files = connection.files();
  const there = await Promise.all([...wanted.keys()].map((file) => files.readFile(`${folder}/${file}`)));
  const missing = [...wanted].filter(([, bytes], index) => there[index]?.equals(bytes) !== true);
  if (missing.length === 0) return folder;
  await files.mkdirs(`${folder}/bin`);
  for (const [file, bytes] of missing)
    await files.writeFile(`${folder}/${file}`, bytes, file.startsWith('bin/') ? 0o755 : 0o644);
  return folder;
}

async function probe(connection: SshConnection, folder: string): Promise<Probe> {
  const { stdout, stderr } = await connection.run(`exec sh ${folder}/start.sh probe`, {
    timeoutMs: longestProbe,
  });
  const found = readProbe(stdout);
  if (found === null)
    throw new SshFailure(
      'shell',
      `The machine did not say what it has: ${plain(stderr) || plain(stdout) || 'it said nothing'}. Check that its user's shell can run sh.`,
    );
  return found;
}

export const machineOf = (probe: Probe): Machine => ({
  capacity: capacityOf(probe),
  labels: labelsOf(probe),
  system: systemOf(probe),
});

const nameOf = (path: readonly string[]): string => [rootThere, ...path].join('/');

function filesOf(connection: SshConnection): AgentFiles {
  const run = async (script: string): Promise<string> =>
    (await connection.run('exec sh -s', { input: script })).stdout;
  return {
    find: (path, text, stretch, most, keep) => findThere(run, nameOf(path), text, stretch, most, keep),
    read: async (path, from, bytes) => {
      const files = connection.files();
      const name = nameOf(path);
      const found = await files.stat(name);
      if (found === null) return null;
      const start = from < 0 ? Math.max(0, found.bytes + from) : Math.min(from, found.bytes);
      const length = Math.min(bytes, found.bytes - start);
      // A look at a log that has not grown costs one round trip.
      const piece = length === 0 ? Buffer.alloc(0) : await files.read(name, start, length);
      return piece === null ? null : { from: start, bytes: piece, size: found.bytes };
    },
  };
}
