import type { BlendBlocks, Kept } from './collect';
import type { Dna, Field } from './dna';
import type { Layout } from './layout';

/** What is null could not be found out: the file is too large to read to its end, or too old to say it. */
export interface BlendScene {
  readonly name: string;
  readonly frames: { readonly start: number; readonly end: number; readonly step: number };
  readonly fps: number | null;
  readonly resolution: {
    readonly width: number;
    readonly height: number;
    /** How much of it is rendered. */
    readonly percent: number;
  } | null;
  /** As Blender calls it: `CYCLES`, `BLENDER_EEVEE`, or what an add-on brought. */
  readonly engine: string | null;
  /** As it was written: `//frames/shot_####`. */
  readonly output: string | null;
  /** It writes a film, not pictures. */
  readonly isFilm: boolean | null;
  /** The name of the one that is rendered from. */
  readonly camera: string | null;
}

interface Found {
  readonly scenes: readonly BlendScene[];
  readonly cameras: readonly string[];
}

export function readScenes(blocks: BlendBlocks, layout: Layout): Found {
  const reader = blocks.dna === null ? null : new Reader(blocks.dna, layout);
  if (reader === null) return { scenes: fromRanges(blocks.ranges, layout), cameras: [] };
  const named = new Map(
    blocks.objects.flatMap(({ address, data }) => {
      const name = reader.idName(data, 'Object');
      return name === null ? [] : [[address, name] as const];
    }),
  );
  const isCamera = ({ data }: Kept): boolean => reader.number(data, 'Object', 'type') === cameraType;
  const cameras = blocks.objects.filter(isCamera).flatMap(({ address }) => named.get(address) ?? []);
  const open = blocks.global === null ? null : reader.address(blocks.global.data, 'FileGlobal', 'curscene');
  const scenes = blocks.scenes
    .toSorted((a, b) => Number(b.address === open) - Number(a.address === open))
    .flatMap(({ data }) => sceneOf(data, reader, named) ?? []);
  return scenes.length > 0
    ? { scenes, cameras: cameras.toSorted() }
    : { scenes: fromRanges(blocks.ranges, layout), cameras: [] };
}

const cameraType = 11;
/** The kinds of output that Blender writes into one file: AVI, FFmpeg, and the codecs that once were kinds of their own. */
const films = new Set([15, 16, 18, 19, 24, 31, 32, 33, 36]);

function sceneOf(data: Buffer, reader: Reader, objects: ReadonlyMap<bigint, string>): BlendScene | null {
  const number = (...path: readonly string[]): number | null => reader.number(data, 'Scene', 'r', ...path);
  const name = reader.idName(data, 'Scene');
  const [start, end] = [number('sfra'), number('efra')];
  if (name === null || start === null || end === null) return null;
  const [perSecond, base] = [number('frs_sec'), number('frs_sec_base') ?? 1];
  const fps = perSecond === null || base <= 0 ? null : perSecond / base;
  const [width, height, percent] = [number('xsch'), number('ysch'), number('size')];
  const camera = reader.address(data, 'Scene', 'camera');
  const format = number('im_format', 'imtype') ?? number('imtype');
  return {
    name,
    frames: { start, end, step: Math.max(1, number('frame_step') ?? 1) },
    fps: fps !== null && Number.isFinite(fps) && fps > 0 ? Math.round(fps * 1000) / 1000 : null,
    resolution: width === null || height === null ? null : { width, height, percent: percent ?? 100 },
    engine: reader.text(data, 'Scene', 'r', 'engine'),
    output: reader.text(data, 'Scene', 'r', 'pic'),
    isFilm: format === null ? null : films.has(format),
    camera: camera === null ? null : (objects.get(camera) ?? null),
  };
}

/** The block REND is there for those who read no more: two numbers and a name. */
function fromRanges(ranges: readonly Kept[], { isLittle }: Layout): readonly BlendScene[] {
  return ranges.flatMap(({ data }) => {
    if (data.length < 12) return [];
    const [start, end] = isLittle
      ? [data.readInt32LE(0), data.readInt32LE(4)]
      : [data.readInt32BE(0), data.readInt32BE(4)];
    const unknown = {
      ...{ fps: null, resolution: null, engine: null },
      ...{ output: null, isFilm: null, camera: null },
    };
    return [{ name: textOf(data.subarray(8)), frames: { start, end, step: 1 }, ...unknown }];
  });
}

/** Of bytes that end with a NUL. */
function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end === -1 ? bytes.length : end);
}

class Reader {
  constructor(
    private readonly dna: Dna,
    private readonly layout: Layout,
  ) {}

  number(data: Buffer, structure: string, ...path: readonly string[]): number | null {
    const found = this.find(data, structure, path);
    if (found === null || found.field.isPointer) return null;
    const { bytes, field } = found;
    const { isLittle } = this.layout;
    switch (field.type === 'float' ? 'float' : field.size) {
      case 'float':
        return isLittle ? bytes.readFloatLE(0) : bytes.readFloatBE(0);
      case 1:
        return bytes.readUInt8(0);
      case 2:
        return isLittle ? bytes.readInt16LE(0) : bytes.readInt16BE(0);
      case 4:
        return isLittle ? bytes.readInt32LE(0) : bytes.readInt32BE(0);
      default:
        return null;
    }
  }

  /** Null: it points nowhere. */
  address(data: Buffer, structure: string, ...path: readonly string[]): bigint | null {
    const found = this.find(data, structure, path);
    if (found === null || !found.field.isPointer) return null;
    const { bytes } = found;
    const { pointer, isLittle } = this.layout;
    const address =
      pointer === 4
        ? BigInt(isLittle ? bytes.readUInt32LE(0) : bytes.readUInt32BE(0))
        : isLittle
          ? bytes.readBigUInt64LE(0)
          : bytes.readBigUInt64BE(0);
    return address === 0n ? null : address;
  }

  /** Null: nothing stands there. */
  text(data: Buffer, structure: string, ...path: readonly string[]): string | null {
    const found = this.find(data, structure, path);
    if (found === null || found.field.isPointer || found.field.size !== 1) return null;
    const text = textOf(found.bytes);
    return text === '' ? null : text;
  }

  /** Of what has a name; two letters before it tell its kind. */
  idName(data: Buffer, structure: string): string | null {
    return this.text(data, structure, 'id', 'name')?.slice(2) ?? null;
  }

  private find(
    data: Buffer,
    structure: string,
    path: readonly string[],
  ): { readonly bytes: Buffer; readonly field: Field } | null {
    const field = this.dna.field(structure, ...path);
    if (field === null) return null;
    const end = field.offset + field.size * field.count;
    return end > data.length || field.size === 0 ? null : { bytes: data.subarray(field.offset, end), field };
  }
}
