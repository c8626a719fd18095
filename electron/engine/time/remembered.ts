/** Remembers what was made for the last few keys; what has been there longest is let go first. */
export function remembered<Made>(most: number, make: (key: string) => Made): (key: string) => Made {
  const kept = new Map<string, Made>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    for (const oldest of kept.keys()) {
      if (kept.size < most) break;
      kept.delete(oldest);
    }
    kept.set(key, made);
    return made;
  };
}
