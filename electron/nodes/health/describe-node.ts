/** What the scheduler and people need to know of a node, taken from its probe. */
import { noCapacity, type Capacity } from '../../../shared/model/amounts';
import type { Probe } from './probe';

const systemNames: Readonly<Record<string, string>> = { Darwin: 'macos', Linux: 'linux', FreeBSD: 'freebsd' };
const architectureNames: Readonly<Record<string, string>> = {
  x86_64: 'x64',
  amd64: 'x64',
  aarch64: 'arm64',
  armv7l: 'arm',
  i686: 'ia32',
  ppc64le: 'ppc64',
};

/** `os:linux`, `os:debian`, `os:debian-12`, `arch:x64`, `gpu:nvidia`, `program:blender`, `blender:4.2`. */
export function labelsOf(probe: Probe): readonly string[] {
  const { system, machine, os } = probe;
  const labels = [`os:${systemNames[system] ?? windowsOr(system)}`];
  if (os.id !== null) labels.push(`os:${os.id}`);
  if (os.id !== null && os.version !== null) labels.push(`os:${os.id}-${os.version}`);
  if (machine !== null) labels.push(`arch:${architectureNames[machine] ?? machine}`);
  for (const { maker } of probe.cards) labels.push(`gpu:${maker}`);
  for (const { name, version } of probe.programs) {
    labels.push(`program:${name}`);
    if (version !== null) labels.push(`${name}:${/^[^.]+(?:\.[^.]+)?/.exec(version)?.[0] ?? version}`);
  }
  return [...new Set(labels.map((label) => label.replaceAll(/[^\w.:+-]/g, '-').slice(0, 64)))];
}

/** Git for Windows calls its system `MINGW64_NT-10.0-19045`. */
const windowsOr = (system: string): string =>
  /^(MINGW|MSYS|CYGWIN)/.test(system) ? 'windows' : system.toLowerCase();

export function capacityOf({ processor, memoryMiB, disk, cards }: Probe): Capacity {
  return {
    ...noCapacity,
    cpu: processor.threads,
    memoryMiB,
    storageMiB: disk?.sizeMiB ?? 0,
    gpu: cards.length,
    // What a task asks for on each device has to be there on whichever it gets.
    gpuMemoryMiB: cards.length === 0 ? 0 : Math.min(...cards.map((card) => card.memoryMiB)),
  };
}

/** For people: `Debian GNU/Linux 12, AMD EPYC`. */
export function systemOf({ os, system, kernel, processor }: Probe): string {
  const name =
    os.name?.replace(/ \([^)]*\)$/, '') ?? [system, kernel].filter((part) => part !== null).join(' ');
  return processor.model === null ? name : `${name}, ${processor.model.replaceAll(/\s+/g, ' ')}`;
}
