/** The graphics cards of a node, as their makers' tools tell of them. */

export interface GraphicsCard {
  readonly maker: 'nvidia' | 'amd';
  readonly name: string;
  /** 0: not told. */
  readonly memoryMiB: number;
}

/** @param values what a probe said under each key */
export function readGraphicsCards(values: ReadonlyMap<string, readonly string[]>): readonly GraphicsCard[] {
  const told = (values.get('NVIDIA') ?? []).flatMap(readNvidia);
  // The driver knows its cards by name also when its tool did not answer in time.
  const named = (values.get('CARD') ?? []).map((name) => ({ maker: 'nvidia' as const, name, memoryMiB: 0 }));
  return [...(told.length > 0 ? told : named), ...readAmd(values.get('ROCM') ?? [])];
}

/** `24564, NVIDIA GeForce RTX 4090`. A card whose memory is not told (`[N/A]`) is a card all the same. */
function readNvidia(line: string): readonly GraphicsCard[] {
  const [, memory, name] = /^(\d{1,9}|\[[\w/ ]+\]), *(\S.*)$/.exec(line) ?? [];
  if (memory === undefined || name === undefined) return [];
  return [{ maker: 'nvidia', name, memoryMiB: /^\d/.test(memory) ? Number(memory) : 0 }];
}

/** A table with a head; which columns it has changes from version to version. */
function readAmd(lines: readonly string[]): readonly GraphicsCard[] {
  const start = lines.findIndex((line) => /^device,/i.test(line));
  if (start < 0) return [];
  const columns = (lines[start] ?? '').split(',').map((column) => column.trim().toLowerCase());
  const memory = columns.findIndex((column) => column.startsWith('vram total memory'));
  const names = ['card series', 'device name', 'card model'].map((column) => columns.indexOf(column));
  return lines.slice(start + 1).flatMap((line): readonly GraphicsCard[] => {
    const cells = line.split(',').map((cell) => cell.trim());
    if (!/^card\d+$/.test(cells[0] ?? '')) return [];
    const name = names
      .map((column) => cells[column])
      .find((cell) => cell !== undefined && !/^(N\/A|)$/.test(cell));
    const bytes = cells[memory] ?? '';
    return [
      {
        maker: 'amd',
        name: name ?? 'AMD',
        memoryMiB: /^\d{1,15}$/.test(bytes) ? Math.floor(Number(bytes) / 2 ** 20) : 0,
      },
    ];
  });
}
