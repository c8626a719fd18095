import type { CheckedRecipe, KnownNode, NewBatch, SubmittedBatch, Submission } from '../shared/ipc/contract';
import type { Refusal } from '../shared/ipc/errors';
import { eachAmount } from '../shared/model/amounts';
import type { Batch } from '../shared/model/batch';
import { ruleInWords, type ScheduleRule } from '../shared/model/schedule';
import { verdictInWords } from '../shared/model/verdict';
import type { CommandOf } from './engine/commands';
import type { CommandResult } from './engine/engine';
import { explainRequest } from './engine/explain/explain';
import { vectorAmounts } from './engine/resources/vector';
import type { FarmState } from './engine/state';
import { outputFolder } from './output-folder';
import type { Preset } from './submit/presets/preset';
import { readRecipe, recipeRefusal, type ReadRecipe } from './submit/read-recipe';
import { noNodeKnown } from './submit/resolve-request';

export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

/** The farm that they are for. */
interface Farm {
  readonly options: { readonly dataFolder: string; readonly work: boolean };
  readonly presets: { shipped(): Promise<readonly Preset[]> };
  readonly state: FarmState;
  readonly trouble: string | null;
  command(command: Omit<CommandOf<'submit'>, 'by'>): Promise<CommandResult>;
  listen(listener: () => void): () => void;
}

const longestWaitForNode = 5000;

const hasSchedule = (rule: ScheduleRule): string =>
  `Nothing was submitted: the recipe says when it runs (${ruleInWords(rule)}). drover schedule FILE keeps to that; drover run FILE runs it once, now.`;

/** Recipes that are checked and submitted, against what the farm has. */
export class Submissions {
  constructor(private readonly farm: Farm) {}

  /** The recipe as it is now, against the nodes that are known. */
  async read(submission: Submission): Promise<ReadRecipe> {
    const presets = await this.farm.presets.shipped();
    const read = await readRecipe(submission, this.knownNodes(), presets);
    // In a new data folder the first recipe may come before the first node has told what it has.
    const isEarly = !read.ok && read.problems.some(({ code }) => code === noNodeKnown);
    if (!isEarly || !this.farm.options.work || !(await this.firstNode())) return read;
    return readRecipe(submission, this.knownNodes(), presets);
  }

  /** What of it will not run as things are. */
  warnings(batch: Batch): readonly string[] {
    const found = new Set<string>();
    if (this.farm.trouble !== null) found.add(this.farm.trouble);
    for (const job of batch.jobs) {
      for (const step of job.steps) {
        const verdict = explainRequest(this.farm.state, step.request, step.needs);
        if (verdict !== null) found.add(`${job.name}: ${verdictInWords(verdict)}`);
      }
    }
    return [...found];
  }

  async check(submission: Submission): Promise<Result<CheckedRecipe>> {
    const read = await this.read(submission);
    return read.ok
      ? { ok: true, value: { ...read.summary, warnings: this.warnings(read.batch) } }
      : { ok: false, refusal: recipeRefusal(read) };
  }

  async submit({ now = false, ...submission }: NewBatch): Promise<Result<SubmittedBatch>> {
    const read = await this.read(submission);
    if (!read.ok) return { ok: false, refusal: recipeRefusal(read) };
    const { batch, summary } = read;
    if (summary.schedule !== null && !now)
      return { ok: false, refusal: { code: 'refused', message: hasSchedule(summary.schedule) } };
    const result = await this.farm.command({
      kind: 'submit',
      batch,
      submission,
      outputFor: (id) => outputFolder(this.farm.options.dataFolder, id, batch),
    });
    if (result.kind === 'refused') return { ok: false, refusal: result.refusal };
    const { batch: id } = result.outcome;
    const record = id === null ? undefined : this.farm.state.batches.get(id);
    if (record === undefined) throw new Error('a batch was accepted but is not there');
    return {
      ok: true,
      value: {
        batch: record.id,
        name: batch.name,
        jobs: record.jobs.map((job) => job.id),
        tasks: read.summary.tasks,
        output: record.output,
      },
    };
  }

  /** What they have for work: what is kept from it, a task cannot ask for. */
  private knownNodes(): readonly KnownNode[] {
    const known = [...this.farm.state.nodes.values()].filter(({ capacity }) => capacity.cpu > 0);
    return known.map(({ name, capacity, index }) => {
      const usable = vectorAmounts(this.farm.state.room.limitOf(index));
      const amounts = eachAmount((amount) => Math.min(capacity[amount], usable[amount]));
      return { name, capacity: { ...capacity, ...amounts, gpuMemoryMiB: capacity.gpuMemoryMiB } };
    });
  }

  /** Whether one has told what it has, now or soon. */
  private firstNode(): Promise<boolean> {
    if (this.knownNodes().length > 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stopListening();
        resolve(this.knownNodes().length > 0);
      };
      const timer = setTimeout(end, longestWaitForNode);
      const stopListening = this.farm.listen(() => {
        if (this.knownNodes().length > 0) end();
      });
    });
  }
}
