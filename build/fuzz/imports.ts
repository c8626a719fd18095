/** Files of other managers of work: right ones with something changed, and any text. */
import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import type { ImportedFile } from '../../electron/submit/import/draft';
import { importFile } from '../../electron/submit/import/import-file';
import type { ImportFormat } from '../../electron/submit/import/recognise';
import { parseToml, TomlMistake } from '../../electron/submit/import/toml';
import { resolveRecipe } from '../../electron/submit/recipe/recipe';
import { changed } from './changed';
import { fuzzed, type FuzzedParser } from './parser';
import { arePlaced } from './placed';

const sbatch = `#!/bin/bash -l
#SBATCH -J melt -t 1-12:30:00 --mem=4G --array=0-99:2%4 # comment
#SBATCH -c 8 -n 2 --gres=gpu:a100:2,shard:1 -p night,long -C "a&b" --licenses=x@y:2
#SBATCH --export=ALL,A=1 --begin=2026-12-01T18:00 --mail-type=END --nodes=1-2 --nice
cd "$SLURM_SUBMIT_DIR"; srun ./melt $SLURM_ARRAY_TASK_ID $SLURM_FOO
docker ps --format '{{json .}} {{name}}'
`;

const flamenco = JSON.stringify(
  {
    name: 'Shot 042',
    type: 'simple-blender-render',
    priority: 80,
    settings: {
      blender_cmd: '{blender}',
      blendfile: '{shared}/a.blend',
      frames: '1-10, 20-30x2',
      chunk_size: 5,
      format: 'PNG',
      image_file_extension: '.png',
      fps: 24,
      render_output_path: '/renders/{timestamp}/######',
    },
    metadata: { project: 'x' },
  },
  null,
  1,
);

const jobInfo = `Plugin=CommandLine
Name=Shot 042
Frames=1-100x5,200
ChunkSize=2
Priority=90
Pool=gpu
MachineLimit=4
TaskTimeoutMinutes=90
LimitGroups=a,b
EnvironmentKeyValue0=A=b
ScheduledStartDateTime=01/12/2026 18:00
JobDependencies=5f1e
`;
const pluginInfo = `Executable=/bin/echo
Arguments=-s <STARTFRAME%4> "two words" <QUOTE>a<QUOTE> {{x}}
SceneFile=a.blend
ScriptFile=a.py
`;

const hyperqueue = `name = "pipeline"
[[task]]
id = 12
command = ["/bin/bash", "-c", """echo \\
  {{x}}""", 'a'] # all
time_limit = "1m 10s"
env = { "A" = "1", B = 2.5 }
[[task.request]]
resources = { "cpus" = "4 compact!", lic = 2 }
[[task]]
command = ["sleep", "1"]
deps = [12]
[array]
ids = "1-2"
entries = ["a", "b"]
command = ["x"]
`;

const parallel = `parallel -j 4 --timeout 2h --colsep , 'convert {1} {2/.} {#} {{x}}' ::: a/b.c,x {1..3},y :::+ 1 2 :::: list > out\n`;
const piped = 'seq 1 2 9 | parallel -k echo {} {.} ::: "a b" c\n';

/** True when a recipe was made of it, which is right then. */
function read(files: readonly [ImportedFile, ...ImportedFile[]], from?: ImportFormat, run?: string): boolean {
  const imported = importFile(files, { from, run });
  const texts = Object.fromEntries(files.map(({ name, text }) => [name, text.replaceAll(/\r\n?/g, '\n')]));
  if (!imported.ok) {
    arePlaced(imported.problems, texts);
    return false;
  }
  const remarks = [...imported.notCarried, ...imported.assumed];
  for (const { message, line, column, file, what } of remarks) {
    assert(message !== '' && what !== '' && column > 0);
    assert(texts[file]?.split(/\n/)[line - 1] !== undefined, `there is no line ${line}`);
  }
  const beside = new Map(files.map(({ name, text }) => [resolve('/w', name), text]));
  const input = { text: imported.recipe, file: 'r.yaml', folder: resolve('/w'), recipe: null };
  const resolved = resolveRecipe(input, {}, [], beside);
  assert(resolved.ok, imported.recipe);
  return true;
}

const like = (...right: readonly [string, ...string[]]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...right) },
    { weight: 8, arbitrary: fc.constantFrom(...right).chain(changed) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  );

const importParser = (
  name: ImportFormat,
  right: readonly [string, ...string[]],
  others: readonly ImportedFile[] = [],
): FuzzedParser =>
  fuzzed({
    name: `import-${name}`,
    inputs: like(...right),
    parse: (text) => read([{ name: 'job.txt', text }, ...others], name, 'x {{Mass}}'),
  });

const firstLine = '#!/bin/sh\n#SBATCH ';
const list = { name: 'list', text: 'a,1\nb,2\n' };

export const importParsers: readonly FuzzedParser[] = [
  importParser('sbatch', [sbatch, `${firstLine}-J x\ntrue\n`]),
  importParser('flamenco', [flamenco]),
  importParser('hyperqueue', [hyperqueue]),
  importParser('parallel', [parallel, piped], [list]),
  importParser('table', ['Mass,Name\n1,"a, b"\n', '[{ "Mass": 1, "N (kg)": "{{x}}" }]', 'Mass;Mass\n1;2\n']),
  fuzzed({
    name: 'import-deadline',
    inputs: fc.record({
      job: like(jobInfo),
      plugin: like(pluginInfo),
      kind: fc.constantFrom('CommandLine', 'Blender', 'Python', 'Nuke'),
    }),
    parse: ({ job, plugin, kind }) =>
      read(
        [
          { name: 'job', text: job.replace('CommandLine', kind) },
          { name: 'plugin', text: plugin },
        ],
        'deadline',
      ),
  }),
  fuzzed({
    name: 'import-any',
    inputs: fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      like(sbatch, flamenco, jobInfo, hyperqueue, parallel),
    ),
    parse: (text) => read([{ name: 'job.txt', text }]),
  }),
  fuzzed({
    name: 'toml',
    inputs: like(hyperqueue, "a = [1, 2.5e3, [true], { b = \"\\u00e9\" }]\n[x.y]\nz = '''a'''\n"),
    parse(text) {
      try {
        return parseToml(text).entries.size > 0;
      } catch (error) {
        assert(error instanceof TomlMistake);
        return false;
      }
    },
  }),
];

assert(read([{ name: 'a.sh', text: sbatch }]), 'what is changed is right');
assert(read([{ name: 'a.json', text: flamenco }]), 'what is changed is right');
assert(read([{ name: 'a.toml', text: hyperqueue }]), 'what is changed is right');
