import { Button, TextInput } from '@mantine/core';
import { IconArrowRight, IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/IconButton';
import type { PathRow } from './draft';

interface Props {
  readonly rows: readonly PathRow[];
  readonly problem: string | undefined;
  onChange(this: void, rows: readonly PathRow[]): void;
}

/** What shared folders are called there. */
export function PathFields({ rows, problem, onChange }: Props): ReactNode {
  const set = (key: number, more: Partial<PathRow>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...more } : row)));
  const add = (): void =>
    onChange([...rows, { key: Math.max(0, ...rows.map(({ key }) => key)) + 1, from: '', to: '' }]);
  return (
    <fieldset className="edit-group">
      <legend className="edit-label">Shared folders</legend>
      <p className="edit-text">What a folder of this machine is called there, if it has another name.</p>
      {rows.map(({ key, from, to }, index) => (
        <div key={key} className="edit-path">
          <TextInput
            aria-label={`Folder here, row ${index + 1}`}
            placeholder="/mnt/projects"
            spellCheck={false}
            value={from}
            onChange={(event) => set(key, { from: event.currentTarget.value })}
          />
          <IconArrowRight className="faint" size={16} aria-hidden />
          <TextInput
            aria-label={`The same folder there, row ${index + 1}`}
            placeholder="/Volumes/projects"
            spellCheck={false}
            value={to}
            onChange={(event) => set(key, { to: event.currentTarget.value })}
          />
          <IconButton
            label={`Remove row ${index + 1}`}
            onClick={() => onChange(rows.filter((row) => row.key !== key))}
          >
            <IconX size={15} aria-hidden />
          </IconButton>
        </div>
      ))}
      {problem !== undefined && <p className="edit-problem">{problem}</p>}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={add}
      >
        Add a folder
      </Button>
    </fieldset>
  );
}
