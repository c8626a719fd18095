/** Pictures among the results of batches, for the window: only these, and only to be looked at. */
import { resultAt } from '../../shared/ipc/result-address';
import type { BatchId } from '../../shared/model/ids';
import type { OpenPicture } from '../batch-outputs';

export type PictureSource = (batch: BatchId, path: string) => Promise<OpenPicture | null>;

const piece = 256 * 1024;

/** The answer to an address of a picture; null: it names none. */
export async function pictureResponse(pathname: string, source: PictureSource): Promise<Response | null> {
  const wanted = resultAt(pathname);
  const picture = wanted === null ? null : await source(wanted.batch, wanted.path);
  if (picture === null) return null;
  return new Response(bodyOf(picture), {
    headers: {
      'Content-Type': picture.type,
      'Content-Length': String(picture.bytes),
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'",
      // The address changes with the file.
      'Cache-Control': 'private, max-age=3600',
    },
  });
}

function bodyOf({ file, bytes }: OpenPicture): ReadableStream<Uint8Array> {
  let left = bytes;
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { bytesRead, buffer } = await file.read(new Uint8Array(Math.min(piece, Math.max(1, left))));
      left -= bytesRead;
      if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead));
      if (bytesRead > 0 && left > 0) return;
      await file.close();
      controller.close();
    },
    cancel: () => file.close(),
  });
}
