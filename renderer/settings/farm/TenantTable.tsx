import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/IconButton';
import { CellField } from '../parts';
import { nextKey } from './draft';
import { newTenant } from './tenant-draft';
import type { TenantDraft, TenantField } from './tenant-draft';
import type { FarmDraftInHand } from './useFarmDraft';

export interface TenantColumn {
  readonly field: TenantField;
  readonly title: string;
  /** What an empty field means. */
  readonly empty: string;
}

/** A row for each tenant that is named, and one for all others. */
export function TenantTable(props: {
  readonly hand: FarmDraftInHand;
  readonly columns: readonly TenantColumn[];
}): ReactNode {
  const { hand, columns } = props;
  const { tenants, others } = hand.draft;
  const replace = (tenant: TenantDraft): void =>
    tenant.key === others.key
      ? hand.change({ others: tenant })
      : hand.change({ tenants: tenants.map((one) => (one.key === tenant.key ? tenant : one)) });
  const row = (tenant: TenantDraft, place: string, name: string): ReactNode =>
    columns.map(({ field, title, empty }) => (
      <td key={field}>
        <CellField
          label={`${title}, ${name}`}
          placeholder={empty}
          value={tenant.fields[field]}
          mistake={hand.mistakes.get(`${place}.${field}`)}
          onChange={(value) => replace({ ...tenant, fields: { ...tenant.fields, [field]: value } })}
        />
      </td>
    ));
  return (
    <>
      <div className="setting-table-frame">
        <table className="setting-table">
          <thead>
            <tr>
              <th scope="col" className="setting-table-name">
                Tenant
              </th>
              {columns.map(({ field, title }) => (
                <th key={field} scope="col">
                  {title}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tenants.map((tenant) => (
              <tr key={tenant.key}>
                <td>
                  <CellField
                    label="Name of the tenant"
                    placeholder="Name"
                    isNumber={false}
                    value={tenant.name}
                    mistake={hand.mistakes.get(`tenants.${tenant.key}.name`)}
                    onChange={(name) => replace({ ...tenant, name })}
                  />
                </td>
                {row(tenant, `tenants.${tenant.key}`, tenant.name === '' ? 'new tenant' : tenant.name)}
                <td>
                  <IconButton
                    label={`Remove ${tenant.name === '' ? 'the new tenant' : tenant.name}`}
                    onClick={() => hand.change({ tenants: tenants.filter(({ key }) => key !== tenant.key) })}
                  >
                    <IconTrash size={15} stroke={1.7} aria-hidden />
                  </IconButton>
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row" className="setting-table-others">
                {tenants.length === 0 ? 'Everybody' : 'All others, each'}
              </th>
              {row(others, 'others', 'all others')}
            </tr>
          </tbody>
        </table>
      </div>
      <Button
        className="setting-add"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => hand.change({ tenants: [...tenants, newTenant(nextKey(tenants))] })}
      >
        Add a tenant
      </Button>
    </>
  );
}
