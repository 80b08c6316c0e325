import type { Desk } from '../../../renderer/app/desk.ts';
import { isClosed } from '../../../renderer/stores/index.ts';
import type { TimelineItem } from '../../../shared/contracts/contact.ts';
import type { ContactPage } from '../../../shared/contracts/record.ts';
import type { StageLanguage } from './people.ts';
import {
  stageCases,
  stageDuplicates,
  stageHistory,
  stageHits,
  stageMerges,
  stagePage,
  stagePreview,
  stageStream,
} from './record-people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/**
 * Pictures of the customer's page: `record` and `record-TAB` (cases, products, bills, value, files), `record-history`, `record-merges`,
 * `record-case` and other forms, `record-recording` (a recorded call, opened), `record-many` (10,000 entries), `record-failed`; `merge`; `search` (nothing typed), `search-found`,
 * `search-none`; `cases`, `cases-open`, `cases-empty`; `palette-found`.
 */
export const isRecordScene = (scene: string) => /^(record|merge|search|cases|palette-found)/.test(scene);

/** A bridge that knows one customer, keeps what is changed about them, and pages through their stream. */
export function scriptRecord(bridge: ScriptedBridge, now: number, language: StageLanguage, entries = 41) {
  const told: { page: ContactPage; stream: TimelineItem[] } = {
    page: stagePage(now, language),
    stream: stageStream(now, language, entries),
  };
  const { answers } = bridge;
  const ok = <Value>(value: Value) => ({ ok: true as const, value });
  const first = told.stream.slice(0, 30);
  told.page = {
    ...told.page,
    record: {
      ...told.page.record,
      timeline: { items: first, total: told.stream.length, nextBefore: told.stream.length > 30 ? (first.at(-1)?.at ?? null) : null },
    },
  };
  answers['contact:page'] = () => ok(told.page);
  answers['contact:duplicates'] = () => ok({ duplicates: stageDuplicates(now, language) });
  answers['contact:merges'] = () => ok({ merges: stageMerges(now, language) });
  answers['contact:history'] = () => ok({ changes: stageHistory(now, language) });
  answers['contact:preview-merge'] = ({ keptId }) => {
    const preview = stagePreview(now, language);
    if (keptId === preview.kept.contactId) return ok(preview);
    return ok({ ...preview, kept: preview.absorbed, absorbed: preview.kept });
  };
  answers['contact:stream'] = ({ before, limit, kinds, text }) => {
    const wanted = told.stream.filter(
      (item) =>
        (kinds.length === 0 || kinds.includes(item.kind)) &&
        `${item.title} ${item.detail ?? ''}`.toLowerCase().includes(text.toLowerCase()),
    );
    const rest = before === null ? wanted : wanted.filter(({ at }) => at < before);
    const items = rest.slice(0, limit);
    return ok({ items, total: wanted.length, nextBefore: rest.length > limit ? (items.at(-1)?.at ?? null) : null });
  };
  answers['contact:edit'] = ({ basedOn, fields }) => {
    if (basedOn !== told.page.revision) return { ok: false, error: { code: 'conflict', message: 'changed meanwhile' } };
    const { custom, ...plain } = fields;
    const kept = Object.fromEntries(
      Object.entries({ ...told.page.fields.custom, ...custom }).filter(
        (entry): entry is [string, string | number | boolean] => entry[1] !== null,
      ),
    );
    told.page = {
      ...told.page,
      revision: told.page.revision + 1,
      fields: { ...told.page.fields, ...(plain as Partial<ContactPage['fields']>), custom: kept },
      record: { ...told.page.record, name: plain.name ?? told.page.record.name },
    };
    return ok(told.page);
  };
  answers['contact:add-note'] = ({ text }) => {
    const note = { noteId: `n-${told.page.notes.length}-${now}`, at: now, author: 'Lena Hartmann', text };
    told.page = { ...told.page, notes: [note, ...told.page.notes] };
    return ok(note);
  };
  answers['contact:keep-promise'] = ({ promiseId }) => {
    const kept = told.page.promises.find((each) => each.promiseId === promiseId);
    if (!kept) return { ok: false, error: { code: 'not_found', message: 'no such promise' } };
    const promise = { ...kept, keptAt: now };
    told.page = { ...told.page, promises: told.page.promises.map((each) => (each.promiseId === promiseId ? promise : each)) };
    return ok(promise);
  };
  answers['customer:search'] = ({ text }) => ok({ hits: /zz/.test(text) ? [] : stageHits(language) });
  answers['case:list'] = ({ whose, state }) => {
    const cases = stageCases(now, language).filter(
      (file) =>
        isClosed(file) === (state === 'closed') &&
        (state !== 'overdue' || (file.dueAt ?? now) < now) &&
        (whose === 'all' || file.ownerAgentId === 'ag-1'),
    );
    return ok({ cases, total: cases.length });
  };
  answers['case:step'] = ({ caseId, text, status }) => {
    const file = told.page.cases.find((each) => each.caseId === caseId);
    if (!file) return { ok: false, error: { code: 'not_found', message: 'no such case' } };
    const step = { stepId: `s-${file.steps.length}`, at: now, author: 'Lena Hartmann', kind: 'note' as const, text };
    const next = { ...file, revision: file.revision + 1, status: status ?? file.status, steps: [...file.steps, step] };
    told.page = { ...told.page, cases: told.page.cases.map((each) => (each.caseId === caseId ? next : each)) };
    return ok(next);
  };
  answers['account:managers'] = () =>
    ok({
      managers: [
        { agentId: 'ag-2', name: language === 'en' ? 'Rupert Lane' : '何峰', customers: 14 },
        { agentId: 'ag-3', name: language === 'en' ? 'Dana Whitlock' : '方雅', customers: 9 },
      ],
    });
  return told;
}

