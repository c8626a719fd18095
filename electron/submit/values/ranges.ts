/** Frames, and other whole numbers, as a recipe has them. */
import type { FrameRange } from '../../../shared/model/space';
import type { Path } from '../document/document';
import { parseFrames, type NumbersForm } from './frames';
import { filledText, problemAt } from '../recipe/scope';
import type { Scope } from '../recipe/scope';

/** From the text at this path or the texts in the list that stands there; null where something is wrong. */
export function readRanges(scope: Scope, path: Path, form: NumbersForm): readonly FrameRange[] | null {
  const places = scope.document.items(path) ?? [path];
  if (!places.every((place) => scope.document.isText(place))) return null;
  if (places.length === 0)
    problemAt(scope, form.badCode, path, `the list is empty; leave it out, or name a ${form.what}`);
  const texts = places.map((place) => filledText(scope, place)).filter((text) => text !== null);
  if (texts.length < places.length) return null;
  const parsed = parseFrames(texts, form);
  if (parsed.ok) return texts.length === 0 ? null : parsed.ranges;
  for (const { code, message, text, piece, index } of parsed.mistakes) {
    const place = places[text] ?? path;
    const asWritten = scope.document.textAt(place) === texts[text];
    problemAt(
      scope,
      code,
      place,
      message,
      asWritten ? scope.document.placeWithin(place, piece, index) : scope.document.place(place),
    );
  }
  return null;
}
