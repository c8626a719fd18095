import { memo } from 'react';
import type { ReactNode } from 'react';
import type { LogLine } from './lines';
import { markAt, markedStretches, marksIn } from './marks';
import type { Mark, MarkedStretch } from './marks';
import { colourOf, isBold, isDim, isUnderlined, plain } from './styles';
import { lineAtRow, lineOfByte } from './wrap';
import type { WrappedLines } from './wrap';

/** What is searched for, and the byte of the match at which the person is. */
export interface Searched {
  readonly text: string;
  readonly at: number | null;
}

interface Props {
  readonly lines: readonly LogLine[];
  readonly wrapped: WrappedLines;
  readonly first: number;
  readonly end: number;
  readonly searched: Searched | null;
}

/** The rows in sight. */
export const LogRows = memo(function LogRows(props: Props): ReactNode {
  const { lines, wrapped, first, end, searched } = props;
  const current = searched === null || searched.at === null ? -1 : lineOfByte(lines, searched.at);
  const rows: ReactNode[] = [];
  if (end <= first) return rows;
  let line = lineAtRow(wrapped, first);
  let marked = -1;
  let marks: readonly Mark[] = [];
  for (let row = first; row < end; row++) {
    while ((wrapped.firstRows[line + 1] ?? Infinity) <= row) line++;
    const shown = lines[line];
    if (shown === undefined) break;
    if (searched !== null && marked !== line) {
      marks = marksIn(shown, searched.text);
      marked = line;
    }
    const isCurrent = line === current;
    const currentMark = isCurrent && searched?.at != null ? markAt(shown, marks, searched.at) : null;
    const from = (row - (wrapped.firstRows[line] ?? 0)) * wrapped.columns;
    const to = Math.min(shown.text.length, from + wrapped.columns);
    rows.push(
      <div key={row} className={isCurrent ? 'log-row log-row-current' : 'log-row'}>
        {markedStretches(shown, from, to, marks).map((stretch, index) => (
          <Stretch key={index} stretch={stretch} isCurrent={stretch.mark === currentMark} />
        ))}
      </div>,
    );
  }
  return rows;
});

function Stretch(props: { readonly stretch: MarkedStretch; readonly isCurrent: boolean }): ReactNode {
  const { text, style, mark } = props.stretch;
  const styled = style === plain ? text : <span className={classOf(props.stretch)}>{text}</span>;
  if (mark === null) return styled;
  return <mark className={props.isCurrent ? 'log-mark log-mark-current' : 'log-mark'}>{styled}</mark>;
}

function classOf({ style }: MarkedStretch): string {
  const colour = colourOf(style);
  return [
    colour === null ? '' : `log-colour-${colour}`,
    isBold(style) ? 'log-bold' : '',
    isDim(style) ? 'log-dim' : '',
    isUnderlined(style) ? 'log-underlined' : '',
  ]
    .filter((name) => name !== '')
    .join(' ');
}
