import { ActionIcon, TextInput } from '@mantine/core';
import { IconFileSearch, IconFileExport, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { PathControl } from '../../../shared/ipc/forms';
import { bridge } from '../../live/connection';
import { filesDropped } from '../../app/dropping';
import type { FieldProps } from './FieldControl';

const icons = { file: IconFileSearch, newFile: IconFileExport, folder: IconFolderOpen } as const;
const words = {
  file: 'Choose a file',
  newFile: 'Choose where it is written',
  folder: 'Choose a folder',
} as const;

/** A path: typed, chosen with the system's own dialog, or dropped on the field. */
export function PathField(props: FieldProps & { readonly control: PathControl }): ReactNode {
  const { field, value, problem, control, folder, onChange, onChosen } = props;
  const Icon = icons[control.pick];
  const place = useRef<HTMLDivElement>(null);
  const chosen = useRef(onChosen);
  useEffect(() => {
    chosen.current = onChosen;
  });
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    return filesDropped(element, ([path]) => {
      if (path !== undefined) chosen.current(path);
    });
  }, []);
  const choose = async (): Promise<void> => {
    const { pick, filters } = control;
    const path = await bridge.choose({
      pick,
      title: field.label,
      filters,
      from: value === '' ? folder : value,
    });
    if (path !== null) onChosen(path);
  };
  return (
    <div ref={place} data-takes-files>
      <TextInput
        label={field.label}
        description={field.description}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={problem}
        data-field={field.name}
        aria-required={field.default === null && !field.isOptional}
        spellCheck={false}
        autoComplete="off"
        placeholder={field.isOptional ? 'The output folder of the batch' : ''}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={() => value !== '' && onChosen(value)}
        rightSection={
          <ActionIcon
            size="sm"
            aria-label={`${words[control.pick]}: ${field.label}`}
            title={words[control.pick]}
            onClick={() => void choose()}
          >
            <Icon size={16} stroke={1.7} aria-hidden />
          </ActionIcon>
        }
      />
    </div>
  );
}
