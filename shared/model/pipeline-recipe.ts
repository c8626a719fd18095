/** A pipeline as the text of a recipe. */
import type { Relation } from './dependency';
import { bracesName, pipelineNames } from './pipeline';
import type { Pipeline, PipelineEdge, PipelineJob } from './pipeline';

/** In JSON, which every reader of recipes understands. */
export function pipelineRecipe(pipeline: Pipeline): string {
  const { name, tenant, priority, deadline, edges } = pipeline;
  const head = {
    ...(name.trim() === '' ? {} : { batch: literally(name.trim()) }),
    ...(tenant === null || tenant.trim() === '' ? {} : { tenant: literally(tenant.trim()) }),
    ...(priority === null ? {} : { priority: priority.toLowerCase() }),
    ...(deadline === null ? {} : { deadline: new Date(deadline).toISOString().replace(/\.\d+Z$/, 'Z') }),
  };
  const jobs = Object.fromEntries(pipeline.jobs.map((job) => [job.name, jobOf(job, edges)]));
  const usesBraces = JSON.stringify({ head, jobs }).includes(braces);
  return JSON.stringify(
    { drover: 1, ...head, ...(usesBraces ? { parameters: { [bracesName]: '{{' } } : {}), jobs },
    undefined,
    2,
  );
}

function jobOf({ name, preset, parameters }: PipelineJob, edges: readonly PipelineEdge[]): unknown {
  const after = edges.filter(({ to }) => to === name).map(entryOf);
  const values = Object.entries(parameters).map(([key, value]) => [key, withNames(value)] as const);
  return {
    preset,
    ...(values.length === 0 ? {} : { parameters: Object.fromEntries(values) }),
    ...(after.length === 0 ? {} : { after: after.length === 1 ? after[0] : after }),
  };
}

function entryOf({ from, relation, onFailure }: PipelineEdge): unknown {
  const rule = ruleOf(relation);
  if (Object.keys(rule).length === 0 && onFailure === 'hold') return from;
  return { job: from, ...rule, ...(onFailure === 'hold' ? {} : { failure: onFailure }) };
}

/** What an entry of `after` says of it; nothing for the usual rule. */
function ruleOf(relation: Relation): Readonly<Record<string, unknown>> {
  switch (relation.type) {
    case 'SEQUENTIAL': {
      const { mapping } = relation;
      if (mapping.kind !== 'groups') return {};
      const { from, to } = mapping;
      return { each: from === 1 && to === 1 ? true : { groups: [from, to] } };
    }
    case 'DATA':
      return { files: relation.files.map(literally) };
    case 'TEMPORAL':
      return relation.rule.kind === 'delay' ? { delay: spanOf(relation.rule.milliseconds) } : {};
    case 'RESOURCE':
      return {};
    case 'CONDITIONAL': {
      const { condition } = relation;
      switch (condition.kind) {
        case 'exitCode':
          return { exit: condition.codes };
        case 'value':
          return { value: `${condition.name} ${condition.is} ${condition.than}` };
        case 'completed':
        case 'failed':
        case 'ended':
          return { when: condition.kind };
      }
    }
  }
}

const spanOf = (milliseconds: number): string =>
  milliseconds % 60_000 === 0 ? `${milliseconds / 60_000} min` : `${milliseconds / 1000} s`;

const braces = `{{${bracesName}}}`;
const literally = (text: string): string => text.replaceAll('{{', braces);

const known = new RegExp(`^\\{\\{\\s*(?:${pipelineNames.join('|')})\\s*\\}\\}`);

/** Two braces that begin no name that means something are meant as they are. */
function withNames(value: string): string {
  return value.replaceAll('{{', (_, at: number) => (known.test(value.slice(at)) ? '{{' : braces));
}
