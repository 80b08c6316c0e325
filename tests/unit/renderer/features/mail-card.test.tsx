import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import type { InboxDeeds } from '../../../../renderer/features/inbox/deeds.ts';
import { MailCard } from '../../../../renderer/features/inbox/MailCard.tsx';
import { TextProvider } from '../../../../renderer/i18n/index.ts';
import type { MessageView } from '../../../../shared/contracts/messages/conversation.ts';
import { createI18n } from '../../../support/both-languages.ts';

afterEach(cleanup);

const message = {
  ...{ messageId: 'm1', conversationId: 'c1', seq: 1, kind: 'in', at: 0, text: 'Hello', quoted: '', subject: null, state: null },
  ...{ files: [], leftOut: [], html: { hasRemoteContent: true }, author: { kind: 'customer', name: null }, mail: null },
} as unknown as MessageView;

interface StageProps {
  readonly asked: string[];
  readonly address: string | null;
  readonly saved?: string[];
  readonly leftOut?: MessageView['leftOut'];
  readonly language?: 'en' | 'zh';
}

function Stage({ asked, address, saved = [], leftOut = [], language = 'en' }: StageProps) {
  const [isPictured, setIsPictured] = useState(false);
  const [deeds] = useState(
    () =>
      ({
        fetchHtml: async () => '<p>Hello</p><img data-remote-src="https://far.example/a.png">',
        fetchFile: async () => null,
        saveSource: (messageId: string) => saved.push(messageId),
        showPictures: () => setIsPictured(true),
        openMailPage: async (messageId: string) => {
          asked.push(messageId);
          return address;
        },
      }) as unknown as InboxDeeds,
  );
  return (
    <TextProvider i18n={createI18n(language)} language={language}>
      <MailCard
        {...{ message: { ...message, leftOut }, deeds, isPictured, channel: 'email' }}
        {...{ ownName: 'Lena', theirName: 'Nan', now: 0, isLast: true, isReadOnly: false, isBusy: false, below: null }}
      />
    </TextProvider>
  );
}

const frame = () => screen.findByTitle('The mail of Nan');

it('shows pictures from elsewhere on the page of the mail, and only once somebody asks for them', async () => {
  const asked: string[] = [];
  render(<Stage asked={asked} address="http://bridge.example/api/mail-pages/t" />);
  expect((await frame()).hasAttribute('src')).toBe(false);
  expect(asked).toEqual([]);
  await userEvent.setup({ delay: null }).click(screen.getByRole('button', { name: 'Show pictures' }));
  const page = await frame();
  expect([page.getAttribute('src'), page.getAttribute('referrerpolicy')]).toEqual([
    'http://bridge.example/api/mail-pages/t',
    'no-referrer',
  ]);
  expect(page.getAttribute('sandbox')).not.toMatch(/scripts|same-origin|forms|top-navigation/);
  expect(asked).toEqual(['m1']);
  expect(screen.queryByRole('button', { name: 'Show pictures' })).toBeNull();
});

it('keeps the mail as it was where its page cannot be had', async () => {
  const asked: string[] = [];
  render(<Stage asked={asked} address={null} />);
  await frame();
  await userEvent.setup({ delay: null }).click(screen.getByRole('button', { name: 'Show pictures' }));
  expect(asked).toEqual(['m1']);
  expect((await frame()).hasAttribute('src')).toBe(false);
});

it('hands over the mail as it came in', async () => {
  const saved: string[] = [];
  render(<Stage asked={[]} address={null} saved={saved} />);
  await userEvent.setup({ delay: null }).click(screen.getByRole('button', { name: 'Save the original' }));
  expect(saved).toEqual(['m1']);
});

it.each([
  ['en', 'Save the original'],
  ['zh', '保存原件'],
] as const)('says where the end of a text is that was too long, in %s', (language, button) => {
  render(<Stage asked={[]} address={null} leftOut={[{ name: '', why: 'textTooLong' }]} language={language} />);
  expect(screen.getByRole('button', { name: button })).toBeDefined();
  expect(screen.getAllByText(new RegExp(button))).toHaveLength(2);
});
