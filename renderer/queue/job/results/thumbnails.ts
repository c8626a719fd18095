/** Small pictures for the strip: made one after the other for what is in sight, and the last of them kept. */
export interface ThumbnailWish {
  readonly address: string;
  readonly height: number;
}
export interface ThumbnailAnswer {
  readonly address: string;
  /** Null: it could not be made. */
  readonly bitmap: ImageBitmap | null;
}

/** How a worker is spoken to; another one in tests. */
export interface ThumbnailMaker {
  make(wish: ThumbnailWish): void;
  listen(onAnswer: (answer: ThumbnailAnswer) => void): void;
}

type Listener = (bitmap: ImageBitmap | null) => void;

/** So many are kept: about 30 MB. */
const mostKept = 300;
const atOnce = 2;
const height = 144;

export class Thumbnails {
  /** By address, which changes with the file; the one that was used last is the last. */
  private readonly kept = new Map<string, ImageBitmap>();
  private readonly wanted = new Map<string, Listener>();
  private readonly making = new Set<string>();

  constructor(
    private readonly maker: ThumbnailMaker,
    private readonly most = mostKept,
  ) {
    maker.listen((answer) => this.take(answer));
  }

  /** Calls back with the picture, as soon as it is there; returns the way to call it off. */
  want(address: string, listener: Listener): () => void {
    const known = this.kept.get(address);
    if (known !== undefined) {
      this.kept.delete(address);
      this.kept.set(address, known);
      listener(known);
      return () => undefined;
    }
    this.wanted.set(address, listener);
    this.next();
    return () => {
      if (this.wanted.get(address) === listener) this.wanted.delete(address);
    };
  }

  /** What came into sight last is made first. */
  private next(): void {
    const waiting = [...this.wanted.keys()].filter((address) => !this.making.has(address));
    while (this.making.size < atOnce) {
      const address = waiting.pop();
      if (address === undefined) return;
      this.making.add(address);
      this.maker.make({ address, height });
    }
  }

  private take({ address, bitmap }: ThumbnailAnswer): void {
    this.making.delete(address);
    if (bitmap !== null) this.keep(address, bitmap);
    const listener = this.wanted.get(address);
    this.wanted.delete(address);
    listener?.(bitmap);
    this.next();
  }

  private keep(address: string, bitmap: ImageBitmap): void {
    this.kept.set(address, bitmap);
    for (const [oldest, old] of this.kept) {
      if (this.kept.size <= this.most) return;
      this.kept.delete(oldest);
      old.close();
    }
  }
}

let shared: Thumbnails | null = null;

/** Those of the window, made by one worker. */
export function thumbnails(): Thumbnails {
  shared ??= new Thumbnails(workerMaker());
  return shared;
}

function workerMaker(): ThumbnailMaker {
  const worker = new Worker(new URL('./thumbnail.worker.ts', import.meta.url), { type: 'module' });
  return {
    make: (wish) => worker.postMessage(wish),
    listen: (onAnswer) =>
      worker.addEventListener('message', (event: MessageEvent<ThumbnailAnswer>) => onAnswer(event.data)),
  };
}
