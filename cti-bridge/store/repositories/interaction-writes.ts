import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { AgentId, InteractionId } from '../../../shared/ids.ts';
import type { InteractionRepository } from '../../crm/index.ts';
import type { WriteHandle } from '../schema.ts';
import { cardOfArrival } from './contact/card-of-arrival.ts';
import { markScoreDue } from './score-due.ts';

type Caller = Parameters<InteractionRepository['recordCaller']>[1];
type Closing = Parameters<InteractionRepository['complete']>[0];
type DraftAnswer = Awaited<ReturnType<InteractionRepository['saveDraft']>>;

export const interactionWrites = {
  async recordCaller(db: WriteHandle, interactionId: InteractionId, caller: Caller): Promise<void> {
    await db
      .insertInto('interaction')
      .values({
        interaction_id: interactionId,
        number: caller.key,
        number_received: caller.number,
        presented_name: caller.presentedName,
        dialled: caller.dialled,
        begun_in: caller.begunIn ?? null,
        received_at: caller.at,
      })
      .onConflict((conflict) => conflict.column('interaction_id').doNothing())
      .execute();
  },

  /** A higher revision is stored; the very same text under the same revision was stored already; anything else has been overtaken. */
  async saveDraft(
    db: WriteHandle,
    interactionId: InteractionId,
    agentId: AgentId,
    text: string,
    revision: number,
    at: number,
  ): Promise<DraftAnswer> {
    const stored = await db.selectFrom('draft').selectAll().where('interaction_id', '=', interactionId).executeTakeFirst();
    if (stored && stored.revision === revision && stored.text === text) return { ok: true, savedAt: stored.saved_at };
    if (stored && stored.revision >= revision) return { ok: false, storedRevision: stored.revision };
    const draft = { agent_id: agentId, text, revision, saved_at: at };
    await db
      .insertInto('draft')
      .values({ interaction_id: interactionId, ...draft })
      .onConflict((conflict) => conflict.column('interaction_id').doUpdateSet(draft))
      .execute();
    return { ok: true, savedAt: at };
  },

  /** One unit of work, and one action however often it is asked: what is complete stays as it was completed. */
  async complete(db: WriteHandle, closing: Closing): Promise<void> {
    const { interactionId, at } = closing;
    const interaction = await db
      .selectFrom('interaction')
      .select(['completed_at', 'received_at', 'number', 'begun_in'])
      .where('interaction_id', '=', interactionId)
      .executeTakeFirst();
    if (interaction?.completed_at != null) return;
    // Whoever was erased while we spoke is nobody's record any more; the outcome stands without them.
    const contactId = closing.contactId === null ? null : await cardOfArrival(db, closing.contactId, interaction?.number ?? null);

    const outcome = {
      contact_id: contactId,
      agent_id: closing.agentId,
      disposition_code: closing.dispositionCode,
      is_automatic: closing.isAutomatic ? 1 : 0,
      handling_ms: closing.handlingMs,
      completed_at: at,
    };
    await db
      .insertInto('interaction')
      .values({ interaction_id: interactionId, dialled: '', received_at: at, ...outcome })
      .onConflict((conflict) => conflict.column('interaction_id').doUpdateSet(outcome))
      .execute();
    await keepNote(db, closing, contactId);
    if (contactId === null) return;
    await db.updateTable('survey_answer').set({ contact_id: contactId }).where('interaction_id', '=', interactionId).execute();
    await addToTimeline(db, closing, contactId, {
      receivedAt: interaction?.received_at ?? at,
      conversationId: closing.conversationId ?? interaction?.begun_in ?? null,
    });
    await markScoreDue(db, { contactId }, at);
    if (interaction?.number) {
      await db
        .updateTable('identifier')
        .set({ last_used_at: at })
        .where('contact_id', '=', contactId)
        .where('value', '=', interaction.number)
        .execute();
    }
  },
};

/** A note on nobody's record stays a draft: written text is never thrown away because we do not know whose it is. */
async function keepNote(
  db: WriteHandle,
  { interactionId, agentId, agentName, note, at }: Closing,
  contactId: string | null,
): Promise<void> {
  if (note.trim() === '') return;
  if (contactId === null) {
    const draft = { agent_id: agentId ?? '', text: note, saved_at: at };
    await db
      .insertInto('draft')
      .values({ interaction_id: interactionId, revision: 1, ...draft })
      .onConflict((conflict) =>
        conflict.column('interaction_id').doUpdateSet((now) => ({ ...draft, revision: now('draft.revision', '+', 1) })),
      )
      .execute();
    return;
  }
  await db
    .insertInto('note')
    .values({ note_id: interactionId, contact_id: contactId, interaction_id: interactionId, author: agentName, text: note, at })
    .execute();
  await db.deleteFrom('draft').where('interaction_id', '=', interactionId).execute();
}

async function addToTimeline(
  db: WriteHandle,
  closing: Closing,
  contactId: string,
  { receivedAt, conversationId }: { readonly receivedAt: number; readonly conversationId: string | null },
): Promise<void> {
  const person = await db.selectFrom('person').select('locale').where('contact_id', '=', contactId).executeTakeFirst();
  if (!person) return;
  const inTheirLanguage = person.locale === 'zh' ? ('zh' as const) : ('en' as const);
  const disposition = await readEntry<Configuration['dispositions'][number]>(db, 'dispositions', closing.dispositionCode);
  const label = disposition?.name[inTheirLanguage] ?? closing.dispositionCode;
  await db
    .insertInto('timeline_entry')
    .values({
      entry_id: closing.interactionId,
      contact_id: contactId,
      at: receivedAt,
      kind: closing.kind ?? 'call',
      title: closing.title[inTheirLanguage],
      detail: closing.note.trim() === '' ? label : closing.note,
      outcome: closing.agentName === '' ? label : closing.agentName,
      interaction_id: closing.interactionId,
      ...(conversationId === null ? {} : { subject_kind: 'conversation', subject_id: conversationId }),
    })
    // What came in writing stands there since its first message.
    .onConflict((conflict) => conflict.column('entry_id').doUpdateSet((row) => ({ outcome: row.ref('excluded.outcome') })))
    .execute();
}

/** What the reader checks is not checked again here: only texts and codes are taken from it. */
async function readEntry<Entry>(db: WriteHandle, section: string, id: string): Promise<Entry | null> {
  const row = await db
    .selectFrom('configuration_entry')
    .select('body')
    .where('section', '=', section)
    .where('entry_id', '=', id)
    .executeTakeFirst();
  return row ? (JSON.parse(row.body) as Entry) : null;
}
