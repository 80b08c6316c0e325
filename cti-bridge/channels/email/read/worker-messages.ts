import type { MailUnreadable, ReadMail } from '../../../interactions/index.ts';

/** One mail at a time: the next is ordered when this one is told. */
export interface ReadOrder {
  readonly rawFile: string;
  readonly filesInto: string;
}

export type ReadReport =
  | { readonly report: 'read'; readonly mail: ReadMail }
  | { readonly report: 'unreadable'; readonly why: MailUnreadable }
  /** The disk, and not the mail: `code` as the system says it. */
  | { readonly report: 'failed'; readonly code: string };
