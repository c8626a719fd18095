import type { About, FindingPlace } from '../../shared/model/finding';
import { onlyStep } from './recipe/dependencies';
import { pathInWords, type Path, type TextDocument } from './document/document';

/** Where in a recipe it stands what a batch that was made of it has. */
export type BatchPlaces = (about: About) => FindingPlace;

/** The innermost level that says something about the field; where none does, the step, the job or the recipe itself. */
export function placesOfBatch(document: TextDocument, file: string): BatchPlaces {
  return ({ job, step, field, within }) => {
    const levels = levelsOf(document, job, step);
    for (let length = field.length; length > 0; length--) {
      const level = levels.find((each) => document.has([...each, ...field.slice(0, length)]));
      if (level === undefined) continue;
      const path = [...level, ...field.slice(0, length)];
      const isWhole = within !== undefined && length === field.length;
      const place = isWhole ? document.placeWithin(path, within.piece, within.index) : document.place(path);
      return { file, ...place, path: pathInWords(path) };
    }
    const [path = []] = levels;
    return { file, ...document.namePlace(path), path: pathInWords(path) };
  };
}

/** The innermost first. */
function levelsOf(document: TextDocument, job: string | null, step: string | null): readonly Path[] {
  if (job === null) return [[]];
  const ofJob = ['jobs', job];
  const ofStep = [...ofJob, 'steps', step ?? onlyStep];
  return step !== null && document.has(ofStep) ? [ofStep, ofJob, []] : [ofJob, []];
}
