import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { actions } from '../../../../renderer/app/actions/index.ts';
import { WhatHappensNext } from '../../../../renderer/features/follow-ups/index.ts';
import { TextProvider } from '../../../../renderer/i18n/index.ts';
import { subjectOf } from '../../../../renderer/stores/index.ts';
import type { UsualFollowUp } from '../../../../shared/contracts/usual-follow-up.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { deskOnStage } from './stage.ts';

const now = Date.now();
const margaret = pop('certain', now - 600_000, 10_000, 'en');
const answer: UsualFollowUp = { kind: 'promise', text: { en: 'Answer in writing', zh: '书面答复' }, inDays: 3 };
const call: UsualFollowUp = { kind: 'callback', text: { en: 'Ask how it went', zh: '回访' }, inDays: 0 };

/** What follows from a contact after which something is usual, with nothing chosen yet. */
function after(language: 'en' | 'zh' = 'en') {
  const stage = deskOnStage(now);
  const { stores, desk } = stage;
  stage.bridge.isConnected = true;
  stage.bridge.answers['contact:make-promise'] = () => ({ ok: true, value: { promiseId: 'p-1' } });
  stores.settings.setState({ language });
  const labels = { en: 'Complaint', zh: '投诉' };
  stores.desk.setState({
    dispositions: [
      { code: 'complaint', label: labels, parent: null, usual: answer },
      { code: 'fault', label: labels, parent: null, usual: call },
      { code: 'other', label: labels, parent: null },
    ],
  });
  const usualOf = () => stores.desk.getState().dispositions.find(({ code }) => code === stores.view.getState().outcomes['i-1'])?.usual;
  const addUsual = {
    ...{ id: 'followUp.usual', label: 'Usual', shortcut: actions['followUp.usual'].shortcut, isEnabled: true },
    perform() {
      const usual = usualOf();
      if (usual) desk.followUps.addUsual(subjectOf(margaret, 'Margaret Okafor', 'i-1'), usual);
    },
  };
  const add = { ...{ id: 'record.followUp', label: 'Add', shortcut: 'Alt+F', isEnabled: true }, perform: () => undefined };
  render(
    <TextProvider i18n={createI18n(language)} language={language}>
      <WhatHappensNext stores={stores} deeds={desk.followUps} interactionId="i-1" pop={margaret} add={add} addUsual={addUsual} />
    </TextProvider>,
  );
  return { ...stage, choose: (code: string) => stores.view.setState({ outcomes: { 'i-1': code } }) };
}

afterEach(cleanup);

describe('what usually follows from an outcome', () => {
  it('is proposed when it is chosen, set down with one press, and proposed no more; nothing is set down by itself', async () => {
    const { choose, sent } = after();
    expect(screen.queryByText(/^Usual:/)).toBeNull();
    choose('other');
    expect(screen.queryByText(/^Usual:/)).toBeNull();
    choose('complaint');
    const line = (await screen.findByText('Usual: Answer in writing')).closest('li') as HTMLElement;
    expect(sent('contact:make-promise')).toEqual([]);
    await userEvent.click(line.querySelector('button') as HTMLButtonElement);
    await screen.findByText('Stored');
    expect(screen.queryByText(/^Usual:/)).toBeNull();
    const [made] = sent('contact:make-promise');
    expect(made?.request).toMatchObject({ text: 'Answer in writing', interactionId: 'i-1' });
    const { dueAt } = (made?.request ?? {}) as { dueAt?: number };
    const due = new Date(now);
    due.setDate(due.getDate() + 3);
    expect(dueAt).toBe(due.setHours(9, 0, 0, 0));
  });

  it('is a form where it is a callback, and speaks the language of the screen', async () => {
    const { choose, stores, sent } = after('zh');
    choose('fault');
    const line = (await screen.findByText('通常：回访')).closest('li') as HTMLElement;
    await userEvent.click(line.querySelector('button') as HTMLButtonElement);
    await waitFor(() => expect(stores.followUps.getState().form).toMatchObject({ kind: 'callback', text: '回访', interactionId: 'i-1' }));
    expect(sent('callback:schedule')).toEqual([]);
  });
});
