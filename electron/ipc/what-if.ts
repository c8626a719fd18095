import { isEnded } from '../../shared/model/states';
import { jobState } from '../engine/derived';
import { whatIf, type Change } from '../engine/forecast/what-if';
import type { Host } from '../host';
import type { FarmWish } from '../../shared/ipc/plans';
import { find, findNode, jobsOf, Refused } from './find';
import type { Handlers } from './handlers';
import { inBackground } from './in-background';

export const whatIfHandlers: Handlers<'farm.whatIf'> = {
  'farm.whatIf': async (host, wish) => {
    const result = await inBackground(
      host,
      whatIf(host.state, host.now(), changeFor(host, wish), {
        progress: (attempt) => host.progress.fractionOf(attempt),
      }),
    );
    if ('code' in result) throw new Refused(result);
    return result;
  },
};

export function changeFor(host: Host, { addNodes, removeNodes, order, settings }: FarmWish): Change {
  const { state, user } = host;
  return {
    addNodes: addNodes.map(({ like, count }) => ({ like: findNode(state, like).id, count })),
    removeNodes: removeNodes.map((node) => findNode(state, node).id),
    order: order.flatMap(({ what, priority, deadline }) =>
      openJobs(host, what).map(({ id }) => ({
        job: id,
        ...(priority === null ? {} : { priority }),
        ...(deadline === null ? {} : { deadline: deadline === 0 ? null : deadline }),
      })),
    ),
    commands: settings === null ? [] : [{ kind: 'configure', by: user, settings }],
  };
}

/** What has ended is not in a forecast. */
function openJobs({ state }: Host, what: string) {
  const open = jobsOf(find(state, what)).filter((job) => !isEnded(jobState(job)));
  if (open.length > 0) return open;
  throw new Refused({ code: 'conflict', message: `${what} has ended: nothing about it is left to come.` });
}
