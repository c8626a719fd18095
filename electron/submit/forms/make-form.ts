/** A template with what is known beside it, as a form. */
import type { Form, FormNote } from '../../../shared/ipc/forms';
import type { JobKind } from '../../../shared/model/states';
import type { Instead, RecipeSource } from '../../../shared/model/submission';
import { accepted, refused, type Parsed } from '../document/parsed';
import { quote } from '../document/words';
import { didYouMean } from '../document/suggest';
import { parametersOf } from '../openjd/job';
import type { JobTemplate } from '../openjd/model';
import { fieldGroups, noHints, type Hints } from './fields';
import { firstValues, type Layer } from './values';

export interface FormParts {
  readonly title: string;
  readonly description: string | null;
  readonly kind: JobKind;
  readonly picture: string | null;
  readonly template: JobTemplate;
  readonly hints?: Hints;
  /** The field of the file that others are filled in from. */
  readonly reads: string | null;
  readonly source: RecipeSource;
  /** Absolute: what relative paths among the values are relative to. */
  readonly folder: string;
  readonly layers: readonly Layer[];
  readonly instead: Instead;
  readonly notes: readonly FormNote[];
}

export function makeForm(parts: FormParts): Parsed<Form> {
  const { title, description, kind, picture, template, hints = noHints, source, folder, instead } = parts;
  const found = parametersOf(template, []);
  if (!found.ok) return refused(found.problems[0]?.message ?? 'the template has a mistake');
  const groups = fieldGroups(template, found.parameters, hints);
  const names = found.parameters.map(({ name }) => name);
  const { parameters, origins } = firstValues(groups, parts.layers);
  return accepted({
    ...{ title, description, kind, picture, groups, origins, reads: parts.reads },
    submission: { source, folder, parameters, instead },
    notes: [...parts.notes, ...parts.layers.flatMap((layer) => unknownNames(layer, names))],
  });
}

/** What was given for a parameter that the template does not have. */
function unknownNames({ origin, values }: Layer, names: readonly string[]): readonly FormNote[] {
  if (origin !== 'given') return [];
  return Object.entries(values)
    .filter(([name]) => !names.includes(name))
    .map(([name, value]): FormNote => ({
      kind: 'lost',
      text: `${name}: ${quote(value)}. The template has no parameter of that name${didYouMean(name, names)}.`,
    }));
}
