/** What a table keeps of the draft of something that goes live in versions. */
interface DraftColumns {
  readonly draft: string | null;
  readonly draft_by_id: string | null;
  readonly draft_writing_id: string | null;
}

export const noDraft = { draft: null, draft_at: null, draft_by_id: null, draft_by_name: null, draft_writing_id: null } as const;

/** There is a draft, and this hand of this person wrote it last: whatever it was told of that. */
export const isOfHand = (
  row: DraftColumns | undefined,
  writingId: string | null,
  { userId }: { readonly userId: string | null },
): boolean =>
  row !== undefined && row.draft !== null && writingId !== null && row.draft_writing_id === writingId && row.draft_by_id === userId;
