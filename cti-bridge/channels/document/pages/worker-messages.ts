/** One page at a time: the next is ordered when this one is told. */
export interface DrawOrder {
  readonly order: 'draw';
  readonly file: string;
  /** Which directory of the file the page is. */
  readonly directory: number;
  /** How large it is drawn, upright. */
  readonly width: number;
  readonly height: number;
  readonly into: string;
}

/** How many pages a PDF has. */
export interface CountOrder {
  readonly order: 'count';
  readonly file: string;
}

export type PageOrder = DrawOrder | CountOrder;

export type PageReport =
  | { readonly report: 'drawn'; readonly bytes: number }
  | { readonly report: 'counted'; readonly pages: number | null }
  | { readonly report: 'broken'; readonly why: string };
