import { Button } from '@mantine/core';
import { IconFolderOpen, IconPackageExport } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { HostInfo } from '../../../shared/ipc/contract';
import { bridge } from '../../live/connection';
import { request } from '../../live/request';
import { tellDone, tellRefusal } from '../../ui/tell';
import { Moment } from '../../ui/Time';
import { memoryInWords } from '../../ui/words';
import { Group, Setting } from '../parts';

const failed = (wish: string) => (error: unknown) =>
  tellRefusal(wish, { message: error instanceof Error ? error.message : String(error) });

export function DataSection(): ReactNode {
  const { info, bytes } = useData();
  const [isSaving, setSaving] = useState(false);
  const save = (): void => {
    setSaving(true);
    bridge
      .saveDiagnostics()
      .then((folder) => {
        if (folder !== null) tellDone('The diagnostics are saved', folder);
      })
      .catch(failed('save the diagnostics'))
      .finally(() => setSaving(false));
  };
  return (
    <>
      <Group title="Data folder">
        <Setting
          title={info?.dataFolder ?? '…'}
          text={
            <>
              {bytes === null ? 'Adding up how large it is …' : memoryInWords(bytes / 2 ** 20)}. Everything is
              here: the queue, its history, and what runs on this machine. Another one is chosen with
              DROVER_DATA when Drover starts.
            </>
          }
          renderControl={() => (
            <Button
              variant="default"
              leftSection={<IconFolderOpen size={15} aria-hidden />}
              onClick={() => void bridge.openDataFolder().catch(failed('open the data folder'))}
            >
              Open
            </Button>
          )}
        />
        <p className="setting-lead">
          The history keeps the newest 200,000 entries; older ones are forgotten by themselves.
        </p>
      </Group>
      <Group title="When something is wrong">
        <Setting
          title="Diagnostics"
          text="A folder of text files for whoever looks into it: versions, settings, nodes and their states, how much of what is in the queue. No passwords, no addresses, no commands, no logs and no names of jobs. Read it before you give it away."
          renderControl={() => (
            <Button
              variant="default"
              loading={isSaving}
              leftSection={<IconPackageExport size={15} aria-hidden />}
              onClick={save}
            >
              Save …
            </Button>
          )}
        />
      </Group>
      {info !== null && (
        <Group title="About">
          <dl className="setting-facts">
            <dt>Drover</dt>
            <dd>{info.version}</dd>
            <dt>Runs on</dt>
            <dd>{info.runtime}</dd>
            <dt>Store</dt>
            <dd>schema {info.schema}</dd>
            <dt>Since</dt>
            <dd>
              <Moment at={info.startedAt} />
            </dd>
          </dl>
        </Group>
      )}
    </>
  );
}

function useData(): { readonly info: HostInfo | null; readonly bytes: number | null } {
  const [info, setInfo] = useState<HostInfo | null>(null);
  const [bytes, setBytes] = useState<number | null>(null);
  useEffect(() => {
    let isMounted = true;
    void request('host.info', {}).then((answer) => {
      if (isMounted && answer.ok) setInfo(answer.value);
    });
    bridge
      .dataFolderSize()
      .then((size) => {
        if (isMounted) setBytes(size);
      })
      .catch(failed('add up the data folder'));
    return () => {
      isMounted = false;
    };
  }, []);
  return { info, bytes };
}
