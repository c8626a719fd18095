import { Button } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { FormWish } from '../../../shared/ipc/forms';
import { replaceRoute } from '../../app/useRoute';
import { bridge } from '../../live/connection';

/** Where a command line was to run: its relative paths are taken from there. */
export function CommandFolder(props: {
  readonly wish: Extract<FormWish, { kind: 'command' }>;
  readonly folder: string | null;
}): ReactNode {
  const { wish, folder } = props;
  const choose = async (): Promise<void> => {
    const title = 'Where is the command to run?';
    const path = await bridge.choose({ pick: 'folder', title, filters: [], from: folder });
    if (path !== null) replaceRoute({ page: 'submit', wishes: [{ ...wish, folder: path }] });
  };
  return (
    <section className="form-command" aria-label="The command">
      <code>{wish.text}</code>
      <div className="form-command-folder">
        <IconFolder size={15} stroke={1.7} aria-hidden />
        <span>
          In <bdi>{folder}</bdi>
        </span>
        <Button size="compact-xs" variant="subtle" onClick={() => void choose()}>
          Another folder …
        </Button>
      </div>
    </section>
  );
}
