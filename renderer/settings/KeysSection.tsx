import type { ReactNode } from 'react';
import { ShortcutList } from '../app/ShortcutList';

export function KeysSection(): ReactNode {
  return (
    <div className="setting-group">
      <ShortcutList />
    </div>
  );
}
