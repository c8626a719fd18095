/** Whether the nodes' disks have room for what tasks ask for, and for what is sent there. */
import { join } from 'node:path';
import { amountInWords } from '../../shared/model/amounts';
import { aboutStep, type About, type Found } from '../../shared/model/finding';
import type { Question } from '../nodes/preflight/question';
import { rootThere } from '../nodes/files/files-there';
import type { AnswerOf } from './judge';
import { isStagedOn, type Look, type LookedAt } from './looks';

/** Where Drover keeps its files on a node: that disk is the node's storage. */
export const roomOn = ({ kind }: LookedAt, dataFolder: string): Question => ({
  kind: 'room',
  name: kind === 'local' ? join(dataFolder, 'node') : rootThere,
});

export const needsRoom = (look: Look, node: LookedAt): boolean =>
  look.step.request.storageMiB > 0 || isStagedOn(look, node);

const shown = 3;

export function roomFound(
  look: Look,
  sentBytes: number | undefined,
  dataFolder: string,
  answerOf: AnswerOf,
): readonly Found[] {
  const short = (needed: number, nodes: readonly LookedAt[]) =>
    nodes.flatMap((node) => {
      const answer = answerOf(node, roomOn(node, dataFolder));
      const free = answer === null ? Infinity : Number(answer) / 1024;
      return free < needed ? [`${node.name} (${amountInWords('memoryMiB', Math.floor(free))} free)`] : [];
    });
  const asked = look.step.request.storageMiB;
  const sent = (sentBytes ?? 0) / 2 ** 20;
  const withoutAsked = short(asked, look.nodes);
  const withoutSent = short(
    sent,
    look.nodes.filter((node) => isStagedOn(look, node)),
  );
  return [
    ...(withoutAsked.length === 0
      ? []
      : warn(
          look,
          ['resources', 'storage'],
          `a task asks for ${amountInWords('storageMiB', asked)}, which is not free now on ${listed(withoutAsked)}`,
        )),
    ...(withoutSent.length === 0
      ? []
      : warn(
          look,
          ['files', 'send'],
          `${amountInWords('memoryMiB', Math.ceil(sent))} are to be sent, more than is free on ${listed(withoutSent)}, but for what is there from before`,
        )),
  ];
}

const listed = (names: readonly string[]): string =>
  names.length <= shown
    ? names.join(', ')
    : `${names.slice(0, shown).join(', ')} and ${names.length - shown} more nodes`;

const warn = ({ members }: Look, field: About['field'], message: string): readonly Found[] =>
  members.map(({ job, step }) => ({
    severity: 'warning',
    code: 'disk',
    about: aboutStep(job, step.name, ...field),
    message,
    fix: 'make room there, or leave these nodes out by a label under needs',
  }));
