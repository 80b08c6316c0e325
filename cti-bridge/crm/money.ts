/** What somebody, or their company, is to pay. Amounts in minor units of `currency`. */
export interface Owed {
  readonly currency: string;
  /** All that is unpaid, due or not yet. */
  readonly unpaid: number;
  /** Of it, what was due before now. */
  readonly arrears: number;
  /** When the earliest of it is, or was, due; null where nothing is unpaid. */
  readonly dueAt: number | null;
}

/** Implemented by the store; may reject (disk). */
export interface MoneyRepository {
  /** Of the cards of one person and the company they are of. Null: they never had a bill. Of several currencies, the one most is owed in. */
  owedBy(cardIds: readonly string[], accountId: string | null, at: number): Promise<Owed | null>;
}
