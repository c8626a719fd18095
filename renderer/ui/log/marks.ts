import { byteLength, stretchesOf } from './lines';
import type { LogLine } from './lines';
import type { TextStyle } from './styles';

/** A stretch of a line's text that was searched for. */
export interface Mark {
  readonly from: number;
  readonly to: number;
}

/** Only ASCII letters lose their case, as in the search of the log itself. */
const lower = (text: string): string => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());

export function marksIn(line: LogLine, text: string): readonly Mark[] {
  const marks: Mark[] = [];
  const [all, wanted] = [lower(line.text), lower(text)];
  if (wanted === '') return marks;
  for (let from = all.indexOf(wanted); from >= 0; from = all.indexOf(wanted, from + wanted.length))
    marks.push({ from, to: from + wanted.length });
  return marks;
}

/** The mark of the match that begins at a byte. Near is enough: control codes have bytes, but are not shown. */
export function markAt(line: LogLine, marks: readonly Mark[], at: number): Mark | null {
  let nearest: Mark | null = null;
  let least = Infinity;
  let bytes = line.at;
  let counted = 0;
  for (const mark of marks) {
    bytes += byteLength(line.text, counted, mark.from);
    counted = mark.from;
    const distance = Math.abs(bytes - at);
    if (distance >= least) break;
    nearest = mark;
    least = distance;
  }
  return nearest;
}

export interface MarkedStretch {
  readonly text: string;
  readonly style: TextStyle;
  readonly mark: Mark | null;
}

/** The stretches of a line between two of its characters, cut where its marks begin and end. */
export function markedStretches(
  line: LogLine,
  from: number,
  to: number,
  marks: readonly Mark[],
): readonly MarkedStretch[] {
  const cut: MarkedStretch[] = [];
  let at = from;
  let next = 0;
  for (const { text, style } of stretchesOf(line, from, to)) {
    const end = at + text.length;
    while (at < end) {
      while ((marks[next]?.to ?? Infinity) <= at) next++;
      const mark = marks[next];
      const isIn = mark !== undefined && mark.from <= at;
      const until = Math.min(end, (isIn ? mark.to : mark?.from) ?? end);
      cut.push({ text: line.text.slice(at, until), style, mark: isIn ? mark : null });
      at = until;
    }
  }
  return cut;
}
