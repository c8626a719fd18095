import { Writable, type Readable } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import { SshFailure } from './failure';

export interface CommandEnd {
  /** Null: it was killed, or the connection was lost and nobody knows. */
  readonly code: number | null;
  /** `SIGKILL` and the like. */
  readonly signal: string | null;
}

/** A command that runs on a node. Its output must be read (or thrown away with `resume`), or it will wait. */
export interface SshCommand {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when it has ended and all that it wrote to stdout was read. */
  readonly ended: Promise<CommandEnd>;
  /** Resolves when it has ended, though what it has started may still hold its output open. */
  readonly exited: Promise<void>;
  /** Is not interested in it any more. It ends when it next writes, or at once if the server passes on signals. */
  stop(): void;
}

export interface RunOptions {
  readonly input?: string | Buffer;
  /** So much of stdout and of stderr each; default 1 MiB. */
  readonly mostBytes?: number;
  /** Default: a minute. */
  readonly timeoutMs?: number;
}

export interface RunResult extends CommandEnd {
  readonly stdout: string;
  readonly stderr: string;
}

const usualMostBytes = 1024 * 1024;
const usualTimeout = 60_000;

export function commandOn(channel: ClientChannel): SshCommand {
  const stdin = new Input(channel);
  channel.on('error', () => stdin.destroy());
  const ended = new Promise<CommandEnd>((done) =>
    channel.once('close', (code?: number | null, signal?: string) => {
      stdin.destroy();
      done({ code: code ?? null, signal: signal ?? null });
    }),
  );
  const exited = new Promise<void>((done) => {
    channel.once('exit', () => done());
    channel.once('close', () => done());
  });
  return {
    stdin,
    stdout: channel,
    stderr: channel.stderr,
    ended,
    exited,
    stop: () => {
      channel.signal('KILL');
      channel.close();
      channel.resume();
      channel.stderr.resume();
    },
  };
}

/** A channel leaves those who write to it waiting when it is closed; this lets them go. */
class Input extends Writable {
  constructor(private readonly channel: ClientChannel) {
    super();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.channel.write(bytes, (error) => (error ? this.destroy() : done()));
  }

  override _final(done: (error?: Error | null) => void): void {
    this.channel.end();
    done();
  }
}

/** Keeps what a short command writes until it ends, within bounds. */
export async function collect(
  beginning: Promise<SshCommand>,
  name: string,
  { input, mostBytes = usualMostBytes, timeoutMs = usualTimeout }: RunOptions,
): Promise<RunResult> {
  let stop = (_why: string): void => {};
  const stopped = new Promise<never>((_, failed) => {
    stop = (why) => {
      failed(new SshFailure('shell', `A command on ${name} ${why} and was stopped.`));
      // It may begin later, when another has made room for it.
      beginning.then((command) => command.stop()).catch(() => {});
    };
  });
  const timer = setTimeout(() => stop(`did not end within ${timeoutMs / 1000} seconds`), timeoutMs);
  const keep = (stream: Readable): readonly Buffer[] => {
    const kept: Buffer[] = [];
    let bytes = 0;
    stream.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= mostBytes) kept.push(piece);
      else stop(`wrote more than ${mostBytes} bytes`);
    });
    return kept;
  };
  try {
    const command = await Promise.race([beginning, stopped]);
    const [stdout, stderr] = [keep(command.stdout), keep(command.stderr)];
    // A command need not read what it is given.
    command.stdin.on('error', () => {});
    command.stdin.end(input);
    const end = await Promise.race([command.ended, stopped]);
    return { ...end, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
  } finally {
    clearTimeout(timer);
  }
}
