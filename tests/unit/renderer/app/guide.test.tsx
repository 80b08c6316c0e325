import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { CallView } from '../../../../shared/contracts/call.ts';
import type { Guide, KeptRun } from '../../../../shared/contracts/guides.ts';
import type { AssignedInteraction } from '../../../../shared/contracts/interaction.ts';
import { startRun } from '../../../../shared/guide-steps.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { typeIntoPalette } from '../../../support/palette.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { billing, field, guide, step, to } from '../../shared/guides/guides.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();
const call: CallView = {
  ...{ interactionId: 'i-1', reservationId: 'r-1', state: 'talking', answeredAt: now, heldSince: null, endedAt: null, end: null },
};
const assigned: AssignedInteraction = {
  ...{ interactionId: 'i-1', reservationId: 'r-1', state: 'assigned', pop: pop('certain', now, 60_000, 'en'), call },
  ...{ wrapUp: null, draft: null },
};
const finished = { at: now, caseId: 'case-9', caseNumber: 'C-20420' };

/** A call for which this guide opens. */
async function guided({
  of = billing,
  kept = null,
  language = 'en',
  readAlong,
  call: view = call,
}: {
  of?: Guide;
  kept?: KeptRun | null;
  language?: 'en' | 'zh';
  readAlong?: { name: string };
  call?: CallView;
} = {}) {
  const stage = deskOnStage(now);
  stage.bridge.answers['guide:open'] = () => ({
    ok: true,
    value: {
      opened: { guide: of, version: 3, kept, why: 'queue', ...(readAlong ? { readAlong } : {}) },
      guides: [{ guideId: of.guideId, name: of.name }],
    },
  });
  stage.bridge.answers['guide:save'] = ({ revision }) => ({ ok: true, value: { savedAt: now, revision } });
  stage.bridge.answers['guide:finish'] = () => ({ ok: true, value: { kept: true, finished } });
  stage.stores.settings.setState({ language });
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n(language)} />);
  const user = userEvent.setup();
  await screen.findByRole('heading', { name: language === 'en' ? 'My work' : '我的工作' });
  stage.bridge.push('interaction:assigned', { ...assigned, call: view });
  const pane = within(await screen.findByRole('region', { name: language === 'en' ? /^Guide: / : /^话术指引：/ }));
  const run = () => stage.stores.guides.getState().at['i-1']?.run;
  return { ...stage, user, pane, run };
}

beforeAll(() => {
  standInForScreen();
});
afterEach(cleanup);

