import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { scales, usualPreferences, type Preferences } from '../../shared/ipc/preferences';
import { batchEnds } from '../../shared/model/states';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const preferencesSchema: z.ZodType<Preferences> = z.strictObject({
  tellOf: z.array(z.enum(batchEnds)).max(batchEnds.length),
  quiet: z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable(),
  keepAwake: z.boolean(),
  scale: z
    .number()
    .min(scales[0])
    .max(scales.at(-1) ?? 1),
});

/** What a person has set of the desktop, kept from one start to the next. */
export class PreferencesFile {
  private preferences: Preferences;
  private readonly listeners = new Set<(now: Preferences) => void>();

  constructor(private readonly file: string) {
    this.preferences = read(file);
  }

  get(): Preferences {
    return this.preferences;
  }

  /** Throws when it cannot be written: a person has asked for it. */
  set(preferences: Preferences): void {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify(preferences, null, 2));
    this.preferences = preferences;
    for (const listener of this.listeners) listener(preferences);
  }

  /** Told what they are now and whenever they change. */
  follow(listener: (now: Preferences) => void): void {
    this.listeners.add(listener);
    listener(this.preferences);
  }
}

/** Larger or smaller by so many steps; 0: as it was drawn. */
export function scaled(preferences: Preferences, steps: number): Preferences {
  if (steps === 0) return { ...preferences, scale: 1 };
  const nearest = scales.findLastIndex((scale) => scale <= preferences.scale);
  const index = Math.min(scales.length - 1, Math.max(0, nearest + steps));
  return { ...preferences, scale: scales[index] ?? 1 };
}

function read(file: string): Preferences {
  try {
    return preferencesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return usualPreferences;
  }
}
