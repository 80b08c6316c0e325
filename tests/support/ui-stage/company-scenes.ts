import type { Desk } from '../../../renderer/app/desk.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { stageCare, stageCompany, stageCustomers, stageManagers } from './companies.ts';
import { stageConfiguration } from './organisation.ts';
import type { StageLanguage } from './people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/**
 * Pictures of companies and their managers: `account`, `account-visit`, `account-day`, `account-gift`, `account-person` (forms), `account-formula`, `account-conflict`,
 * `account-bare` (nothing known), `account-look` (an agent, who may only look), `account-failed`; `mine`, `mine-handover`,
 * `mine-confirm`, `mine-done`, `mine-empty`.
 */
export const isCompanyScene = (scene: string) => /^(account|mine)/.test(scene);

export function scriptCompanies(bridge: ScriptedBridge, now: number, language: StageLanguage): void {
  let page = stageCompany(now, language);
  const answer = <Value>(value: Value) => ({ ok: true, value }) as const;
  bridge.answers['account:page'] = () => answer(page);
  bridge.answers['account:stream'] = ({ text, before }) => {
    const items = page.timeline.items.filter((item) => `${item.title} ${item.detail}`.toLowerCase().includes(text.toLowerCase()));
    if (before === null) return answer({ items, total: items.length, nextBefore: null });
    const older = page.timeline.items.map((item, index) => ({ ...item, id: `${item.id}-older`, at: before - (index + 1) * 86_400_000 }));
    return answer({ items: older, total: 41, nextBefore: null });
  };
  bridge.answers['account:edit'] = ({ basedOn, fields }) => {
    if (basedOn !== page.revision) return { ok: false, error: { code: 'conflict', message: 'Somebody else changed it.' } };
    const { deputies, parentId, orgUnitId: _office, ...own } = fields;
    page = {
      ...page,
      ...(own as Partial<typeof page>),
      revision: page.revision + 1,
      ...(deputies
        ? {
            deputies: stageManagers(language)
              .filter(({ agentId }) => deputies.includes(agentId))
              .map(({ agentId, name }) => ({ agentId, name })),
          }
        : {}),
      ...(parentId === undefined ? {} : { parent: parentId === null ? null : { accountId: parentId, name: parentId } }),
    };
    return answer(page);
  };
  bridge.answers['account:set-person'] = ({ contactId, role, influence, stance }) => {
    page = { ...page, people: page.people.map((each) => (each.contactId === contactId ? { ...each, role, influence, stance } : each)) };
    return answer(page);
  };
  bridge.answers['account:set-visit'] = ({ visitId, ...visit }) => {
    const before = page.visits.find((each) => each.visitId === visitId);
    const contactName = page.people.find((each) => each.contactId === visit.contactId)?.name ?? null;
    const next = { visitor: page.managerName ?? '', ...before, ...visit, visitId: visitId ?? `v-${page.visits.length}`, contactName };
    page = { ...page, visits: [next, ...page.visits.filter((each) => each !== before)].toSorted((a, b) => b.at - a.at) };
    return answer(page);
  };
  bridge.answers['account:set-anniversary'] = ({ anniversaryId, ...change }) => {
    const before = page.anniversaries.find((each) => each.anniversaryId === anniversaryId);
    const next = { inDays: 30, accountName: page.name, ...before, ...change, anniversaryId: anniversaryId ?? 'n-new' };
    page = {
      ...page,
      anniversaries: [...page.anniversaries.filter((each) => each !== before), next].toSorted((a, b) => a.inDays - b.inDays),
    };
    return answer(page);
  };
  bridge.answers['account:add-gift'] = ({ accountId: _account, ...gift }) => {
    const contactName = page.people.find((each) => each.contactId === gift.contactId)?.name ?? null;
    page = { ...page, gifts: [{ ...gift, giftId: 'g-new', contactName, givenBy: page.managerName ?? '' }, ...page.gifts] };
    return answer(page);
  };
  bridge.answers['contact:finish-task'] = ({ taskId }) => {
    const task = page.tasks.find((each) => each.taskId === taskId);
    return task ? answer({ ...task, doneAt: now }) : { ok: false, error: { code: 'not_found', message: 'No such task.' } };
  };
  let customers = stageCustomers(now, language);
  bridge.answers['account:mine'] = () => answer({ accounts: customers });
  bridge.answers['account:managers'] = () => answer({ managers: stageManagers(language) });
  bridge.answers['account:care'] = ({ days }) =>
    answer({
      anniversaries: [...(days > 7 ? page.anniversaries.slice(1) : []), ...stageCare(now, language)].toSorted(
        (a, b) => a.inDays - b.inDays,
      ),
    });
  bridge.answers['account:hand-over'] = ({ accountIds }) => {
    customers = customers.filter(({ accountId }) => !accountIds.includes(accountId));
    return answer({ handedOver: accountIds.length });
  };
  bridge.answers['configuration:read'] = () =>
    answer({
      revision: 3,
      prompts: [],
      flows: [],
      configuration: {
        ...stageConfiguration(),
        orgUnits: page.orgPath.map(({ id, name }) => ({ id, name, parent: null, tier: 'city' as const })),
      },
    });
}

