import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoPassword } from '../../../cti-bridge/store/seed/demo-people.ts';
import { commands } from '../../../shared/contracts/bridge-events.ts';
import { startBridge, type TestBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';

const [harbour, ashdown, kemp] = ['account-harbour-vale', 'account-en-02', 'account-kemp'];

let bridge: TestBridge;
/** Looks after the English key accounts; Daniel is her deputy. */
let lena: ScriptedDesktop;
/** Of another office. */
let owen: ScriptedDesktop;
/** Supervises both offices. */
let dana: ScriptedDesktop;

beforeAll(async () => {
  bridge = await startBridge();
  [lena, owen, dana] = await Promise.all(
    (['lena.hartmann', 'owen.carter', 'dana.whitlock'] as const).map((username) =>
      ScriptedDesktop.logIn({ bridge: bridge.httpAddress, username, password: demoPassword, phoneMedia: null }),
    ) as [Promise<ScriptedDesktop>, Promise<ScriptedDesktop>, Promise<ScriptedDesktop>],
  );
});
afterAll(async () => {
  for (const desktop of [lena, owen, dana]) desktop.disconnect();
  expect(bridge.bugs).toEqual([]);
  await bridge.dispose();
});

const visit = { visitId: null, contactId: null, at: Date.now(), purpose: 'Renewal', state: 'planned', opinion: null, mood: null } as const;

describe('the file of a company', () => {
  it('is one page with everything that the account manager wants to know', async () => {
    const page = await lena.ask('account:page', { accountId: harbour });
    expect(commands['account:page'].answer.safeParse(page)).toMatchObject({ success: true });
    expect(page).toMatchObject({
      ...{ name: 'Harbour & Vale Freight', isKeyAccount: true, tier: 'diamond', stage: 'mature', managerName: 'Rupert Lane' },
      deputies: [{ agentId: 'agent-daniel-frost', name: 'Daniel Frost' }],
      linesInUse: { used: 93, of: 96 },
      arrears: { amount: 0, currency: 'GBP', since: null },
      score: { churn: 78, earlier: { value: 90, growth: 76 } },
      consumption: { currency: 'GBP', changePercent: -8 },
    });
    expect(page.orgPath.map(({ name }) => name.en)).toEqual(['Group headquarters', 'Region East', 'Felixstowe']);
    expect(page.consumption?.kinds.map(({ kind }) => kind)).toEqual(['mobile', 'leasedLine', 'voice', 'cloud']);
    expect(page.consumption?.months).toHaveLength(12);
    expect(page.people.filter(({ influence }) => influence !== null).map(({ name, stance }) => [name, stance])).toEqual([
      ['Margaret Okafor', 'neutral'],
      ['Julian Becker', 'critical'],
      ['Pia Stern', 'forUs'],
    ]);
    expect(page.anniversaries.map(({ plan }) => plan)).toContain(null);
    expect(page.visits.map(({ state }) => state)).toContain('planned');
    expect(page.peers.length).toBeGreaterThan(2);
    expect(page.openCases.map(({ number }) => number)).toContain('C-20418');
    expect(page.members.map(({ name }) => name)).toEqual(['Norddeich Spedition GmbH']);
  });

  it('adds up the group, of which each sees what belongs to their offices', async () => {
    const ofDana = await dana.ask('account:page', { accountId: harbour });
    const ofLena = await lena.ask('account:page', { accountId: harbour });
    expect(ofDana.members.map(({ name }) => name)).toEqual(['Ashdown Logistics', 'Norddeich Spedition GmbH']);
    const lastWhole = (page: typeof ofDana) => page.groupConsumption?.total.at(-2) ?? 0;
    expect(lastWhole(ofDana)).toBeGreaterThan(ofDana.consumption?.total.at(-2) ?? 0);
    expect(lastWhole(ofLena)).toBeLessThan(lastWhole(ofDana));
  });

  it('does not exist for whoever is of another office, and is not written by who does not look after it', async () => {
    const unseen = { ok: false, error: { code: 'not_found' } };
    expect(await owen.command('account:page', { accountId: harbour })).toMatchObject(unseen);
    expect(await owen.command('account:stream', { accountId: harbour, before: null, limit: 5, text: '' })).toMatchObject(unseen);
    expect(await owen.command('account:set-visit', { accountId: harbour, ...visit })).toMatchObject(unseen);
    expect(await owen.command('account:set-visit', { accountId: kemp, ...visit })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
    expect(await lena.command('account:page', { accountId: kemp })).toMatchObject(unseen);
  });

  it('says to whoever reads it whether they may change it', async () => {
    expect((await lena.ask('account:page', { accountId: harbour })).mayWrite).toBe(true);
    expect((await dana.ask('account:page', { accountId: harbour })).mayWrite).toBe(true);
    expect((await owen.ask('account:page', { accountId: kemp })).mayWrite).toBe(false);
  });

  it('has files, which who looks after it adds and who sees it downloads', async () => {
    const files = (accountId: string) => `${bridge.httpAddress}/api/accounts/${accountId}/attachments`;
    const bearer = (desktop: ScriptedDesktop) => ({ authorization: `Bearer ${desktop.login.token}` });
    const send = (desktop: ScriptedDesktop, accountId: string) =>
      fetch(files(accountId), {
        method: 'POST',
        headers: { ...bearer(desktop), 'content-type': 'application/octet-stream', 'x-file-name': 'plan.txt' },
        body: 'the plan',
      });
    const sent = await send(lena, harbour);
    const { value } = (await sent.json()) as { value: { attachmentId: string } };
    expect((await lena.ask('account:page', { accountId: harbour })).attachments).toMatchObject([{ name: 'plan.txt', bytes: 8 }]);
    const fetchAs = (desktop: ScriptedDesktop, accountId = harbour) =>
      fetch(`${files(accountId)}/${value.attachmentId}`, { headers: bearer(desktop) });
    const reply = await fetchAs(dana);
    expect(reply.headers.get('content-disposition')).toContain('plan.txt');
    expect(await reply.text()).toBe('the plan');
    // Of another office, by the id of another company, without a log-in; and who does not look after a company adds nothing to it.
    expect((await fetchAs(owen)).status).toBe(404);
    expect((await fetchAs(owen, kemp)).status).toBe(404);
    expect((await fetch(`${files(harbour)}/${value.attachmentId}`)).status).toBe(401);
    expect([(await send(owen, harbour)).status, (await send(owen, kemp)).status]).toEqual([404, 403]);
    expect((await owen.ask('account:page', { accountId: kemp })).attachments).toEqual([]);
  });

  it('is edited in place, with the offices and colleagues that there are', async () => {
    const { revision } = await lena.ask('account:page', { accountId: harbour });
    const edit = (fields: object, desktop = lena) => desktop.command('account:edit', { accountId: harbour, basedOn: revision, fields });
    expect(await edit({ orgUnitId: 'hangzhou' })).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    expect(await edit({ deputies: ['agent-nobody'] })).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    expect(await edit({ parentId: ashdown }, dana)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    expect(await edit({ stage: 'declining', industry: '=1+1; <b>' })).toMatchObject({
      ok: true,
      value: { stage: 'declining', industry: '=1+1; <b>' },
    });
    expect(await edit({ stage: 'mature' }, dana)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('keeps a visit, a day to remember and a gift, and the score follows what was heard', async () => {
    const kept = await dana.ask('account:set-visit', {
      ...{ accountId: ashdown, ...visit, at: Date.now() - 60_000 },
      ...{ state: 'done', mood: 'atRisk' },
    });
    expect(kept.visits).toMatchObject([{ purpose: 'Renewal', mood: 'atRisk' }]);
    await expect
      .poll(async () => (await dana.ask('account:page', { accountId: ashdown })).score?.churnReasons.map(({ code }) => code), {
        timeout: 20_000,
      })
      .toContain('visitAtRisk');
    const day = {
      anniversaryId: null,
      contactId: null,
      kind: 'other',
      label: 'Depot opens',
      day: '02-29',
      year: null,
      plan: 'visit',
      done: false,
    } as const;
    const withDay = await lena.ask('account:set-anniversary', { accountId: harbour, ...day });
    expect(withDay.anniversaries.map(({ label }) => label)).toContain('Depot opens');
    const gift = { contactId: 'contact-margaret-okafor', at: Date.now(), what: 'Tea', occasion: null, amount: 900, currency: 'GBP' };
    expect((await lena.ask('account:add-gift', { accountId: harbour, ...gift })).gifts[0]).toMatchObject({
      what: 'Tea',
      contactName: 'Margaret Okafor',
    });
    const stream = await lena.ask('account:stream', { accountId: harbour, before: null, limit: 5, text: 'tea' });
    expect(stream.items).toMatchObject([{ kind: 'gift', title: 'Tea' }]);
  });
});

describe('the customers of an account manager', () => {
  it('come with the most pressing first; a deputy has them too', async () => {
    const { accounts } = await lena.ask('account:mine', { agentId: null });
    expect(commands['account:mine'].answer.safeParse({ accounts })).toMatchObject({ success: true });
    expect(accounts.length).toBeGreaterThan(3);
    expect(accounts.map(({ accountId }) => accountId)).toContain(harbour);
    expect(accounts.every(({ churn, monthly }) => churn !== null && monthly !== null)).toBe(true);
    const ofDeputy = await dana.ask('account:mine', { agentId: 'agent-daniel-frost' });
    expect(ofDeputy.accounts.every(({ isDeputy }) => isDeputy)).toBe(true);
    expect(await lena.command('account:mine', { agentId: 'agent-lin-wei' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('have days to remember this week', async () => {
    const { anniversaries } = await lena.ask('account:care', { days: 7, whose: 'mine' });
    expect(anniversaries.map(({ label }) => label)).toContain('Margaret Okafor’s birthday');
    expect(anniversaries.every(({ inDays }) => inDays <= 7)).toBe(true);
    const all = await dana.ask('account:care', { days: 7, whose: 'all' });
    expect(all.anniversaries.length).toBeGreaterThan(anniversaries.length);
  });

  it('are handed over by their manager, to a colleague who may see them', async () => {
    const { managers } = await lena.ask('account:managers', {});
    expect(managers[0]?.customers).toBeGreaterThan(0);
    const handOver = (toAgentId: string, desktop = lena) =>
      desktop.command('account:hand-over', { accountIds: [harbour], toAgentId, remark: 'On leave' });
    expect(await handOver('agent-owen-carter')).toMatchObject({ ok: false });
    expect(await handOver('agent-daniel-frost', owen)).toMatchObject({ ok: false });
    expect(await handOver('agent-owen-carter', dana)).toMatchObject({ ok: false, error: { code: 'bad_request' } });
    expect(await handOver('agent-daniel-frost')).toEqual({ ok: true, value: { handedOver: 1 } });
    const page = await lena.ask('account:page', { accountId: harbour });
    expect(page).toMatchObject({ managerAgentId: 'agent-daniel-frost', managerName: 'Daniel Frost', deputies: [] });
    expect(page.timeline.items[0]).toMatchObject({ title: 'Handed over: Rupert Lane → Daniel Frost', detail: 'On leave' });
    expect(page.visits.find(({ state }) => state === 'planned')?.visitor).toBe('Daniel Frost');
    expect(await handOver('agent-lena-hartmann')).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });
});
