/** Which of the forms of others a text has, by what it holds. */

export const importFormats = ['sbatch', 'flamenco', 'deadline', 'hyperqueue', 'parallel', 'table'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** `an sbatch script` */
export const formatInWords: Readonly<Record<ImportFormat, string>> = {
  sbatch: 'an sbatch script',
  flamenco: 'a Flamenco job',
  deadline: 'a Deadline job or plugin info file',
  hyperqueue: 'a HyperQueue job file',
  parallel: 'a GNU parallel command',
  table: 'a table',
};

const longestHead = 100_000;

/** Null: it may be anything else, also a table. */
export function recogniseImport(text: string): ImportFormat | null {
  const head = text.slice(0, longestHead).replace(/^\uFEFF/, '');
  // Within a line: a file of empty lines is not gone through for each of them.
  if (/^[ \t]*["']?drover["']?[ \t]*:/m.test(head) || /^\s*\{\s*["']drover["']/.test(head)) return null;
  if (/^#SBATCH\s/m.test(head)) return 'sbatch';
  if (/^\s*\{/.test(head)) {
    const isJob = /"settings"\s*:\s*\{/.test(head) && /"type"\s*:\s*"/.test(head);
    return isJob ? 'flamenco' : null;
  }
  if (/^\[\[(?:task|array)\]\][ \t]*(?:#|\r?$)|^\[array\][ \t]*(?:#|\r?$)/m.test(head)) return 'hyperqueue';
  if (isDeadline(head)) return 'deadline';
  if (
    /^(?:[^#\n]*\|[ \t]*)?(?:sem|parallel)[ \t]+\S/m.test(head) &&
    !/^[^#\n]*:[ \t]*[|>][-+]?[ \t]*$/m.test(head)
  )
    return 'parallel';
  return null;
}

/** Lines of `Key=Value`, with a key that only those files have. */
function isDeadline(head: string): boolean {
  const lines = head.split('\n').filter((line) => line.trim() !== '');
  return (
    lines.length > 0 &&
    lines.every((line) => /^\s*(?:[A-Za-z][A-Za-z0-9_ ]*=|[#;])/.test(line)) &&
    lines.some((line) => /^\s*(?:Plugin|SceneFile|Executable|ScriptFile|InputFile0)\s*=/i.test(line))
  );
}
