import type { NodeRow } from '../../../shared/ipc/nodes';
import type { Refusal } from '../../../shared/ipc/errors';
import { nodeSettings, type NodeSettings } from '../../../shared/model/settings';
import { request } from '../../live/request';
import { tellChange } from '../../live/undo';

/** Changes one node in the settings as they are by now. Null: it is saved. */
export async function saveNodeSettings(
  { id, name }: Pick<NodeRow, 'id' | 'name'>,
  change: (before: NodeSettings) => NodeSettings,
): Promise<Refusal | null> {
  const shown = await request('settings.show', {});
  if (!shown.ok) return shown.refusal;
  const { settings } = shown.value;
  const nodes = { ...settings.nodes, [id]: change(nodeSettings(settings, id)) };
  const saved = await request('settings.change', { settings: { ...settings, nodes }, why: null });
  if (!saved.ok) return saved.refusal;
  tellChange(`${name} is changed`, saved.value.change);
  return null;
}
