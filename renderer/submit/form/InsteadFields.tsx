import { Autocomplete, SegmentedControl, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { priorities } from '../../../shared/model/states';
import type { Instead } from '../../../shared/model/submission';
import { request } from '../../live/request';
import { priorityWords } from '../../ui/StateMark';
import { asField, fromField } from '../../ui/momentField';
import { useNow } from '../../ui/useNow';

interface Props {
  readonly instead: Instead;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (change: Instead) => void;
}

/** How urgent it is, until when it should be done, and whose work it is. */
export function InsteadFields({ instead, problems, onChange }: Props): ReactNode {
  const tenants = useTenants();
  const now = useNow();
  const isPast = instead.deadline !== undefined && instead.deadline < now;
  return (
    <div className="form-instead">
      <div>
        <div className="form-label" id="submit-priority">
          Priority
        </div>
        <SegmentedControl
          fullWidth
          aria-labelledby="submit-priority"
          data={priorities.map((priority) => ({ value: priority, label: priorityWords[priority] }))}
          value={instead.priority ?? 'MEDIUM'}
          onChange={(value) => {
            const priority = priorities.find((one) => one === value);
            if (priority !== undefined) onChange({ priority });
          }}
        />
      </div>
      <TextInput
        type="datetime-local"
        label="Deadline"
        error={isPast ? 'It is over already' : null}
        value={instead.deadline === undefined ? '' : asField(instead.deadline)}
        onChange={(event) => onChange({ deadline: fromField(event.currentTarget.value) ?? undefined })}
      />
      <Autocomplete
        size="xs"
        label="Tenant"
        placeholder="default"
        data={[...tenants]}
        error={problems.get('tenant') ?? null}
        value={instead.tenant ?? ''}
        onChange={(tenant) => onChange({ tenant })}
      />
    </div>
  );
}

/** Those that have a share or a quota. */
function useTenants(): readonly string[] {
  const [tenants, setTenants] = useState<readonly string[]>([]);
  useEffect(() => {
    let isMounted = true;
    void request('settings.show', {}).then((answer) => {
      if (isMounted && answer.ok) setTenants(Object.keys(answer.value.settings.tenants));
    });
    return () => {
      isMounted = false;
    };
  }, []);
  return tenants;
}
