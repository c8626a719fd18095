import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Preferences, QuietHours } from '../../../shared/ipc/preferences';
import { batchEnds } from '../../../shared/model/states';
import type { BatchEnd } from '../../../shared/model/states';
import { SwitchSetting } from '../farm/FarmSections';
import { Group, Setting } from '../parts';
import { usePreferences } from './usePreferences';

const endWords: Readonly<Record<BatchEnd, string>> = {
  COMPLETED: 'is done',
  FAILED: 'has failed',
  CANCELLED: 'was cancelled',
};

export function NotificationSection(): ReactNode {
  const [preferences, change] = usePreferences();
  if (preferences === null) return null;
  return <Filled preferences={preferences} onChange={change} />;
}

function Filled(props: {
  readonly preferences: Preferences;
  onChange(this: void, change: Partial<Preferences>): void;
}): ReactNode {
  const { preferences, onChange } = props;
  const { tellOf, quiet } = preferences;
  return (
    <>
      <Group title="Telling">
        <Setting
          title="Tell when a batch"
          text="A recipe may ask to be told of fewer ends. Several that end together are told as one."
          renderControl={({ title }) => (
            <div role="group" aria-labelledby={title} className="setting-checks">
              {batchEnds.map((end) => (
                <Checkbox
                  key={end}
                  size="xs"
                  label={endWords[end]}
                  checked={tellOf.includes(end)}
                  onChange={(event) =>
                    onChange({
                      tellOf: batchEnds.filter((one) =>
                        one === end ? event.currentTarget.checked : tellOf.includes(one),
                      ),
                    })
                  }
                />
              ))}
            </div>
          )}
        />
        <SwitchSetting
          title="Quiet hours"
          text="Nothing is told between these times. What happened meanwhile is told afterwards, at once."
          isOn={quiet !== null}
          onChange={(isOn) => onChange({ quiet: isOn ? { from: '22:00', to: '07:00' } : null })}
        />
        {quiet !== null && <Hours quiet={quiet} onChange={(hours) => onChange({ quiet: hours })} />}
      </Group>
      <Group title="This machine">
        <SwitchSetting
          title="Keep it awake while there is work"
          text="The machine does not fall asleep by itself until everything has ended. Its screen may."
          isOn={preferences.keepAwake}
          onChange={(keepAwake) => onChange({ keepAwake })}
        />
      </Group>
    </>
  );
}

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/** While a time is half typed, the one before counts. */
function Hours(props: {
  readonly quiet: QuietHours;
  onChange(this: void, quiet: QuietHours): void;
}): ReactNode {
  const [typed, setTyped] = useState(props.quiet);
  const type = (more: Partial<QuietHours>): void => {
    const next = { ...typed, ...more };
    setTyped(next);
    if (timeOfDay.test(next.from) && timeOfDay.test(next.to) && next.from !== next.to) props.onChange(next);
  };
  const mistake = (time: string): string | undefined =>
    timeOfDay.test(time) ? undefined : 'A time, such as 22:00.';
  const field = (end: keyof QuietHours, label: string): ReactNode => (
    <TextInput
      type="time"
      label={label}
      value={typed[end]}
      error={mistake(typed[end])}
      onChange={(event) => type({ [end]: event.currentTarget.value.slice(0, 5) })}
    />
  );
  return (
    <div className="setting-hours">
      {field('from', 'Quiet from')}
      {field('to', 'until')}
      {typed.from === typed.to && timeOfDay.test(typed.to) && (
        <p className="setting-mistake">Two different times: as it is, it would never be quiet.</p>
      )}
    </div>
  );
}
