import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconBan, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { CheckedFork, CheckpointRow } from '../../shared/ipc/checkpoints';
import type { Refusal } from '../../shared/ipc/errors';
import { bytesInWords } from '../../shared/model/bytes-in-words';
import type { Risk } from '../../shared/model/checkpoint';
import { jobHash } from '../app/route';
import { request, requestOrTell } from '../live/request';
import { tellDone } from '../ui/tell';
import { countInWords } from '../ui/words';
import { forkIsClosed, useForked } from './forked';

/** Stands once in the shell, and opens for the checkpoint that `fork` is called with. */
export function ForkDialog(): ReactNode {
  const { row, isOpen } = useForked();
  return (
    <Modal
      opened={isOpen}
      onClose={forkIsClosed}
      size={560}
      centered
      title={<Text fw={600}>Branch from {row?.name}</Text>}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {row !== null && <Fork key={row.id} row={row} />}
    </Modal>
  );
}

type Values = Readonly<Record<string, string>>;

function Fork({ row }: { readonly row: CheckpointRow }): ReactNode {
  const [changed, setChanged] = useState<Values>({});
  const [folder, setFolder] = useState<string | null>(null);
  const [insists, setInsists] = useState(false);
  const { checked, refusal, isWaiting } = useCheck(row, changed, folder);
  const risks = checked?.risks ?? [];
  const isRefused = refusal !== null || risks.some(({ level }) => level === 'refused');
  const isRisky = risks.some(({ level }) => level === 'risky');
  const begin = async (): Promise<void> => {
    const wish = { checkpoint: row.id, parameters: changed, output: folder, why: null };
    const done = await requestOrTell('begin the branch', 'checkpoint.fork', { ...wish, force: insists });
    if (done === null) return;
    forkIsClosed();
    tellDone('The branch is submitted', done.name);
    const [job] = done.jobs;
    if (job !== undefined) location.hash = jobHash(job);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Another batch begins here{row.at === null ? '' : `, at ${row.at}`}. {row.jobName} stays as it is.
        </Text>
        {Object.entries(checked?.parameters ?? {}).map(([name, value]) => (
          <TextInput
            key={name}
            label={name}
            value={changed[name] ?? value}
            onChange={({ currentTarget }) => setChanged({ ...changed, [name]: currentTarget.value })}
          />
        ))}
        <TextInput
          label="Folder of its results"
          value={folder ?? checked?.output ?? ''}
          onChange={({ currentTarget }) => setFolder(currentTarget.value)}
        />
        {refusal === null ? <Coming checked={checked} /> : <Told level="refused" text={refusal.message} />}
        {risks.map(({ level, text }) => (
          <Told key={text} level={level} text={text} />
        ))}
        {isRisky && !isRefused && (
          <Checkbox
            label="Do it all the same"
            checked={insists}
            onChange={({ currentTarget }) => setInsists(currentTarget.checked)}
          />
        )}
      </Stack>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={forkIsClosed}>
          Close
        </Button>
        <Button type="submit" disabled={isWaiting || isRefused || (isRisky && !insists)}>
          Begin the branch
        </Button>
      </Group>
    </form>
  );
}

function Coming({ checked }: { readonly checked: CheckedFork | null }): ReactNode {
  if (checked === null) return null;
  const { jobs, copied } = checked;
  const copies =
    copied.files === 0
      ? ''
      : ` ${countInWords(copied.files, 'file')} of the original, ${bytesInWords(copied.bytes)}, will be copied.`;
  return (
    <Text size="sm">
      Runs {jobs.join(', ')}.{copies}
    </Text>
  );
}

const looks = {
  refused: { color: 'red', icon: IconBan, title: 'It cannot be' },
  risky: { color: 'yellow', icon: IconAlertTriangle, title: 'Risky' },
  note: { color: 'gray', icon: IconInfoCircle, title: 'Changed' },
} as const;

function Told({ level, text }: Risk): ReactNode {
  const { color, icon: Icon, title } = looks[level];
  return (
    <Alert color={color} title={title} icon={<Icon size={18} aria-hidden />} p="xs">
      {text}
    </Alert>
  );
}

interface Check {
  /** The last that could be; its values stay to be changed while others are refused. */
  readonly checked: CheckedFork | null;
  readonly refusal: Refusal | null;
  readonly isWaiting: boolean;
}

const typingMs = 250;

function useCheck({ id: checkpoint }: CheckpointRow, parameters: Values, output: string | null): Check {
  const asked = JSON.stringify([parameters, output]);
  const [check, setCheck] = useState<Omit<Check, 'isWaiting'> & { readonly of: string }>({
    ...{ checked: null, refusal: null, of: '' },
  });
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(() => {
      const wish = { checkpoint, parameters, output: output === '' ? null : output };
      void request('checkpoint.checkFork', wish).then((answer) => {
        if (isOver) return;
        setCheck(({ checked }) =>
          answer.ok
            ? { checked: answer.value, refusal: null, of: asked }
            : { checked, refusal: answer.refusal, of: asked },
        );
      });
    }, typingMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [checkpoint, parameters, output, asked]);
  return { ...check, isWaiting: check.of !== asked };
}
