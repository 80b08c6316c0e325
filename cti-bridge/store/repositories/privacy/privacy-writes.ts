import type { WireError } from '../../../../shared/contracts/errors.ts';
import type { Auditable, CustomerScope, Erased, Erasure, LapsedRule, PrivacyRepository } from '../../../crm/index.ts';
import { ok, type Result } from '../../../kernel/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { type Group, looking, readGroup } from '../record/group.ts';
import { noSuchPerson, refused } from '../record/seam.ts';
import { erasePerson } from './erase-person.ts';
import { lapsedPeople } from './lapsed-people.ts';

type Hold = Parameters<PrivacyRepository['hold']>[0];
type AuditEntry = Parameters<PrivacyRepository['audit']>[0];
type EraseLapsed = Parameters<PrivacyRepository['eraseLapsed']>[0];

export const privacyWrites = {
  async erase(db: WriteHandle, erasure: Erasure): Promise<Result<Erased, WireError>> {
    const { contactId, scope, at } = erasure;
    const group = await readGroup(looking(db), contactId, scope);
    if (!group) return noSuchPerson;
    const [head] = group.cards;
    if (head?.fields.name.trim() !== erasure.confirmName.trim())
      return refused('conflict', 'The name that was typed is not the name of this person. Nothing was erased.');
    const obstacle = await obstacleTo(db, group, at);
    if (obstacle !== null) return refused('conflict', obstacle);
    const { removed, attachmentIds, recordingIds, written, words } = await erasePerson(db, group.contactIds, at);
    // The reason stays for ever, so it must not say who it was.
    const reason = words.reduce((text, word) => text.replaceAll(word, '[…]'), erasure.reason);
    await privacyWrites.addAudit(db, { ...erasure, kind: 'erasure', subjectId: group.headId, reason, counts: removed });
    return ok({ removed: Object.entries(removed).map(([what, count]) => ({ what, count })), attachmentIds, recordingIds, written });
  },

  async setHold(db: WriteHandle, hold: Hold): Promise<Result<null, WireError>> {
    const group = await readGroup(looking(db), hold.contactId, hold.scope);
    if (!group) return noSuchPerson;
    const { author, at, reason, until } = hold;
    await db
      .deleteFrom('legal_hold')
      .where('contact_id', 'in', [...group.contactIds])
      .execute();
    if (reason !== null) {
      const name = group.cards[0]?.fields.name ?? '';
      await db
        .insertInto('legal_hold')
        .values({ contact_id: group.headId, name, reason, until, at, by_id: author.userId ?? '', by_name: author.name })
        .execute();
    }
    await privacyWrites.addAudit(db, {
      ...hold,
      kind: reason === null ? 'holdLifted' : 'hold',
      subjectId: group.headId,
      reason: null,
      counts: {},
    });
    return ok(null);
  },

  /** Only those who are lapsed now: somebody may have called since they were counted. */
  async eraseLapsed(db: WriteHandle, { contactIds, rule, scope, at }: EraseLapsed): ReturnType<PrivacyRepository['eraseLapsed']> {
    const still = await stillLapsed(db, contactIds, rule, scope, at);
    const attachmentIds: string[] = [];
    const recordingIds: string[] = [];
    const written = { arrivals: [] as string[], files: [] as string[] };
    let deleted = 0;
    for (const contactId of still) {
      const group = await readGroup(looking(db), contactId, scope);
      if (!group || (await obstacleTo(db, group, at)) !== null) continue;
      const erased = await erasePerson(db, group.contactIds, at);
      attachmentIds.push(...erased.attachmentIds);
      recordingIds.push(...erased.recordingIds);
      written.arrivals.push(...erased.written.arrivals);
      written.files.push(...erased.written.files);
      deleted += 1;
    }
    return { deleted, attachmentIds, recordingIds, written };
  },

  async addAudit(db: WriteHandle, entry: AuditEntry): Promise<void> {
    await db
      .insertInto('record_audit')
      .values({
        entry_id: entry.entryId,
        at: entry.at,
        kind: entry.kind,
        by_id: entry.author.userId,
        by_name: entry.author.name,
        subject_id: entry.subjectId,
        reason: entry.reason ?? null,
        counts: JSON.stringify(entry.counts),
      })
      .onConflict((conflict) => conflict.column('entry_id').doNothing())
      .execute();
  },
};

/** Why a person cannot go now, in words; null when nothing keeps them. */
async function obstacleTo(db: WriteHandle, { contactIds }: Group, at: number): Promise<string | null> {
  const ids = [...contactIds];
  const held = await db
    .selectFrom('legal_hold')
    .select('contact_id')
    .where('contact_id', 'in', ids)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', at)]))
    .executeTakeFirst();
  if (held) return 'The law says to keep this record: a legal hold stands. Lift it first.';
  const promised = await db
    .selectFrom('callback')
    .leftJoin('interaction', 'interaction.interaction_id', 'callback.interaction_id')
    .select('callback.work_item_id')
    .where('callback.state', '=', 'pending')
    .where((where) => where.or([where('interaction.contact_id', 'in', ids), where('callback.contact_id', 'in', ids)]))
    .executeTakeFirst();
  return promised ? 'This person waits for a call that we promised. Erase them when it is over.' : null;
}

async function stillLapsed(
  db: WriteHandle,
  contactIds: readonly string[],
  rule: LapsedRule,
  scope: CustomerScope,
  at: Auditable['at'],
): Promise<readonly string[]> {
  if (contactIds.length === 0) return [];
  const rows = await lapsedPeople(looking(db), rule, scope, at)
    .select('person.contact_id')
    .where('person.contact_id', 'in', [...contactIds])
    .execute();
  return rows.map((row) => row.contact_id);
}
