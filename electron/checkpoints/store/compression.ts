/** How the bytes of a chunk lie on disk: as small as pays for the work. */
import * as zlib from 'node:zlib';

/** Also what is written to disk: never change a number. */
const codes = { plain: 0, deflate: 1, zstd: 2 } as const;
export type Compression = keyof typeof codes;

export interface Packed {
  readonly compression: Compression;
  readonly bytes: Uint8Array;
}

/** Node has zstd from 22.15 on. */
const zstd = typeof zlib.zstdCompressSync === 'function' && typeof zlib.zstdDecompressSync === 'function';

const samples = 4;
const sampleBytes = 4096;
/** To be worth it, bytes must shrink to this part; deflate takes ten times as long as zstd. */
const mostOfZstd = 0.9;
const mostOfDeflate = 0.6;

export const codeOf = (compression: Compression): number => codes[compression];

export const compressionOf = (code: number): Compression | null =>
  code === codes.plain ? 'plain' : code === codes.deflate ? 'deflate' : code === codes.zstd ? 'zstd' : null;

/** `useZstd` can be false to write what older runtimes can read. */
export function pack(bytes: Uint8Array, useZstd = zstd): Packed {
  const most = useZstd ? mostOfZstd : mostOfDeflate;
  const press = (from: Uint8Array): Uint8Array =>
    useZstd ? pressedByZstd(from) : zlib.deflateRawSync(from, { level: 1 });
  if (bytes.length > 2 * samples * sampleBytes) {
    const sample = sampleOf(bytes);
    if (press(sample).length > most * sample.length) return { compression: 'plain', bytes };
  }
  const pressed = press(bytes);
  if (pressed.length > most * bytes.length) return { compression: 'plain', bytes };
  return { compression: useZstd ? 'zstd' : 'deflate', bytes: pressed };
}

const pressedByZstd = (bytes: Uint8Array): Uint8Array =>
  zlib.zstdCompressSync(bytes, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 } });

/** Throws when they are damaged, or hold more than `length` bytes. */
export function unpack({ compression, bytes }: Packed, length: number): Uint8Array {
  switch (compression) {
    case 'plain':
      return bytes;
    case 'deflate':
      return zlib.inflateRawSync(bytes, { maxOutputLength: Math.max(1, length) });
    case 'zstd':
      if (!zstd)
        throw new ZstdMissing('it is compressed with zstd, which this version of Drover cannot read');
      return zlib.zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, length) });
  }
}

/** The bytes are not damaged: another runtime can read them. */
export class ZstdMissing extends Error {}

/** Spread over all of it: the beginning of a chunk may be of another kind than the rest. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const sample = new Uint8Array(samples * sampleBytes);
  const apart = Math.floor((bytes.length - sampleBytes) / (samples - 1));
  for (let index = 0; index < samples; index++)
    sample.set(bytes.subarray(index * apart, index * apart + sampleBytes), index * sampleBytes);
  return sample;
}
