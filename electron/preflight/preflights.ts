/** Tries batches before they are submitted: on a copy of the farm, on this machine, and on the nodes. */
import type { Batch } from '../../shared/model/batch';
import { aboutBatch, type Found } from '../../shared/model/finding';
import type { AttemptId, NodeId } from '../../shared/model/ids';
import type { Background } from '../background';
import type { ExpectedEnd } from '../../shared/model/forecast';
import { foretell, type Foretold } from '../engine/preflight/deadlines';
import { preflight, type Preflight } from '../engine/preflight/preflight';
import type { FarmState } from '../engine/state';
import type { Answer, Question } from '../nodes/preflight/question';
import type { Output } from '../nodes/preflight/commands';
import type { AskNode } from './ask-nodes';
import { gather } from './gather';
import { onNodes } from './on-nodes';
import { fillsFound, outputFound, outputOf } from './output';

export interface TriedFarm {
  readonly options: { readonly dataFolder: string; readonly work: boolean };
  readonly state: FarmState;
  readonly user: string;
  readonly trouble: string | null;
  readonly background: Background;
  readonly progress: { fractionOf(attempt: AttemptId): number | null };
  readonly nodes: { get(node: NodeId): Askable | undefined };
  now(): number;
  listen(listener: () => void): () => void;
}

interface Askable {
  ask(questions: readonly Question[], signal: AbortSignal): Promise<readonly Answer[] | null>;
}

export interface Tried {
  readonly found: readonly Found[];
  /** How many of its tasks would start at once, by node. */
  readonly starts: ReadonlyMap<NodeId, number>;
  /** Null: it was not worked out, or does not end. */
  readonly end: ExpectedEnd | null;
}

/** Whoever submits something waits no longer for what the nodes and a forecast say. */
const longestLook = 2_000;
/** Nor for nodes that are being connected. */
const longestConnecting = 1_500;

export class Preflights {
  constructor(private readonly farm: TriedFarm) {}

  /** What is known without asking anybody. Null: Drover is closing. */
  async atOnce(batch: Batch): Promise<Tried | null> {
    const { dataFolder } = this.farm.options;
    const output = await outputOf(batch, dataFolder);
    const tried = await this.onCopy(batch);
    if (tried === null) return null;
    const found = [...this.ofFarm(), ...tried.found, ...(await outputFound(this.farm.state, batch, output))];
    return { found: gather(found), starts: tried.starts, end: null };
  }

  /** Also what the nodes answer, and a forecast says, in time. Null: Drover is closing. */
  async whole(batch: Batch): Promise<Tried | null> {
    const { farm } = this;
    if (farm.options.work) await this.nodesAreThere(AbortSignal.timeout(longestConnecting));
    const output = await outputOf(batch, farm.options.dataFolder);
    const tried = await this.onCopy(batch);
    if (tried === null) return null;
    const end = AbortSignal.timeout(longestLook);
    const [foretold, ...all] = await Promise.all([
      this.foretold(batch, tried, end),
      outputFound(farm.state, batch, output),
      fillsFound(farm.state, batch, output, end),
      this.onNodes(batch, tried, output, end),
    ]);
    const found = gather([...this.ofFarm(), ...tried.found, ...all.flat(), ...foretold.found]);
    return { found, starts: tried.starts, end: foretold.end };
  }

  private async onCopy(batch: Batch): Promise<Preflight | null> {
    const { state, user, background, options } = this.farm;
    const tried = await background.run(preflight(state, batch, user, this.farm.now()));
    if (tried === null || options.work) return tried;
    // Without Drover no node takes work: that is nothing about them.
    const found = tried.found.filter(({ code }) => code !== 'nodes-away' && code !== 'no-nodes');
    return { ...tried, found };
  }

  private ofFarm(): readonly Found[] {
    const { trouble, options } = this.farm;
    const found = (severity: Found['severity'], code: string, message: string): Found => ({
      ...{ severity, code, message, fix: null },
      about: aboutBatch(),
    });
    return [
      ...(trouble === null ? [] : [found('warning', 'trouble', trouble.replace(/\.$/, ''))]),
      ...(options.work
        ? []
        : [
            found(
              'note',
              'not-running',
              'no Drover runs on this data folder: its nodes are taken as they were when it last did, and were not asked',
            ),
          ]),
    ];
  }

  private async onNodes(
    batch: Batch,
    tried: Preflight,
    output: Output,
    end: AbortSignal,
  ): Promise<readonly Found[]> {
    const { farm } = this;
    const ask: AskNode = async (node, questions, signal) =>
      (await farm.nodes.get(node)?.ask(questions, signal)) ?? null;
    return onNodes({
      ...{ state: farm.state, batch, able: tried.able, output, ask, end },
      dataFolder: farm.options.dataFolder,
      isWorking: farm.options.work,
      inBackground: (work) => farm.background.run(work),
    });
  }

  private async foretold(batch: Batch, { found }: Preflight, end: AbortSignal): Promise<Foretold> {
    const { farm } = this;
    const told = new Set(found.flatMap(({ code, about }) => (code === 'deadline' ? [about.job] : [])));
    const open = batch.jobs.filter(({ name, deadline }) => deadline !== null && !told.has(name));
    if (!farm.options.work) return { found: [], end: null };
    const at = farm.now();
    const progress = (attempt: AttemptId): number | null => farm.progress.fractionOf(attempt);
    const foretold = await farm.background.run(
      foretell(farm.state, { batch, by: farm.user, at, progress }),
      end,
    );
    if (foretold !== null)
      return { ...foretold, found: foretold.found.filter(({ about }) => !told.has(about.job)) };
    const message =
      'the farm has too much to do to foretell its end at once: the deadline was only compared with the least that the work takes';
    const unknown = open.map(({ name }): Found => ({
      ...{ severity: 'note', code: 'deadline', message, fix: null },
      about: { job: name, step: null, field: ['deadline'] },
    }));
    return { found: unknown, end: null };
  }

  /** When Drover has just been started, they are being connected. */
  private async nodesAreThere(signal: AbortSignal): Promise<void> {
    const { farm } = this;
    const areThere = (): boolean => {
      const all = [...farm.state.nodes.values()];
      return all.length > 0 && all.every(({ state }) => state !== 'STARTING');
    };
    if (areThere()) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stopListening();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const stopListening = farm.listen(() => {
        if (areThere()) done();
      });
      signal.addEventListener('abort', done);
    });
  }
}
