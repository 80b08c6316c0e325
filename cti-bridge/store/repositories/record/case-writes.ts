import type { CaseFile } from '../../../../shared/contracts/record.ts';
import { caseTable, isOpenCase } from '../../../../shared/states/case.ts';
import { next } from '../../../../shared/states/state-table.ts';
import { type CaseRepository, type Change, deadlinesOf } from '../../../crm/index.ts';
import { ok } from '../../../kernel/index.ts';
import type { WriteHandle } from '../../schema.ts';
import { cardOfInteraction } from '../contact/card-of-arrival.ts';
import { nextCaseNumber } from './case-number.ts';
import { agentNames, caseFilesWhere } from './case-reads.ts';
import { type Group, isOfGroup, looking, readGroup } from './group.ts';
import { customOf } from './person-columns.ts';
import { addToTimeline, changedMeanwhile, noSuchPerson, ofContact, recordChanged, refused } from './seam.ts';
import { inWords } from './timeline-words.ts';

type Opening = Parameters<CaseRepository['open']>[0];
type Step = Parameters<CaseRepository['step']>[0];
type StepRow = { readonly kind: CaseFile['steps'][number]['kind']; readonly text: string };

export const caseWrites = {
  async openCase(db: WriteHandle, opening: Opening): Change<CaseFile> {
    const { changeId: caseId, at, author } = opening;
    const group = await readGroup(looking(db), opening.contactId, opening.scope);
    if (!group) return noSuchPerson;
    if ((await caseOf(db, caseId)) !== undefined) return fileOf(db, caseId);
    if (opening.productId !== null && !(await isProductOf(db, opening.productId, group)))
      return refused('not_found', 'This person has no such product.');
    const contactId = (await cardOfInteraction(db, opening.contactId, opening.interactionId)) ?? group.headId;
    const number = await nextCaseNumber(db, opening.kind);
    const deadlines = deadlinesOf(at, await contractsOf(db, group));
    await db
      .insertInto('customer_case')
      .values({
        ...{ case_id: caseId, contact_id: contactId, account_id: group.accountIds[0] ?? null, number, kind: opening.kind, status: 'open' },
        ...{ priority: opening.priority, subject: opening.subject, description: opening.description, opened_at: at },
        ...{ owner_agent_id: opening.ownerAgentId, contract_id: deadlines.contractId, product_id: opening.productId },
        ...{ interaction_id: opening.interactionId, response_due_at: deadlines.responseDueAt, due_at: deadlines.dueAt },
      })
      .execute();
    await addSteps(db, { ...opening, caseId }, [{ kind: 'opened', text: opening.description }]);
    await addToTimeline(db, {
      ...{ entryId: `${caseId}.opened`, owner: ofContact(contactId), at, kind: 'case', interactionId: opening.interactionId },
      ...{ title: `${number} ${opening.subject}`, detail: opening.description || null, outcome: author.name },
      subject: { kind: 'case', id: caseId },
    });
    await recordChanged(db, { contactIds: [contactId], caseIds: [caseId] }, at);
    return fileOf(db, caseId);
  },

  async stepCase(db: WriteHandle, step: Step): Change<CaseFile> {
    const { caseId, at, author } = step;
    const before = await caseOf(db, caseId);
    const group = before ? await readGroup(looking(db), before.contact_id, step.scope) : null;
    if (!before || !group) return noSuchCase;
    const isDone = await db.selectFrom('case_step').select('step_id').where('step_id', '=', step.changeId).executeTakeFirst();
    if (isDone) return fileOf(db, caseId);
    if (before.revision !== step.basedOn) return changedMeanwhile;

    const was = before.status as CaseFile['status'];
    const status = step.status === undefined || step.status === was ? was : next(caseTable, was, step.status);
    if (status === null) return refused('conflict', `A case that is ${was} cannot become ${step.status}.`);
    const owner = step.ownerAgentId === undefined ? before.owner_agent_id : step.ownerAgentId;
    const dueAt = step.dueAt === undefined ? before.due_at : step.dueAt;
    const isResponse = step.responded === true && before.responded_at === null;
    const priority = step.priority ?? before.priority;
    const outcome = step.outcome === undefined ? before.outcome : step.outcome;
    const custom = customOf(before.custom);
    const fields = Object.entries(step.custom ?? {}).filter(([id, value]) => value !== (custom[id] ?? null));
    for (const [id, value] of fields) {
      if (value === null) delete custom[id];
      else custom[id] = value;
    }
    const rows: StepRow[] = [
      ...(step.text.trim() === '' ? [] : [{ kind: 'note', text: step.text } as const]),
      ...(status === was ? [] : [{ kind: 'status', text: status } as const]),
      ...(owner === before.owner_agent_id ? [] : [{ kind: 'owner', text: await nameOf(db, owner) } as const]),
      ...(dueAt === before.due_at ? [] : [{ kind: 'deadline', text: dueAt === null ? '' : String(dueAt) } as const]),
      ...(isResponse ? [{ kind: 'responded', text: '' } as const] : []),
      ...(priority === before.priority ? [] : [{ kind: 'priority', text: String(priority) } as const]),
      ...(outcome === before.outcome ? [] : [{ kind: 'outcome', text: outcome ?? '' } as const]),
      ...fields.map(([id, value]) => ({ kind: 'field', text: `${id}: ${value ?? ''}` }) as const),
    ];
    if (rows.length === 0) return fileOf(db, caseId);

    const closedAt = isOpenCase(status) ? null : (before.closed_at ?? at);
    await db
      .updateTable('customer_case')
      .set({
        ...{ status, owner_agent_id: owner, due_at: dueAt, priority, outcome, closed_at: closedAt, revision: before.revision + 1 },
        custom: JSON.stringify(custom),
        ...{ responded_at: isResponse ? at : before.responded_at },
      })
      .where('case_id', '=', caseId)
      .execute();
    await addSteps(db, { ...step, caseId }, rows);
    if ((closedAt === null) !== (before.closed_at === null))
      await addToTimeline(db, {
        ...{ entryId: `${step.changeId}.case`, owner: ofContact(before.contact_id), at, kind: 'case' },
        title: inWords(closedAt === null ? 'reopened' : 'closed', `${before.number} ${before.subject}`, group),
        ...{ detail: step.text.trim() || outcome, outcome: author.name },
        subject: { kind: 'case', id: caseId },
      });
    await recordChanged(db, { contactIds: [before.contact_id], caseIds: [caseId] }, at);
    return fileOf(db, caseId);
  },
};

