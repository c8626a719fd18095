/** A recipe as a pipeline that the window can show as a graph and change, when it says nothing beyond that. */
import type { Relation } from '../../../shared/model/dependency';
import {
  bracesName,
  pipelineNames,
  type Pipeline,
  type PipelineEdge,
  type PipelineJob,
} from '../../../shared/model/pipeline';
import { priorities, type Priority } from '../../../shared/model/states';
import { findCycles } from '../document/cycles';
import type { Path, TextDocument } from '../document/document';
import { accepted, refused, type Parsed } from '../document/parsed';
import { gatherProblems, type Problems } from '../document/problems';
import { parseText } from '../document/read';
import { quote } from '../document/words';
import { knownNodes } from '../known-nodes';
import { readAfter } from '../recipe/after';
import { recipeSort } from '../recipe/includes';
import { fillPlaceholders, findPlaceholders } from '../recipe/placeholders';
import type { Scope } from '../recipe/scope';
import { validateRecipe } from '../recipe/validate';
import { parseMoment } from '../values/moments';

/** Why it cannot be shown completes "It cannot be shown as a graph: ...". */
export function readPipeline(text: string, presets: readonly string[]): Parsed<Pipeline> {
  const problems = gatherProblems('recipe');
  const document = parseText(text, recipeSort, problems);
  if (document === null || validateRecipe(document, problems) === null || !problems.none)
    return refused('it has mistakes');
  try {
    return accepted(new PipelineReader(document, problems, presets).read());
  } catch (error) {
    if (error instanceof Beyond) return refused(error.message);
    throw error;
  }
}

/** What is said is more than a graph of presets can show. */
class Beyond extends Error {}

const ofRecipe = ['$schema', 'drover', 'batch', 'tenant', 'priority', 'deadline', 'parameters', 'jobs'];
const ofJob = ['preset', 'parameters', 'after'];

class PipelineReader {
  private readonly scope: Scope;

  constructor(
    private readonly document: TextDocument,
    private readonly problems: Problems,
    private readonly presets: readonly string[],
  ) {
    this.scope = {
      ...{ document, problems, folder: '/', nodes: knownNodes([]), tables: new Map(), templates: new Map() },
      parameters: new Map([[bracesName, '{{']]),
      parameterNames: [bracesName],
    };
  }

  read(): Pipeline {
    this.expectOnly([], ofRecipe, 'the recipe');
    this.expectOnly(['parameters'], [bracesName], 'the recipe', 'the parameter ');
    if (this.document.has(['parameters', bracesName]) && this.textAt(['parameters', bracesName]) !== '{{')
      throw new Beyond(`its parameter ${bracesName} is something else than two braces`);
    const names = this.document.names(['jobs']);
    const jobs = names.map((name) => this.job(name));
    const edges = names.flatMap((name) => this.edgesOf(name, names));
    const before = new Map(
      names.map((name) => [name, edges.filter(({ to }) => to === name).map(({ from }) => from)]),
    );
    if (findCycles(before, 1).length > 0) throw new Beyond('its jobs wait for each other in a circle');
    const tenant = this.filled(['tenant'], []);
    return {
      name: this.filled(['batch'], []),
      tenant: tenant === '' ? null : tenant,
      priority: this.priority(),
      deadline: this.deadline(),
      jobs,
      edges,
    };
  }

  private job(name: string): PipelineJob {
    const path = ['jobs', name];
    this.expectOnly(path, ofJob, `its job ${name}`);
    const preset = this.textAt([...path, 'preset']);
    if (preset === '') throw new Beyond(`its job ${name} is of no preset`);
    if (!this.presets.includes(preset)) throw new Beyond(`there is no preset ${quote(preset)}`);
    const given = this.document.names([...path, 'parameters']).map((parameter) => {
      const value = this.filled([...path, 'parameters', parameter], pipelineNames);
      return [parameter, value] as const;
    });
    return { name, preset, parameters: Object.fromEntries(given) };
  }

  private edgesOf(to: string, names: readonly string[]): readonly PipelineEdge[] {
    const edges = readAfter(this.scope, ['jobs', to, 'after'], 'job').map((entry): PipelineEdge => {
      const { job: from, step, relation, onFailure } = entry;
      if (from === null || step !== null) throw new Beyond(`its job ${to} waits for a single step`);
      if (!names.includes(from))
        throw new Beyond(`its job ${to} waits for ${quote(from)}, which it does not have`);
      if (relation === null || !this.problems.none) throw new Beyond('it has mistakes');
      return { from, to, relation: plain(relation), onFailure };
    });
    if (new Set(edges.map(({ from }) => from)).size < edges.length)
      throw new Beyond(`its job ${to} waits for more than one thing of the same job`);
    return edges;
  }

  private priority(): Priority | null {
    const written = this.textAt(['priority']).toUpperCase();
    return priorities.find((one) => one === written) ?? null;
  }

  private deadline(): number | null {
    const written = this.textAt(['deadline']);
    if (written === '') return null;
    const moment = parseMoment(written);
    if (!moment.ok) throw new Beyond('its deadline is no time as it stands');
    return moment.value;
  }

  /** With its braces as they are meant. */
  private filled(path: Path, names: readonly string[]): string {
    const text = this.textAt(path);
    const known = [bracesName, ...names];
    if (findPlaceholders(text).some(({ name }) => name === null || !known.includes(name)))
      throw new Beyond(`${quote(text)} in it is put together from other values`);
    const filled = fillPlaceholders(text, (name) => (name === bracesName ? '{{' : undefined));
    if (namesIn(filled, names) > namesIn(text, names))
      throw new Beyond(`${quote(text)} in it is meant as it stands`);
    return filled;
  }

  private textAt(path: Path): string {
    return this.document.isText(path) ? this.document.textAt(path) : '';
  }

  private expectOnly(path: Path, names: readonly string[], whose: string, what = ''): void {
    const other = this.document.names(path).find((name) => !names.includes(name));
    if (other !== undefined) throw new Beyond(`${whose} says ${what}${other}`);
  }
}

const namesIn = (text: string, names: readonly string[]): number =>
  findPlaceholders(text).filter(({ name }) => name !== null && names.includes(name)).length;

/** That it has completed is the usual rule, however it was said. */
const plain = (relation: Relation): Relation =>
  relation.type === 'CONDITIONAL' && relation.condition.kind === 'completed'
    ? { type: 'SEQUENTIAL', mapping: { kind: 'all' } }
    : relation;
