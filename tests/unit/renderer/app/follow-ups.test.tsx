import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import { FollowUpDialog, WhatHappensNext } from '../../../../renderer/features/follow-ups/index.ts';
import { TextProvider } from '../../../../renderer/i18n/index.ts';
import { subjectOf } from '../../../../renderer/stores/index.ts';
import type { ScheduleAnswer, ScheduledCallback } from '../../../../shared/contracts/scheduled-callbacks.ts';
import type { ScreenPop } from '../../../../shared/contracts/screen-pop.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { ownWork } from '../../../support/ui-stage/follow-up-scenes.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { wrapUpOf } from '../../../support/ui-stage/wrap-up.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();
const hour = 3_600_000;
const margaret = pop('certain', now - 600_000, 10_000, 'en');
const contactId = margaret.match.kind === 'certain' ? margaret.match.contact.contactId : '';

/** Margaret has hung up, and her call is being wrapped up. `whole`: on the whole desktop, which takes long, and not the section alone. */
async function wrapping(popped: ScreenPop = margaret, language: 'en' | 'zh' = 'en', whole = false) {
  const stage = deskOnStage(now);
  const call = {
    interactionId: 'i-1',
    reservationId: 'r-1',
    state: 'ended',
    answeredAt: now - 500_000,
    heldSince: null,
    endedAt: now,
  } as const;
  const item = {
    interactionId: 'i-1',
    reservationId: 'r-1',
    state: 'wrapping',
    pop: popped,
    wrapUp: wrapUpOf('timed', now),
    draft: null,
  } as const;
  stage.bridge.snapshotNow = {
    ...stage.snapshot,
    interactions: [{ ...item, call: { ...call, end: { by: 'caller', reason: 'hungUp', fault: 'unknown' } } }],
  };
  const agreed: ScheduledCallback = {
    ...{
      callbackId: 'c-9',
      contactId,
      name: 'Margaret Okafor',
      number: '+447700900142',
      text: 'Renewal',
      at: now + hour,
      until: now + 2 * hour,
    },
    ...{ queueId: 'billing', ownerAgentId: 'ag-1', ownerName: null, state: 'agreed', madeBy: 'Lena Hartmann', madeAt: now },
  };
  const schedules = (...answers: readonly ScheduleAnswer[]) => {
    let asked = 0;
    stage.bridge.answers['callback:schedule'] = () => ({ ok: true, value: answers[Math.min(asked++, answers.length - 1)] });
  };
  schedules({ outcome: 'agreed', callback: agreed });
  stage.bridge.answers['callback:move'] = ({ at, until }) => ({
    ok: true,
    value: { outcome: 'agreed', callback: { ...agreed, at, until } },
  });
  stage.stores.settings.setState({ language });
  stage.desk.start();
  const { desk, stores } = stage;
  const add = {
    ...{ id: 'record.followUp', label: 'Add', shortcut: 'Alt+F', isEnabled: true },
    perform: () => desk.followUps.open(subjectOf(popped, 'Margaret Okafor', 'i-1')),
  };
  const alone = (
    <TextProvider i18n={createI18n(language)} language={language}>
      <WhatHappensNext stores={stores} deeds={desk.followUps} interactionId="i-1" pop={popped} add={add} addUsual={add} />
      <FollowUpDialog stores={stores} deeds={desk.followUps} />
    </TextProvider>
  );
  render(whole ? <App desk={desk} i18n={createI18n(language)} /> : alone);
  const next = language === 'en' ? 'What happens next' : '后续任务';
  const heading = await screen.findByText(next);
  const section = within(heading.closest('section') as HTMLElement);
  const user = userEvent.setup({ delay: null });
  const open = () => (whole ? user.keyboard('{Alt>}f{/Alt}') : user.click(section.getByText(language === 'en' ? 'Add' : '添加')));
  return { ...stage, agreed, schedules, section, user, open };
}

/** The form for a follow-up, once it stands there. By its title: asking a whole page for its roles takes long. */
async function theForm() {
  const title = await screen.findByText(/^Follow-up for|的后续任务$/);
  // The keyboard is where one writes by the next frame.
  await waitFor(() => expect(document.activeElement?.matches('[role=dialog] input:not([type=radio])')).toBe(true));
  return within(title.closest('[role=dialog]') as HTMLElement);
}

