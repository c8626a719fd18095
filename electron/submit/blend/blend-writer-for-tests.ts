/** Writes .blend files with a few scenes, as any version of Blender might have. */

export interface Writing {
  /** `BLENDER-v304`, `BLENDER_V249`, `BLENDER17-01v0500` */
  readonly start: string;
  readonly scenes: readonly SceneToWrite[];
  /** Which of them was open. */
  readonly open: number;
  readonly cameras: readonly string[];
  /** As large blocks that say nothing, between the scenes and the end. */
  readonly ballast?: number;
}

export interface SceneToWrite {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly step: number;
  /** As an index of `cameras`. */
  readonly camera: number | null;
  readonly engine: string;
  readonly output: string;
}

const lengthOfName = 66;

export function writeBlend({ start, scenes, open, cameras, ballast = 0 }: Writing): Buffer {
  const pointer = start.includes('_') ? 4 : 8;
  const isLittle = start.includes('v');
  const isLarge = start.startsWith('BLENDER17');
  const put = (bytes: number, value: number | bigint): Buffer => {
    const buffer = Buffer.alloc(bytes);
    if (typeof value === 'bigint' && bytes === 8) {
      if (isLittle) buffer.writeBigUInt64LE(value);
      else buffer.writeBigUInt64BE(value);
    } else if (isLittle) buffer.writeIntLE(Number(value), 0, bytes);
    else buffer.writeIntBE(Number(value), 0, bytes);
    return buffer;
  };
  const short = (value: number): Buffer => put(2, value);
  const int = (value: number): Buffer => put(4, value);
  const long = (value: number): Buffer => put(8, BigInt(value));
  const address = (value: number): Buffer => put(pointer, pointer === 8 ? BigInt(value) : value);
  const float = (value: number): Buffer => {
    const buffer = Buffer.alloc(4);
    if (isLittle) buffer.writeFloatLE(value);
    else buffer.writeFloatBE(value);
    return buffer;
  };
  const text = (value: string, length: number): Buffer => {
    const buffer = Buffer.alloc(length);
    buffer.write(value, 0, length - 1);
    return buffer;
  };
  const block = (code: string, data: Buffer, at = 0): Buffer => {
    const sign = text(code, 5).subarray(0, 4);
    const head = isLarge
      ? [sign, int(0), long(at), long(data.length), long(1)]
      : [sign, int(data.length), address(at), int(0), int(1)];
    return Buffer.concat([...head, data]);
  };

  // What the structures hold, and the blocks below in the same order.
  const structures: readonly (readonly [name: string, fields: readonly (readonly [string, string])[]])[] = [
    ['ID', fieldsOf('void *next', `char name[${lengthOfName}]`, 'short flag')],
    ['ImageFormatData', fieldsOf('char imtype', 'char depth')],
    [
      'RenderData',
      fieldsOf(
        ...['ImageFormatData im_format', 'short frs_sec', 'int sfra', 'int efra', 'int frame_step'],
        ...['int xsch', 'int ysch', 'short size', 'short pad', 'float frs_sec_base'],
        ...['char pic[1024]', 'char engine[32]', 'void (*call)()'],
      ),
    ],
    ['Scene', fieldsOf('ID id', 'Object *camera', 'float matrix[4][4]', 'RenderData r')],
    ['Object', fieldsOf('ID id', 'short type', 'short pad')],
    ['FileGlobal', fieldsOf('char subversion[4]', 'Scene *curscene')],
  ];
  const id = (kind: string, name: string): Buffer =>
    Buffer.concat([address(0), text(kind + name, lengthOfName), short(0)]);
  const sceneAt = (index: number): number => 0x1000 + 16 * index;
  const cameraAt = (index: number): number => 0x9000 + 16 * index;
  const sceneBlock = (scene: SceneToWrite, index: number): Buffer => {
    const data = Buffer.concat([
      ...[
        id('SC', scene.name),
        address(scene.camera === null ? 0 : cameraAt(scene.camera)),
        Buffer.alloc(64),
      ],
      ...[Buffer.from([17, 8]), short(30), int(scene.start), int(scene.end), int(scene.step)],
      ...[int(1920), int(1080), short(50), short(0), float(1.001)],
      ...[text(scene.output, 1024), text(scene.engine, 32), address(0)],
    ]);
    return block('SC', data, sceneAt(index));
  };
  const cameraBlock = (name: string, index: number): Buffer =>
    block('OB', Buffer.concat([id('OB', name), short(11), short(0)]), cameraAt(index));

  const open_ = scenes[open];
  const range = open_ === undefined ? [] : [int(open_.start), int(open_.end), text(open_.name, 64)];
  return Buffer.concat([
    Buffer.from(start),
    block('REND', Buffer.concat(range)),
    block('GLOB', Buffer.concat([Buffer.alloc(4), address(sceneAt(open))])),
    block('WM', Buffer.alloc(300), 0x500),
    ...scenes.flatMap((scene, index) => [sceneBlock(scene, index), block('DATA', Buffer.alloc(100))]),
    ...cameras.flatMap((name, index) => [cameraBlock(name, index), block('DATA', Buffer.alloc(20))]),
    block('OB', Buffer.concat([id('OB', 'Cube'), short(1), short(0)]), 0xf000),
    block('ME', Buffer.alloc(40), 0xf100),
    ...(ballast > 0 ? [block('DATA', Buffer.alloc(ballast))] : []),
    block('DNA1', dnaOf(structures, pointer, short, int)),
    block('ENDB', Buffer.alloc(0)),
  ]);
}

