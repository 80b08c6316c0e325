import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrivalByPhone, numberKey } from '../../../cti-bridge/crm/index.ts';
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
const everybody = { units: null };

/** Who has this number, as a call would find them. */
async function calling(number: string) {
  return store.contacts.identify(arrivalByPhone({ number, presentedName: null }, 'CN'), Date.now());
}

describe('the record of a key account', () => {
  it('has everything the screen shows of Margaret Okafor', async () => {
    const now = Date.now();
    const record = await store.contacts.readRecord(margaret, now, everybody);
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
    const record = await store.contacts.readRecord(asId<ContactId>(chenZhiyuan.contactId), Date.now(), everybody);
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
    expect(await store.contacts.readRecord(asId<ContactId>('nobody'), Date.now(), everybody)).toBeNull();
  });
});

describe('a number', () => {
  it('leads to the one who has it, with the whole record', async () => {
    expect(await calling(juliaBrandt.number)).toMatchObject({
      kind: 'certain',
      record: { contactId: juliaBrandt.contactId },
      cards: { cardId: juliaBrandt.contactId },
    });
  });

  it('leads to everybody behind a switchboard or at home, most recently used first', async () => {
    for (const line of [kempSwitchboard, zhouHousehold]) {
      const found = await calling(line.number);
      if (found.kind !== 'candidates') throw new Error(`${line.number} leads to ${found.kind}`);
      expect(found.candidates.map((each) => each.contactId).sort()).toEqual(line.people.map((each) => each.contactId).sort());
      expect(found.candidates.every((each) => each.reasons.some(({ code }) => code === 'sharedLine'))).toBe(true);
      const used = found.candidates.map((each) => each.lastUsedAt ?? 0);
      expect(used).toEqual([...used].sort((one, other) => other - one));
      expect(found.suggestShared).toBe(false);
    }
  });

  it('leads to nobody when nobody has it', async () => {
    expect(await calling(unknownNumber)).toEqual({ kind: 'unknown' });
  });
});

describe('duplicates', () => {
  it('point at each other with the reason', async () => {
    const [one, other] = duplicatePair.people;
    for (const [self, twin] of [
      [one, other],
      [other, one],
    ] as const) {
      const record = await store.contacts.readRecord(asId<ContactId>(self.contactId), Date.now(), everybody);
      expect(record?.possibleDuplicates).toMatchObject([
        { contactId: twin.contactId, reasons: expect.arrayContaining([expect.objectContaining({ code: 'sameEmail' })]) },
      ]);
    }
  });

  it('are not suspected of people who merely share a line', async () => {
    const record = await store.contacts.readRecord(asId<ContactId>(kempSwitchboard.people[0].contactId), Date.now(), everybody);
    expect(record?.possibleDuplicates).toEqual([]);
  });
});

