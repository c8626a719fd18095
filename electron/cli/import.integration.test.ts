import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cli } from '../../build/integration/farm';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drover-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function drover(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, ...words, '--data', join(folder, 'data')],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

const script =
  '#!/bin/bash\n#SBATCH --array=1-3\n#SBATCH --qos=high\necho "part $SLURM_ARRAY_TASK_ID {{x}}"\n';

test('a script becomes a recipe that runs as the script did', () => {
  writeFileSync(join(folder, 'melt.sh'), script);
  const made = drover('import', 'melt.sh', '--output', 'melt.yaml');
  expect(made).toMatchObject({ status: 0, stdout: '' });
  expect(made.stderr).toContain('melt.sh:3:9: --qos=high is not carried over');
  const ran = drover('run', 'melt.yaml');
  expect(ran.status).toBe(0);
  for (const part of [1, 2, 3]) expect(ran.stdout).toContain(`part ${part} {{x}}\n`);
});

test('what is there stays, unless it is meant', () => {
  writeFileSync(join(folder, 'melt.sh'), script);
  writeFileSync(join(folder, 'melt.yaml'), 'mine');
  const refused = drover('import', 'melt.sh', '--output', 'melt.yaml');
  expect(refused).toMatchObject({ status: 2 });
  expect(refused.stderr).toContain('--force');
  expect(readFileSync(join(folder, 'melt.yaml'), 'utf8')).toBe('mine');
  expect(drover('import', 'melt.sh', '--output', 'melt.yaml', '--force').status).toBe(0);
  expect(readFileSync(join(folder, 'melt.yaml'), 'utf8')).toContain('drover: 1');
  expect(readdirSync(folder).toSorted()).toEqual(['melt.sh', 'melt.yaml']);
});

test('to stdout, as JSON, and where a recipe is expected', () => {
  writeFileSync(join(folder, 'melt.sh'), script);
  const plain = drover('import', 'melt.sh');
  const [, schema = ''] = /^# yaml-language-server: \$schema=(.*)$/m.exec(plain.stdout) ?? [];
  expect(existsSync(schema)).toBe(true);
  const told: unknown = JSON.parse(drover('import', 'melt.sh', '--json').stdout);
  expect(told).toMatchObject({
    format: 'sbatch',
    recipe: plain.stdout,
    notCarried: [{ line: 3, what: '--qos=high' }],
  });
  const checked = drover('check', 'melt.sh');
  expect(checked).toMatchObject({ status: 2 });
  expect(checked.stderr).toContain('melt.sh:1:1: this is an sbatch script: drover import');
  expect(drover('import', 'missing.sh').status).toBe(2);
  expect(drover('import', 'melt.sh', '--from', 'slurm').stderr).toContain('allowed are sbatch');
});