export function setCompanyScene(scene: string, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const now = bridge.snapshotNow.serverTime;
  const role = scene === 'account-look' ? 'agent' : 'supervisor';
  const name = language === 'en' ? 'Rupert Lane' : '何峰';
  const user = { ...bridge.snapshotNow.user, name, role, rights: [...rightsOfRole[role]] };
  bridge.snapshotNow = { ...bridge.snapshotNow, user };
  if (bridge.loginOutcome.ok) bridge.loginOutcome = { ok: true, value: { ...bridge.loginOutcome.value, user } };
  scriptCompanies(bridge, now, language);
  const page = stageCompany(now, language);
  // Somebody else looks after it.
  if (scene === 'account-look') bridge.answers['account:page'] = () => ({ ok: true, value: { ...page, mayWrite: false } });
  if (scene === 'account-bare')
    bridge.answers['account:page'] = () => ({
      ok: true,
      value: {
        ...page,
        isKeyAccount: false,
        tier: null,
        stage: null,
        managerAgentId: null,
        managerName: null,
        industry: null,
        customerSince: null,
        members: [],
        deputies: [],
        people: [],
        products: [],
        linesInUse: { used: 0, of: 0 },
        contracts: [],
        bills: [],
        arrears: null,
        consumption: null,
        groupConsumption: null,
        score: null,
        peers: [],
        anniversaries: [],
        visits: [],
        gifts: [],
        tasks: [],
        attachments: [],
        openCases: [],
        timeline: { items: [], total: 0, nextBefore: null },
      },
    });
  if (scene === 'account-failed')
    bridge.answers['account:page'] = () => ({ ok: false, error: { code: 'not_found', message: 'No such company.' } });
  if (scene === 'mine-empty') bridge.answers['account:mine'] = () => ({ ok: true, value: { accounts: [] } });
  if (scene === 'account-conflict')
    bridge.answers['account:edit'] = () => {
      bridge.answers['account:page'] = () => ({
        ok: true,
        value: { ...page, revision: 13, industry: language === 'en' ? 'Transport' : '交通运输' },
      });
      return { ok: false, error: { code: 'conflict', message: 'Somebody else changed it.' } };
    };
  const { account, customers, view } = desk.stores;
  const after = async () => {
    if (scene.startsWith('mine')) {
      view.setState({ place: 'my-customers' });
      if (!/handover|confirm|done/.test(scene)) return;
      // The place asks for its list when it appears.
      await desk.customers.open();
      desk.customers.choose(['a-1', 'a-3', 'a-4'], true);
      await desk.customers.beginHandover();
      if (scene === 'mine-handover') return;
      desk.customers.changeHandover({
        toAgentId: 'ag-2',
        remark: language === 'en' ? 'Ines takes the north from December on.' : '12 月起北区由沈佳负责。',
        step: 'confirm',
      });
      if (scene === 'mine-done') await desk.customers.handOver();
      else customers.setState((state) => state);
      return;
    }
    desk.account.show('a-harbour');
    await new Promise((resolve) => setTimeout(resolve));
    if (scene === 'account-visit') desk.account.showForm({ kind: 'visit', visitId: 'v-1' });
    if (scene === 'account-day') desk.account.showForm({ kind: 'anniversary', anniversaryId: null });
    if (scene === 'account-gift') desk.account.showForm({ kind: 'gift' });
    if (scene === 'account-person') desk.account.showForm({ kind: 'person', contactId: 'c-becker' });
    if (scene === 'account-group') account.setState({ showsGroup: true });
    if (scene === 'account-conflict') await desk.account.edit({ industry: language === 'en' ? 'Haulage' : '货运' });
  };
  const unsubscribe = desk.stores.session.subscribe((session) => {
    if (session.phase !== 'signedIn') return;
    unsubscribe();
    void after();
  });
}
