import type { Duplicate } from '../../../shared/contracts/contact.ts';
import type { WireError } from '../../../shared/contracts/errors.ts';
import type { Merge, MergePreview } from '../../../shared/contracts/identity.ts';
import type { CustomerScope, SoughtPerson } from '../../crm/index.ts';
import { ok, type Result } from '../../kernel/index.ts';
import type { ReadHandle } from '../schema.ts';
import { readCards } from './contact/cards.ts';
import { readDuplicatesOf } from './contact/duplicates.ts';
import { previewOf, readMerges } from './contact/merges.ts';
import { isInScope } from './contact/summary.ts';
import { readGroup } from './record/group.ts';
import { noSuchPerson, refused } from './record/seam.ts';

/** Who is who, looked at. */
export const identityReads = {
  async readDuplicates(db: ReadHandle, person: SoughtPerson, scope: CustomerScope): Promise<readonly Duplicate[] | null> {
    const cards = await readCards(db, person.contactId);
    return cards.length === 0 || !isInScope(cards, person.scope) ? null : readDuplicatesOf(db, cards, scope);
  },

  async previewMerge(db: ReadHandle, kept: SoughtPerson, absorbed: SoughtPerson): Promise<Result<MergePreview, WireError>> {
    const [one, other] = [await readGroup(db, kept.contactId, kept.scope), await readGroup(db, absorbed.contactId, absorbed.scope)];
    if (!one || !other) return noSuchPerson;
    if (one.headId === other.headId) return oneAlready;
    return ok(await previewOf(db, one, other));
  },

  async readMergesOf(db: ReadHandle, { contactId, scope }: SoughtPerson): Promise<readonly Merge[] | null> {
    const cards = await readCards(db, contactId);
    if (cards.length === 0 || !isInScope(cards, scope)) return null;
    const merges = await readMerges(
      db,
      'cards',
      cards.map((card) => card.contact_id),
    );
    // The other side of a merge that was undone may belong to somebody else by now.
    const seen: Merge[] = [];
    for (const merge of merges) if (await areBothSeen(db, merge, scope)) seen.push(merge);
    return seen;
  },
};

async function areBothSeen(db: ReadHandle, { kept, absorbed }: Merge, scope: SoughtPerson['scope']): Promise<boolean> {
  if (scope.units === null) return true;
  for (const { contactId } of [kept, absorbed]) if (!isInScope(await readCards(db, contactId), scope)) return false;
  return true;
}

/** Merging them, or one with itself, would make a loop. */
export const oneAlready = refused('conflict', 'These two are one record already.');
