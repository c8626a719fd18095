import type { CheckedRecipe, KnownNode, NewBatch, SubmittedBatch } from '../shared/ipc/submissions';
import type { Submission } from '../shared/model/submission';
import type { Refusal } from '../shared/ipc/errors';
import { eachAmount } from '../shared/model/amounts';
import type { Batch } from '../shared/model/batch';
import { ruleInWords, type ScheduleRule } from '../shared/model/schedule';
import type { CommandOf } from './engine/commands';
import type { CommandResult } from './engine/engine';
import { vectorAmounts } from './engine/resources/vector';
import { outputFolder } from './output-folder';
import { Preflights, type Tried, type TriedFarm } from './preflight/preflights';
import type { Preset } from './submit/presets/preset';
import { readRecipe, recipeRefusal, type ReadRecipe } from './submit/read-recipe';
import { noNodeKnown } from './submit/recipe/resolve-request';

export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

/** The farm that they are for. */
interface Farm extends TriedFarm {
  readonly presets: { shipped(): Promise<readonly Preset[]> };
  command(command: Omit<CommandOf<'submit'>, 'by'>): Promise<CommandResult>;
}

const longestWaitForNode = 5000;

const hasSchedule = (rule: ScheduleRule): string =>
  `Nothing was submitted: the recipe says when it runs (${ruleInWords(rule)}). drover schedule FILE keeps to that; drover run FILE runs it once, now.`;

/** Recipes that are checked and submitted, against what the farm has. */
export class Submissions {
  private readonly preflights: Preflights;

  constructor(private readonly farm: Farm) {
    this.preflights = new Preflights(farm);
  }

  /** The recipe as it is now, against the nodes that are known. */
  async read(submission: Submission): Promise<ReadRecipe> {
    const presets = await this.farm.presets.shipped();
    const read = await readRecipe(submission, this.knownNodes(), presets);
    // In a new data folder the first recipe may come before the first node has told what it has.
    const isEarly = !read.ok && read.problems.some(({ code }) => code === noNodeKnown);
    if (!isEarly || !this.farm.options.work || !(await this.firstNode())) return read;
    return readRecipe(submission, this.knownNodes(), presets);
  }

  /** What is known at once of whether it would run: for who does not submit it now. */
  async notices(batch: Batch): Promise<readonly string[]> {
    const tried = await this.preflights.atOnce(batch);
    const told = tried?.found.filter(({ severity }) => severity !== 'note') ?? [];
    return told.map(({ about: { job }, message }) => (job === null ? message : `${job}: ${message}`));
  }

  check(submission: Submission): Promise<Result<CheckedRecipe>> {
    return this.tried(submission, (batch) => this.preflights.atOnce(batch));
  }

  preflight(submission: Submission): Promise<Result<CheckedRecipe>> {
    return this.tried(submission, (batch) => this.preflights.whole(batch));
  }

  private async tried(
    submission: Submission,
    attempt: (batch: Batch) => Promise<Tried | null>,
  ): Promise<Result<CheckedRecipe>> {
    const read = await this.read(submission);
    if (!read.ok) return { ok: false, refusal: recipeRefusal(read) };
    const tried = await attempt(read.batch);
    if (tried === null)
      return {
        ok: false,
        refusal: { code: 'failed', message: 'Drover is closing. Start it again and repeat this.' },
      };
    const findings = tried.found.map(({ about, ...found }) => {
      const isOfRecipe = about.job !== null || about.field.length > 0;
      return { ...found, place: isOfRecipe ? read.places(about) : null };
    });
    const { nodes } = this.farm.state;
    const starts = [...tried.starts].map(([id, tasks]) => ({ node: nodes.get(id)?.name ?? id, tasks }));
    return { ok: true, value: { ...read.summary, findings, starts, end: tried.end } };
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
