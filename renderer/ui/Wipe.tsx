import { useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import './stage.css';

/** One picture over another, up to a line that is moved. */
export function Wipe({ under, over }: { readonly under: ReactNode; readonly over: ReactNode }): ReactNode {
  const [wipe, setWipe] = useState(50);
  const style: CSSProperties & Record<'--wipe', string> = { '--wipe': `${wipe}%` };
  return (
    <div className="stage stage-wipe" style={style}>
      {under}
      {over}
      <div className="wipe-line" aria-hidden />
      <input
        type="range"
        className="wipe-range"
        min={0}
        max={100}
        value={wipe}
        aria-label="Where one frame ends and the other begins"
        onChange={(event) => setWipe(Number(event.currentTarget.value))}
      />
    </div>
  );
}
