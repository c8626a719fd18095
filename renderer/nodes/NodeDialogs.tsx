import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { NodeRow } from '../../shared/ipc/nodes';
import { closeNodeDialog, useNodeDialog } from './dialog';
import { EditNodeDialog } from './edit/EditNodeDialog';
import { MaintenanceDialog } from './MaintenanceDialog';
import { ConnectDialog } from './visit/ConnectDialog';

/** Stands once on each page that shows nodes. */
export function NodeDialogs({ nodes }: { readonly nodes: readonly NodeRow[] }): ReactNode {
  const dialog = useNodeDialog();
  useEffect(() => closeNodeDialog, []);
  const node = nodes.find(({ id }) => id === dialog?.node);
  if (dialog === null || node === undefined) return null;
  switch (dialog.kind) {
    case 'edit':
      return <EditNodeDialog node={node} onClose={closeNodeDialog} />;
    case 'maintenance':
      return <MaintenanceDialog node={node} onClose={closeNodeDialog} />;
    case 'connect':
      return <ConnectDialog node={node} takeOver={dialog.takeOver} onClose={closeNodeDialog} />;
  }
}