beforeAll(async () => {
  await import('../../../../renderer/app/Workplace.tsx');
  standInForScreen();
});
afterEach(cleanup);

describe('what happens next', () => {
  it('is a callback by keys alone: Alt F, what it is about, Ctrl Enter; it stands in the wrap-up, which goes on, and can be taken back', async () => {
    const { user, sent, section, bridge, stores, open } = await wrapping(margaret, 'en', true);
    stores.view.setState({ outcomes: { 'i-1': 'billExplained' } });
    await open();
    await theForm();
    await user.keyboard('Renewal{Control>}{Enter}{/Control}');
    await waitFor(() => expect(sent('callback:schedule')).toHaveLength(1));
    expect(sent('interaction:complete')).toEqual([]);
    expect(sent('callback:schedule')[0]?.request).toMatchObject({
      ...{ contactId, number: '+447700900142', interactionId: 'i-1', text: 'Renewal', to: 'me', isSure: false },
    });
    const [asked] = sent('callback:schedule');
    const { at, until } = (asked?.request ?? {}) as { at: number; until: number };
    expect([at >= Date.now() + hour - 1, until - at]).toEqual([true, hour]);
    await section.findByText('Stored');
    expect(screen.queryByText('Follow-up for Margaret Okafor')).toBeNull();
    expect(bridge.commands.filter(({ name }) => name === 'work:mine')).toHaveLength(2);
    await user.click(section.getByRole('button', { name: 'Take back: Renewal' }));
    await waitFor(() => expect(sent('callback:cancel')[0]?.request).toEqual({ callbackId: 'c-9' }));
    await waitFor(() => expect(section.queryByText('Stored')).toBeNull());
  });

  it('says what speaks against a time before it is agreed, and asks no more once another time is chosen', async () => {
    const { user, sent, schedules, agreed, open } = await wrapping();
    schedules({ outcome: 'doubtful', doubts: ['queueClosed', 'notPreferred'] }, { outcome: 'agreed', callback: agreed });
    await open();
    const dialog = await theForm();
    await user.keyboard('Renewal{Enter}');
    await dialog.findByText('Nobody is there at that time: the queue is closed.');
    expect(dialog.getByText('Margaret Okafor asked to be called at other hours.')).toBeDefined();
    await user.click(dialog.getByRole('button', { name: /^Tomorrow/ }));
    expect(dialog.queryByRole('button', { name: 'Agree all the same' })).toBeNull();
    await user.click(dialog.getByRole('button', { name: 'Agree the callback' }));
    await waitFor(() => expect(sent('callback:schedule')[1]?.request).toMatchObject({ isSure: false }));
  });

  it('is agreed all the same by whoever is sure', async () => {
    const { user, sent, schedules, agreed, open } = await wrapping();
    schedules({ outcome: 'doubtful', doubts: ['queueClosed'] }, { outcome: 'agreed', callback: agreed });
    await open();
    await theForm();
    await user.keyboard('Renewal{Enter}');
    await screen.findByText('Agree all the same');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(sent('callback:schedule')[1]?.request).toMatchObject({ isSure: true }));
  });

  it('moves the callback that stands already, and makes no second one', async () => {
    const { user, sent, schedules, agreed, open } = await wrapping();
    schedules({ outcome: 'standing', callback: { ...agreed, callbackId: 'c-0', text: 'The bill' } });
    await open();
    await theForm();
    await user.keyboard('Renewal{Enter}');
    await screen.findByText(/is to be called already: .* agreed by Lena Hartmann \(The bill\)/);
    await user.click(screen.getByText('Move it to this time'));
    await waitFor(() => expect(sent('callback:move')[0]?.request).toMatchObject({ callbackId: 'c-0' }));
    expect(sent('callback:schedule')).toHaveLength(1);
  });

  it('keeps what was typed when it is refused, and says why', async () => {
    const { user, schedules, open } = await wrapping();
    schedules({ outcome: 'refused', why: 'premium' });
    await open();
    await theForm();
    await user.keyboard('Renewal{Enter}');
    await screen.findByText('It costs extra. Your role may not call such numbers.');
    expect(screen.getByLabelText<HTMLInputElement>('What the call is about').value).toBe('Renewal');
  });

  it('is a promise or a task as well, which need nobody to be called', async () => {
    const { user, sent, bridge, open } = await wrapping();
    bridge.answers['contact:make-promise'] = () => ({ ok: true, value: { promiseId: 'p-9', ownerAgentId: 'ag-1' } });
    await open();
    await user.click((await theForm()).getByRole('radio', { name: 'Promise' }));
    await user.type(screen.getByLabelText('What was promised'), 'Answer in writing');
    await user.click(screen.getByText('Store the promise'));
    await waitFor(() =>
      expect(sent('contact:make-promise')[0]?.request).toMatchObject({ contactId, text: 'Answer in writing', interactionId: 'i-1' }),
    );
    expect(sent('callback:schedule')).toEqual([]);
  });

  it('says of a callback this call stood for that it is done with, and agrees it again', async () => {
    const { user, sent, section } = await wrapping({ ...margaret, agreed: { at: now + 30 * hour, about: 'Quote', by: 'Wei Chen' } });
    await user.click(section.getByRole('button', { name: 'Agree it again: Quote' }));
    await user.click((await theForm()).getByRole('button', { name: 'Agree the callback' }));
    await waitFor(() => expect(sent('callback:schedule')[0]?.request).toMatchObject({ text: 'Quote', at: now + 30 * hour }));
  });

  it('of a stranger is a callback to their number, and nothing that needs a record', async () => {
    const { user, section, sent } = await wrapping(pop('unknown', now, 10_000, 'zh'), 'zh');
    expect(section.queryByRole('button', { name: '任务' })).toBeNull();
    await user.click(section.getByRole('button', { name: '回电' }));
    const dialog = await theForm();
    expect(dialog.queryByRole('radio')).toBeNull();
    await user.keyboard('回复{Enter}');
    await waitFor(() => expect(sent('callback:schedule')[0]?.request).toMatchObject({ contactId: null, text: '回复' }));
  });
});

