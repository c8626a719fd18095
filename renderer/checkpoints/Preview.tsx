import { Code } from '@mantine/core';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { bytesInRows } from './bytes';
import { Plot } from './Plot';
import { seriesIn } from './series';
import type { ShownFile } from './usePreview';

/** A picture, a text with the numbers in it as a curve, or the first bytes. */
export function Preview({ shown, name }: { readonly shown: ShownFile; readonly name: string }): ReactNode {
  const { preview, problem } = shown;
  const series = useMemo(() => (preview?.kind === 'text' ? seriesIn(preview.text) : null), [preview]);
  if (problem !== null)
    return (
      <p className="faint" role="status">
        {problem}
      </p>
    );
  switch (preview?.kind) {
    case undefined:
      return null;
    case 'picture':
      return <img className="checkpoint-picture" src={preview.address} alt={`What ${name} shows`} />;
    case 'text':
      return (
        <>
          {series !== null && <Plot series={series} name={name} />}
          <Code block className="checkpoint-text" tabIndex={0} aria-label={`The beginning of ${name}`}>
            {preview.text}
            {!preview.isWhole && '\n…'}
          </Code>
        </>
      );
    case 'bytes':
      return (
        <Code block className="checkpoint-text" tabIndex={0} aria-label={`The first bytes of ${name}`}>
          {bytesInRows(preview.hex)}
        </Code>
      );
  }
}