const noSuchCase = refused('not_found', 'There is no such case, or it is not among those you may see.');

const caseOf = (db: WriteHandle, caseId: string) =>
  db.selectFrom('customer_case').selectAll().where('case_id', '=', caseId).executeTakeFirst();

async function fileOf(db: WriteHandle, caseId: string): Change<CaseFile> {
  const [file] = await caseFilesWhere(looking(db), (where) => where('case_id', '=', caseId), { limit: 1 });
  return file ? ok(file) : noSuchCase;
}

async function addSteps(
  db: WriteHandle,
  { caseId, changeId, at, author }: Pick<Step, 'caseId' | 'changeId' | 'at' | 'author'>,
  steps: readonly StepRow[],
): Promise<void> {
  const by = { case_id: caseId, at, author_id: author.userId, author: author.name };
  const rows = steps.map((step, index) => ({ step_id: index === 0 ? changeId : `${changeId}.${index}`, ...by, ...step }));
  await db.insertInto('case_step').values(rows).execute();
}

async function nameOf(db: WriteHandle, agentId: string | null): Promise<string> {
  return agentId === null ? '' : ((await agentNames(looking(db), [agentId])).get(agentId) ?? agentId);
}

async function contractsOf(db: WriteHandle, group: Group) {
  const rows = await db.selectFrom('contract').selectAll().where(isOfGroup(group)).execute();
  return rows.map((row) => ({
    contractId: row.contract_id,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    responseHours: row.response_hours,
    resolutionHours: row.resolution_hours,
  }));
}

async function isProductOf(db: WriteHandle, productId: string, group: Group): Promise<boolean> {
  const found = await db
    .selectFrom('product')
    .select('product_id')
    .where('product_id', '=', productId)
    .where(isOfGroup(group))
    .executeTakeFirst();
  return found !== undefined;
}