describe('promised today', () => {
  it('stands below the work, what is late first, what is for another day not at all; the bridge says when it changes', async () => {
    const stage = deskOnStage(now);
    stage.bridge.answers['work:mine'] = () => ({ ok: true, value: ownWork(now, 'en') });
    stage.desk.start();
    render(<App desk={stage.desk} i18n={createI18n('en')} />);
    const group = within(await screen.findByRole('region', { name: 'Promised today' }));
    const names = () => group.getAllByRole('listitem').map((item) => item.textContent ?? '');
    expect(names()[0]).toMatch(/^Brook Street Clinic.*overdue/);
    expect(names().join()).not.toContain('Not today');
    expect(group.getByText('in line')).toBeDefined();
    stage.bridge.answers['work:mine'] = () => ({ ok: true, value: { promises: [], tasks: [], callbacks: [] } });
    stage.bridge.push('work:changed', {});
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Promised today' })).toBeNull());
  });

  it('is opened by Enter, done by Ctrl Enter, and of a number that is nobody’s moved', async () => {
    const stage = deskOnStage(now);
    const user = userEvent.setup({ delay: null });
    stage.bridge.answers['work:mine'] = () => ({ ok: true, value: ownWork(now, 'en') });
    stage.bridge.answers['contact:page'] = () => ({ ok: false, error: { code: 'not_found', message: '' } });
    stage.desk.start();
    render(<App desk={stage.desk} i18n={createI18n('en')} />);
    const group = within(await screen.findByRole('region', { name: 'Promised today' }));
    group.getByRole('button', { name: /^Promise ?Brook Street/ }).focus();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(stage.sent('contact:keep-promise')[0]?.request).toEqual({ promiseId: 'p-1' }));
    group.getByRole('button', { name: /^Callback ?\+44 7700 900333/ }).focus();
    await user.keyboard('{Enter}');
    await screen.findByText('Move the callback to +44 7700 900333');
    await user.keyboard('{Escape}');
    group.getByRole('button', { name: /^Promise ?Brook Street/ }).focus();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(stage.stores.view.getState().place).toBe('customer'));
    expect(stage.sent('contact:page')[0]?.request).toEqual({ contactId: 'person-p-1' });
  });
});
