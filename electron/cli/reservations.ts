/** Room on nodes that is kept for somebody. */
import type { ReservationRow } from '../../shared/ipc/plans';
import { amountsInWords, noAmounts, type Amounts } from '../../shared/model/amounts';
import { parseCores, parseDevices, parseMemory } from '../submit/values/units';
import { UsageError, type Options } from './arguments';
import { tellWhenAlone, type Command } from './command';
import { exitStatus, valueOf } from './outcome';
import { print } from './run';
import { moments, table } from './text';
import { valueOfOption, whenOf } from './values';

export const reservationCommands: Readonly<Record<string, Command>> = {
  reserve: {
    operands: 'NODE',
    options: ['cores', 'memory', 'gpu', 'for', 'until', 'from'],
    async run(farm, node, { options, json }) {
      const { for: holder, until, from } = options;
      if (holder === undefined || until === undefined)
        throw new UsageError('a reservation takes --for TENANT or JOB, and --until WHEN');
      const { reservation } = valueOf(
        await farm.client.request('reservation.add', {
          node,
          amounts: amountsOf(options),
          holder,
          from: from === undefined ? null : whenOf('from', from),
          until: whenOf('until', until),
        }),
      );
      if (json) print({ reservation });
      else
        console.log(
          `reservation ${reservation.id}: ${whatText(reservation)} of ${reservation.nodeName}, for ${holderText(reservation)}, ${spanText(reservation)}`,
        );
      tellWhenAlone(farm);
      return exitStatus.done;
    },
  },
  reservations: {
    operands: '',
    async run(farm, _none, { json }) {
      const { reservations } = valueOf(await farm.client.request('reservation.list', {}));
      if (json) print({ reservations });
      else console.log(reservationsText(reservations));
      return exitStatus.done;
    },
  },
  unreserve: {
    operands: 'ID',
    async run(farm, id, { json }) {
      if (!/^\d{1,9}$/.test(id)) throw new UsageError(`${id} is no number of a reservation`);
      const { reservation } = valueOf(
        await farm.client.request('reservation.remove', { reservation: Number(id) }),
      );
      if (json) print({ reservation });
      else
        console.log(
          `given up: ${whatText(reservation)} of ${reservation.nodeName}, for ${holderText(reservation)}`,
        );
      return exitStatus.done;
    },
  },
};

function amountsOf({ cores, memory, gpu }: Options): Amounts {
  if (cores === undefined && memory === undefined && gpu === undefined)
    throw new UsageError('a reservation takes one or more of --cores N, --memory SIZE and --gpu N');
  return {
    ...noAmounts,
    cpu: cores === undefined ? 0 : valueOfOption('cores', parseCores(cores)),
    memoryMiB: memory === undefined ? 0 : valueOfOption('memory', parseMemory(memory)),
    gpu: gpu === undefined ? 0 : valueOfOption('gpu', parseDevices(gpu)),
  };
}

function reservationsText(reservations: readonly ReservationRow[]): string {
  if (reservations.length === 0) return 'Nothing is reserved.';
  const rows = reservations.map((one) => [
    String(one.id),
    one.nodeName,
    whatText(one),
    holderText(one),
    moments.format(one.from),
    moments.format(one.until),
    one.state,
    // The scheduler keeps room for what would never find enough at once.
    one.by ?? 'Drover',
  ]);
  return table([['ID', 'NODE', 'WHAT', 'FOR', 'FROM', 'UNTIL', 'STATE', 'BY'], ...rows]);
}

const whatText = ({ amounts }: ReservationRow): string => amountsInWords(amounts);

const holderText = ({ holder, stepName }: ReservationRow): string =>
  holder.kind === 'tenant'
    ? `tenant ${holder.tenant}`
    : `${holder.job}${stepName === null ? '' : `/${stepName}`}`;

const spanText = ({ from, until, state }: ReservationRow): string =>
  `${state === 'ACTIVE' ? 'now' : `from ${moments.format(from)}`} until ${moments.format(until)}`;
