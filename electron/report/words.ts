import { amountInWords } from '../../shared/model/amounts';

/** `1 h 02 min`, `3 min 20 s`, `4.2 s`, `15 ms` */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 10_000) return `${(Math.floor(milliseconds / 100) / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${twoDigits(minutes % 60)} min`;
  return `${Math.floor(hours / 24)} d ${twoDigits(hours % 24)} h`;
}

/** Of one that is a round number of something: `2 min`, `5 s`. */
export function roundDuration(milliseconds: number): string {
  return duration(milliseconds)
    .replace(/\.0 s$/, ' s')
    .replace(/ 00 \w+$/, '');
}

/** Processor time in hours: `12.4`, `1,250`, `0.013`, `< 0.001` */
export function coreHours(milliseconds: number): string {
  const hours = milliseconds / 3_600_000;
  return hours > 0 && hours < 0.001 ? '< 0.001' : amount(hours);
}

/** As exact as it is worth: `12.4`, `1,250`, `0.013` */
export function amount(value: number): string {
  return value < 1
    ? String(Number(value.toPrecision(2)))
    : thousands(Number(value.toFixed(value < 100 ? 1 : 0)));
}

/** `1,234.50`, `< 0.01` */
export function money(value: number): string {
  if (value > 0 && value < 0.005) return '< 0.01';
  return value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** `340 Wh`, `12.4 kWh` */
export function energy(kilowattHours: number): string {
  return kilowattHours < 1 ? `${amount(kilowattHours * 1000)} Wh` : `${amount(kilowattHours)} kWh`;
}

export function memory(mebibytes: number): string {
  return amountInWords('memoryMiB', mebibytes < 1024 ? Math.ceil(mebibytes) : mebibytes);
}

/** `812 B`, `3.4 KiB`, `12 MiB`, `2.1 GiB` */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${amount(bytes / 1024)} KiB`;
  if (bytes < 1024 ** 3) return `${amount(bytes / 1024 ** 2)} MiB`;
  return bytes < 1024 ** 4 ? `${amount(bytes / 1024 ** 3)} GiB` : `${amount(bytes / 1024 ** 4)} TiB`;
}

/** `55 %` */
export function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

export function moment(at: number): string {
  return moments.format(at);
}

export function thousands(value: number): string {
  return value.toLocaleString('en-US');
}

export function count(value: number, one: string, many = `${one}s`): string {
  return `${thousands(value)} ${value === 1 ? one : many}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
