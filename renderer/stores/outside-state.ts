/** Who has the number of a link, as far as the record knows. */
export type LinkOwner =
  | { readonly kind: 'searching' }
  /** The record cannot be asked, or not by this agent. */
  | { readonly kind: 'notAsked' }
  | { readonly kind: 'nobody' }
  /** `others`: how many more have it. */
  | { readonly kind: 'found'; readonly name: string; readonly detail: string | null; readonly others: number };

/** What comes from outside the window: keys pressed in other programs, and links opened there. */
export interface OutsideDeskState {
  /** End was pressed once in another program; pressed again soon it ends. */
  readonly isEndArmed: boolean;
  /** A number that another program asks to be called; nothing calls it but the agent. */
  readonly link: { readonly number: string; readonly owner: LinkOwner } | null;
}

export const noOutside: OutsideDeskState = { isEndArmed: false, link: null };
