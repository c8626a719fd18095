import { Select } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { curveOf, type Series } from './series';

const width = 300;
const height = 96;
const rounded = new Intl.NumberFormat('en', { maximumSignificantDigits: 5 });

/** One column of numbers against the first. */
export function Plot({ series, name }: { readonly series: Series; readonly name: string }): ReactNode {
  const [column, setColumn] = useState(1);
  const { points, from, to } = curveOf(series, column, width, height);
  const [along = '', ...others] = series.names;
  const what = series.names[column] ?? '';
  return (
    <figure className="checkpoint-plot">
      <figcaption>
        <Select
          size="xs"
          aria-label={`Which numbers of ${name} are drawn`}
          allowDeselect={false}
          data={others.map((one, index) => ({ value: String(index + 1), label: one }))}
          value={String(column)}
          onChange={(value) => setColumn(Number(value ?? 1))}
        />
        <span className="faint">against {along}</span>
      </figcaption>
      <svg
        viewBox={`-2 -2 ${width + 4} ${height + 4}`}
        role="img"
        aria-label={`${what} from ${rounded.format(from[1])} to ${rounded.format(to[1])}, ${along} from ${rounded.format(from[0])} to ${rounded.format(to[0])}`}
      >
        <polyline points={points} />
      </svg>
      <div className="checkpoint-plot-edges faint">
        <span>{rounded.format(from[0])}</span>
        <span>
          {rounded.format(from[1])} … {rounded.format(to[1])}
        </span>
        <span>{rounded.format(to[0])}</span>
      </div>
    </figure>
  );
}
