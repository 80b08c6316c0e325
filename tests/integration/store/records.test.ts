import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AttemptLimiter, verifyLogin } from '../../../cti-bridge/identity/index.ts';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { openStore, type Store } from '../../../cti-bridge/store/index.ts';
import {
  chenZhiyuan,
  demoPassword,
  duplicatePair,
  juliaBrandt,
  kempSwitchboard,
  margaretOkafor,
  unknownNumber,
  zhouHousehold,
} from '../../../cti-bridge/store/seed/demo-people.ts';
import { days } from '../../../shared/duration.ts';
import { type AgentId, asId, type ContactId, type InteractionId } from '../../../shared/ids.ts';

let store: Store;
beforeAll(async () => {
  store = await openStore({ path: ':memory:', clock: systemClock, log: silentLog, seed: 'demo' });
});
afterAll(() => store.stop());

const margaret = asId<ContactId>(margaretOkafor.contactId);
const lena = asId<AgentId>('agent-lena-hartmann');

describe('the record of a key account', () => {
  it('has everything the screen shows of Margaret Okafor', async () => {
    const now = Date.now();
    const record = await store.contacts.readRecord(margaret, now);
    expect(record).toMatchObject({
      ...{
        name: 'Margaret Okafor',
        title: 'Operations director',
        accountName: 'Harbour & Vale Freight',
        isKeyAccount: true,
        tier: 'diamond',
        locale: 'en',
      },
      ...{
        prefersChannel: 'voice',
        churnRisk: 78,
        consent: { emailOffers: false },
        monthlySpend: { amount: 486_000, currency: 'GBP', changePercent: -8 },
      },
      keyAccount: { managerName: 'Rupert Lane' },
    });
    expect(record?.thingsToKnow.map((thing) => thing.code)).toEqual(['promiseDue', 'contractEnding', 'anniversary']);
    expect(record?.cases.map((each) => each.number)).toEqual(['C-20418', 'R-11873']);
    expect(record?.products.find((each) => each.unused > 0)).toMatchObject({ quantity: 62, unused: 3 });
    expect(Math.ceil(((record?.contractEndsAt ?? 0) - now) / days(1))).toBe(24);
    expect(record?.keyAccount?.anniversaries[0]?.inDays).toBeLessThanOrEqual(7);
    expect(record?.timeline.items).toHaveLength(20);
    expect(record?.timeline.total).toBe(41);
  });

  it('speaks Chinese of 陈志远', async () => {
    const record = await store.contacts.readRecord(asId<ContactId>(chenZhiyuan.contactId), Date.now());
    expect(record).toMatchObject({
      name: '陈志远',
      accountName: '东禾物流集团有限公司',
      tier: 'diamond',
      locale: 'zh',
      keyAccount: { managerName: '何峰' },
    });
    expect(record?.timeline.items.every((item) => /[\u4e00-\u9fff]/.test(item.title))).toBe(true);
  });

  it('is null for nobody', async () => {
    expect(await store.contacts.readRecord(asId<ContactId>('nobody'), Date.now())).toBeNull();
  });
});

describe('a number', () => {
  it('leads to the one who has it', async () => {
    expect(await store.contacts.findByNumber(juliaBrandt.number, 9)).toMatchObject([{ contactId: juliaBrandt.contactId, isShared: false }]);
  });

  it('leads to everybody behind a switchboard or at home, most recently used first', async () => {
    for (const line of [kempSwitchboard, zhouHousehold]) {
      const found = await store.contacts.findByNumber(line.number, 9);
      expect(found.map((each) => each.contactId).sort()).toEqual(line.people.map((each) => each.contactId).sort());
      expect(found.every((each) => each.isShared)).toBe(true);
      const used = found.map((each) => each.lastUsedAt ?? 0);
      expect(used).toEqual([...used].sort((one, other) => other - one));
    }
    expect(await store.contacts.findByNumber(kempSwitchboard.number, 2)).toHaveLength(2);
  });

  it('leads to nobody when nobody has it', async () => {
    expect(await store.contacts.findByNumber(unknownNumber, 9)).toEqual([]);
  });
});

describe('duplicates', () => {
  it('point at each other with the reason', async () => {
    const [one, other] = duplicatePair.people;
    for (const [self, twin] of [
      [one, other],
      [other, one],
    ] as const) {
      const record = await store.contacts.readRecord(asId<ContactId>(self.contactId), Date.now());
      expect(record?.possibleDuplicates).toMatchObject([{ contactId: twin.contactId, why: 'sameEmail' }]);
    }
  });

  it('are not suspected of people who merely share a line', async () => {
    const record = await store.contacts.readRecord(asId<ContactId>(kempSwitchboard.people[0].contactId), Date.now());
    expect(record?.possibleDuplicates).toEqual([]);
  });
});

