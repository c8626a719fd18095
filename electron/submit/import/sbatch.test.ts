import { expect, test } from 'vitest';
import { imported, refusedFor } from './imports-for-tests';

const script = `#!/bin/bash -l
#SBATCH --job-name=melt
#SBATCH -t 1-12:30:00 --mem 4G   # two in a line
#SBATCH --array=0-99:2%4
#SBATCH -c 8
#SBATCH --gres=gpu:a100:2
#SBATCH --partition=night,long
#SBATCH -C "haswell&ssd"
#SBATCH --mail-type=END,FAIL
#SBATCH --mail-user=anna@example.org
#SBATCH --output=melt-%A_%a.out

# What it does
module load melt
cd "$SLURM_SUBMIT_DIR"
srun ./melt --threads $SLURM_CPUS_PER_TASK --part $SLURM_ARRAY_TASK_ID
docker ps --format '{{ json .Names }} {{name}}'
`;

test('an array with what it needs, and the script as it is', () => {
  const { batch, lost, assumed, recipe } = imported('melt.sbatch', script);
  const [job] = batch.jobs;
  expect(batch).toMatchObject({ name: 'melt', notify: ['COMPLETED', 'FAILED'] });
  expect(job).toMatchObject({
    name: 'melt',
    most: 4,
    steps: [
      {
        space: { kind: 'frames', ranges: [{ first: 0, step: 2, count: 50 }] },
        request: { cpu: 8, memoryMiB: 4096, gpu: 2 },
        timeoutMs: (36 * 60 + 30) * 60_000,
        needs: { allOf: ['haswell', 'ssd'], pools: ['night', 'long'] },
        environment: {
          SLURM_JOB_NAME: 'melt',
          SLURM_CPUS_PER_TASK: '8',
          SLURM_ARRAY_TASK_ID: '{{Frame}}',
          SLURM_ARRAY_TASK_COUNT: '50',
        },
        parameters: { Braces: '{{' },
        action: {
          kind: 'command',
          argv: [
            'bash',
            '-l',
            '-c',
            `export SLURM_SUBMIT_DIR="$PWD"\n${script.slice(script.indexOf('# What'))}`
              .replace('{{ json', '{{Braces}} json')
              .replace('{{name', '{{Braces}}name'),
          ],
        },
      },
    ],
  });
  expect(lost).toEqual([
    '6:9 the kind a100 of --gres',
    '10:9 --mail-user=anna@example.org',
    '11:9 --output=melt-%A_%a.out',
    '16:1 srun',
  ]);
  expect(assumed).toEqual(['7:9 --partition=night,long', '8:9 --constraint=haswell&ssd', '9:9 --mail-type']);
  expect(recipe).toContain(
    '# yaml-language-server: $schema=recipe.json\n# Made from melt.sbatch, an sbatch script.\n',
  );
});

test('all ways to write times, memory and processes', () => {
  const stepOf = (...options: readonly string[]) =>
    imported('a.sh', ['#!/bin/sh', ...options.map((each) => `#SBATCH ${each}`), 'true', ''].join('\n')).batch
      .jobs[0]?.steps[0];
  const timeout = (text: string): number | null | undefined => stepOf(`--time=${text}`)?.timeoutMs;
  expect(['90', '1:30', '1:00:30', '2-12', '1-0:5', '1-0:0:7', 'UNLIMITED'].map(timeout)).toEqual(
    [5400, 90, 3630, 60 * 3600, 86_400 + 300, 86_400 + 7, null].map((each) =>
      each === null ? null : each * 1000,
    ),
  );
  const memory = (...options: readonly string[]): number | undefined => stepOf(...options)?.request.memoryMiB;
  expect(['--mem=512', '--mem=2G', '--mem=100K', '--mem 1T'].map((each) => memory(each))).toEqual([
    512,
    2048,
    1,
    1024 ** 2,
  ]);
  expect(memory('--mem-per-cpu=1G -n 4', '-c2')).toBe(8192);
  expect(stepOf('-n 4 -c 2')?.request.cpu).toBe(8);
  expect(stepOf('--ntasks-per-node=6')?.request.cpu).toBe(6);
  expect(stepOf('--licenses=matlab:2,ansys@lm', '--gpus=3')?.request).toMatchObject({
    gpu: 3,
    special: { matlab: 2, ansys: 1 },
  });
  expect(stepOf('--exclusive')?.request.cores).toBe('exclusive');
  expect(stepOf('--export=ALL,A=1,B=x{{y}}')?.environment).toMatchObject({ A: '1', B: 'x{{Braces}}y}}' });
});

test('what cannot be carried over is told, each with its line', () => {
  const text = `#!/bin/sh
#SBATCH -J "two words" --nodes=4 -n 128
#SBATCH --dependency=afterok:123:124
#SBATCH --begin=now+1hour
#SBATCH --qos=high -H
#SBATCH --frobnicate=7
mpirun ./solve $SLURM_TASK_PID
#SBATCH --mem=1G
`;
  const { lost, assumed, batch } = imported('s.sh', text);
  expect(lost).toEqual([
    '2:24 --nodes=4',
    '3:9 --dependency=afterok:123:124',
    '4:9 --begin=now+1hour',
    '5:9 --qos=high',
    '5:20 --hold',
    '6:9 --frobnicate=7',
    '7:17 SLURM_TASK_PID',
    '8:1 #SBATCH --mem=1G',
  ]);
  expect(assumed).toEqual(['7:1 mpirun']);
  expect(batch).toMatchObject({ name: 'two words', jobs: [{ name: 'two-words' }] });
});

test('what is wrong is told with its place', () => {
  const problem = (...lines: readonly string[]) => refusedFor('a.sh', ['#!/bin/bash', ...lines].join('\n'));
  expect(problem('#SBATCH --array=5-1', 'x')).toEqual(['2:9 bad-array']);
  expect(problem('#SBATCH --time=soon --mem=much', 'x')).toEqual(['2:9 bad-time', '2:21 bad-memory']);
  expect(problem('#SBATCH -J "open', 'x')).toEqual(['2:1 bad-syntax']);
  expect(problem('#SBATCH --time')).toEqual(['2:9 missing-value']);
  expect(problem('#SBATCH --mem=1G')).toEqual(['1:1 empty']);
  expect(problem('#SBATCH --array=5-1', '#SBATCH --cpus-per-task', '#SBATCH --time=soon', 'x')).toEqual([
    '2:9 bad-array',
    '3:9 missing-value',
    '4:9 bad-time',
  ]);
  expect(problem('#SBATCH hetjob', 'x')).toEqual(['2:1 unsupported']);
});

test('a script in Python goes to Python', () => {
  const { batch } = imported('a.py', '#!/usr/bin/env python3\n#SBATCH -c 2\nimport os\nprint(os.getcwd())\n');
  expect(batch.jobs[0]?.steps[0]?.action).toEqual({
    kind: 'command',
    argv: ['python3', '-c', 'import os\nprint(os.getcwd())\n'],
  });
});

test('an option that is empty is told as it is written', () => {
  const { lost } = imported('melt.sbatch', '#!/bin/sh\n#SBATCH -c 2 ""\n./melt\n');
  expect(lost).toEqual(['2:14 ""']);
});
