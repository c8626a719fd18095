/** The least that would let a step run that cannot: found by the same search as for work that waits. */
import type { Batch } from '../../../shared/model/batch';
import { changeInWords } from '../../../shared/model/farm-change';
import { jobId } from '../../../shared/model/ids';
import { coreOfCopy, noOutput } from '../copy';
import { cheapestChange } from '../explain/cheapest';
import { pictureOfNodes } from '../forecast/picture';
import { Pass } from '../pass';
import type { RequestClass } from '../resources/classes';
import { restore } from '../snapshot';
import type { FarmState, StepRecord } from '../state';

/** For each, the nodes are copied some ten times. */
const mostSearches = 5;

export class Fixes {
  private readonly known = new Map<RequestClass, string | null>();

  constructor(
    private readonly state: FarmState,
    private readonly by: string,
    private readonly at: number,
  ) {}

  /** Null: none was found. */
  *for(step: StepRecord): Generator<undefined, string | null> {
    const { requestClass } = step;
    const known = this.known.get(requestClass);
    if (known !== undefined || this.known.size >= mostSearches) return known ?? null;
    const found = yield* this.search(step);
    this.known.set(requestClass, found);
    return found;
  }

  /** One task of it in a farm without other work. */
  private *search(step: StepRecord): Generator<undefined, string | null> {
    const { by, at } = this;
    const farm = yield* restore(pictureOfNodes(this.state));
    const id = jobId(`b${farm.nextBatch}`, step.job.job.name);
    const pass = new Pass(coreOfCopy(farm, 'preflight'), at);
    pass.command({ kind: 'submit', by, batch: oneTaskOf(step), outputFor: noOutput });
    pass.finish();
    const cheapest = yield* cheapestChange(farm, id, 0, at);
    return cheapest?.kind === 'change' ? changeInWords(cheapest.change) : null;
  }
}

function oneTaskOf({ step, job: { job, batch } }: StepRecord): Batch {
  const locks = batch.batch.dependencies.filter(
    ({ relation, to }) =>
      relation.type === 'RESOURCE' && to.job === job.name && (to.step === null || to.step === step.name),
  );
  const steps = [{ ...step, space: { kind: 'single' as const } }];
  return {
    ...batch.batch,
    jobs: [{ ...job, deadline: null, most: null, steps }],
    dependencies: locks,
  };
}
