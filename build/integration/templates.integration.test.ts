/** Templates of Open Job Description on the farm: their tasks run as the specification says. */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test, until } from './farm';

const template = (ledger: string): string => `
specificationVersion: jobtemplate-2023-09
name: Frames of {{Param.Shot}}
parameterDefinitions:
  - { name: Shot, type: STRING }
  - { name: Frames, type: STRING, default: 1-4:3 }
  - { name: Scene, type: PATH, objectType: FILE, dataFlow: IN }
  - { name: OutputDir, type: PATH, objectType: DIRECTORY, dataFlow: OUT }
jobEnvironments:
  - name: renderer
    variables: { RENDERER: "{{Session.WorkingDirectory}}/bin" }
    script:
      embeddedFiles:
        - { name: Set, type: TEXT, data: "echo enter >>${ledger}; echo 'openjd_env: QUALITY=high one'\\n" }
        - { name: End, type: TEXT, filename: end.sh, data: "echo leave $QUALITY >>${ledger}\\n" }
      actions:
        onEnter: { command: sh, args: ["{{Env.File.Set}}"] }
        onExit: { command: sh, args: ["{{Env.File.End}}"] }
steps:
  - name: Draw all
    parameterSpace:
      taskParameterDefinitions:
        - { name: Frame, type: INT, range: "{{Param.Frames}}" }
        - { name: Layer, type: STRING, range: [front, "it's back"] }
    script:
      embeddedFiles:
        - name: Run
          type: TEXT
          runnable: true
          data: |
            #!/bin/sh
            [ '{{Param.Shot}}' = "$1" ] && exit 8
            [ "$RENDERER" = "$PWD/bin" ] || exit 9
            cat "{{Param.Scene}}" >"{{Param.OutputDir}}/{{Task.Param.Frame}} $1.txt"
            echo "$QUALITY" >>"{{Param.OutputDir}}/{{Task.Param.Frame}} $1.txt"
      actions:
        onRun: { command: "{{Task.File.Run}}", args: ["{{Task.Param.Layer}}"], timeout: 20 }
  - name: join
    dependencies: [{ dependsOn: Draw all }]
    script:
      actions:
        onRun: { command: sh, args: ["-c", "ls \\"$1\\" >\\"$1/list\\"", sh, "{{Param.OutputDir}}"] }
`;

describe('a template', () => {
  test('runs its steps in a session each, with the values of its parameters', async ({ farm }) => {
    const ledger = join(farm.folder, 'ledger');
    writeFileSync(join(farm.folder, 'scene.txt'), 'a scene\n');
    const file = farm.recipe(template(ledger));
    const scene = join(farm.folder, 'scene.txt');
    const run = await farm.drover('run', file, '-p', `Scene=${scene}`, '-p', 'Shot={{Frame}} $(touch x) "42');
    expect(run).toMatchObject({ status: 0 });
    const [output = ''] = globSync(join(farm.data, 'output/*'));
    expect(readFileSync(join(output, 'list'), 'utf8').split('\n')).toEqual(
      expect.arrayContaining(['1 front.txt', `1 it's back.txt`, '4 front.txt', `4 it's back.txt`]),
    );
    expect(readFileSync(join(output, `4 it's back.txt`), 'utf8')).toBe('a scene\nhigh one\n');
    await until(() => existsSync(ledger) && readFileSync(ledger, 'utf8').split('\n').length >= 5);
    expect(readFileSync(ledger, 'utf8').trim().split('\n').toSorted()).toEqual([
      ...['enter', 'enter', 'leave high one', 'leave high one'],
    ]);
  });
});

describe('a job bundle', () => {
  test('runs with the values that lie in it, or others', async ({ farm }) => {
    const bundle = join(farm.folder, 'bundle');
    mkdirSync(bundle);
    writeFileSync(
      join(bundle, 'template.yaml'),
      `
specificationVersion: jobtemplate-2023-09
name: Bundle
parameterDefinitions:
  - { name: Word, type: STRING }
  - { name: Scene, type: PATH, dataFlow: IN }
  - { name: OutputDir, type: PATH, dataFlow: OUT }
steps:
  - name: draw
    script:
      actions:
        onRun: { command: sh, args: [-c, 'cat "$1"; echo "$2"', sh, "{{Param.Scene}}", "{{Param.Word}}"] }
`,
    );
    writeFileSync(
      join(bundle, 'parameter_values.yaml'),
      'parameterValues: [{ name: Word, value: kept }, { name: Scene, value: scene.txt }]\n',
    );
    writeFileSync(join(bundle, 'scene.txt'), 'of the bundle\n');
    writeFileSync(join(farm.folder, 'scene.txt'), 'of here\n');
    expect(await farm.drover('run', bundle)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/of the bundle\n.*kept\n/),
    });
    expect(
      await farm.drover('run', bundle, '-p', 'Word=other', '-p', `Scene=${join(farm.folder, 'scene.txt')}`),
    ).toMatchObject({ status: 0, out: expect.stringMatching(/of here\n.*other\n/) });
    expect(await farm.drover('check', farm.folder)).toMatchObject({
      status: 2,
      err: expect.stringContaining('no recipe.yaml, template.yaml'),
    });
  });
});

describe('a preset in a recipe', () => {
  test('runs with its values, among them parts of the output folder', async ({ farm }) => {
    const run = await farm.drover(
      'run',
      farm.recipe(`
drover: 1
parameters: { Word: "it's {{Output}} \\"1\\"" }
jobs:
  write:
    preset: shell
    parameters: { Command: 'printf "%s\\n" "{{Word}}" >word', OutputDir: "{{Output}}/one two" }
  read:
    preset: shell
    parameters: { Command: 'cat "{{Output}}/one two/word" >all; pwd >>all' }
    after: write
`),
    );
    expect(run).toMatchObject({ status: 0 });
    const [output = ''] = globSync(join(farm.data, 'output/*'));
    expect(readFileSync(join(output, 'all'), 'utf8')).toBe(`it's {{Output}} 1\n${output}\n`);
  });
});
