/** What steps send to their nodes: whether it can be sent, whether all that they name is in it, and how much it is. */
import { isAbsolute, posix } from 'node:path';
import { aboutStep, type Found } from '../../shared/model/finding';
import { nodesInWords } from '../../shared/model/verdict';
import { Glob } from '../nodes/files/glob';
import { findInputs } from '../nodes/files/inputs';
import { isStagedOn, pathHere, type Look } from './looks';

export interface Sent {
  readonly found: readonly Found[];
  readonly bytes: ReadonlyMap<Look, number>;
}

export async function sentFiles(
  looks: readonly Look[],
  output: string,
  isHere: (path: string) => boolean,
  signal: AbortSignal,
): Promise<Sent> {
  const found: Found[] = [];
  const bytes = new Map<Look, number>();
  for (const look of looks) {
    const { files, folder } = look.step;
    if (files.kind !== 'staged' || !look.nodes.some((node) => isStagedOn(look, node))) continue;
    try {
      const inputs = await findInputs(folder, files.send, output, signal);
      bytes.set(
        look,
        inputs.reduce((sum, input) => sum + input.bytes, 0),
      );
    } catch (error) {
      if (signal.aborted) break;
      // What comes before it may make them.
      if (look.isFirst)
        found.push(...cannotBeSent(look, error instanceof Error ? error.message : String(error)));
    }
    found.push(...notSent(look, files.send, isHere));
  }
  return { found, bytes };
}

function cannotBeSent({ members }: Look, message: string): readonly Found[] {
  return members.map(({ job, step }) => ({
    severity: 'error',
    code: 'files-not-sent',
    about: aboutStep(job, step.name, 'files', 'send'),
    message: message.replace(/\.$/, ''),
    fix: null,
  }));
}

function notSent(look: Look, send: readonly string[], isHere: (path: string) => boolean): readonly Found[] {
  const globs = send.map((pattern) => new Glob(pattern));
  const nodes = look.nodes.filter((node) => isStagedOn(look, node));
  const where = nodesInWords(
    nodes.length,
    nodes.slice(0, 3).map(({ name }) => name),
  );
  return look.wanted.flatMap((wanted, index) => {
    const { kind, name, isSure } = wanted;
    if ((kind !== 'run' && kind !== 'file') || isAbsolute(name) || posix.isAbsolute(name)) return [];
    const isFile = isHere(pathHere(look, wanted));
    const isNamed = isSure && look.isFirst;
    const path = posix.normalize(name.replaceAll('\\', '/'));
    if ((!isFile && !isNamed) || globs.some((glob) => glob.matches(path))) return [];
    const isAll = nodes.length === look.nodes.length && isNamed;
    return look.members.map((member) => ({
      severity: isAll ? ('error' as const) : ('warning' as const),
      code: 'file-missing',
      about: member.wanted[index]?.about ?? aboutStep(member.job, member.step.name),
      message: `${name} is not among the files that are sent, so it will be missing on ${where}`,
      fix: path.startsWith('../')
        ? 'put it into the step’s folder and send it'
        : `send it as well: files: { send: [..., ${path}] }`,
    }));
  });
}
