import { nativeImage, type NativeImage } from 'electron';
import { openPicture, resultsOf } from '../batch-outputs';
import type { BatchId } from '../../shared/model/ids';
import type { Host } from '../host';

/** What Electron reads by itself. */
const readable = /\.(png|jpe?g)$/i;
const largest = 32 * 1024 * 1024;
const width = 256;

const byName = new Intl.Collator('en', { numeric: true });

/** The first picture that a batch has made, small; null: it has made none that can be shown. */
export async function firstPicture(host: Host, id: BatchId): Promise<NativeImage | null> {
  const batch = host.state.batches.get(id);
  if (batch === undefined) return null;
  const { files } = await resultsOf(batch);
  const [first] = files
    .filter(({ path, bytes }) => readable.test(path) && bytes <= largest)
    .toSorted((a, b) => byName.compare(a.path, b.path));
  if (first === undefined) return null;
  const opened = await openPicture(host.state.batches, id, first.path);
  if (opened === null) return null;
  const { file } = opened;
  try {
    const image = nativeImage.createFromBuffer(await file.readFile());
    return image.isEmpty() ? null : image.resize({ width });
  } finally {
    await file.close();
  }
}
