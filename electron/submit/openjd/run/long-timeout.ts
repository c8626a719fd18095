/** Timers of JavaScript end after 24 days, and then at once. */
const longest = 2 ** 31 - 1;

/** Gives what calls it off. */
export function longTimeout(then: () => void, ms: number): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    timer = setTimeout(() => (left > longest ? wait(left - longest) : then()), Math.min(left, longest));
  };
  wait(ms);
  return () => clearTimeout(timer);
}