describe('the timeline', () => {
  it('comes in pages without gap or repetition, latest first', async () => {
    const seen: { id: string; at: number }[] = [];
    for (let before: number | null = null; ; ) {
      const page = await store.contacts.readTimeline(margaret, before, 7, 'all', everybody);
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
    const page = await store.contacts.readTimeline(margaret, null, 100, filter, everybody);
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
      key: '+491713920041',
      presentedName: null,
      dialled: '1000',
      at: at - 60_000,
    });
    await store.interactions.saveDraft(interactionId, lena, 'Explained', 1, at);
    const contactId = asId<ContactId>(juliaBrandt.contactId);
    await store.interactions.complete({ ...closing, interactionId, contactId, at });
    await store.interactions.complete({ ...closing, interactionId, contactId, at: at + 1, dispositionCode: 'wrongNumber' });

    const record = await store.contacts.readRecord(contactId, at, everybody);
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
    const page = await store.contacts.readTimeline(contactId, null, 1, 'calls', everybody);
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
  const author = { userId: 'u-lena', name: 'Lena Hartmann', source: 'screen' };
  const link = (interactionId: string, contactId: string, key: string | null, at: number) =>
    store.contacts.linkInteraction({
      interactionId: asId<InteractionId>(interactionId),
      contactId: asId<ContactId>(contactId),
      taught: key === null ? null : { kind: 'phone', key },
      author,
      at,
    });

  it('teaches the number, unverified, and moves the interaction', async () => {
    const interactionId = asId<InteractionId>('linked-1');
    await store.interactions.recordCaller(interactionId, {
      number: '+447700900801',
      key: '+447700900801',
      presentedName: null,
      dialled: '1000',
      at: 5,
    });
    expect(await link('linked-1', margaret, '+447700900801', 1_234)).toEqual({ cardId: margaret, cardIds: [margaret] });
    expect(await calling('+447700900801')).toMatchObject({ kind: 'certain', record: { contactId: margaret } });
    await link('linked-1', margaret, '+447700900801', 2_345);
    const record = await store.contacts.readRecord(margaret, Date.now(), everybody);
    expect(record?.identifiers.filter((each) => each.value === '+447700900801')).toEqual([
      { kind: 'mobile', value: '+447700900801', label: null, verified: false, shared: false, lastUsedAt: 2_345 },
    ]);
  });

  it('takes back what was taught when the same contact turns out to be with somebody else', async () => {
    await link('linked-3', margaret, '+447700900803', 10);
    await link('linked-3', juliaBrandt.contactId, '+447700900803', 20);
    expect(await calling('+447700900803')).toMatchObject({ kind: 'certain', record: { contactId: juliaBrandt.contactId } });
  });

  it('gives the number to both when another has it, who are candidates from then on, and suggests that it is shared', async () => {
    await link('linked-4', margaret, '+447700900804', 10);
    await link('linked-5', juliaBrandt.contactId, '+447700900804', 20);
    expect(await calling('+447700900804')).toMatchObject({
      kind: 'candidates',
      candidates: [{ contactId: juliaBrandt.contactId }, { contactId: margaret }],
      suggestShared: true,
    });
  });

  it('teaches of a shared line only that it was used', async () => {
    const [arthur] = kempSwitchboard.people;
    const at = Date.now();
    await link('linked-2', arthur.contactId, kempSwitchboard.number, at);
    const found = await calling(kempSwitchboard.number);
    expect(found).toMatchObject({ kind: 'candidates', suggestShared: false });
    expect(found.kind === 'candidates' && found.candidates[0]).toMatchObject({ contactId: arthur.contactId, lastUsedAt: at });
    await link('linked-6', margaret, kempSwitchboard.number, at + 1);
    expect(await calling(kempSwitchboard.number)).toMatchObject({ kind: 'candidates', suggestShared: false });
  });

  it('is told that there is nobody, and then nothing is linked', async () => {
    expect(await link('linked-1', 'nobody', '+447700900801', 3_000)).toBeNull();
    expect(await calling('+447700900801')).toMatchObject({ kind: 'certain', record: { contactId: margaret } });
  });
});

describe('calls of a number', () => {
  it('are counted by its key, and anonymous ones together', async () => {
    const call = (id: string, number: string | null) =>
      store.interactions.recordCaller(asId<InteractionId>(id), {
        number,
        key: numberKey(number, 'GB'),
        presentedName: null,
        dialled: '1000',
        at: 1_000,
      });
    await call('c1', '0044 7700 900802');
    await call('c2', '+447700900802');
    await call('c2', '+447700900802');
    await call('c3', null);
    await call('c4', 'anonymous');
    expect(await store.contacts.callsSince('+447700900802', [1_000, 1_001], 2_000)).toEqual([2, 0]);
    expect(await store.contacts.callsSince('+447700900802', [900], 1_000)).toEqual([0]);
    expect(await store.contacts.callsSince(null, [1_000], 1_001)).toEqual([expect.toSatisfy((count: number) => count >= 2)]);
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
