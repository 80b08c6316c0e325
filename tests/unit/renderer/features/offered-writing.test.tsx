import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { doingText } from '../../../../renderer/features/board/words.ts';
import { agentState } from '../../../../renderer/features/call-bar/agent-state.ts';
import { CustomerHead } from '../../../../renderer/features/customer/CustomerHead.tsx';
import { Notices } from '../../../../renderer/features/notices/index.ts';
import { TargetLine } from '../../../../renderer/features/transfer/TargetLine.tsx';
import { formatsOf, type Text, TextProvider } from '../../../../renderer/i18n/index.ts';
import { createStores, emptyDesk, notify } from '../../../../renderer/stores/index.ts';
import type { AgentRow, Board } from '../../../../shared/contracts/board.ts';
import type { ScreenPop } from '../../../../shared/contracts/screen-pop.ts';
import { createI18n } from '../../../support/both-languages.ts';

afterEach(cleanup);

const texts = (['en', 'zh'] as const).map((language): Text => {
  const i18n = createI18n(language);
  return { t: (key, facts) => i18n.t(key, facts ?? {}), formats: formatsOf(language) };
});

it('what is written does not ring: it is offered, to whoever sees it come and on the board', () => {
  const states = (channel: string) => {
    const desk = { ...emptyDesk, agent: { workState: 'reserved', presence: 'available', since: 0 }, offers: [{ channel }] } as never;
    return texts.map((text) => agentState(text, desk, { bridge: 'connected' } as never, 0).name);
  };
  expect(states('email')).toEqual(['Offered', '待接入']);
  expect(states('voice')).toEqual(['Ringing', '振铃']);

  const doing = (channel: string) => {
    const works = [{ channel, state: 'reserved', queueId: 'q', interactionId: 'i', since: 0 }];
    const agent = { workState: 'reserved', presence: 'available', works } as unknown as AgentRow;
    return texts.map(
      (text) => doingText(text, agent, { queues: [] } as unknown as Board, { reasons: [], skills: [] } as never).split(' ·')[0],
    );
  };
  expect(doing('email')).toEqual(['Offered', '待接入']);
  expect(doing('voice')).toEqual(['Ringing', '振铃']);
});

it('whoever writes and has no record is named once', () => {
  const head = (display: string, presentedName: string | null) => {
    const pop = { match: { kind: 'unknown' }, caller: { display, presentedName, kind: 'email' }, written: { channel: 'email' } };
    const { container, unmount } = render(
      <TextProvider i18n={createI18n('en')} language="en">
        <CustomerHead pop={pop as unknown as ScreenPop} page={{} as never} />
      </TextProvider>,
    );
    const text = container.textContent ?? '';
    unmount();
    return text;
  };
  expect(head('wang@example.cn', null).split('wang@example.cn')).toHaveLength(2);
  expect(head('wang@example.cn', null)).toContain('E-mail');
  expect(head('wang@example.cn', 'Wang')).toMatch(/Wang.*wang@example\.cn/);
});

it('colleagues of whom all is written are not on the telephone, in the list of those whom one may ask', () => {
  const line = (workState: 'reserved' | 'engaged', channel: 'voice' | 'email') => {
    const room = [{ channel, inHand: 1, most: 3 }];
    const agent = { agentId: 'a', name: 'Wei', extension: '6013', presence: 'available', workState, since: 0, skills: [], room };
    const target = { kind: 'colleague', id: 'agent-a', colleague: { agent, mayBeAsked: true }, isOpen: true } as never;
    const { container, unmount } = render(
      <TextProvider i18n={createI18n('en')} language="en">
        <TargetLine target={target} desk={emptyDesk} typed="" now={1_000} isAtHand={false} shortcut={null} onChoose={() => {}} />
      </TextProvider>,
    );
    const text = container.textContent ?? '';
    unmount();
    return text;
  };
  expect(line('reserved', 'email')).toContain('Offered');
  expect(line('engaged', 'email')).toContain('In conversation');
  expect([line('reserved', 'voice'), line('engaged', 'voice')]).toEqual([
    expect.stringContaining('Ringing'),
    expect.stringContaining('On a call'),
  ]);
});

it('whoever loses written work, or an offer of it, is told in its words', () => {
  const stores = createStores({ bridgeUrl: '', theme: 'light', language: 'en' });
  notify(stores, { kind: 'workGone', name: 'Wang', why: 'given' });
  notify(stores, { kind: 'offerEnded', cause: 'noAnswer', name: 'Chen', isWritten: true });
  notify(stores, { kind: 'offerEnded', cause: 'released', name: 'Zhou', isWritten: true });
  const { container } = render(
    <TextProvider i18n={createI18n('en')} language="en">
      <Notices stores={stores} onDiscardDraft={() => {}} onUndoEdit={() => {}} onAvailable={() => {}} />
    </TextProvider>,
  );
  const told = container.textContent ?? '';
  expect(told).toContain('Wang is no longer in your work');
  expect(told).toContain('A supervisor gave it to somebody else.');
  expect(told).toContain('Chen was not taken in time');
  expect(told).toContain('A supervisor took back the offer of Zhou');
  expect(told).not.toMatch(/call|rings/);
});
