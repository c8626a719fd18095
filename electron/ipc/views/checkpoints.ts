import type { CheckpointsInWindow, CheckpointWindow } from '../../../shared/ipc/checkpoints';
import type { Changes } from '../../engine/reduce/changes';
import type { Fact } from '../../engine/facts';
import type { Host } from '../../host';
import { checkpointsInWindow } from '../checkpoints';
import type { LiveView } from './view';

/** In milliseconds. */
const leastPause = 200;
const mostPause = 2000;
/** What takes long to be found is looked for the more rarely. */
const partOfTime = 5;

const ofInterest: ReadonlySet<Fact['kind']> = new Set<Fact['kind']>([
  'checkpointFound',
  'checkpointBroken',
  'checkpointChosen',
  'checkpointTagged',
  'checkpointNoted',
  'checkpointsDropped',
  'attemptWentOn',
]);

/** Some of the checkpoints of a job, or of all. */
export class CheckpointsView implements LiveView {
  private sent = '';
  private isDirty = false;
  private notBefore = 0;

  constructor(
    private readonly host: Pick<Host, 'store' | 'state'>,
    private readonly window: CheckpointWindow,
  ) {}

  async picture(): Promise<CheckpointsInWindow> {
    const begun = performance.now();
    this.isDirty = false;
    const picture = await checkpointsInWindow(this.host, this.window);
    this.sent = JSON.stringify(picture);
    const now = performance.now();
    this.notBefore = now + Math.min(mostPause, Math.max(leastPause, partOfTime * (now - begun)));
    return picture;
  }

  note(facts: readonly Fact[], { jobs }: Changes): boolean {
    const { job } = this.window;
    // What a task would go on from changes with the task too.
    this.isDirty ||= (job !== null && jobs.has(job)) || facts.some((fact) => ofInterest.has(fact.kind));
    return this.isDirty;
  }

  async delta(): Promise<CheckpointsInWindow | null> {
    if (!this.isDirty || performance.now() < this.notBefore) return null;
    const before = this.sent;
    const picture = await this.picture().catch((error: unknown) => {
      this.isDirty = true;
      throw error;
    });
    return this.sent === before ? null : picture;
  }

  again(): number | null {
    return this.isDirty ? Math.max(0, this.notBefore - performance.now()) : null;
  }
}
