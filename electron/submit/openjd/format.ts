/** Format strings: `render_{{Param.Scene}}.exr`. */
import { quote } from '../document/words';
import type { FormatString, Segment, Symbols } from './model';

export type ParsedFormat =
  | { readonly ok: true; readonly segments: readonly Segment[] }
  /** `piece` is what is wrong, and starts at `index` of the text. */
  | { readonly ok: false; readonly piece: string; readonly index: number; readonly message: string };

const nameForm = /^\s*([A-Za-z_][A-Za-z0-9_]*(?:\s*\.\s*[A-Za-z_][A-Za-z0-9_]*)*)\s*$/;

export function parseFormat(text: string): ParsedFormat {
  const segments: Segment[] = [];
  const refuse = (piece: string, index: number, message: string): ParsedFormat => ({
    ok: false,
    piece,
    index,
    message,
  });
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const stray = text.indexOf('}}', at);
    if (stray !== -1 && (open === -1 || stray < open))
      return refuse(
        '}}',
        stray,
        'found }} without {{ before it; a space between the two braces makes them text',
      );
    if (open > at || open === -1)
      segments.push({ kind: 'text', text: text.slice(at, open === -1 ? text.length : open) });
    if (open === -1) break;
    if (stray === -1) return refuse('{{', open, 'found {{ without }} after it');
    const inside = text.slice(open + 2, stray);
    const name = nameForm.exec(inside)?.[1];
    if (name === undefined) return refuse('{{', open, notAName(inside));
    segments.push({ kind: 'value', symbol: name.replace(/\s/g, ''), offset: open });
    at = stray + 2;
  }
  return { ok: true, segments };
}

function notAName(inside: string): string {
  if (inside.trim() === '') return 'found nothing between {{ and }}; allowed is a name such as Param.Frames';
  const found = `found ${quote(inside.trim())} between {{ and }}; allowed is a name such as Param.Frames`;
  return /[()+*/<>=[\]|'"]|\b(?:if|for|and|or|not)\b/.test(inside)
    ? `${found}; expressions need the extension EXPR, which is not supported yet`
    : found;
}

/** Nothing in it has to be looked up. */
export const isPlain = ({ segments }: Pick<FormatString, 'segments'>): boolean =>
  segments.every(({ kind }) => kind === 'text');

/** What is written around the names, which is in every result. */
export const plainPart = ({ segments }: Pick<FormatString, 'segments'>): string =>
  segments.map((segment) => (segment.kind === 'text' ? segment.text : '')).join('');

/** More than any template needs, and less than what fills the memory. */
const longestResolved = 64 * 1024 * 1024;

/** With values in the place of names. A template has been checked to use only names that exist. */
export function resolveFormatString(format: FormatString, symbols: Symbols): string {
  const length = resolvedLength(format, symbols);
  if (length > longestResolved)
    throw new Error(`a text would have ${length} characters once its names are filled in`);
  return format.segments.map((segment) => partOf(segment, symbols)).join('');
}

/** Without making it: names that stand often may stand for much. */
export function resolvedLength({ segments }: FormatString, symbols: Symbols): number {
  return segments.reduce((sum, segment) => sum + partOf(segment, symbols).length, 0);
}

function partOf(segment: Segment, symbols: Symbols): string {
  if (segment.kind === 'text') return segment.text;
  const value = symbols.get(segment.symbol);
  if (value === undefined) throw new Error(`no value was given for ${segment.symbol}`);
  return value;
}
