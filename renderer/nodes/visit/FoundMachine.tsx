import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { FoundMachine as Found } from '../../../shared/ipc/nodes';
import { countInWords, memoryInWords } from '../../ui/words';

/** What a machine is and has, as its probe found it. */
export function FoundMachine(props: {
  readonly machine: Found;
  readonly notices: readonly string[];
}): ReactNode {
  const { machine, notices } = props;
  const { capacity, cards, programs, freeDiskMiB } = machine;
  return (
    <section aria-label="What was found">
      <dl className="visit-facts">
        {machine.host !== null && <Fact name="Calls itself" value={machine.host} />}
        <Fact name="System" value={machine.system} />
        <Fact
          name="Has"
          value={`${countInWords(capacity.cpu, 'core')}, ${memoryInWords(capacity.memoryMiB)} of memory`}
        />
        <Fact
          name="GPUs"
          value={
            cards.length === 0
              ? 'none'
              : cards.map(({ name, memoryMiB }) => `${name}, ${memoryInWords(memoryMiB)}`).join('; ')
          }
        />
        <Fact
          name="Disk"
          value={
            freeDiskMiB === null
              ? 'not known'
              : `${memoryInWords(freeDiskMiB)} free of ${memoryInWords(capacity.storageMiB)}`
          }
        />
        <Fact
          name="Programs"
          value={
            programs.length === 0
              ? 'none that Drover knows'
              : programs
                  .map(({ name, version }) => (version === null ? name : `${name} ${version}`))
                  .join(', ')
          }
        />
      </dl>
      {notices.map((notice) => (
        <p key={notice} className="node-note node-note-warning">
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
          <span>{notice}</span>
        </p>
      ))}
    </section>
  );
}

function Fact(props: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </>
  );
}
