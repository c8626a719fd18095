/** Open Job Description templates are checked: the largest that is shipped, and one of many steps. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { createJob } from '../../../electron/submit/openjd/job';
import type { Template } from '../../../electron/submit/openjd/model';
import { parseTemplate } from '../../../electron/submit/openjd/template';
import { workedMilliseconds, type BenchCase, type Measurement } from '../measure';

const presets = resolve('resources', 'presets');
const warm = 60;
const times = 40;

export const templateChecks: BenchCase = {
  name: 'templates',
  about: 'the largest template of the presets, and one of 50 steps, are checked',
  runs: 3,
  run(): readonly Measurement[] {
    const shipped = readdirSync(presets, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => ({ name, text: readFileSync(join(presets, name, 'template.yaml'), 'utf8') }))
      .toSorted((a, b) => b.text.length - a.text.length);
    const [largest] = shipped;
    if (largest === undefined) throw new Error(`there is no template in ${presets}`);
    const many = manySteps(50);
    const made = makeJob(checked(many));
    return [
      measured(
        `check of the template of ${largest.name}${sizeOf(largest.text)}`,
        largest.text,
        () => checked(largest.text),
        20,
      ),
      measured(`check of a template of 50 steps${sizeOf(many)}`, many, () => checked(many), 20),
      measured('and its job, of 50 million tasks', many, made, 5),
    ];
  },
};

const sizeOf = (text: string): string => `, ${(text.length / 1000).toFixed(0)} kB`;

function measured(name: string, text: string, work: () => unknown, most: number): Measurement {
  return {
    case: name,
    value: timeOf(work),
    unit: 'ms',
    reference: timeOf(() => void parse(text)),
    against: 'the same text only read as YAML',
    target: { of: 'value', is: 'most', amount: most },
  };
}

function timeOf(work: () => unknown): number {
  for (let i = 0; i < warm; i++) work();
  const worked = workedMilliseconds();
  for (let i = 0; i < times; i++) work();
  return (workedMilliseconds() - worked) / times;
}

function checked(text: string): Template {
  const parsed = parseTemplate(text, { file: 'template.yaml' });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.template;
}

function makeJob(template: Template): () => void {
  return () => {
    if (template.kind !== 'job') throw new Error('it is no job template');
    const created = createJob(template, {
      environments: [],
      parameters: { Scene: '/scene.blend' },
      templateFolder: '/templates',
      folder: '/work',
    });
    if (!created.ok || created.job.steps[0]?.space.taskCount !== 1_000_000n)
      throw new Error('not every task is there');
  };
}

function manySteps(count: number): string {
  const steps = Array.from(
    { length: count },
    (_, index) => `  - name: Layer${index}
${index === 0 ? '' : `    dependencies: [{ dependsOn: Layer${index - 1} }]\n`}    parameterSpace:
      taskParameterDefinitions:
        - { name: Frame, type: INT, range: "1-{{Param.Frames}}" }
        - { name: Side, type: STRING, range: [left, right] }
      combination: Side * Frame
    hostRequirements:
      amounts: [{ name: amount.worker.vcpu, min: 4 }]
    script:
      actions:
        onRun:
          command: bash
          args: ["{{Task.File.Run}}", "{{Task.Param.Frame}}"]
          timeout: 3600
      embeddedFiles:
        - name: Run
          type: TEXT
          data: |
            set -e
            render --layer ${index} --scene "{{Param.Scene}}" --side {{Task.Param.Side}} --frame "$1"
`,
  );
  return `specificationVersion: jobtemplate-2023-09
name: Film
parameterDefinitions:
  - { name: Scene, type: PATH, objectType: FILE, dataFlow: IN }
  - { name: Frames, type: INT, minValue: 1, default: 500000 }
steps:
${steps.join('')}`;
}
