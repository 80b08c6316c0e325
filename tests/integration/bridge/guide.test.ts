import { expect, it, onTestFinished } from 'vitest';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { type GuideInput, startRun, stepGuide } from '../../../shared/guide-steps.ts';
import { BridgeStage } from './bridge-stage.ts';

const answers: readonly (readonly [string, string])[] = [
  ['verified', 'yes'],
  ['about', 'roaming'],
  ['amount', '1284.00'],
  ['credit', 'half'],
  ['offer', 'no'],
];

it('the guide of the queue opens in a call, is where it was for whoever asks again, and ends once as a step in the case with what was promised', async () => {
  const stage = await BridgeStage.open();
  onTestFinished(() => stage.close());
  const lena = await stage.signIn();
  const { call, interactionId } = await stage.talking(lena);
  const asked = { interactionId, guideId: null, queueId: 'billing', facts: { 'customer.name': 'Margaret Okafor' } };
  const { opened, guides } = await lena.ask('guide:open', asked);
  expect(opened).toMatchObject({ guide: { guideId: 'billing-complaint' }, version: 1, kept: null, why: 'queue' });
  expect(guides.map(({ guideId }) => guideId)).toEqual(['arrears', 'billing-complaint', 'relocation']);
  const guide = opened?.guide;
  if (!guide) throw new Error('No guide opened.');

  let run = startRun(guide, 1, asked.facts);
  const step = (input: GuideInput) => {
    run = stepGuide(guide, run, input).run;
  };
  for (let steps = 0; steps < guide.steps.length && !run.isAtEnd; steps += 1) {
    for (const [name, value] of answers) step({ kind: 'answer', name, value });
    step({ kind: 'next' });
    await lena.ask('guide:save', { interactionId, run, revision: steps + 1 });
  }
  expect((await lena.ask('guide:open', asked)).opened).toMatchObject({ why: 'begun', kept: { run: { isAtEnd: true }, finished: null } });

  const finish = { interactionId, run, contactId: margaretOkafor.contactId, caseId: null, locale: 'en' } as const;
  const forged = { ...run, answers: { ...run.answers, credit: 'full' } };
  expect(await lena.ask('guide:finish', { ...finish, run: forged })).toEqual({ kept: false, why: 'notAnswered' });
  const done = await lena.ask('guide:finish', finish);
  if (!done.kept) throw new Error('The answers were not kept.');
  expect(await lena.ask('guide:finish', finish)).toEqual(done);
  const file = await lena.ask('case:read', { caseId: done.finished.caseId });
  expect(file).toMatchObject({ kind: 'complaint', subject: 'Bill: Roaming, ¥1,284.00', status: 'open' });
  expect(file.description).toContain('What is credited: Credit half');
  expect(file.steps.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['opened', 'promise']));
  expect((await lena.ask('work:mine', {})).promises).toContainEqual(expect.objectContaining({ text: 'Answer on the bill: Roaming' }));
  // What comes after the end is gone, and nothing of the answers is in the log of events.
  expect(await lena.command('guide:save', { interactionId, run, revision: 99 })).toMatchObject({ ok: false, error: { code: 'not_found' } });
  expect(JSON.stringify(stage.bridge.events)).not.toContain('1284');
  expect(await lena.command('guide:list', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  await call.hangUp();
  expect(stage.bridge.bugs).toEqual([]);
});

it('a call that is handed over takes its guide along: read while advice is asked, gone on with by whoever has the call then', async () => {
  const stage = await BridgeStage.open();
  onTestFinished(() => stage.close());
  const lena = await stage.signIn();
  const { call, interactionId } = await stage.talking(lena);
  const facts = { 'customer.name': 'Margaret Okafor' };
  const asked = { guideId: null, queueId: 'billing', facts };
  const guide = (await lena.ask('guide:open', { ...asked, interactionId })).opened?.guide;
  if (!guide) throw new Error('No guide opened.');
  const [[name, value] = ['', '']] = answers;
  const inputs: GuideInput[] = [{ kind: 'answer', name, value }, { kind: 'next' }];
  const run = inputs.reduce((before, input) => stepGuide(guide, before, input).run, startRun(guide, 1, facts));
  expect(run.path.length).toBe(2);
  await lena.ask('guide:save', { interactionId, run, revision: 1 });

  const wei = await stage.signIn('lin.wei');
  await wei.becomeAvailable();
  await lena.ask('call:consult', { interactionId, to: { kind: 'agent', agentId: wei.agentId }, reason: 'billing', note: '' });
  const leg = await wei.answer();
  const part = await wei.push('interaction:assigned');
  const his = { ...asked, interactionId: part.interactionId };
  const marked = { ...run, askedBy: { [name]: 'Lena Hartmann' } };
  expect((await wei.ask('guide:open', his)).opened).toMatchObject({ readAlong: { name: 'Lena Hartmann' }, kept: { run: marked } });
  const saving = { interactionId: part.interactionId, run: marked, revision: 2 };
  expect(await wei.command('guide:save', saving)).toMatchObject({ ok: false, error: { code: 'not_found' } });

  // What she answers meanwhile is on his screen as soon as it is stored.
  const further = [{ kind: 'answer', name: 'about', value: 'roaming' }] satisfies GuideInput[];
  const moved = further.reduce((before, input) => stepGuide(guide, before, input).run, run);
  expect(moved.answers).not.toEqual(run.answers);
  await lena.ask('guide:save', { interactionId, run: moved, revision: 2 });
  const { kept } = await wei.push('guide:moved', (told) => told.interactionId === part.interactionId);
  expect(kept).toMatchObject({ revision: 2, run: { answers: moved.answers, askedBy: { about: 'Lena Hartmann' } } });

  const heard = wei.pushes.length;
  await lena.ask('call:complete-transfer', { interactionId });
  await wei.push('interaction:assigned', () => true, 5_000, heard);
  const taken = (await wei.ask('guide:open', his)).opened;
  expect(taken).toMatchObject({ why: 'begun', kept: { run: kept.run } });
  expect(taken?.readAlong).toBe(undefined);
  await wei.ask('guide:save', { ...saving, run: kept.run, revision: 3 });
  const finish = { run: { ...moved, isAtEnd: true }, contactId: margaretOkafor.contactId, caseId: null, locale: 'en' } as const;
  expect(await lena.ask('guide:finish', { ...finish, interactionId })).toEqual({ kept: false, why: 'handedOver' });
  await call.hangUp();
  await leg.over;
  expect(stage.bridge.bugs).toEqual([]);
});