describe('a guide at a call', () => {
  it('is gone through by keys alone, and its answers go into the case', async () => {
    const { user, pane, run, sent, stores } = await guided();
    stores.desk.setState({ dispositions: [{ code: 'credited', label: { en: 'Credited', zh: '已减免' }, parent: null }] });
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(pane.getByText('This is needed to go on.')).toBeTruthy();
    pane.getByRole('checkbox').focus();
    await user.keyboard(' {Control>}{Enter}{/Control}');
    // The keyboard is where the next step asks.
    await waitFor(() => expect(document.activeElement).toBe(pane.getByRole('textbox', { name: 'amount' })));
    await user.keyboard('1,284.00{Tab}2');
    expect(run()?.answers).toMatchObject({ amount: '1284.00', credit: 'half' });
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(run()?.path).toEqual(['greet']);
    await user.keyboard('{Control>}{Enter}{Enter}{Enter}{/Control}');
    expect(pane.getByRole('heading', { name: 'That was all' })).toBeTruthy();
    expect(pane.getByText('amount: £1,284.00')).toBeTruthy();
    expect(stores.view.getState().outcomes['i-1']).toBe('credited');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(await pane.findByText('In the case C-20420')).toBeTruthy();
    expect(sent('guide:finish').map(({ request }) => request)).toMatchObject([
      { interactionId: 'i-1', locale: 'en', run: { isAtEnd: true } },
    ]);
  });

  it('waits for the name of whoever approves', async () => {
    const kept = {
      run: { ...startRun(billing, 3, {}), path: ['greet', 'credit'], answers: { verified: 'yes', amount: '5' } },
      revision: 2,
      savedAt: now,
      finished: null,
    };
    const { user, pane, run } = await guided({ kept });
    await user.click(pane.getByRole('radio', { name: 'credit full' }));
    await user.keyboard('{Control>}{Enter}{/Control}');
    const approval = pane.getByRole('textbox', { name: 'Approved by' });
    await waitFor(() => expect(document.activeElement).toBe(approval));
    await user.keyboard('Dana{Control>}{Enter}{/Control}');
    expect(run()?.path).toEqual(['greet', 'credit', 'offer']);
  });

  it('is put aside for what is known, and is where it was when it is shown again', async () => {
    const { user, pane } = await guided();
    await user.click(pane.getByRole('checkbox'));
    await user.keyboard('{Alt>}{Shift>}g{/Shift}{/Alt}');
    expect(screen.queryByRole('region', { name: /^Guide: / })).toBe(null);
    await user.keyboard('{Alt>}{Shift>}g{/Shift}{/Alt}');
    expect((await screen.findByRole<HTMLInputElement>('checkbox')).checked).toBe(true);
  });

  it('keeps answers on this computer until the bridge has them, also over a reload', async () => {
    const { user, pane, keptGuides, bridge, sent } = await guided();
    bridge.answers['guide:save'] = () => ({ ok: false, error: { code: 'storage_unavailable', message: '' } });
    await user.click(pane.getByRole('checkbox'));
    await waitFor(() => expect(sent('guide:save')).toHaveLength(1));
    expect(JSON.parse(keptGuides.get('i-1/billing') ?? '{}')).toMatchObject({ answers: { verified: 'yes' } });

    cleanup();
    const again = deskOnStage(now);
    again.keptGuides.set('i-1/billing', keptGuides.get('i-1/billing') ?? '');
    again.bridge.answers['guide:open'] = ({ guideId }) => ({
      ok: true,
      value: { opened: guideId === 'billing' ? { guide: billing, version: 3, kept: null, why: 'hand' } : null, guides: [] },
    });
    again.bridge.answers['guide:save'] = ({ revision }) => ({ ok: true, value: { savedAt: now, revision } });
    again.snapshot.interactions = [assigned] as never;
    again.desk.start();
    render(<App desk={again.desk} i18n={createI18n('en')} />);
    expect((await screen.findByRole<HTMLInputElement>('checkbox')).checked).toBe(true);
    await waitFor(() => expect(again.keptGuides.size).toBe(0));
  });

  it('of a colleague who asks for advice is read, and is gone on with once the call is one’s own', async () => {
    const half = {
      run: { ...startRun(billing, 3, {}), path: ['greet', 'credit'], answers: { verified: 'yes' }, askedBy: { verified: 'Lena Hartmann' } },
      revision: 2,
      savedAt: now,
      finished: null,
    };
    const advising: CallView = { ...call, advising: { name: 'Lena Hartmann', withCustomer: false } };
    const readAlong = { name: 'Lena Hartmann' };
    const { user, pane, sent, bridge, run } = await guided({ kept: half, call: advising, readAlong });
    expect(pane.getByText('Lena Hartmann goes through this with the customer. You read along.')).toBeTruthy();
    expect(pane.getByText('verified: Yes (asked by Lena Hartmann)')).toBeTruthy();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await user.click(pane.getByRole('radio', { name: 'credit half' }));
    expect([run()?.answers, sent('guide:save')]).toEqual([{ verified: 'yes' }, []]);
    const moved = { ...half, run: { ...half.run, answers: { verified: 'yes', amount: '5' } }, revision: 3 };
    bridge.push('guide:moved', { interactionId: 'i-1', kept: moved });
    await waitFor(() => expect(pane.getByRole<HTMLInputElement>('textbox', { name: 'amount' }).value).toBe('5'));
    expect(sent('guide:open')).toHaveLength(1);
    // Another guide, which is not here yet, is asked for; whoever is not asked for advice is told nothing.
    bridge.push('guide:moved', { interactionId: 'i-1', kept: { ...moved, run: { ...moved.run, guideId: 'moving' } } });
    await waitFor(() => expect(sent('guide:open')).toHaveLength(2));

    const later = { ...half, run: { ...half.run, answers: { verified: 'yes', amount: '7' } } };
    bridge.answers['guide:open'] = () => ({
      ok: true,
      value: { opened: { guide: billing, version: 3, kept: later, why: 'begun' }, guides: [] },
    });
    bridge.push('interaction:assigned', assigned);
    const amount = await pane.findByRole<HTMLInputElement>('textbox', { name: 'amount' });
    await waitFor(() => expect(amount.value).toBe('7'));
    await user.click(pane.getByRole('radio', { name: 'credit half' }));
    await waitFor(() => expect(sent('guide:save').at(-1)?.request).toMatchObject({ run: { askedBy: { verified: 'Lena Hartmann' } } }));
    expect(pane.queryByText(/You read along/)).toBe(null);
    expect(pane.getByText('Asked by Lena Hartmann so far')).toBeTruthy();
  });

  it('says who has it when it was handed over before its end', async () => {
    const kept = {
      run: {
        ...startRun(billing, 3, {}),
        path: ['greet', 'credit', 'offer'],
        isAtEnd: true,
        answers: { verified: 'yes', amount: '5', credit: 'half' },
      },
      revision: 2,
      savedAt: now,
      finished: null,
    };
    const { user, pane, bridge } = await guided({ kept, language: 'zh' });
    bridge.answers['guide:finish'] = () => ({ ok: true, value: { kept: false, why: 'handedOver' } });
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect((await pane.findByRole('alert')).textContent).toBe('此次联络已转给同事，由其继续本指引并记入工单。');
  });

  it('shows what a customer is called as text, in both languages', async () => {
    const hostile = '<img src=x onerror=alert(1)>{answer.x}';
    const of = guide({
      steps: [step('a', { say: { en: 'Hello {customer.name}', zh: '您好 {customer.name}' }, fields: [field('x')], exits: [to(null)] })],
    });
    const kept = { run: startRun(of, 3, { 'customer.name': hostile }), revision: 1, savedAt: now, finished: null };
    const { pane, stores } = await guided({ of, kept, language: 'zh' });
    stores.guides.setState(({ at }) => ({ at: { ...at, 'i-1': at['i-1'] ? { ...at['i-1'], run: kept.run } : null } }));
    expect(await pane.findByText(`您好 ${hostile}`)).toBeTruthy();
    expect(document.querySelector('img[src="x"]')).toBe(null);
  });

  it('is opened from the palette beside the call, and without one to be looked at', async () => {
    const { user, bridge, pane, run, sent, stores } = await guided();
    const other = { ...billing, guideId: 'moving', name: { en: 'Moving house', zh: '搬家' } };
    bridge.answers['guide:find'] = () => ({ ok: true, value: { guides: [{ guideId: 'moving', name: other.name }] } });
    bridge.answers['guide:open'] = () => ({
      ok: true,
      value: { opened: { guide: other, version: 1, kept: null, why: 'hand' }, guides: [] },
    });
    bridge.answers['guide:look'] = () => ({ ok: true, value: { guide: other, version: 1 } });
    const choose = async () => {
      await typeIntoPalette(user, 'moving');
      await user.click(await screen.findByRole('option', { name: /Moving house/ }));
    };
    await choose();
    expect(await screen.findByRole('region', { name: 'Guide: Moving house' })).toBeTruthy();
    expect(run()?.guideId).toBe('moving');
    expect(pane).toBeTruthy();

    stores.desk.setState({ interactions: [] });
    await choose();
    expect(await screen.findByRole('dialog', { name: 'Guide: Moving house' })).toBeTruthy();
    expect(sent('guide:look').map(({ request }) => request)).toEqual([{ guideId: 'moving' }]);
    expect(sent('guide:save')).toEqual([]);
  });
});
