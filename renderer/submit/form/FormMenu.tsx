import { Button, Menu, Modal, Text, TextInput } from '@mantine/core';
import { IconBookmark, IconChevronDown, IconDeviceFloppy, IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { bridge } from '../../live/connection';
import { requestOrTell } from '../../live/request';
import { tellDone, tellRefusal } from '../../ui/tell';
import { submissionOf } from './draft';
import type { Draft } from './draft';

const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

interface Props {
  readonly draft: Draft;
  readonly onDefaults: () => void;
}

/** What can be done with what is filled in, beside submitting it. */
export function FormMenu({ draft, onDefaults }: Props): ReactNode {
  const [isNaming, setNaming] = useState(false);
  return (
    <>
      <Menu position="top-start">
        <Menu.Target>
          <Button variant="subtle" color="gray" rightSection={<IconChevronDown size={14} aria-hidden />}>
            Save
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconBookmark {...icon} />} onClick={() => setNaming(true)}>
            Keep as a preset …
          </Menu.Item>
          <Menu.Item leftSection={<IconDeviceFloppy {...icon} />} onClick={() => void saveAsFile(draft)}>
            Save as a recipe …
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconEraser {...icon} />} onClick={onDefaults}>
            Set all to the defaults
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={isNaming}
        onClose={() => setNaming(false)}
        title={<Text fw={600}>Keep as a preset</Text>}
        closeButtonProps={{ 'aria-label': 'Close' }}
        size={420}
        centered
      >
        <PresetName draft={draft} onDone={() => setNaming(false)} />
      </Modal>
    </>
  );
}

async function saveAsFile(draft: Draft): Promise<void> {
  try {
    const path = await bridge.saveRecipe(submissionOf(draft));
    if (path !== null) tellDone('Saved', path);
  } catch (error) {
    tellRefusal('save it', { message: error instanceof Error ? error.message : String(error) });
  }
}

function PresetName({ draft, onDone }: { readonly draft: Draft; readonly onDone: () => void }): ReactNode {
  const [title, setTitle] = useState(draft.form.title);
  const keep = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { name: _, ...instead } = submissionOf(draft).instead ?? {};
    const submission = { ...submissionOf(draft), instead };
    const answer = await requestOrTell('keep the preset', 'preset.keep', { title: title.trim(), submission });
    if (answer === null) return;
    tellDone(`${answer.preset.title} is kept`, 'It is among your presets from now on.');
    onDone();
  };
  return (
    <form onSubmit={(event) => void keep(event)}>
      <TextInput
        label="Name"
        description="All values as they are now are kept under it. A preset of yours that has this name is replaced."
        data-autofocus
        maxLength={100}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div className="form-name-foot">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" disabled={title.trim() === ''}>
          Keep
        </Button>
      </div>
    </form>
  );
}
