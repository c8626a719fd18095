import { SegmentedControl, Select, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { scales } from '../../../shared/ipc/preferences';
import { Group, Setting } from '../parts';
import { usePreferences } from './usePreferences';

const schemes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
] as const;

export function AppearanceSection(): ReactNode {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [preferences, change] = usePreferences();
  return (
    <Group>
      <Setting
        title="Theme"
        text="Light, dark, or whatever the system is set to."
        renderControl={({ title }) => (
          <SegmentedControl
            aria-labelledby={title}
            data={[...schemes]}
            value={colorScheme}
            onChange={(value) => {
              const scheme = schemes.find((one) => one.value === value);
              if (scheme !== undefined) setColorScheme(scheme.value);
            }}
          />
        )}
      />
      {preferences !== null && (
        <Setting
          title="Size"
          text="Of everything in the window. Also Ctrl and plus, minus or 0; on a Mac with Command."
          renderControl={({ title }) => (
            <Select
              size="xs"
              w={110}
              aria-labelledby={title}
              allowDeselect={false}
              data={scales.map((scale) => ({ value: String(scale), label: `${Math.round(scale * 100)} %` }))}
              value={String(preferences.scale)}
              onChange={(value) => {
                const scale = scales.find((one) => String(one) === value);
                if (scale !== undefined) change({ scale });
              }}
            />
          )}
        />
      )}
    </Group>
  );
}
