/** How a .blend file is cut into blocks: in the first bytes it tells how it was written. */
export interface Layout {
  /** `3.4` */
  readonly version: string;
  /** The length of what tells this. */
  readonly length: number;
  readonly pointer: 4 | 8;
  readonly isLittle: boolean;
  /** Blocks may be larger than 2 GB, since Blender 5.0. */
  readonly isLarge: boolean;
}

export const longestStart = 17;

/** `BLENDER-v304`: pointers of 8 bytes (4: `_`), little-endian (big: `V`), Blender 3.4. Or `BLENDER17-01v0500`. */
export function readLayout(start: Buffer): Layout | null {
  const text = start.toString('latin1');
  const [, pointer, endian, version] = /^BLENDER([_-])([vV])(\d{3})/.exec(text) ?? [];
  if (version !== undefined)
    return {
      version: versionInWords(version),
      length: 12,
      pointer: pointer === '_' ? 4 : 8,
      isLittle: endian === 'v',
      isLarge: false,
    };
  const [, length, newer] = /^BLENDER(\d\d)-01v(\d{4})/.exec(text) ?? [];
  if (newer === undefined) return null;
  return {
    version: versionInWords(newer),
    length: Number(length),
    pointer: 8,
    isLittle: true,
    isLarge: true,
  };
}

/** `304` is 3.4, `0500` is 5.0, `279` was 2.79. */
function versionInWords(digits: string): string {
  const [major, minor] = [Number(digits.slice(0, -2)), digits.slice(-2)];
  return `${major}.${major < 3 ? minor : Number(minor)}`;
}

export interface Block {
  /** `REND`, `DNA1`, `GLOB`, `DATA`; two letters for what has a name, such as `SC` for a scene. */
  readonly code: string;
  /** Of its content. */
  readonly length: number;
  /** Where it was in Blender's memory: by this others name it. */
  readonly address: bigint;
}

export const headLength = ({ pointer, isLarge }: Layout): number => (isLarge ? 32 : 16 + pointer);

/** Null: this is no block. */
export function readBlock(head: Buffer, { pointer, isLittle, isLarge }: Layout): Block | null {
  const code = head.toString('latin1', 0, 4).replace(/\0+$/, '');
  const length = isLarge
    ? Number(head.readBigInt64LE(16))
    : isLittle
      ? head.readInt32LE(4)
      : head.readInt32BE(4);
  if (!/^[A-Z][A-Z0-9]{1,3}$/i.test(code) || length < 0 || length > Number.MAX_SAFE_INTEGER / 2) return null;
  const address =
    pointer === 4
      ? BigInt(isLittle ? head.readUInt32LE(8) : head.readUInt32BE(8))
      : isLittle
        ? head.readBigUInt64LE(8)
        : head.readBigUInt64BE(8);
  return { code, length, address };
}
