import { expect, test } from 'vitest';
import { taskCount, taskParameters } from '../../../shared/model/space';
import { imported, importedFrom, refusedFor } from './imports-for-tests';

function tasksOf(command: string, others: Readonly<Record<string, string>> = {}) {
  const files = Object.entries(others).map(([name, text]) => ({ name, text }));
  const made = importedFrom([{ name: 'work.sh', text: command }, ...files]);
  const step = made.batch.jobs[0]?.steps[0];
  if (step === undefined || step.action.kind !== 'script') throw new Error('there is no script');
  const tasks = Array.from({ length: taskCount(step.space) }, (_, index) =>
    taskParameters(step.space, index),
  );
  return { ...made, run: step.action.text.trim(), tasks, step, most: made.batch.jobs[0]?.most };
}

test('each value makes a task, also without replacement strings', () => {
  expect(tasksOf('parallel -j 4 --bar gzip -9 ::: a.txt "b c.txt"')).toMatchObject({
    run: 'gzip -9 {{Value}}',
    most: 4,
    tasks: [{ Value: 'a.txt' }, { Value: 'b c.txt' }],
    lost: ['1:15 --bar'],
  });
});

test('products, lists side by side, and what is made of values', () => {
  const { run, tasks } = tasksOf(
    "parallel 'convert {1} -size {2} {1/.}_{2}.png' ::: in/a.jpg in/b.c.jpg ::: 10 20",
  );
  expect(run).toBe('convert {{Value1}} -size {{Value2}} {{Value1NameStem}}_{{Value2}}.png');
  expect(tasks).toEqual([
    { Value1: 'in/a.jpg', Value1NameStem: 'a', Value2: '10' },
    { Value1: 'in/a.jpg', Value1NameStem: 'a', Value2: '20' },
    { Value1: 'in/b.c.jpg', Value1NameStem: 'b.c', Value2: '10' },
    { Value1: 'in/b.c.jpg', Value1NameStem: 'b.c', Value2: '20' },
  ]);
  expect(tasksOf('parallel echo {} {//} ::: x/1 2 :::+ a b').tasks).toEqual([
    { Value1: 'x/1', Value1Folder: 'x', Value2: 'a', Value2Folder: '.' },
    { Value1: '2', Value1Folder: '.', Value2: 'b', Value2Folder: '.' },
  ]);
});

test('numbers of tasks and values that come twice are written out', () => {
  expect(tasksOf('parallel echo {#} {} ::: a b ::: a a').tasks).toEqual([
    { Number: '1', Value1: 'a', Value2: 'a' },
    { Number: '2', Value1: 'a', Value2: 'a' },
    { Number: '3', Value1: 'b', Value2: 'a' },
    { Number: '4', Value1: 'b', Value2: 'a' },
  ]);
});

test('values of files, of columns, of braces and of seq', () => {
  expect(tasksOf('parallel -a list.csv --colsep , echo {2} {1}', { 'list.csv': 'a,1\nb,2\n' }).tasks).toEqual(
    [
      { Value1: 'a', Value2: '1' },
      { Value1: 'b', Value2: '2' },
    ],
  );
  expect(tasksOf('parallel echo ::: {08..10} {x,y}.png').tasks.map(({ Value }) => Value)).toEqual([
    '08',
    '09',
    '10',
    'x.png',
    'y.png',
  ]);
  const numbers = tasksOf('seq 10 -3 -5 | parallel echo');
  expect(numbers.recipe).toContain('Value: 10--5x-3');
  expect(numbers.tasks.map(({ Value }) => Value)).toEqual(['10', '7', '4', '1', '-2', '-5']);
  expect(tasksOf('parallel echo ::: {1..100000}').step.space).toMatchObject({ kind: 'range' });
  expect(tasksOf('seq 2 2 6 | parallel echo').tasks).toEqual([
    { Value: '2' },
    { Value: '4' },
    { Value: '6' },
  ]);
  expect(tasksOf('cat l | parallel \\\n  -k echo', { l: 'a b\nc\n' }).tasks).toEqual([
    { Value: 'a b' },
    { Value: 'c' },
  ]);
});

test('options are fields, or are told', () => {
  const { step, lost } = tasksOf(
    'module load x\nparallel --timeout 2h --retries 3 --wd /w --halt now,fail=1 --joblog l -j 50% --frob echo {%} {{x}} ::: 1 > out',
  );
  expect(step).toMatchObject({ timeoutMs: 7_200_000, retry: { attempts: 3 }, folder: '/w' });
  expect(lost.map((each) => each.replace(/^\S+ /, ''))).toEqual([
    'module load x',
    '--halt now,fail=1',
    '--joblog l',
    '--jobs 50%'.replace('jobs', 'j'),
    '--frob',
    '{%}',
    '>',
    'out',
  ]);
});

test('what is wrong or cannot be known is told with its place', () => {
  expect(refusedFor('a.sh', 'parallel gzip ::: *.txt')).toEqual(['1:19 unknown-values']);
  expect(refusedFor('a.sh', 'ls | parallel gzip')).toEqual(['1:1 unknown-values']);
  expect(refusedFor('a.sh', 'parallel gzip :::: list')).toEqual(['1:20 missing-file']);
  expect(refusedFor('a.sh', 'parallel -N 2 echo ::: 1 2')).toEqual(['1:10 unsupported']);
  expect(refusedFor('a.sh', 'parallel echo "::: 1')).toEqual(['1:1 bad-syntax']);
  expect(refusedFor('a.sh', 'parallel echo {3} ::: 1')).toEqual(['1:15 unknown-value']);
  expect(refusedFor('a.sh', 'parallel ::: a')).toEqual(['1:10 no-action']);
  expect(refusedFor('a.sh', 'parallel echo :::')).toEqual(['1:10 empty']);
  expect(refusedFor('a.sh', 'parallel echo ::: {1..999999999}')).toEqual(['1:19 too-many-tasks']);
  expect(imported('a.sh', 'parallel echo ::: 1').lost).toEqual([]);
});
