import { describe, expect, test } from 'vitest';
import type { CheckpointRule } from '../../shared/model/checkpoint';
import { sharedFiles } from '../../shared/model/files';
import { programsOf, risksOf, type Continuation, type StepThen } from './compatibility';
import { ruleFor } from './saving-for-tests';

const then = (
  values: StepThen['values'],
  more: Partial<CheckpointRule> = {},
  text = 'gmx mdrun',
): StepThen => ({
  step: {
    action: { kind: 'script', text },
    checkpoints: ruleFor(['{{Name}}.cpt'], more),
    ...{ environment: {}, files: sharedFiles, folder: '/' },
  },
  values,
});

const file = (bytes: number) => [{ path: 'run.cpt', bytes, hash: '' }];
const known: Continuation = {
  checkpoint: { id: 'c2', type: 'FULL', files: file(1000), programs: ['gmx:2023.3'] },
  before: { id: 'c1', files: file(1000) },
  was: then({ Name: 'run', Steps: '100' }),
  is: then({ Name: 'run', Steps: '100' }),
  nodes: [{ name: 'here', labels: ['program:gmx', 'gmx:2023.3'] }],
  earlier: [],
  changedInputs: [],
  room: null,
};

const risks = (more: Partial<Continuation>): readonly string[] =>
  risksOf({ ...known, ...more }).map(({ level, text }) => `${level}: ${text}`);

describe('going on from a checkpoint', () => {
  test('as it was, where it was, is not risky', () => {
    expect(risks({})).toEqual([]);
    expect(risks({ before: null, checkpoint: { ...known.checkpoint, files: file(1) } })).toEqual([]);
  });

  test('with other values: what is known to matter cannot be', () => {
    const is = { Name: 'run', Steps: '200' };
    expect(risks({ is: then(is) })).toEqual(['note: Steps was 100 and would be 200']);
    expect(risks({ is: then(is, { state: ['Steps'] }) })).toEqual([
      'refused: Steps was 100 and would be 200: what was saved is of no use with another value',
    ]);
  });

  test('with other values that mattered to what came before', () => {
    const earlier = [
      { name: 'prepare', text: 'make {{Steps}} {{Name}}' },
      { name: 'mesh', text: 'mesh {{Name}}' },
    ];
    expect(risks({ earlier, is: then({ Name: 'run', Steps: '200' }) })).toEqual([
      'risky: prepare is not run again, so what it has made is not with the other Steps',
      'note: Steps was 100 and would be 200',
    ]);
  });

  test('by another name, another command, from less than all', () => {
    expect(risks({ is: then({ Name: 'other', Steps: '100' }) })).toEqual([
      'risky: its name is that of run.cpt, and the program would look for other.cpt',
      'note: Name was run and would be other',
    ]);
    expect(risks({ is: then(known.was.values, {}, 'gmx mdrun -nb gpu') })).toEqual([
      'risky: the command is another one than then',
    ]);
    expect(risks({ checkpoint: { ...known.checkpoint, type: 'METADATA' } })[0]).toMatch(/has none of it$/);
  });

  test('by another version of its program, or where there is none', () => {
    const other = { name: 'there', labels: ['gmx:2022.5'] };
    expect(risks({ nodes: [...known.nodes, other] })).toEqual([
      'risky: it was saved by gmx:2023.3, but there has gmx:2022.5',
    ]);
    const bare = { name: 'bare', labels: [] };
    expect(risks({ nodes: [...known.nodes, bare] })).toEqual([]);
    expect(risks({ nodes: [bare] })).toEqual([
      'risky: it was saved by gmx:2023.3, which no node has that is known',
    ]);
  });

  test('with other inputs, with an odd size, without room', () => {
    expect(
      risks({
        changedInputs: ['/in.tpr'],
        checkpoint: { ...known.checkpoint, files: file(100) },
        room: { bytes: 2048, free: 1024 },
      }),
    ).toEqual([
      'refused: 2 kB are to be copied, and 1 kB are free there',
      'risky: /in.tpr was changed after it was saved',
      'risky: it has 100 B, and the one before, c1, has 1 kB',
    ]);
  });
});

test('the programs of a step are those that it names or needs, with their versions', () => {
  const labels = ['os:linux', 'program:gmx', 'gmx:2023.3', 'blender:4.2', 'povray:3.7'];
  const needs = { allOf: ['program:povray'], anyOf: [], noneOf: [], pools: [] };
  const action = { kind: 'command', argv: ['/usr/bin/env', 'gmx', 'mdrun'] } as const;
  expect(programsOf({ action, needs }, labels)).toEqual(['gmx:2023.3', 'povray:3.7']);
});
