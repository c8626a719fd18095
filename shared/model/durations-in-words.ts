const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `3 min 12 s`. The two largest units, cut off: 59.9 s is 59 s. */
export function durationInWords(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < minute) return `${Math.floor(ms / second)} s`;
  if (ms < hour) return pair(ms, minute, 'min', second, 's');
  if (ms < day) return pair(ms, hour, 'h', minute, 'min');
  return pair(ms, day, 'd', hour, 'h');
}

/** As durationInWords, with tenths for what took only seconds. */
export function exactDurationInWords(milliseconds: number): string {
  const tenths = Math.floor(Math.max(0, milliseconds) / 100);
  return tenths < 100 ? `${(tenths / 10).toFixed(1)} s` : durationInWords(milliseconds);
}

function pair(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % large) / small);
  const most = `${Math.floor(ms / large)} ${largeName}`;
  return rest === 0 ? most : `${most} ${rest} ${smallName}`;
}
