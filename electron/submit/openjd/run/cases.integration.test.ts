import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { createJob } from '../job';
import type { EnvironmentTemplate, JobTemplate, Template } from '../model';
import { parseTemplate } from '../template';
import { SessionLog } from './log';
import { mayRedact } from './may-redact';
import { pathMappingDocument } from './path-mapping';
import { JobRun, type RunResult } from './run-job';
import { chooseSteps } from './choose';
import { makeSessionFolder, removeSessionFolder } from './session-folder';
import { allTasks } from './tasks';

const cases = z.array(
  z.strictObject({
    case: z.string(),
    template: z.unknown(),
    environments: z.array(z.unknown()).default([]),
    parameters: z.record(z.string(), z.string()).default({}),
    pathMapping: pathMappingDocument.default([]),
    output: z.array(z.string()).default([]),
    forbidden: z.array(z.string()).default([]),
    ends: z.enum(['succeeded', 'failed']).default('succeeded'),
    tasks: z.number().optional(),
  }),
);
type Case = z.infer<typeof cases>[number];

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'openjd-cases-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const folder = resolve(import.meta.dirname, 'cases');
for (const file of readdirSync(folder)) {
  describe(file, () => {
    for (const each of cases.parse(parse(readFileSync(join(folder, file), 'utf8')))) {
      test(each.case, async () => {
        const { result, lines } = await run(each);
        const output = lines.join('\n');
        let from = 0;
        for (const text of each.output) {
          const at = output.indexOf(text, from);
          expect(at, `${text} in\n${output.slice(from)}`).toBeGreaterThanOrEqual(0);
          from = at + text.length;
        }
        for (const text of each.forbidden) expect(output).not.toContain(text);
        expect(result.state, output).toBe(each.ends);
        if (each.tasks !== undefined) expect(result.tasksRun).toBe(each.tasks);
      });
    }
  });
}

async function run(each: Case): Promise<{ result: RunResult; lines: readonly string[] }> {
  const template = jobTemplateOf(templateOf(each.template));
  const environments = each.environments.map((written) => environmentTemplateOf(templateOf(written)));
  const created = createJob(template, {
    environments,
    parameters: each.parameters,
    templateFolder: root,
    folder: root,
  });
  if (!created.ok) throw new Error(JSON.stringify(created.problems));
  const { job } = created;
  const chosen = chooseSteps(job, null, false);
  if (!chosen.ok) throw new Error(chosen.messages.join());
  const lines: string[] = [];
  const sessionFolder = await makeSessionFolder(root);
  const jobRun = new JobRun({
    job,
    steps: chosen.value.map((step) => ({ step, tasks: () => allTasks(step.space) })),
    rules: each.pathMapping,
    environment: { PATH: process.env['PATH'] ?? '' },
    folder: sessionFolder,
    log: new SessionLog((line) => lines.push(line)),
    mayRedact: mayRedact(job, template, environments),
  });
  const result = await jobRun.run();
  await removeSessionFolder(sessionFolder);
  expect(existsSync(sessionFolder.path)).toBe(false);
  return { result, lines };
}

function templateOf(written: unknown): Template {
  const parsed = parseTemplate(stringify(written), { file: 'case' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.template;
}
function jobTemplateOf(template: Template): JobTemplate {
  if (template.kind !== 'job') throw new Error('this is no job template');
  return template;
}
function environmentTemplateOf(template: Template): EnvironmentTemplate {
  if (template.kind !== 'environment') throw new Error('this is no environment template');
  return template;
}