describe('the timeline', () => {
  it('comes in pages without gap or repetition, latest first', async () => {
    const seen: { id: string; at: number }[] = [];
    for (let before: number | null = null; ; ) {
      const page = await store.contacts.readTimeline(margaret, before, 7, 'all');
      seen.push(...page.items);
      if (page.nextBefore === null) break;
      before = page.nextBefore;
    }
    expect(new Set(seen.map((item) => item.id)).size).toBe(41);
    expect(seen.map((item) => item.at)).toEqual(seen.map((item) => item.at).sort((one, other) => other - one));
  });

  it.each([
    ['calls', ['call']],
    ['written', ['email', 'sms', 'chat']],
    ['work', ['case', 'visit', 'bill', 'note', 'promise']],
  ] as const)('shows only %s when asked', async (filter, kinds) => {
    const page = await store.contacts.readTimeline(margaret, null, 100, filter);
    expect(page.items.length).toBe(page.total);
    expect(page.total).toBeGreaterThan(2);
    for (const item of page.items) expect(kinds).toContain(item.kind);
  });
});

describe('a draft', () => {
  const interactionId = asId<InteractionId>('draft-1');
  const save = (text: string, revision: number, at: number) => store.interactions.saveDraft(interactionId, lena, text, revision, at);

  it('is stored under rising revisions, once per revision, and never goes back', async () => {
    expect(await store.interactions.readDraft(interactionId)).toBeNull();
    expect(await save('one', 1, 10)).toEqual({ ok: true, savedAt: 10 });
    expect(await save('two', 3, 20)).toEqual({ ok: true, savedAt: 20 });
    expect(await save('two', 3, 99)).toEqual({ ok: true, savedAt: 20 });
    expect(await save('late', 2, 30)).toEqual({ ok: false, storedRevision: 3 });
    expect(await save('somebody else', 3, 30)).toEqual({ ok: false, storedRevision: 3 });
    expect(await store.interactions.readDraft(interactionId)).toEqual({ text: 'two', revision: 3, savedAt: 20 });
  });
});

describe('completing an interaction', () => {
  const closing = {
    ...{ agentId: lena, agentName: 'Lena Hartmann', title: { en: 'Call, billing', zh: '来电，账务' }, dispositionCode: 'billExplained' },
    ...{ isAutomatic: false, note: 'Explained the bill.', handlingMs: 60_000 },
  };

  it("is one action: note, timeline entry in the person's language, figures; asking again changes nothing", async () => {
    const at = Date.now() + days(100);
    const interactionId = asId<InteractionId>('done-1');
    await store.interactions.recordCaller(interactionId, {
      number: '0049 171 3920041',
      presentedName: null,
      dialled: '1000',
      at: at - 60_000,
    });
    await store.interactions.saveDraft(interactionId, lena, 'Explained', 1, at);
    const contactId = asId<ContactId>(juliaBrandt.contactId);
    await store.interactions.complete({ ...closing, interactionId, contactId, at });
    await store.interactions.complete({ ...closing, interactionId, contactId, at: at + 1, dispositionCode: 'wrongNumber' });

    const record = await store.contacts.readRecord(contactId, at);
    expect(record?.timeline.items[0]).toEqual({
      id: 'done-1',
      at: at - 60_000,
      kind: 'call',
      title: 'Call, billing',
      detail: 'Explained the bill.',
      outcome: 'Lena Hartmann',
      interactionId,
    });
    expect(record?.notes.filter((note) => note.text === 'Explained the bill.')).toHaveLength(1);
    expect(record?.identifiers.find((each) => each.value === juliaBrandt.number)?.lastUsedAt).toBe(at);
    expect(await store.interactions.readDraft(interactionId)).toBeNull();
    expect(await store.interactions.handledSince(lena, at)).toEqual({ handled: 1, averageHandlingMs: 60_000 });
  });

  it("by the timer leaves the draft where it is and shows the outcome in the person's language", async () => {
    const at = Date.now() + days(200);
    const interactionId = asId<InteractionId>('done-2');
    await store.interactions.saveDraft(interactionId, lena, '写到一半', 1, at);
    const contactId = asId<ContactId>(zhouHousehold.people[0].contactId);
    await store.interactions.complete({
      ...closing,
      interactionId,
      contactId,
      dispositionCode: 'notCoded',
      isAutomatic: true,
      note: '',
      at,
    });
    const page = await store.contacts.readTimeline(contactId, null, 1, 'calls');
    expect(page.items[0]).toMatchObject({ title: '来电，账务', detail: '未小结' });
    expect(await store.interactions.readDraft(interactionId)).toMatchObject({ text: '写到一半' });
  });

  it('of a stranger keeps the note as a draft, because it belongs to no record yet', async () => {
    const interactionId = asId<InteractionId>('done-3');
    await store.interactions.complete({ ...closing, interactionId, contactId: null, at: Date.now() });
    expect(await store.interactions.readDraft(interactionId)).toMatchObject({ text: 'Explained the bill.' });
  });
});

