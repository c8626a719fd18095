import type { CommandedChange } from '../../../shared/model/farm-change';
import type { SettingsLimit } from '../../../shared/model/verdict';
import { nodeSettings, tenantSettings, type FarmSettings } from '../../../shared/model/settings';
import type { Command } from '../commands';
import type { FarmState } from '../state';

/** What a person would say to make the change. */
export function commandFor(state: FarmState, change: CommandedChange, by: string): Command {
  const { settings } = state;
  switch (change.kind) {
    case 'release':
      return { kind: 'release', by, jobs: [change.job] };
    case 'takeBack':
      return { kind: 'takeBack', by, node: change.node };
    case 'bypass':
      return { kind: 'bypass', by, edge: change.edge };
    case 'unreserve':
      return { kind: 'unreserve', by, reservation: change.reservation };
    case 'cancel':
      return { kind: 'cancel', by, jobs: [change.job] };
    case 'priority': {
      const { job, to } = change;
      return {
        kind: 'order',
        by,
        jobs: [{ job, priority: to, deadline: state.jobs.get(job)?.deadline ?? null }],
      };
    }
    case 'raise':
      return { kind: 'configure', by, settings: raised(settings, change.limit, change.to) };
    case 'label': {
      const { node, add, remove, pool } = change;
      const known = nodeSettings(settings, node);
      const labels = [...known.labels.filter((label) => !remove.includes(label)), ...add];
      const pools = pool === null ? known.pools : [...known.pools, pool];
      const nodes = { ...settings.nodes, [node]: { ...known, labels, pools } };
      return { kind: 'configure', by, settings: { ...settings, nodes } };
    }
  }
}

function raised(settings: FarmSettings, { of, name, what }: SettingsLimit, to: number): FarmSettings {
  switch (of) {
    case 'user':
      return { ...settings, perUser: to };
    case 'farm':
      return { ...settings, shared: { ...settings.shared, [name]: to } };
    case 'tenant': {
      const known = tenantSettings(settings, name);
      const most =
        what === 'tasks'
          ? { ...known.most, running: to }
          : { ...known.most, amounts: { ...known.most.amounts, [what]: to } };
      return { ...settings, tenants: { ...settings.tenants, [name]: { ...known, most } } };
    }
  }
}
