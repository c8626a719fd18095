/** How much a task gets: cores, memory, devices, licences; and what Slurm would tell it of that. */
import { isName } from '../schema/values';
import type { JobFields } from '../schema/recipe';
import type { Notes } from './notes';
import type { Options } from './sbatch-fields';
import type { SbatchOption } from './sbatch-options';
import { memoryText, parseDevices, parseGpus, parseSlurmMemory } from './sbatch-values';

type Resources = NonNullable<JobFields['resources']>;
type Mutable = { -readonly [Name in keyof Resources]: Resources[Name] };

export interface Room {
  readonly resources: Resources;
  readonly environment: NonNullable<JobFields['environment']>;
}

export function resourcesOf(options: Options, notes: Notes): Room {
  const resources: Mutable = {};
  const perTask = countOf(options.take('cpus-per-task'), notes);
  const tasks = tasksOf(options, notes);
  const cores = (perTask ?? 1) * (tasks ?? 1);
  if (perTask !== null || tasks !== null) resources.cpu = cores;
  const exclusive = options.take('exclusive');
  if (exclusive !== null) resources.cores = 'exclusive';
  const { gpus, uses } = devicesOf(options, tasks ?? 1, notes);
  if (gpus > 0) resources.gpu = gpus;
  readMemory(options, resources, { cores, gpus }, notes);
  const all = { ...uses, ...licencesOf(options, notes) };
  if (Object.keys(all).length > 0) resources.uses = all;
  return {
    resources,
    environment: {
      ...(perTask === null ? {} : { SLURM_CPUS_PER_TASK: perTask }),
      ...(tasks === null ? {} : { SLURM_NTASKS: tasks, SLURM_NPROCS: tasks }),
      ...{ SLURM_NNODES: 1, SLURM_JOB_NUM_NODES: 1, SLURM_PROCID: 0, SLURM_LOCALID: 0, SLURM_NODEID: 0 },
      ...{ SLURM_CPUS_ON_NODE: cores },
      ...(gpus > 0 ? { SLURM_GPUS: gpus, SLURM_GPUS_ON_NODE: gpus } : {}),
    },
  };
}

/** Processes, all of them on one node. */
function tasksOf(options: Options, notes: Notes): number | null {
  const nodes = options.take('nodes');
  const perNode = countOf(options.take('ntasks-per-node'), notes);
  const tasks = countOf(options.take('ntasks'), notes) ?? perNode;
  const many = nodes === null ? 1 : Number(nodes.value.split('-')[0]);
  if (nodes !== null && !/^\d{1,6}(?:-\d{1,6})?$/.test(nodes.value))
    notes.notCarried(nodes.place, `--nodes=${nodes.value}`, 'a task of Drover runs on one node');
  else if (nodes !== null && many > 1)
    notes.notCarried(
      nodes.place,
      `--nodes=${nodes.value}`,
      `a task of Drover runs on one node, and work of MPI cannot reach over several: all ${tasks === null ? 'its' : tasks} processes run on one, which has to be large enough`,
    );
  return tasks;
}

function countOf(option: SbatchOption | null, notes: Notes): number | null {
  if (option === null) return null;
  if (/^\d{1,5}$/.test(option.value) && Number(option.value) > 0) return Number(option.value);
  return notes.refuse(
    option.place,
    'bad-number',
    `--${option.name}=${option.value} is no number of them; allowed is a whole number above 0`,
  );
}

function readMemory(
  options: Options,
  resources: Mutable,
  { cores, gpus }: { readonly cores: number; readonly gpus: number },
  notes: Notes,
): void {
  for (const [name, factor] of [
    ['mem', 1],
    ['mem-per-cpu', cores],
    ['mem-per-gpu', Math.max(1, gpus)],
  ] as const) {
    const option = options.take(name);
    if (option === null) continue;
    const amount = parseSlurmMemory(option.value);
    if (amount === null)
      notes.refuse(
        option.place,
        'bad-memory',
        `--${name}=${option.value} is no amount of memory; allowed are forms such as 4G and 512M`,
      );
    else if (amount > 0) resources.memory = memoryText(amount * factor);
    else {
      resources.memory = 'max';
      notes.assumed(option.place, `--${name}=0`, 'all memory of the largest node');
    }
  }
  const disk = options.take('tmp');
  const amount = disk === null ? null : parseSlurmMemory(disk.value);
  if (disk !== null && amount === null)
    notes.refuse(
      disk.place,
      'bad-memory',
      `--tmp=${disk.value} is no amount; allowed are forms such as 4G and 512M`,
    );
  else if (amount !== null && amount > 0) resources.storage = memoryText(amount);
}

/** GPUs, and whatever else nodes have. */
function devicesOf(
  options: Options,
  tasks: number,
  notes: Notes,
): { readonly gpus: number; readonly uses: Readonly<Record<string, number>> } {
  let gpus = 0;
  const uses: Record<string, number> = {};
  for (const [name, factor] of [
    ['gres', 1],
    ['gpus', 1],
    ['gpus-per-node', 1],
    ['gpus-per-task', tasks],
  ] as const) {
    const option = options.take(name);
    if (option === null || option.value === 'none') continue;
    const devices = name === 'gres' ? parseDevices(option.value) : parseGpus(option.value);
    if (devices === null) {
      notes.refuse(
        option.place,
        'bad-devices',
        `--${name}=${option.value} is unclear; allowed are forms such as gpu:2, gpu:a100:1 and 2`,
      );
      continue;
    }
    const count = devices
      .filter((device) => device.name === 'gpu')
      .reduce((sum, device) => sum + device.count, 0);
    gpus = Math.max(gpus, count * factor);
    for (const device of devices) {
      if (device.name === 'gpu') {
        if (device.type !== null)
          notes.notCarried(
            option.place,
            `the kind ${device.type} of --${name}`,
            `any GPU will do; give the nodes that have it a label, and write needs: { all: ${device.type} }`,
          );
      } else if (isName(device.name)) {
        uses[device.name] = (uses[device.name] ?? 0) + device.count;
        notes.assumed(
          option.place,
          `--${name}=${option.value}`,
          `nodes need to have ${device.name}, which is said in their settings`,
        );
      } else
        notes.notCarried(option.place, `--${name}=${option.value}`, `${device.name} cannot be a name here`);
    }
  }
  return { gpus, uses };
}

function licencesOf(options: Options, notes: Notes): Readonly<Record<string, number>> {
  const option = options.take('licenses');
  const uses: Record<string, number> = {};
  for (const piece of option?.value.split(/[,;]/) ?? []) {
    const [, name = '', server = '', count = '1'] =
      /^([\w.-]+)(@[\w.-]+)?(?:[:=](\d{1,6}))?$/.exec(piece.trim()) ?? [];
    if (option === null) break;
    if (name === '' || !isName(name))
      notes.notCarried(option.place, `--licenses=${piece}`, 'this is not clear');
    else {
      uses[name] = Number(count);
      notes.assumed(
        option.place,
        `--licenses=${piece}`,
        `the farm's settings say how many of ${name} there are${server === '' ? '' : '; its server is not named in a recipe'}`,
      );
    }
  }
  return uses;
}
