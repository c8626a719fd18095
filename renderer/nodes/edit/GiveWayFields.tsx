import { NumberInput, SegmentedControl, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Draft, GiveWayDraft, Problems } from './draft';

interface Props {
  readonly draft: Draft;
  readonly problems: Problems;
  onChange(this: void, more: Partial<Draft>): void;
}

const running = [
  { value: 'finish', label: 'Finishes' },
  { value: 'stop', label: 'Stops, and runs again elsewhere' },
] as const;

/** When the person who sits there comes first. */
export function GiveWayFields({ draft, problems, onChange }: Props): ReactNode {
  const { giveWay } = draft;
  const set = (more: Partial<GiveWayDraft>): void => onChange({ giveWay: { ...giveWay, ...more } });
  return (
    <fieldset className="edit-group">
      <Switch
        size="xs"
        label="Give way to the person who sits there"
        description="New work starts only when all of what is filled in holds."
        checked={draft.givesWay}
        onChange={(event) => onChange({ givesWay: event.currentTarget.checked })}
      />
      {draft.givesWay && (
        <div className="edit-give-way">
          <NumberInput
            size="xs"
            label="Nobody has touched it for"
            suffix=" minutes"
            placeholder="whoever sits there"
            min={0}
            max={100_000}
            allowNegative={false}
            value={giveWay.idleMinutes ?? ''}
            onChange={(value) => set({ idleMinutes: typeof value === 'number' ? value : null })}
          />
          <NumberInput
            size="xs"
            label="Other programs use at most"
            suffix=" % of the processor"
            placeholder="whatever runs there"
            min={0}
            max={100}
            allowDecimal={false}
            allowNegative={false}
            value={giveWay.mostLoadPercent ?? ''}
            onChange={(value) => set({ mostLoadPercent: typeof value === 'number' ? value : null })}
          />
          <TextInput
            type="time"
            label="Only from"
            value={giveWay.from}
            onChange={(event) => set({ from: event.currentTarget.value.slice(0, 5) })}
          />
          <TextInput
            type="time"
            label="to"
            value={giveWay.to}
            onChange={(event) => set({ to: event.currentTarget.value.slice(0, 5) })}
          />
          <div className="edit-wide">
            <div className="edit-label" id="edit-running">
              What runs when that changes
            </div>
            <SegmentedControl
              aria-labelledby="edit-running"
              data={[...running]}
              value={giveWay.running}
              onChange={(chosen) => set({ running: chosen === 'stop' ? 'stop' : 'finish' })}
            />
          </div>
          {[problems.giveWay, problems.hours].map(
            (problem) =>
              problem !== undefined && (
                <p key={problem} className="edit-problem edit-wide">
                  {problem}
                </p>
              ),
          )}
        </div>
      )}
    </fieldset>
  );
}