const fieldsOf = (...texts: readonly string[]): readonly (readonly [string, string])[] =>
  texts.map((text) => {
    const space = text.indexOf(' ');
    return [text.slice(0, space), text.slice(space + 1)];
  });

type Structures = readonly (readonly [name: string, fields: readonly (readonly [string, string])[]])[];

function dnaOf(
  structures: Structures,
  pointer: number,
  short: (value: number) => Buffer,
  int: (value: number) => Buffer,
): Buffer {
  const sizes = new Map<string, number>([
    ['char', 1],
    ['short', 2],
    ['int', 4],
    ['float', 4],
    ['void', 0],
  ]);
  const sizeOf = ([type, name]: readonly [string, string]): number => {
    const many = [...name.matchAll(/\[(\d+)\]/g)].reduce((product, [, count]) => product * Number(count), 1);
    return many * (/^[*(]/.test(name) ? pointer : (sizes.get(type) ?? 0));
  };
  for (const [name, fields] of structures)
    sizes.set(
      name,
      fields.map(sizeOf).reduce((sum, size) => sum + size, 0),
    );
  const types = [...sizes.keys()];
  const names = [...new Set(structures.flatMap(([, fields]) => fields.map(([, name]) => name)))];
  const aligned = (...parts: readonly Buffer[]): Buffer => {
    const whole = Buffer.concat(parts);
    return Buffer.concat([whole, Buffer.alloc((4 - (whole.length % 4)) % 4)]);
  };
  const texts = (all: readonly string[]): Buffer =>
    Buffer.concat([int(all.length), Buffer.from(all.map((one) => `${one}\0`).join(''))]);
  return Buffer.concat([
    aligned(Buffer.from('SDNANAME'), texts(names)),
    aligned(Buffer.from('TYPE'), texts(types)),
    aligned(Buffer.from('TLEN'), ...types.map((type) => short(sizes.get(type) ?? 0))),
    Buffer.from('STRC'),
    int(structures.length),
    ...structures.flatMap(([name, fields]) => [
      short(types.indexOf(name)),
      short(fields.length),
      ...fields.flatMap(([type, field]) => [short(types.indexOf(type)), short(names.indexOf(field))]),
    ]),
  ]);
}
