import type { ReactNode } from 'react';
import { Browser } from './Browser';

/** All that was saved, of whatever job. */
export function CheckpointsPage(): ReactNode {
  return (
    <>
      <header className="page-head">
        <h1 className="page-title">Checkpoints</h1>
        <span className="faint">What interrupted work goes on from</span>
      </header>
      <Browser job={null} />
    </>
  );
}
