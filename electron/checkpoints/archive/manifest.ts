/** What an archive says of the checkpoint in it. */
import { z } from 'zod';
import { checkpointTypes, type Checkpoint } from '../../../shared/model/checkpoint';
import { isWithin } from '../../../shared/model/files';

export const manifestName = 'manifest.json';
/** Before the name of each file. */
export const filesFolder = 'files/';
export const mostManifestBytes = 16 << 20;
const mostFiles = 100_000;

const path = z
  .string()
  .min(1)
  .max(1000)
  .refine((text) => isWithin(text) && !text.includes('\0') && text.split('/').every(isName), {
    message: 'it is no path within a folder',
  });

function isName(part: string): boolean {
  return part !== '' && part !== '.';
}

export const manifestSchema = z.object({
  drover: z.literal('checkpoint'),
  version: z.literal(1),
  /** Of what it was, for people. */
  of: z.object({ job: z.string(), step: z.string(), task: z.string(), node: z.string() }),
  type: z.enum(checkpointTypes),
  name: path,
  /** Milliseconds since 1970. */
  madeAt: z.number().min(0).max(8.64e15),
  at: z.number().nullable(),
  files: z
    .array(
      z.object({
        path,
        bytes: z
          .int()
          .min(0)
          .max(2 ** 50),
        hash: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1)
    .max(mostFiles)
    .refine((files) => new Set(files.map((file) => file.path)).size === files.length, {
      message: 'two files have the same name',
    }),
});

export type Manifest = Readonly<z.infer<typeof manifestSchema>>;

export function manifestOf({ type, name, madeAt, at, files }: Checkpoint, of: Manifest['of']): Manifest {
  return {
    ...{ drover: 'checkpoint', version: 1, of, type, name, madeAt, at },
    files: files.map(({ path: file, bytes, hash }) => ({ path: file, bytes, hash })),
  };
}
