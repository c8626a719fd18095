/** Reads what `drover openjd run` is given: templates, values, tasks and rules. All mistakes are told at once. */
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { Problem } from '../../shared/ipc/errors';
import type { Located, TextDocument } from '../submit/document/document';
import { gatherProblems, startOfFile } from '../submit/document/problems';
import { parseText } from '../submit/document/read';
import { readText } from '../submit/document/read-file';
import { quote } from '../submit/document/words';
import { createJob } from '../submit/openjd/job';
import type { EnvironmentTemplate, ExtensionName, Job, JobTemplate, Template } from '../submit/openjd/model';
import { mayRedact, type MayRedact } from '../submit/openjd/run/may-redact';
import { pathMappingDocument, type PathMappingRule } from '../submit/openjd/run/path-mapping';
import { parseTemplate } from '../submit/openjd/template';
import { RefusedError } from './outcome';
import type { RunArguments } from './openjd-run-arguments';

export interface RunInput {
  readonly job: Job;
  readonly mayRedact: MayRedact;
  readonly rules: readonly PathMappingRule[];
  /** Null: none were named. */
  readonly tasks: readonly ReadonlyMap<string, string>[] | null;
}

export async function readRunInput(given: RunArguments): Promise<RunInput> {
  const problems: Problem[] = [];
  const { extensions } = given;
  const template = await readTemplate(given.file, extensions, problems);
  const environments: EnvironmentTemplate[] = [];
  for (const file of given.environments) {
    const environment = await readTemplate(file, extensions, problems);
    if (environment?.kind === 'environment') environments.push(environment);
    else if (environment !== null)
      problems.push(inFile(file, 'this is a job template; --env takes environments'));
  }
  const parameters = await readParameters(given.parameters, problems);
  const rules = await readRules(given.rules, problems);
  const tasks = await readTasks(given.tasks, problems);
  const job = template === null ? null : jobTemplate(given.file, template, problems);
  if (job === null || problems.length > 0) throw refused(problems);
  const created = createJob(job, {
    environments,
    parameters,
    templateFolder: dirname(resolve(given.file)),
    folder: process.cwd(),
  });
  if (!created.ok) throw refused(created.problems);
  return { job: created.job, mayRedact: mayRedact(created.job, job, environments), rules, tasks };
}

const refused = (problems: readonly Problem[]): RefusedError =>
  new RefusedError({
    code: 'refused',
    message: `Nothing was run: ${problems.length === 1 ? 'there is a mistake' : `there are ${problems.length} mistakes`}.`,
    problems,
  });

const inFile = (file: string, message: string, code = 'bad-argument'): Problem => ({
  code,
  file,
  ...startOfFile,
  path: '',
  message,
});

async function readTemplate(
  file: string,
  supported: ReadonlySet<ExtensionName>,
  problems: Problem[],
): Promise<Template | null> {
  const content = await readText(resolve(file), 'template');
  if (content.text === null) {
    problems.push(inFile(file, content.message, content.code));
    return null;
  }
  const parsed = parseTemplate(content.text, { file, supported });
  if (parsed.ok) return parsed.template;
  problems.push(...parsed.problems);
  return null;
}

function jobTemplate(file: string, template: Template, problems: Problem[]): JobTemplate | null {
  if (template.kind === 'job') return template;
  problems.push(inFile(file, 'this is an environment template; run takes a job template, and this by --env'));
  return null;
}

async function readParameters(
  given: readonly string[],
  problems: Problem[],
): Promise<Readonly<Record<string, string>>> {
  const values = new Map<string, string>();
  for (const text of given) {
    const at = text.indexOf('=');
    const isDocument = text.startsWith('file://') || text.trimStart().startsWith('{');
    if (isDocument) {
      const document = await readDocument('-p', text, 'parameter', problems);
      if (document === null) continue;
      for (const [name, value] of mapOfTexts(document, document.text.root, problems)) values.set(name, value);
    } else if (at > 0) values.set(text.slice(0, at), text.slice(at + 1));
    else
      problems.push(
        inFile(
          '-p',
          `found ${quote(text)}; allowed are NAME=VALUE, file://FILE, and JSON: {"NAME": "VALUE"}`,
        ),
      );
  }
  return Object.fromEntries(values);
}

async function readRules(given: string | null, problems: Problem[]): Promise<readonly PathMappingRule[]> {
  if (given === null) return [];
  const document = await readDocument('--path-mapping-rules', given, 'path mapping', problems);
  if (document === null) return [];
  const rules = pathMappingDocument.safeParse(document.text.value);
  if (rules.success) return rules.data;
  const form =
    '{"version": "pathmapping-1.0", "path_mapping_rules": [{"source_path_format": "POSIX" or "WINDOWS", "source_path": ..., "destination_path": ...}]}';
  problems.push(inFile(document.name, `these are no path mapping rules; allowed is ${form}`));
  return [];
}

async function readTasks(wanted: RunArguments['tasks'], problems: Problem[]): Promise<RunInput['tasks']> {
  switch (wanted.kind) {
    case 'all':
    case 'first':
      return null;
    case 'one':
      return [taskOf(wanted.values, problems)];
    case 'list': {
      const document = await readDocument('--tasks', wanted.text, 'task', problems);
      if (document === null) return null;
      const { root } = document.text;
      if (root.kind === 'list') return root.items.map((item) => mapOfTexts(document, item, problems));
      problems.push(inFile(document.name, 'allowed is a list of tasks: [{"NAME": "VALUE"}, ...]'));
      return null;
    }
  }
}

function taskOf(values: readonly string[], problems: Problem[]): ReadonlyMap<string, string> {
  const task = new Map<string, string>();
  for (const text of values) {
    const at = text.indexOf('=');
    const name = text.slice(0, at);
    if (at < 1) problems.push(inFile('-tp', `found ${quote(text)}; allowed is NAME=VALUE`));
    else if (task.has(name)) problems.push(inFile('-tp', `${name} has more than one value`));
    else task.set(name, text.slice(at + 1));
  }
  return task;
}

interface NamedDocument {
  /** Of the file, or of the option. */
  readonly name: string;
  readonly text: TextDocument;
}

async function readDocument(
  option: string,
  given: string,
  noun: string,
  problems: Problem[],
): Promise<NamedDocument | null> {
  const file = given.startsWith('file://') ? given.slice('file://'.length) : null;
  const name = file ?? option;
  const content =
    file === null
      ? { text: given }
      : await readText(resolve(file.replace(/^~(?=\/)/, homedir())), `${noun} file`);
  if (content.text === null) {
    problems.push(inFile(name, content.message, content.code));
    return null;
  }
  const found = gatherProblems(name);
  const text = parseText(content.text, { noun: `${noun} file`, start: 'it is JSON or YAML' }, found);
  problems.push(...found.list());
  return text === null || !found.none ? null : { name, text };
}

/** From name to value. A number stays as it was written. */
function mapOfTexts(
  { name: file, text }: NamedDocument,
  located: Located,
  problems: Problem[],
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const complain = (offset: number, path: string, message: string): number =>
    problems.push({ code: 'bad-argument', file, ...text.placeOf(offset), path, message });
  if (located.kind !== 'map') complain(located.offset, '', 'allowed is a map of names to values');
  else
    for (const [name, { value }] of located.entries) {
      if (value.kind === 'scalar' && value.value !== null) values.set(name, value.text);
      else complain(value.offset, name, 'allowed are texts, numbers and truth values');
    }
  return values;
}
