import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { WrittenReport } from '../../shared/ipc/results';
import type { Arguments } from './arguments';
import type { Farm } from './farm';
import { exitStatus, RefusedError, valueOf, type ExitStatus } from './outcome';
import { readersReady } from './run';

/** When it takes longer, it is told why. */
const patience = 3000;

/** Writes the execution report of a batch now, and says where it is. */
export async function report(farm: Farm, what: string, { options, json }: Arguments): Promise<ExitStatus> {
  const folder = options.output === undefined ? null : resolve(options.output);
  const impatient = setTimeout(
    () =>
      console.error(
        'The report is being written; of large results it takes a while to work out the hashes ...',
      ),
    patience,
  );
  const written = await farm.client
    .request('batch.report', { what, folder })
    .finally(() => clearTimeout(impatient))
    .then(valueOf);
  if (json) await printDocument(written);
  else {
    console.log(`${written.batch}  ${written.name}: ${written.state}`);
    console.log(`report: ${written.html}\njson:   ${written.json}`);
  }
  if (options.open === true) await show(written.html);
  return exitStatus.done;
}

/** However long it is. */
async function printDocument({ html, json }: WrittenReport): Promise<void> {
  console.error(`report: ${html}`);
  for await (const piece of createReadStream(json)) {
    process.stdout.write(piece);
    await readersReady();
  }
}

/** With the system's own program for pages. */
async function show(page: string): Promise<void> {
  const [program, ...words] = showCommand(process.platform);
  const child = spawn(program, [...words, page], { stdio: 'ignore', detached: true });
  child.unref();
  const failure = await new Promise<string | null>((done) => {
    // Some stay for as long as the page is open.
    const timer = setTimeout(() => done(null), patience);
    const end = (why: string | null): void => {
      clearTimeout(timer);
      done(why);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (status) => end(status === 0 ? null : `${program} ended with status ${status}`));
  });
  if (failure === null) return;
  throw new RefusedError({
    code: 'failed',
    message: `The report is written, but could not be shown: ${failure}. Open ${page} in a browser.`,
  });
}

export function showCommand(platform: NodeJS.Platform): readonly [program: string, ...words: string[]] {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default:
      return ['xdg-open'];
  }
}
