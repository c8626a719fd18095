/** Where files lie here, for jobs from machines on which they lie elsewhere. */
import { z } from 'zod';

export type PathFormat = 'POSIX' | 'WINDOWS';

export interface PathMappingRule {
  readonly sourceFormat: PathFormat;
  readonly source: string;
  readonly destination: string;
}

export const hostFormat: PathFormat = process.platform === 'win32' ? 'WINDOWS' : 'POSIX';

const version = 'pathmapping-1.0';

/** The file of rules, or its list alone. */
export const pathMappingDocument = z
  .union([
    z.strictObject({ version: z.literal(version), path_mapping_rules: z.array(rule()) }),
    z.array(rule()).transform((rules) => ({ version, path_mapping_rules: rules })),
  ])
  .transform(({ path_mapping_rules: rules }) => rules);

function rule() {
  return z
    .strictObject({
      source_path_format: z
        .string()
        .toUpperCase()
        .pipe(z.enum(['POSIX', 'WINDOWS'])),
      source_path: z.string().min(1),
      destination_path: z.string().min(1),
    })
    .transform(({ source_path_format, source_path, destination_path }): PathMappingRule => ({
      sourceFormat: source_path_format,
      source: source_path,
      destination: destination_path,
    }));
}

/** What actions find at `Session.PathMappingRulesFile`. */
export function pathMappingFile(rules: readonly PathMappingRule[]): string {
  const document = {
    version,
    path_mapping_rules: rules.map(({ sourceFormat, source, destination }) => ({
      source_path_format: sourceFormat,
      source_path: source,
      destination_path: destination,
    })),
  };
  return JSON.stringify(rules.length === 0 ? {} : document);
}

/** Whole components match, and of several rules the one with the most; what none matches stays as it is. */
export function pathMapper(
  rules: readonly PathMappingRule[],
  host: PathFormat = hostFormat,
): (path: string) => string {
  const longestFirst = rules
    .map((rule) => ({ ...rule, components: componentsOf(rule.source, rule.sourceFormat) }))
    .toSorted((a, b) => b.components.length - a.components.length);
  return (path) => {
    for (const { sourceFormat, components, destination } of longestFirst) {
      const own = componentsOf(path, sourceFormat);
      const matches = components.every((component, index) =>
        sameComponent(component, own[index], sourceFormat),
      );
      if (!matches) continue;
      const isFolder = separators[sourceFormat].test(path.at(-1) ?? '');
      return joined(destination, [...own.slice(components.length), ...(isFolder ? [''] : [])], host);
    }
    return path;
  };
}

const separators = { POSIX: /\//, WINDOWS: /[/\\]/ } as const;

/** The first one tells where the path starts: `/`, `C:\`, `\\server\share\`, or nothing for one that is relative. */
function componentsOf(path: string, format: PathFormat): readonly string[] {
  const anchor = format === 'POSIX' ? (path.startsWith('/') ? '/' : '') : windowsAnchor(path);
  const names = path.slice(anchor.length).split(separators[format]);
  return [anchor.replaceAll('/', format === 'POSIX' ? '/' : '\\'), ...names.filter(isName)];
}

const isName = (name: string): boolean => name !== '' && name !== '.';

function windowsAnchor(path: string): string {
  const [anchor = ''] =
    /^[/\\]{2}[^/\\]+[/\\]+[^/\\]+(?:[/\\]|$)/.exec(path) ?? /^(?:[A-Za-z]:)?[/\\]?/.exec(path) ?? [];
  return anchor;
}

function sameComponent(a: string, b: string | undefined, format: PathFormat): boolean {
  return a === b || (format === 'WINDOWS' && b !== undefined && folded(a) === folded(b));
}

/** Of a share, the separator after it may be missing. */
const folded = (component: string): string => component.toLowerCase().replace(/^(\\\\.*[^\\])$/, '$1\\');

function joined(destination: string, names: readonly string[], host: PathFormat): string {
  const separator = host === 'POSIX' ? '/' : '\\';
  const base = destination.replace(host === 'POSIX' ? /\/+$/ : /[/\\]+$/, '');
  // Of a root nothing is left without its separator.
  if (names.length === 0) return base === '' || /^[A-Za-z]:$/.test(base) ? destination : base;
  return base + separator + names.join(separator);
}
