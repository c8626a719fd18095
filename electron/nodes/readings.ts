export interface LogBytes {
  readonly from: number;
  readonly bytes: Buffer;
  readonly size: number;
}

export interface NodeLoad {
  /** 0 to 1. */
  readonly cpu: number;
  readonly memory: number;
}
