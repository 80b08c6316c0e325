import type { Selectable } from 'kysely';
import { asId, type InteractionId } from '../../../shared/ids.ts';
import type {
  GivenAnswer,
  InteractionEvent,
  StoredSurvey,
  SurveyAnswer,
  SurveyRepository,
  SurveySubject,
} from '../../interactions/index.ts';
import type { ReadHandle, Schema, WriteHandle } from '../schema.ts';
import { toConversation } from './messages/message-rows.ts';

type Answer<Name extends keyof SurveyRepository> = ReturnType<SurveyRepository[Name]>;

export const surveyReads = {
  async readSurveySubject(db: ReadHandle, interactionId: InteractionId): Answer<'readSubject'> {
    return readSubject(db, interactionId);
  },

  async readUnaskedContacts(db: ReadHandle, since: number, limit: number): Answer<'readUnasked'> {
    const rows = await db
      .selectFrom('interaction_event as event')
      .leftJoin('survey', 'survey.interaction_id', 'event.interaction_id')
      .select(['event.interaction_id', 'event.at', 'event.body'])
      .where('event.type', '=', 'interaction:completed')
      .where('event.at', '>=', since)
      .where('survey.interaction_id', 'is', null)
      .orderBy('event.sequence', 'desc')
      .limit(limit)
      .execute();
    return rows.flatMap(({ interaction_id, at, body }) => {
      const { agentId, dispositionCode } = JSON.parse(body) as { agentId: string | null; dispositionCode: string };
      return agentId === null ? [] : { interactionId: asId<InteractionId>(interaction_id), at: Number(at), dispositionCode };
    });
  },

  async readUntoldAnswers(db: ReadHandle, since: number, limit: number): Answer<'readUntold'> {
    const answers = await db
      .selectFrom('survey_answer')
      .select(['interaction_id', 'given_by', 'score', 'highest'])
      .where('question', '=', '')
      .where('given_by', '<>', 'keyPress')
      .where('at', '>=', since)
      .orderBy('at', 'desc')
      .limit(limit)
      .execute();
    if (answers.length === 0) return [];
    const events = await db
      .selectFrom('interaction_event')
      .select(['interaction_id', 'body'])
      .where('type', '=', 'survey:answered')
      .where(
        'interaction_id',
        'in',
        answers.map(({ interaction_id }) => interaction_id),
      )
      .orderBy('sequence')
      .execute();
    const told = new Map(events.map(({ interaction_id, body }) => [interaction_id, (JSON.parse(body) as { score: number }).score]));
    const untold = answers.filter(({ interaction_id, score }) => told.get(interaction_id) !== score);
    return Promise.all(
      untold.map(async ({ interaction_id, given_by, score, highest }) => {
        const interactionId = asId<InteractionId>(interaction_id);
        const { queueId = null, agentId = null } = (await readSubject(db, interactionId)) ?? {};
        return { interactionId, by: given_by as GivenAnswer['by'], score, highest, queueId, agentId };
      }),
    );
  },

  async findWordlessSurvey(db: ReadHandle, lineId: string, addressKey: string, since: number, text: string): Answer<'findWordless'> {
    const row = await db
      .selectFrom('survey')
      .innerJoin('survey_answer', 'survey_answer.interaction_id', 'survey.interaction_id')
      .selectAll('survey')
      .where('survey_answer.question', '=', '')
      .where('survey_answer.body', 'in', ['', text])
      .where('sent_by', '=', 'sms')
      .where('source_id', '=', lineId)
      .where('address_key', '=', addressKey)
      .where('sent_at', '>=', since)
      .where('state', '=', 'answered')
      .orderBy('sent_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ? toSurvey(row) : null;
  },

  async readDueSurveys(db: ReadHandle, now: number, limit: number): Answer<'readDue'> {
    const rows = await db
      .selectFrom('survey')
      .selectAll()
      .where('state', '=', 'due')
      .where('due_at', '<=', now)
      .orderBy('due_at')
      .limit(limit)
      .execute();
    return rows.map(toSurvey);
  },

  async nextSurveyAt(db: ReadHandle): Answer<'nextDueAt'> {
    const { at } = await db
      .selectFrom('survey')
      .select(({ fn }) => fn.min('due_at').as('at'))
      .where('state', '=', 'due')
      .executeTakeFirstOrThrow();
    return at === null ? null : Number(at);
  },

  async findSurveyByToken(db: ReadHandle, token: string): Answer<'findByToken'> {
    const row = await db
      .selectFrom('survey')
      .selectAll()
      .where('token', '=', token)
      .where('state', 'in', ['sent', 'answered'])
      .executeTakeFirst();
    return row ? { ...toSurvey(row), isAnswered: row.state === 'answered' } : null;
  },

  async findAskedSurvey(db: ReadHandle, lineId: string, addressKey: string, since: number, answeredBy: string): Answer<'findAsked'> {
    const row = await db
      .selectFrom('survey')
      .selectAll()
      .where('sent_by', '=', 'sms')
      .where('source_id', '=', lineId)
      .where('address_key', '=', addressKey)
      .where('sent_at', '>=', since)
      .where((where) => where.or([where('state', '=', 'sent'), where('answered_by', '=', answeredBy)]))
      .orderBy('sent_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ? toSurvey(row) : null;
  },
};

export const surveyWrites = {
  async planSurvey(db: WriteHandle, survey: StoredSurvey, since: number): Answer<'plan'> {
    const { contactId, addressKey } = survey;
    const asked = await db
      .selectFrom('survey')
      .select('interaction_id')
      .where('due_at', '>', since)
      .where('state', '<>', 'dropped')
      .where((where) =>
        where.or([where('address_key', '=', addressKey), ...(contactId === null ? [] : [where('contact_id', '=', contactId)])]),
      )
      .limit(1)
      .executeTakeFirst();
    if (asked) return false;
    const planned = await db
      .insertInto('survey')
      .values({
        interaction_id: survey.interactionId,
        survey_id: survey.surveyId,
        sent_by: survey.by,
        source_id: survey.sourceId,
        address_key: addressKey,
        conversation_id: survey.conversationId,
        contact_id: contactId,
        queue_id: survey.queueId,
        agent_id: survey.agentId,
        locale: survey.locale,
        due_at: survey.dueAt,
        token: survey.token,
        state: 'due',
        why: null,
        sent_at: null,
        answered_by: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return planned.numInsertedOrUpdatedRows === 1n;
  },

  async settleSurvey(
    db: WriteHandle,
    interactionId: InteractionId,
    as: Parameters<SurveyRepository['settle']>[1],
    at: number,
  ): Promise<void> {
    await db
      .updateTable('survey')
      .set(as.state === 'sent' ? { state: 'sent', sent_at: at } : { state: 'dropped', why: as.why })
      .where('interaction_id', '=', interactionId)
      .where('state', '=', 'due')
      .execute();
  },

  async answerSurvey(db: WriteHandle, interactionId: InteractionId, answer: SurveyAnswer, answeredBy: string): Answer<'answer'> {
    const answered = await db
      .updateTable('survey')
      .set({ state: 'answered', answered_by: answeredBy })
      .where('interaction_id', '=', interactionId)
      .where((where) => where.or([where('state', '=', 'sent'), where('answered_by', '=', answeredBy)]))
      .returning(['sent_by', 'contact_id'])
      .executeTakeFirst();
    if (!answered) return false;
    await keepAnswer(db, interactionId, '', answered.sent_by, answered.contact_id, answer);
    return true;
  },

  async commentSurvey(db: WriteHandle, interactionId: InteractionId, text: string): Answer<'comment'> {
    const { numUpdatedRows } = await db
      .updateTable('survey_answer')
      .set({ body: text })
      .where('interaction_id', '=', interactionId)
      .where('question', '=', '')
      .where('body', 'in', ['', text])
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  },

  async rateContact(db: WriteHandle, interactionId: InteractionId, answer: SurveyAnswer): Answer<'rate'> {
    const { queueId, agentId, conversation } = (await readSubject(db, interactionId)) ?? {
      queueId: null,
      agentId: null,
      conversation: null,
    };
    await keepAnswer(db, interactionId, '', 'widget', conversation?.contactId ?? null, answer);
    return { queueId, agentId };
  },
};

/** A key that was pressed is an answer like any other, on disk with its event. */
export async function keepKeyedAnswer(db: WriteHandle, event: Extract<InteractionEvent, { type: 'ivr:surveyAnswered' }>): Promise<void> {
  const { interactionId, attribute, score, highest, at } = event;
  const known = await db.selectFrom('interaction').select('contact_id').where('interaction_id', '=', interactionId).executeTakeFirst();
  await keepAnswer(db, interactionId, attribute, 'keyPress', known?.contact_id ?? null, { score, highest, text: '', at });
}

async function keepAnswer(
  db: WriteHandle,
  interactionId: string,
  question: string,
  by: string,
  contactId: string | null,
  { score, highest, text, at }: SurveyAnswer,
): Promise<void> {
  const answer = { contact_id: contactId, given_by: by, score, highest, body: text, at };
  await db
    .insertInto('survey_answer')
    .values({ interaction_id: interactionId, question, ...answer })
    .onConflict((conflict) => conflict.columns(['interaction_id', 'question']).doUpdateSet(answer))
    .execute();
}

async function readSubject(db: ReadHandle | WriteHandle, interactionId: InteractionId): Promise<SurveySubject | null> {
  const events = await db
    .selectFrom('interaction_event')
    .select(['type', 'body'])
    .where('interaction_id', '=', interactionId)
    .where('type', 'in', ['interaction:received', 'workItem:queued', 'workItem:moved', 'interaction:answered'])
    .orderBy('sequence')
    .execute();
  const bodies = events.map(({ type, body }) => ({ type, ...(JSON.parse(body) as Record<string, string>) }));
  const received = bodies.find(({ type }) => type === 'interaction:received') as { channel?: SurveySubject['channel'] } | undefined;
  if (!received?.channel) return null;
  const queue = bodies.flatMap((each) => ('to' in each ? each.to : 'queueId' in each ? each.queueId : []) as string | string[]).at(-1);
  const agent = bodies.flatMap((each) => ('agentId' in each ? (each.agentId as string) : [])).at(-1);
  const known = await db
    .selectFrom('interaction')
    .select(['contact_id', 'number', 'agent_id'])
    .where('interaction_id', '=', interactionId)
    .executeTakeFirst();
  const conversation = await db
    .selectFrom('conversation')
    .selectAll()
    .where('conversation_id', 'in', (select) =>
      select.selectFrom('message').select('message.conversation_id').where('message.interaction_id', '=', interactionId),
    )
    .limit(1)
    .executeTakeFirst();
  const incoming = conversation
    ? await db
        .selectFrom('message')
        .select(['internet_id', 'is_automatic'])
        .where('conversation_id', '=', conversation.conversation_id)
        .where('interaction_id', '=', interactionId)
        .where('kind', '=', 'in')
        .orderBy('seq', 'desc')
        .execute()
    : [];
  const contactId = known?.contact_id ?? conversation?.contact_id ?? null;
  const agentId = known?.agent_id ?? agent ?? null;
  return {
    channel: received.channel,
    queueId: queue === undefined ? null : asId(queue),
    agentId: agentId === null ? null : asId(agentId),
    contactId: contactId === null ? null : asId(contactId),
    number: conversation ? null : (known?.number ?? null),
    conversation: conversation ? toConversation(conversation) : null,
    internetId: incoming[0]?.internet_id ?? null,
    isAutomatic: incoming.length > 0 && incoming.every((row) => row.is_automatic === 1),
  };
}

function toSurvey(row: Selectable<Schema['survey']>): StoredSurvey {
  return {
    interactionId: asId(row.interaction_id),
    surveyId: row.survey_id,
    by: row.sent_by as StoredSurvey['by'],
    sourceId: row.source_id,
    addressKey: row.address_key,
    conversationId: row.conversation_id === null ? null : asId(row.conversation_id),
    contactId: row.contact_id === null ? null : asId(row.contact_id),
    queueId: row.queue_id === null ? null : asId(row.queue_id),
    agentId: row.agent_id === null ? null : asId(row.agent_id),
    locale: row.locale as StoredSurvey['locale'],
    dueAt: Number(row.due_at),
    token: row.token,
    sentAt: row.sent_at === null ? null : Number(row.sent_at),
  };
}
