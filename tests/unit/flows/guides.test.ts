import { describe, expect, it } from 'vitest';
import type { GuideFinish, GuideRepository, KeptGuide, KeptRunOf } from '../../../cti-bridge/crm/index.ts';
import type { CustomerParts } from '../../../cti-bridge/flows/customers/index.ts';
import { type Guides, type HandOver, openGuides } from '../../../cti-bridge/flows/guides.ts';
import type { Asker } from '../../../cti-bridge/flows/ports.ts';
import { ok, silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { demoConfiguration } from '../../../cti-bridge/store/seed/organisation.ts';
import type { PushPayload } from '../../../shared/contracts/bridge-events.ts';
import type { Guide, GuideRun } from '../../../shared/contracts/guides.ts';
import { type GuideInput, startRun, stepGuide } from '../../../shared/guide-steps.ts';
import { asId } from '../../../shared/ids.ts';
import { billing, guide, step, to } from '../shared/guides/guides.ts';

const lena: Asker = { userId: asId('lena'), name: 'Lena', agentId: asId('a-lena'), may: () => true };
const priya: Asker = { userId: asId('priya'), name: 'Priya', agentId: asId('a-priya'), may: () => true };
const at = 1_794_960_000_000;
/** With outcomes that the demo has. */
const demo: Guide = JSON.parse(
  JSON.stringify(billing).replaceAll('"credited"', '"creditPart"').replaceAll('"explained"', '"billExplained"'),
);

/** As the store keeps guides and runs, in memory; the case alone is only noted. */
async function house({ live = [demo], handOver = {} }: { readonly live?: readonly Guide[]; readonly handOver?: Partial<HandOver> } = {}) {
  const kept = new Map<string, KeptGuide>(
    live.map((each) => [each.guideId, { guideId: each.guideId, draft: null, live: { guide: each, version: 1, at, by: lena }, last: each }]),
  );
  const versions = new Map<string, Guide>(live.map((each) => [`${each.guideId} 1`, each]));
  const runs = new Map<string, KeptRunOf>();
  const finishes: GuideFinish[] = [];
  /** Whose each contact is. */
  const hands = new Map([['i-1', lena]]);
  const repository: GuideRepository = {
    readAll: async () => [...kept.values()],
    read: async (guideId) => kept.get(guideId) ?? null,
    readVersion: async (guideId, version) => versions.get(`${guideId} ${version}`) ?? null,
    versions: async () => [],
    async saveDraft({ guide: draft, basedOn, by }) {
      const before = kept.get(draft.guideId);
      if ((before?.draft?.revision ?? null) !== basedOn) return null;
      const revision = (basedOn ?? 0) + 1;
      kept.set(draft.guideId, {
        ...(before ?? { guideId: draft.guideId, live: null, last: null }),
        draft: { guide: draft, revision, at, by },
      });
      return { revision };
    },
    discardDraft: async () => true,
    async publish({ guideId, what, by }) {
      const before = kept.get(guideId);
      const published = 'restores' in what ? versions.get(`${guideId} ${what.restores}`) : before?.draft?.guide;
      if (!before || !published) return null;
      const version = (before.live?.version ?? 0) + 1;
      versions.set(`${guideId} ${version}`, published);
      kept.set(guideId, { guideId, draft: null, live: { guide: published, version, at, by }, last: published });
      return { version };
    },
    withdraw: async ({ guideId }) => kept.has(guideId),
    runsOf: async (interactionId) => [...runs].filter(([key]) => key.startsWith(`${interactionId} `)).map(([, run]) => run),
    async saveRun({ interactionId, run, revision, agentId }) {
      const key = `${interactionId} ${run.guideId}`;
      if (runs.get(key)?.finished) return { ok: false, why: 'finished' };
      runs.set(key, { run, revision, savedAt: at, agentId, finished: null });
      return { ok: true, savedAt: at };
    },
    async finishRun(finish) {
      finishes.push(finish);
      const finished = { at, caseId: 'case-1', caseNumber: 'C-1' };
      runs.set(`${finish.interactionId} ${finish.run.guideId}`, {
        run: finish.run,
        revision: 9,
        savedAt: at,
        agentId: finish.agentId,
        finished,
      });
      return ok(finished);
    },
  };
  const customers = {
    clock: new VirtualClock(at),
    ids: { next: () => 'new-1' },
    log: silentLog,
    configuration: () => demoConfiguration(),
    hasInHand: () => true,
    scopeOf: () => ({ units: [] }),
    refreshPops: async () => undefined,
  } as unknown as CustomerParts;
  const told: { readonly to: string; readonly moved: PushPayload<'guide:moved'> }[] = [];
  const guides = await openGuides({
    ...{ repository, customers },
    tell: (to, moved) => told.push({ to, moved }),
    hasInHand: (asker, id) => hands.get(id) === asker,
    handOver: {
      before: (id) => (id === 'i-2' ? ['i-1'] : []),
      after: (id) => (id === 'i-1' && hands.has('i-2') ? 'i-2' : null),
      advised: () => null,
      advisers: () => [],
      nameOf: (agentId) => (agentId === 'a-lena' ? 'Lena' : 'Priya'),
      ...handOver,
    },
  });
  return { guides, kept, finishes, hands, told };
}

const request = { interactionId: 'i-1', guideId: null, queueId: 'billing', facts: {} };
const done: GuideRun = (
  [
    ...[{ kind: 'answer', name: 'verified', value: 'yes' }, { kind: 'next' }],
    ...[
      { kind: 'answer', name: 'amount', value: '12' },
      { kind: 'answer', name: 'credit', value: 'half' },
    ],
    ...[{ kind: 'next' }, { kind: 'next' }],
  ] as GuideInput[]
).reduce((run, input) => stepGuide(demo, run, input).run, startRun(demo, 1, {}));

describe('guides at contacts', () => {
  it('opens by its queue, and what was begun goes on in its version whatever is published meanwhile', async () => {
    const { guides } = await house();
    expect(await guides['guide:open'](lena, request)).toMatchObject({
      ok: true,
      value: { opened: { why: 'queue', version: 1, kept: null } },
    });
    await guides['guide:save'](lena, { interactionId: 'i-1', run: startRun(demo, 1, {}), revision: 1 });
    await guides['guide:save-draft'](lena, { guide: { ...demo, name: { en: 'Other', zh: '别的' } }, basedOn: null, writingId: 'hand-1' });
    expect(await guides['guide:publish'](lena, { guideId: 'billing', draftRevision: 1, note: '' })).toMatchObject({
      value: { version: 2 },
    });
    expect(await guides['guide:open'](lena, request)).toMatchObject({
      value: { opened: { why: 'begun', version: 1, guide: { name: demo.name } } },
    });
    expect(await guides['guide:open'](lena, { ...request, interactionId: 'i-2' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });

  it('takes what was answered last after the contact was over, from whoever began it and from nobody else', async () => {
    const { guides, hands } = await house();
    const saving = { interactionId: 'i-1', run: startRun(demo, 1, {}), revision: 1 };
    await guides['guide:save'](lena, saving);
    hands.clear();
    expect(await guides['guide:save'](lena, { ...saving, revision: 2 })).toMatchObject({ ok: true });
    expect(await guides['guide:save'](priya, { ...saving, revision: 3 })).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('writes the answers once, in the language asked for, with what follows', async () => {
    const { guides, finishes } = await house();
    const finish = { interactionId: 'i-1', run: done, contactId: 'c-1', caseId: null, locale: 'zh' } as const;
    const answer = await guides['guide:finish'](lena, finish);
    expect(answer).toMatchObject({ ok: true, value: { kept: true, finished: { caseNumber: 'C-1' } } });
    expect(await guides['guide:finish'](lena, finish)).toEqual(answer);
    expect(finishes).toHaveLength(1);
    expect(finishes[0]).toMatchObject({
      scope: { units: null },
      opens: { subject: 'The bill（中文）' },
      followUps: [{ kind: 'task', dueAt: at + 7_200_000 }],
    });
    expect(finishes[0]?.text.split('\n')).toEqual([
      'Billing complaint（中文）',
      'verified（中文）：是',
      'amount（中文）：£12.00',
      'credit（中文）：credit half（中文）',
    ]);
  });

  it('does not write what is not at its end, or cannot have come about', async () => {
    const { guides, finishes } = await house();
    const finish = { interactionId: 'i-1', contactId: 'c-1', caseId: null, locale: 'en' } as const;
    for (const run of [
      { ...done, isAtEnd: false },
      { ...done, answers: { ...done.answers, credit: 'full' } },
    ])
      expect(await guides['guide:finish'](lena, { ...finish, run })).toMatchObject({ ok: true, value: { kept: false } });
    expect(finishes).toEqual([]);
  });

  describe('of a contact that goes to another agent', () => {
    const half = ([{ kind: 'answer', name: 'verified', value: 'yes' }, { kind: 'next' }] as GuideInput[]).reduce(
      (run, input) => stepGuide(demo, run, input).run,
      startRun(demo, 1, {}),
    );
    const opened = async (guides: Guides, asker: Asker, interactionId: string) => {
      const answer = await guides['guide:open'](asker, { ...request, interactionId });
      return answer.ok ? answer.value.opened : null;
    };

    it('goes on at the same step, says who asked what stands there, and is kept under whoever has it now', async () => {
      const { guides, hands } = await house();
      await guides['guide:save'](lena, { interactionId: 'i-1', run: half, revision: 4 });
      hands.set('i-2', priya);
      const run = (await opened(guides, priya, 'i-2'))?.kept?.run;
      expect(run).toEqual({ ...half, askedBy: { verified: 'Lena' } });
      if (!run) return;
      // What is asked anew is whose it is now; the first part may be forgotten.
      hands.delete('i-1');
      const other = stepGuide(demo, stepGuide(demo, run, { kind: 'back' }).run, { kind: 'answer', name: 'verified', value: 'no' }).run;
      expect(other.askedBy).toEqual({});
      const next = stepGuide(demo, run, { kind: 'answer', name: 'amount', value: '9' }).run;
      expect(await guides['guide:save'](priya, { interactionId: 'i-2', run: next, revision: 5 })).toMatchObject({ ok: true });
      expect((await opened(guides, priya, 'i-2'))?.kept?.run).toEqual(next);
    });

    it('is written into the case by whoever has it now, and once', async () => {
      const { guides, hands, finishes } = await house();
      await guides['guide:save'](lena, { interactionId: 'i-1', run: done, revision: 4 });
      hands.set('i-2', priya);
      const run = (await opened(guides, priya, 'i-2'))?.kept?.run ?? done;
      const finish = { contactId: 'c-1', caseId: null, locale: 'en' } as const;
      expect(await guides['guide:finish'](lena, { ...finish, interactionId: 'i-1', run: done })).toEqual(
        ok({ kept: false, why: 'handedOver' }),
      );
      expect(await guides['guide:finish'](priya, { ...finish, interactionId: 'i-2', run })).toMatchObject({ value: { kept: true } });
      expect(finishes.map(({ text }) => text.split('\n').at(-1))).toEqual(['credit: credit half (asked by Lena)']);
    });

    it('gives way to what the contact opens itself once it is over, and is shown where that is the same', async () => {
      const other = { ...demo, guideId: 'moving', opens: [{ queueId: 'moving', when: [] }] };
      const { guides, hands } = await house({ live: [demo, other] });
      await guides['guide:finish'](lena, { interactionId: 'i-1', run: done, contactId: 'c-1', caseId: null, locale: 'en' });
      hands.set('i-2', priya);
      expect(await opened(guides, priya, 'i-2')).toMatchObject({
        guide: { guideId: 'billing' },
        kept: { finished: { caseNumber: 'C-1' } },
      });
      const moving = await guides['guide:open'](priya, { ...request, interactionId: 'i-2', queueId: 'moving' });
      expect(moving).toMatchObject({ value: { opened: { guide: { guideId: 'moving' }, kept: null } } });
    });

    it('is read by whoever is asked for advice, as it goes on; they change nothing', async () => {
      const handOver: Partial<HandOver> = {
        advised: (id) => (id === 'i-2' ? 'Lena' : null),
        advisers: (id) => (id === 'i-1' ? [{ agentId: 'a-priya', interactionId: 'i-2' }] : []),
        after: () => null,
      };
      const { guides, hands, told } = await house({ handOver });
      hands.set('i-2', priya);
      expect(await opened(guides, priya, 'i-2')).toBe(null);
      await guides['guide:save'](lena, { interactionId: 'i-1', run: half, revision: 4 });
      expect(await opened(guides, priya, 'i-2')).toMatchObject({
        readAlong: { name: 'Lena' },
        kept: { run: { askedBy: { verified: 'Lena' } } },
      });
      expect(await guides['guide:save'](priya, { interactionId: 'i-2', run: half, revision: 5 })).toMatchObject({ ok: false });
      expect((await opened(guides, lena, 'i-1'))?.kept?.run).toEqual(half);
      const marked = { ...half, askedBy: { verified: 'Lena' } };
      expect(told).toEqual([
        { to: 'a-priya', moved: { interactionId: 'i-2', kept: { run: marked, revision: 4, savedAt: at, finished: null } } },
      ]);
      await guides['guide:finish'](lena, { interactionId: 'i-1', run: done, contactId: 'c-1', caseId: null, locale: 'en' });
      expect(told[1]).toMatchObject({ to: 'a-priya', moved: { kept: { run: { isAtEnd: true }, finished: { caseId: 'case-1' } } } });
    });

    it('in writing keeps its number and is marked the same', async () => {
      const { guides, hands } = await house();
      await guides['guide:save'](lena, { interactionId: 'i-1', run: half, revision: 4 });
      hands.set('i-1', priya);
      expect(await opened(guides, priya, 'i-1')).toMatchObject({ kept: { revision: 4, run: { askedBy: { verified: 'Lena' } } } });
    });
  });

  it('publishes nothing that has an error, and keeps nothing of what is no guide', async () => {
    const { guides, kept } = await house();
    const endless = guide({ guideId: 'endless', steps: [step('a', { exits: [to('b')] }), step('b', { exits: [to('a')] })] });
    expect(await guides['guide:save-draft'](lena, { guide: endless, basedOn: null, writingId: 'hand-1' })).toMatchObject({
      value: { saved: true, revision: 1 },
    });
    expect(await guides['guide:publish'](lena, { guideId: 'endless', draftRevision: 1, note: '' })).toMatchObject({
      value: { published: false },
    });
    expect(await guides['guide:save-draft'](lena, { guide: { ...endless, format: 2 }, basedOn: 1, writingId: 'hand-1' })).toMatchObject({
      value: { saved: false },
    });
    expect(kept.get('endless')?.live).toBe(null);
  });

  it('finds those that are live by words of either language, and shows one without a contact', async () => {
    const { guides } = await house();
    const named = { ok: true, value: { guides: [{ guideId: 'billing', name: demo.name }] } };
    expect(await guides['guide:find'](priya, { text: 'COMPLAINT bill', limit: 5 })).toEqual(named);
    expect(await guides['guide:find'](priya, { text: '中文', limit: 5 })).toEqual(named);
    expect(await guides['guide:find'](priya, { text: 'refund', limit: 5 })).toEqual({ ok: true, value: { guides: [] } });
    expect(await guides['guide:look'](priya, { guideId: 'billing' })).toMatchObject({ ok: true, value: { guide: { guideId: 'billing' } } });
    expect(await guides['guide:look'](priya, { guideId: 'nothing' })).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});
