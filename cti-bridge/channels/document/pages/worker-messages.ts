/** One page at a time: the next is ordered when this one is told. */
export interface DrawOrder {
  readonly file: string;
  /** Which directory of the file the page is. */
  readonly directory: number;
  /** How large it is drawn, upright. */
  readonly width: number;
  readonly height: number;
  readonly into: string;
}

export type DrawReport = { readonly report: 'drawn'; readonly bytes: number } | { readonly report: 'broken'; readonly why: string };
