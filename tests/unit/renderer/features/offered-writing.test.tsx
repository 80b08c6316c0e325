import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { doingText } from '../../../../renderer/features/board/words.ts';
import { agentState } from '../../../../renderer/features/call-bar/agent-state.ts';
import { CustomerHead } from '../../../../renderer/features/customer/CustomerHead.tsx';
import { createI18n, formatsOf, type Text, TextProvider } from '../../../../renderer/i18n/index.ts';
import { emptyDesk } from '../../../../renderer/stores/index.ts';
import type { AgentRow, Board } from '../../../../shared/contracts/board.ts';
import type { ScreenPop } from '../../../../shared/contracts/screen-pop.ts';

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
