/** What is read from a file that was dropped, for one parameter each. */
import { basename, extname } from 'node:path';
import { readBlendFile, type BlendFile } from '../blend/blend-file';
import { readText } from '../document/read-file';
import type { ParameterDefinition } from '../openjd/model';
import type { Reading } from './preset';

export interface Read {
  /** Null: the file does not say. */
  readonly value: string | null;
  readonly choices: readonly string[];
  readonly remarks: readonly string[];
}

const nothing: Read = { value: null, choices: [], remarks: [] };
const just = (value: string | null): Read => ({ ...nothing, value });

/** Looks into the file once, and only if it has to. */
export function fileReader(
  path: string,
): (reading: Reading, parameter: ParameterDefinition | undefined) => Promise<Read> {
  let blend: ReturnType<typeof readBlendFile> | null = null;
  let lines: Promise<ReadonlyMap<string, string>> | null = null;
  return async (reading, parameter) => {
    switch (reading.from) {
      case 'file':
        return just(partOfName(basename(path), reading.part));
      case 'blend': {
        const file = await (blend ??= readBlendFile(path));
        return file.ok
          ? partOfBlend(file.value, reading.part)
          : { ...nothing, remarks: [`The file cannot be looked into: ${file.message}.`] };
      }
      case 'ini': {
        const value = (await (lines ??= readIni(path))).get(reading.key.toLowerCase());
        return just(value === undefined ? null : fitting(value, parameter));
      }
    }
  };
}

function partOfName(name: string, part: Extract<Reading, { from: 'file' }>['part']): string | null {
  const stem = basename(name, extname(name));
  switch (part) {
    case 'name':
      return name;
    case 'stem':
      return stem;
    case 'numbered': {
      const [, before, digits] = /^(.*?)(\d+)$/u.exec(stem) ?? [];
      return before === undefined || digits === undefined
        ? null
        : `${before}${'#'.repeat(Math.max(4, digits.length))}${extname(name)}`;
    }
  }
}

function partOfBlend(
  { version, scenes, cameras }: BlendFile,
  part: Extract<Reading, { from: 'blend' }>['part'],
): Read {
  const [scene] = scenes;
  if (scene === undefined) return nothing;
  switch (part) {
    case 'frames': {
      const { start, end, step } = scene.frames;
      const range = end <= start ? `${start}` : `${start}-${end}${step === 1 ? '' : `:${step}`}`;
      const { resolution, fps, engine } = scene;
      const known = [
        `Saved by Blender ${version}: scene ${scene.name}`,
        ...(resolution === null ? [] : [sizeInWords(resolution)]),
        ...(fps === null ? [] : [`${fps} frames a second`]),
        ...(engine === null ? [] : [engineInWords(engine)]),
      ];
      return { ...nothing, value: range, remarks: [`${known.join(', ')}.`] };
    }
    case 'scenes':
      return { ...nothing, choices: scenes.length > 1 ? scenes.map(({ name }) => name) : [] };
    case 'cameras':
      return { ...nothing, choices: cameras };
    case 'format':
      return scene.isFilm === true
        ? {
            ...just('PNG'),
            remarks: ['In the file a film is set as its output; its frames are rendered as PNG pictures.'],
          }
        : nothing;
  }
}

function sizeInWords({ width, height, percent }: { width: number; height: number; percent: number }): string {
  return `${width} × ${height}${percent === 100 ? '' : ` at ${percent} %`}`;
}

const engines: Readonly<Record<string, string>> = {
  CYCLES: 'Cycles',
  BLENDER_EEVEE: 'Eevee',
  BLENDER_EEVEE_NEXT: 'Eevee',
  BLENDER_WORKBENCH: 'Workbench',
};
const engineInWords = (engine: string): string => engines[engine] ?? engine;

/** Lines `Width=640 ; in pixels`, by their names in small letters. What is no such line says nothing. */
async function readIni(path: string): Promise<ReadonlyMap<string, string>> {
  const { text } = await readText(path, 'settings');
  const found = new Map<string, string>();
  for (const line of text?.split(/\r?\n/) ?? []) {
    const [, key, value] = /^\s*(\w+)\s*=\s*"?([^";]*?)"?\s*(?:;.*)?$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) found.set(key.toLowerCase(), value);
  }
  return found;
}

const yes = /^(?:on|yes|true|y|t|1)$/i;
const no = /^(?:off|no|false|n|f|0)$/i;

/** As the parameter is written; null: it cannot have this value. */
function fitting(value: string, parameter: ParameterDefinition | undefined): string | null {
  switch (parameter?.type) {
    case 'INT':
      return /^-?\d{1,15}$/.test(value) ? value : null;
    case 'FLOAT':
      return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) ? value : null;
    case 'STRING': {
      if (parameter.control !== 'CHECK_BOX') return value;
      const same = yes.test(value) ? yes : no.test(value) ? no : null;
      return parameter.allowedValues?.find((allowed) => same?.test(allowed) === true) ?? null;
    }
    default:
      return null;
  }
}