const forms = { case: 'case', task: 'task', offer: 'offer' } as const;

export function setRecordScene(scene: string, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const now = bridge.snapshotNow.serverTime;
  scriptRecord(bridge, now, language, scene === 'record-many' ? 10_000 : 41);
  bridge.snapshotNow = {
    ...bridge.snapshotNow,
    customFields: [
      { id: 'fleet', on: 'person', kind: 'number', name: { en: 'Vehicles', zh: '车辆数' }, choices: [] },
      { id: 'greenTariff', on: 'person', kind: 'flag', name: { en: 'Green tariff', zh: '绿色资费' }, choices: [] },
      { id: 'costCentre', on: 'person', kind: 'text', name: { en: 'Cost centre', zh: '成本中心' }, choices: [] },
      { id: 'since', on: 'person', kind: 'day', name: { en: 'Contact since', zh: '对接日期' }, choices: [] },
      {
        ...{ id: 'cause', on: 'case', kind: 'choice', name: { en: 'Cause', zh: '原因' } },
        choices: [{ id: 'tariff', name: { en: 'Tariff explained wrongly', zh: '资费解释有误' } }],
      },
      { id: 'claim', on: 'case', kind: 'number', name: { en: 'Claimed', zh: '索赔金额' }, choices: [] },
    ],
  };
  if (scene === 'record-recording') {
    const { user } = bridge.snapshotNow;
    bridge.snapshotNow = { ...bridge.snapshotNow, user: { ...user, rights: [...user.rights, 'recording:listen'] } };
  }
  if (scene === 'record-failed')
    bridge.answers['contact:page'] = () => ({ ok: false, error: { code: 'forbidden', message: 'not in scope' } });
  if (scene === 'cases-empty') bridge.answers['case:list'] = () => ({ ok: true, value: { cases: [], total: 0 } });
  const { stores } = desk;
  // After the desk has signed in.
  setTimeout(() => {
    const [place, part = ''] = scene.split('-');
    if (place === 'palette') {
      stores.view.setState({ open: 'palette' });
      const typing = setInterval(() => {
        const field = document.querySelector<HTMLInputElement>('[role=dialog] input');
        if (!field) return;
        clearInterval(typing);
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, language === 'en' ? 'okaf' : 'czy');
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }, 20);
      return;
    }
    if (place === 'search') {
      stores.record.setState({ searched: part === 'found' ? (language === 'en' ? 'okafor' : '陈') : part === 'none' ? 'zz' : '' });
      desk.goTo('customers');
      return;
    }
    if (place === 'cases') {
      desk.goTo('cases');
      stores.cases.setState({ whose: 'all', openId: part === 'open' ? 'k1' : null });
      return;
    }
    desk.record.open('c-okafor');
    if (part === 'recording') {
      const opening = setInterval(() => {
        const entry = document.querySelectorAll<HTMLElement>('.stream-entry')[1];
        entry?.click();
        if (entry) clearInterval(opening);
      }, 50);
    }
    if (place === 'merge') desk.merge.compare('c-okafor', 'c-okafor2');
    else if (part === 'history' || part === 'merges') desk.record.showDrawer(part);
    else if (part === 'new')
      desk.record.showForm({ kind: 'create', interactionId: null, identifier: { kind: 'mobile', value: '+447700900777' }, name: '' });
    else if (part === 'identifier') desk.record.showForm({ kind: 'identifier', identifierId: 'id-1' });
    else if (part === 'address') desk.record.showForm({ kind: 'address', addressId: 'ad-1' });
    else if (part in forms) desk.record.showForm({ kind: forms[part as keyof typeof forms] });
    else if (part === 'cases') {
      desk.record.showTab('cases');
      desk.record.showCase('k1');
    } else if (part === 'products' || part === 'bills' || part === 'value' || part === 'files') desk.record.showTab(part);
  }, 0);
}
