export interface MergeDeeds {
  /** Shows both sides before anything is done. */
  compare(keptId: string, absorbedId: string): void;
  /** The other one is kept. */
  swap(): void;
  merge(reason: string): void;
  notTheSame(): void;
  cancel(): void;
  /** True when it was taken back. */
  unmerge(mergeId: string, reason: string): Promise<boolean>;
}
