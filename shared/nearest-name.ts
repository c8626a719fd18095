const longestName = 64;

/** The candidate with the fewest typing mistakes between it and the name, if there are few enough. */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
  if (name.length > longestName) return null;
  const written = name.toLowerCase();
  let nearest: string | null = null;
  let fewest = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= fewest) continue;
    const mistakes = typingMistakes(written, candidate.toLowerCase());
    // In a short name one other letter at the start makes another word: gpu is no mistyped cpu.
    if (
      mistakes < fewest &&
      (name.length > 3 || mistakes === 0 || written[0] === candidate[0]?.toLowerCase())
    ) {
      fewest = mistakes;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Letters added, left out, replaced, or swapped with their neighbour. */
function typingMistakes(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let mistakes = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        mistakes = Math.min(mistakes, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(mistakes);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
