/** Where the pages of a document come from: the bridge, a PDF that is read here, or one picture. Dots as pictures have them. */
export interface PageSource {
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  /** A picture of the page, upright and about so wide; null where it cannot be drawn. `index` from 0. */
  draw(index: number, width: number): Promise<Blob | null>;
  /** On which pages these words stand, by index, in their order. Absent where the pages are pictures. */
  readonly find?: (words: string) => Promise<readonly number[]>;
  /** Nobody looks any more. */
  close(): void;
}
