/** Whether a text fits a pattern of OpenSSH: `*` any characters, `?` exactly one. Takes no notice of case. */
export function fits(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let [at, from] = [0, 0];
  // Where to go on when the last `*` has to take one character more; so no pattern takes long.
  let [star, starFrom] = [-1, 0];
  while (from < given.length) {
    if (wanted[at] === '*') [star, starFrom] = [at++, from];
    else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[from]))
      [at, from] = [at + 1, from + 1];
    else if (star >= 0) [at, from] = [star + 1, ++starFrom];
    else return false;
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}

/** Whether a text fits one of the patterns, and none of those that begin with `!`. */
export function fitsOneOf(patterns: readonly string[], text: string): boolean {
  if (patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1), text))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && fits(pattern, text));
}
