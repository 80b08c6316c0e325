import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { CardNumberWarning } from '../../../../renderer/features/inbox/CardNumberWarning.tsx';
import { DocumentInPlace } from '../../../../renderer/features/inbox/DocumentInPlace.tsx';
import { MessageItem } from '../../../../renderer/features/inbox/MessageItem.tsx';
import { QuickReplies } from '../../../../renderer/features/inbox/QuickReplies.tsx';
import { TextProvider } from '../../../../renderer/i18n/index.ts';
import type { MessageFile, MessageView } from '../../../../shared/contracts/messages/conversation.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { stageTemplates } from '../../../support/ui-stage/conversations.ts';

afterEach(cleanup);

const file = (fileId: string, mediaType: string): MessageFile => ({
  fileId,
  name: fileId,
  mediaType,
  bytes: 1,
  contentId: null,
  pages: null,
});

it('opens the first file of a fax that has pages where its conversation is', async () => {
  const opened: string[] = [];
  const deeds = {
    saveFile: () => {},
    openPages: async ({ fileId }: Pick<MessageFile, 'fileId'>) => {
      opened.push(fileId);
      return null;
    },
  };
  render(
    <TextProvider i18n={createI18n('en')} language="en">
      <DocumentInPlace
        files={[file('cover.txt', 'text/plain'), file('fax.tif', 'image/tiff'), file('b.pdf', 'application/pdf')]}
        deeds={deeds}
      />
    </TextProvider>,
  );
  await waitFor(() => expect(opened).toEqual(['fax.tif']));
});

it('says of a text message that parts of it never came, and that it may be a repeat', () => {
  const message: MessageView = {
    ...{ messageId: 'm1', conversationId: 'c1', seq: 1, kind: 'in', at: 0, author: { kind: 'customer', name: null }, state: null },
    ...{ subject: null, text: 'one […] three', quoted: '', html: null, mail: null, files: [], leftOut: [] },
    sms: { segments: 2, isIncomplete: true, mayBeRepeat: true },
  };
  const shown = { message, channel: 'sms' as const, deeds: {} as never, ownName: 'Lena', theirName: 'Mei', now: 0 };
  render(
    <TextProvider i18n={createI18n('en')} language="en">
      <MessageItem {...shown} isLast={false} isPictured={false} isReadOnly={false} isBusy={false} />
    </TextProvider>,
  );
  for (const words of ['one […] three', 'Parts of this text message never came.', 'May be the message before it, delivered twice.'])
    expect(screen.getByText(words)).toBeDefined();
});

it('shows quick replies as they will be sent, what nobody knows as it was written', () => {
  const [template] = stageTemplates;
  if (!template) throw new Error('the stage has templates');
  const found = [{ ...template, text: { en: 'Hello {{customerName}}, case {{caseNumber}}', zh: '您好' } }];
  render(
    <TextProvider i18n={createI18n('en')} language="en">
      <QuickReplies {...{ found, locale: 'en', atHand: 0, id: 'q', onChoose: () => {} }} fields={{ customerName: 'Aylin Demir' }} />
    </TextProvider>,
  );
  expect(screen.getByRole('option').textContent).toContain('Hello Aylin Demir, case {{caseNumber}}');
});

it('warns of a card number while it is written, and says no more once there is none', () => {
  const warning = (text: string) => (
    <TextProvider i18n={createI18n('zh')} language="zh">
      <CardNumberWarning text={text} />
    </TextProvider>
  );
  const { rerender } = render(warning('卡号 4111 1111 1111 1111'));
  expect(screen.getByRole('alert').textContent).toContain('末四位');
  rerender(warning('卡号 •••• •••• •••• 1111'));
  expect(screen.queryByRole('alert')).toBeNull();
});
