import { Autocomplete, NumberInput, Select, Slider, Switch, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Field, NumberControl } from '../../../shared/ipc/forms';
import { PathField } from './PathField';

export interface FieldProps {
  readonly field: Field;
  readonly value: string;
  /** What is wrong with it; null: nothing is known to be. */
  readonly problem: string | null;
  /** What a relative path is relative to. */
  readonly folder: string;
  readonly onChange: (value: string) => void;
  /** It was chosen with the system's own dialog, or dropped: it will not change with the next key. */
  readonly onChosen: (path: string) => void;
}

/** The control of a field, with its label, its description and what is wrong. */
export function FieldControl(props: FieldProps): ReactNode {
  const { field, value, problem, onChange } = props;
  const { control } = field;
  const common = {
    label: field.label,
    description: field.description,
    error: problem,
    size: 'xs',
    'data-field': field.name,
    'aria-required': field.default === null && !field.isOptional,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
      | 'label'
      | 'input'
      | 'description'
      | 'error'
    )[],
  } as const;
  switch (control.kind) {
    case 'line':
      return control.suggestions.length > 0 ? (
        <Autocomplete {...common} data={[...control.suggestions]} value={value} onChange={onChange} />
      ) : (
        <TextInput
          {...common}
          spellCheck={false}
          autoComplete="off"
          {...(control.longest === null ? {} : { maxLength: control.longest })}
          {...(control.holds === 'ranges' ? { inputMode: 'numeric', placeholder: '1-100' } : {})}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'lines':
      return (
        <Textarea
          {...common}
          autosize
          minRows={4}
          maxRows={16}
          spellCheck={false}
          classNames={{ input: 'field-code' }}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          data={[...control.values]}
          allowDeselect={false}
          value={value === '' ? null : value}
          onChange={(chosen) => onChange(chosen ?? '')}
        />
      );
    case 'check':
      return (
        <Switch
          label={common.label}
          description={field.description}
          error={problem}
          size="xs"
          data-field={field.name}
          classNames={{ root: 'field-switch' }}
          checked={value === control.on}
          onChange={(event) => onChange(event.currentTarget.checked ? control.on : control.off)}
        />
      );
    case 'number':
      return <NumberField {...props} common={common} control={control} />;
    case 'path':
      return <PathField {...props} control={control} />;
    case 'hidden':
      return null;
  }
}

interface NumberProps extends FieldProps {
  readonly control: NumberControl;
  readonly common: {
    readonly label: ReactNode;
    readonly description: string | null;
    readonly error: string | null;
  };
}

/** Where the range is known and small, it is shown, and the number can be dragged as well as typed. */
function NumberField({ field, value, control, common, onChange }: NumberProps): ReactNode {
  const { least, most, step, decimals, isWhole, isSlider } = control;
  const number = Number(value === '' ? (field.default ?? least) : value);
  const slider = isSlider && (
    // What the keyboard needs is in the input.
    <div className="field-slider" aria-hidden>
      <Slider
        thumbProps={{ tabIndex: -1 }}
        size={4}
        thumbSize={14}
        label={null}
        min={Number(least)}
        max={Number(most)}
        step={step}
        value={Number.isFinite(number) ? number : Number(least)}
        onChange={(dragged) => onChange(asWritten(dragged, step))}
      />
    </div>
  );
  return (
    <NumberInput
      {...common}
      value={value}
      step={step}
      allowDecimal={!isWhole}
      {...(decimals === null ? {} : { decimalScale: decimals })}
      {...(least === null ? {} : { min: Number(least) })}
      {...(most === null ? {} : { max: Number(most) })}
      {...(least !== null && Number(least) >= 0 ? { allowNegative: false } : {})}
      clampBehavior="none"
      placeholder={field.default ?? ''}
      onChange={(changed) => onChange(String(changed))}
      inputContainer={withBelow(slider)}
    />
  );
}

const withBelow =
  (below: ReactNode) =>
  (input: ReactNode): ReactNode => (
    <>
      {input}
      {below}
    </>
  );

/** Without the digits that only computing has brought in. */
function asWritten(value: number, step: number): string {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return String(Number(value.toFixed(Math.min(digits + 1, 12))));
}
