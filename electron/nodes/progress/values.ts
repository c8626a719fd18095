export interface ReportedValue {
  readonly name: string;
  readonly value: number;
}

/** Reads `drover_value: NAME NUMBER`: what later work may wait for, such as a loss that has become small. */
export function readValues(lines: readonly string[]): readonly ReportedValue[] {
  return lines.flatMap((line) => {
    const [, name, text] = /^drover_value: *([\w.-]{1,64})[ =]+(\S{1,64})[ \t]*$/.exec(line) ?? [];
    const value = Number(text);
    return name !== undefined && Number.isFinite(value) ? [{ name, value }] : [];
  });
}
