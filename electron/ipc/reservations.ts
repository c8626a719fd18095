/** Room on nodes that is kept for somebody. */
import type { ReservationRow } from '../../shared/ipc/plans';
import { usualTenant } from '../../shared/model/batch';
import type { Holder, Reservation } from '../../shared/model/reservation';
import type { FarmState } from '../engine/state';
import { done } from './done';
import { findNode, lookUp, Refused } from './find';
import type { Handlers } from './handlers';

export const reservationHandlers: Handlers<'reservation.add' | 'reservation.list' | 'reservation.remove'> = {
  'reservation.add': async (host, { node, amounts, holder, from, until }) => {
    const { reservation } = done(
      await host.command({
        kind: 'reserve',
        node: findNode(host.state, node).id,
        amounts,
        holder: holderOf(host.state, holder),
        from: from ?? host.now(),
        until,
      }),
    );
    if (reservation === null) throw new Error('a reservation was accepted but is not there');
    return { reservation: reservationRow(host.state, findReservation(host.state, reservation)) };
  },
  'reservation.list': ({ state }) => ({
    reservations: [...state.reservations.values()].map((one) => reservationRow(state, one)),
  }),
  'reservation.remove': async (host, { reservation: id }) => {
    const reservation = reservationRow(host.state, findReservation(host.state, id));
    done(await host.command({ kind: 'unreserve', reservation: id }));
    return { reservation };
  },
};

function findReservation({ reservations }: FarmState, id: number): Reservation {
  const found = reservations.get(id);
  if (found === undefined)
    throw new Refused({
      code: 'notFound',
      message: `There is no reservation ${id}. drover reservations lists those there are.`,
    });
  return found;
}

function reservationRow(state: FarmState, reservation: Reservation): ReservationRow {
  const { node, holder } = reservation;
  const steps = holder.kind === 'tenant' ? [] : (state.jobs.get(holder.job)?.steps ?? []);
  const step = holder.kind === 'step' && steps.length > 1 ? steps[holder.step] : undefined;
  return {
    ...reservation,
    nodeName: state.nodes.get(node)?.name ?? node,
    stepName: step?.step.name ?? null,
  };
}

/** Room that is kept for a name that nobody has would be lost: what is not known is refused. */
function holderOf(state: FarmState, text: string): Holder {
  const isTenant =
    text === usualTenant || state.tenants.has(text) || Object.hasOwn(state.settings.tenants, text);
  if (isTenant) return { kind: 'tenant', tenant: text };
  const [what = '', stepName] = text.split('/');
  const job = lookUp(state, what);
  if (job === null)
    throw refused(
      `There is no tenant or job named ${what}. A tenant is known when it has submitted something, or is in the settings.`,
    );
  if ('jobs' in job) throw refused(`${what} is a batch. Name one of its jobs, or a tenant.`);
  const { id, steps } = job;
  const step =
    stepName === undefined && steps.length === 1 ? steps[0] : steps.find((one) => one.step.name === stepName);
  if (step === undefined)
    throw refused(`Name a step of job ${id}: ${steps.map((one) => `${id}/${one.step.name}`).join(', ')}.`);
  return { kind: 'step', job: id, step: step.index };
}

const refused = (message: string): Refused => new Refused({ code: 'refused', message });