describe('choosing who it is', () => {
  it('teaches the number, unverified, and moves the interaction', async () => {
    const interactionId = asId<InteractionId>('linked-1');
    await store.interactions.recordCaller(interactionId, { number: '+447700900801', presentedName: null, dialled: '1000', at: 5 });
    await store.contacts.linkInteraction(interactionId, margaret, '+447700900801', 1_234);
    expect(await store.contacts.findByNumber('+447700900801', 9)).toMatchObject([{ contactId: margaret, lastUsedAt: 1_234 }]);
    await store.contacts.linkInteraction(interactionId, margaret, '+447700900801', 2_345);
    const record = await store.contacts.readRecord(margaret, Date.now());
    expect(record?.identifiers.filter((each) => each.value === '+447700900801')).toEqual([
      { kind: 'mobile', value: '+447700900801', label: null, verified: false, shared: false, lastUsedAt: 2_345 },
    ]);
  });

  it('leaves verified and shared as they were', async () => {
    const [arthur] = kempSwitchboard.people;
    await store.contacts.linkInteraction(
      asId<InteractionId>('linked-2'),
      asId<ContactId>(arthur.contactId),
      kempSwitchboard.number,
      Date.now() + 1,
    );
    const [first] = await store.contacts.findByNumber(kempSwitchboard.number, 1);
    expect(first).toMatchObject({ contactId: arthur.contactId, isShared: true });
  });
});

describe('calls of a number', () => {
  it('are counted by its key, however it was written, and anonymous ones together', async () => {
    const call = (id: string, number: string | null) =>
      store.interactions.recordCaller(asId<InteractionId>(id), { number, presentedName: null, dialled: '1000', at: 1_000 });
    await call('c1', '0044 7700 900802');
    await call('c2', '+447700900802');
    await call('c2', '+447700900802');
    await call('c3', null);
    await call('c4', 'anonymous');
    expect(await store.contacts.callsSince('+447700900802', 1_000)).toBe(2);
    expect(await store.contacts.callsSince('+447700900802', 1_001)).toBe(0);
    expect(await store.contacts.callsSince(null, 1_000)).toBeGreaterThanOrEqual(2);
  });
});

describe('a write that the database refuses', () => {
  it('fails alone, with its code', async () => {
    const lost = store.contacts.addNote(asId<ContactId>('nobody'), null, 'x', 'y', 1);
    const kept = store.contacts.addNote(margaret, null, 'Lena Hartmann', 'kept beside a refused one', 1);
    await expect(lost).rejects.toMatchObject({ code: 'rejected' });
    expect(await kept).toMatchObject({ text: 'kept beside a refused one' });
  });
});

describe('signing in', () => {
  const logIn = (username: string, password: string, limiter = new AttemptLimiter()) =>
    verifyLogin(store.users, limiter, username, password, '127.0.0.1', 1);

  it('takes the agent number in place of the name, and no number of nobody', async () => {
    expect(await logIn('6012', demoPassword)).toMatchObject({ ok: true, value: { agentId: lena, username: 'lena.hartmann' } });
    expect(await logIn('9999', demoPassword)).toMatchObject({ ok: false });
    expect(await logIn('', demoPassword)).toMatchObject({ ok: false });
  });

  it('knows the demo accounts', async () => {
    expect(await logIn(' Lena.Hartmann ', demoPassword)).toMatchObject({
      ok: true,
      value: { agentId: lena, extension: '6012', isDemo: true, skills: { billing: 4, technical: 3, sales: 3, general: 4 } },
    });
    expect(await logIn('admin', demoPassword)).toMatchObject({
      ok: true,
      value: { role: 'administrator', agentId: null, extension: null },
    });
  });

  it('answers an unknown user and a wrong password alike', async () => {
    expect(await logIn('lena.hartmann', 'wrong')).toEqual({ ok: false, error: 'loginFailed' });
    expect(await logIn('nobody', demoPassword)).toEqual({ ok: false, error: 'loginFailed' });
  });

  it('counts attempts that run at the same time, and forgets them on success', async () => {
    const limiter = new AttemptLimiter();
    const answers = await Promise.all(Array.from({ length: 12 }, () => logIn('lin.wei', 'wrong', limiter)));
    expect(answers.filter((answer) => !answer.ok && answer.error === 'tooManyAttempts')).toHaveLength(2);
    expect(await logIn('lin.wei', demoPassword, limiter)).toEqual({ ok: false, error: 'tooManyAttempts' });

    const fresh = new AttemptLimiter();
    for (let i = 0; i < 9; i++) fresh.failed('lin.wei', '127.0.0.1', 1);
    expect(await logIn('lin.wei', demoPassword, fresh)).toMatchObject({ ok: true });
    expect(fresh.isRefused('lin.wei', '127.0.0.2', 1)).toBe(false);
  });
});
