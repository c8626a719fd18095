import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The processes below one, and those that carry a word in their environment (where this machine lets one see that). */
export function startedBy(pid: number, mark: string): readonly number[] {
  const children = new Map<number, number[]>();
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  for (const line of all.split('\n')) {
    const [child, parent] = line.trim().split(/\s+/).map(Number);
    if (child === undefined || parent === undefined) continue;
    children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  const below = (parent: number): readonly number[] =>
    (children.get(parent) ?? []).flatMap((child) => [child, ...below(child)]);
  return [...new Set([...below(pid), ...marked(mark)])];
}

/** Empty: it has ended. */
export function commandLine(pid: number): string {
  if (process.platform === 'linux') return ofProcess(`${pid}`, 'cmdline').join(' ').trim();
  return spawnSync('ps', ['-p', `${pid}`, '-o', 'args='], { encoding: 'utf8' }).stdout.trim();
}

function marked(mark: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => ofProcess(name, 'environ').includes(mark))
    .map(Number);
}

/** Empty: it has ended. */
function ofProcess(pid: string, what: 'cmdline' | 'environ'): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
