/** A process that leads its own group, and all that it has started, however deep. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Asks the group to end; false when there is none any more. */
export function askToEnd(leader: number): boolean {
  // Windows has no signal that a program without a window would notice.
  return process.platform === 'win32' || sendTo(-leader, 'SIGTERM');
}

export function endTree(leader: number): void {
  if (process.platform === 'win32') {
    taskkill(leader);
    return;
  }
  // Those that have left the group are found by their parents, which must still be there for that.
  let left = membersOf(leader);
  sendTo(-leader, 'SIGKILL');
  for (let round = 0; left.length > 0 && round < mostRounds; round++) {
    for (const pid of left) sendTo(pid, 'SIGKILL');
    // What was started meanwhile.
    left = membersOf(leader).filter((pid) => !left.includes(pid));
  }
}

const mostRounds = 10;

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

function membersOf(leader: number): readonly number[] {
  const rows = process.platform === 'linux' ? readProc() : readPs();
  const members = new Set([leader]);
  for (const { pid, group, session } of rows) if (group === leader || session === leader) members.add(pid);
  // A set goes on to what is added to it on the way.
  for (const member of members) for (const { pid, parent } of rows) if (parent === member) members.add(pid);
  members.delete(leader);
  return [...members];
}

function readProc(): readonly ProcessRow[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    // A name of a program may have spaces and brackets in it.
    const [, state = '', parent, group, session] =
      /^.*\) (\S) (\d+) (\d+) (\d+) /s.exec(textOf(`/proc/${name}/stat`)) ?? [];
    if (state === '' || 'ZX'.includes(state)) return [];
    return [{ pid: Number(name), parent: Number(parent), group: Number(group), session: Number(session) }];
  });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function readPs(): readonly ProcessRow[] {
  const columns = ['-o', 'pid=', '-o', 'ppid=', '-o', 'pgid='];
  const table = execFileSync('ps', ['-A', ...columns], { encoding: 'latin1' });
  return [...table.matchAll(/^\s*(\d+)\s+(\d+)\s+(\d+)\s*$/gm)].map(([, pid, parent, group]) => ({
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    session: 0,
  }));
}

function taskkill(leader: number): void {
  try {
    execFileSync('taskkill', ['/T', '/F', '/PID', String(leader)], { stdio: 'ignore', windowsHide: true });
  } catch {
    // It has ended by itself.
  }
}

function sendTo(target: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(target, signal);
    return true;
  } catch {
    // It has ended, or has become somebody else's.
    return false;
  }
}
