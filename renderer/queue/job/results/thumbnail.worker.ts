/** Makes small pictures of large ones, away from the page. */
import type { ThumbnailAnswer, ThumbnailWish } from './thumbnails';

async function thumbnail({ address, height }: ThumbnailWish): Promise<ImageBitmap | null> {
  try {
    const answer = await fetch(address);
    if (!answer.ok) return null;
    return await createImageBitmap(await answer.blob(), { resizeHeight: height, resizeQuality: 'medium' });
  } catch {
    // It is no picture, or not whole yet.
    return null;
  }
}

self.addEventListener('message', (event: MessageEvent<ThumbnailWish>) => {
  void thumbnail(event.data).then((bitmap) => {
    const answer: ThumbnailAnswer = { address: event.data.address, bitmap };
    self.postMessage(answer, { transfer: bitmap === null ? [] : [bitmap] });
  });
});
