import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import { readComposed } from '../../../../renderer/stores/index.ts';
import type { MessageView } from '../../../../shared/contracts/messages/conversation.ts';
import type { WaitingWork, WrittenWork } from '../../../../shared/contracts/messages/inbox.ts';
import type { Offer } from '../../../../shared/contracts/screen-pop.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { chatOf, messageOf, stageTemplates, waitingOf, workOf, writtenPop } from '../../../support/ui-stage/conversations.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();
const chat = workOf('chat', now, {
  interactionId: 'i-chat',
  name: 'Aylin Demir',
  waitsSince: now - 48_000,
  unread: 1,
  preview: 'Both names',
});
const sms = workOf('sms', now, { interactionId: 'i-sms', name: 'Tomasz Zielinski', waitsSince: now - 9_000, preview: 'No signal' });
const conversationId = chat.conversation.conversationId;

/** A desk with that in hand, on the screen. */
async function inboxWith(
  mine: readonly WrittenWork[],
  waiting: readonly WaitingWork[] = [],
  messages: readonly MessageView[] = chatOf(conversationId, now, 'en'),
) {
  const stage = deskOnStage(now);
  const { bridge } = stage;
  bridge.snapshotNow = { ...bridge.snapshotNow, inbox: { mine: [...mine], waiting: [...waiting] } };
  bridge.answers['conversation:messages'] = ({ conversationId: asked }) => ({
    ok: true,
    value: {
      conversation: mine.find(({ conversation }) => conversation.conversationId === asked)?.conversation ?? chat.conversation,
      messages: messages.filter((message) => message.conversationId === asked),
      hasMore: false,
    },
  });
  bridge.answers['message:save-draft'] = ({ interactionId, composed, revision }) => ({
    ok: true,
    value: { interactionId, composed, files: [], revision, savedAt: now },
  });
  let stored = messages.length;
  bridge.answers['message:send'] = ({ composed }) => ({
    ok: true,
    value: messageOf(conversationId, (stored += 1), 'out', composed.text, now, { state: { name: 'sent', why: null, at: now } }),
  });
  bridge.answers['sources:list'] = () => ({
    ok: true,
    value: {
      sources: [
        { id: 'care', channel: 'email', name: { en: 'Care', zh: '客服' }, address: 'care@northline.example', sends: true },
        { id: 'billing', channel: 'email', name: { en: 'Billing', zh: '账务' }, address: 'billing@northline.example', sends: true },
        { id: 'fax', channel: 'email', name: { en: 'Fax', zh: '传真' }, address: 'fax@northline.example', sends: false },
      ],
    },
  });
  bridge.answers['templates:list'] = () => ({ ok: true, value: { templates: [...stageTemplates] } });
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  await screen.findByRole('heading', { name: 'My work' });
  return { ...stage, user: userEvent.setup() };
}
const field = (name = 'Aylin Demir') => screen.findByRole<HTMLTextAreaElement>('textbox', { name: `Message to ${name}` });
const offerOf = (reservationId: string): Offer => ({
  ...{ reservationId, interactionId: 'i-new', channel: 'chat', offeredAt: now, ringsUntil: now + 30_000 },
  pop: { ...writtenPop('chat', 'en', now, 'Priya Nair', 'My invoice shows two lines'), interactionId: 'i-new' },
});

beforeAll(async () => {
  standInForScreen();
  // Their code comes when they are opened; here it is there.
  await Promise.all([
    import('../../../../renderer/app/Workplace.tsx'),
    import('../../../../renderer/features/inbox/index.ts'),
    import('../../../../renderer/features/inbox/MailComposer.tsx'),
  ]);
  // The editor asks where its caret stands, and jsdom lays nothing out.
  Range.prototype.getBoundingClientRect ??= () => new DOMRect();
  Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList;
});
afterEach(cleanup);

describe('the list of written work', () => {
  it('shows who waits, since when, what they said last, and who is typing', async () => {
    const { bridge } = await inboxWith([sms, chat]);
    const group = screen.getByRole('region', { name: 'Answer next' });
    expect(
      within(group)
        .getAllByRole('button')
        .map((each) => each.textContent),
    ).toEqual([
      expect.stringMatching(/^Aylin Demir\d:\d\d.*Both names1.*unread/),
      expect.stringMatching(/^Tomasz Zielinski\d:\d+.*No signal/),
    ]);
    bridge.push('conversation:typing-seen', { interactionId: 'i-sms' });
    await within(group).findByText('is typing');
  });

  it('says that a colleague writes in it too, until what they write is there', async () => {
    const { bridge } = await inboxWith([chat]);
    bridge.push('conversation:typing-seen', { interactionId: chat.interactionId, colleague: 'Lin Wei' });
    await screen.findByText('Lin Wei is writing here too');
    expect(screen.queryByText('is typing')).toBeNull();
    bridge.push('message:changed', messageOf(conversationId, 99, 'note', 'The 29th is free.', now));
    await waitFor(() => expect(screen.queryByText('Lin Wei is writing here too')).toBeNull());
  });

  it('is work, and no call, of whoever has it in hand', async () => {
    const { bridge } = await inboxWith([sms]);
    const { agent } = bridge.snapshotNow;
    if (agent) bridge.snapshotNow = { ...bridge.snapshotNow, agent: { ...agent, workState: 'engaged' } };
    bridge.restoreConnection();
    await screen.findByText('In conversation');
    expect(screen.queryByText('On a call')).toBeNull();
  });

  it('says of each channel how much is in hand, of how much there may be', async () => {
    const { bridge, stores } = await inboxWith([chat]);
    const { agent } = stores.desk.getState();
    if (!agent) throw new Error('nobody is signed in');
    const room = [
      { channel: 'voice', inHand: 0, most: 1 },
      { channel: 'chat', inHand: 1, most: 3 },
    ] as const;
    bridge.push('agent:changed', { ...agent, room: [...room] });
    const list = await screen.findByRole('list', { name: 'In hand, of what you can have at once' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ title }) => title),
    ).toEqual(['Chat: 1 of 3']);
  });

  it('goes to the next that waits with Ctrl J, and through all of it with Alt and the arrows', async () => {
    const { user } = await inboxWith([sms, chat]);
    await screen.findByRole('article', { name: 'Web chat: Aylin Demir' });
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await screen.findByRole('article', { name: 'Text messages: Tomasz Zielinski' });
    await user.keyboard('{Control>}j{/Control}');
    await screen.findByRole('article', { name: 'Web chat: Aylin Demir' });
    await waitFor(async () => expect(document.activeElement).toBe(await field()));
  });

  it('takes out of the queue what waits there, with Enter', async () => {
    const { user, bridge, sent } = await inboxWith([], [waitingOf('w-1', 'chat', 'Hugo Blanc', 'Anybody there?', now)]);
    bridge.answers['inbox:take'] = () => ({ ok: true, value: chat });
    await user.click(screen.getByRole('radio', { name: /Queue/ }));
    screen.getByRole('button', { name: /Hugo Blanc/ }).focus();
    await user.keyboard('{Enter}');
    expect(sent('inbox:take')).toMatchObject([{ request: { workItemId: 'w-1' } }]);
    await screen.findByRole('article', { name: 'Web chat: Aylin Demir' });
  });
});

describe('an offer of written work', () => {
  it('shows who it is and what they wrote, makes a sound, and is taken with F2', async () => {
    const { user, bridge, sent, heard } = await inboxWith([]);
    bridge.answers['reservation:accept'] = () => ({ ok: true, value: chat });
    bridge.push('reservation:offered', offerOf('r-new'));
    await screen.findByRole('article', { name: 'New chat' });
    expect(screen.getAllByRole('heading', { name: 'Priya Nair' })).toHaveLength(2);
    screen.getByText('My invoice shows two lines');
    expect(heard).toEqual(['chime']);
    await user.keyboard('{F2}');
    expect(sent('reservation:accept')).toMatchObject([{ request: { reservationId: 'r-new' } }]);
    await screen.findByRole('article', { name: 'Web chat: Aylin Demir' });
  });

  it('stands above what one is writing, takes no keyboard, and is declined with F12', async () => {
    const { user, bridge, sent } = await inboxWith([chat]);
    const text = await field();
    await user.type(text, 'Just a mo');
    bridge.push('reservation:offered', offerOf('r-new'));
    await screen.findByRole('region', { name: 'New chat' });
    expect(document.activeElement).toBe(text);
    await user.keyboard('ment{F12}');
    expect(text.value).toBe('Just a moment');
    expect(sent('reservation:reject')).toMatchObject([{ request: { reservationId: 'r-new' } }]);
    expect(sent('message:send')).toEqual([]);
  });
});

describe('writing to a customer', () => {
  it('sends a chat with Enter and is free for the next line at once', async () => {
    const { user, sent } = await inboxWith([chat]);
    await user.type(await field(), 'The 29th it is{Enter}');
    expect(sent('message:send')).toMatchObject([{ request: { interactionId: 'i-chat', composed: { text: 'The 29th it is' } } }]);
    expect((await field()).value).toBe('');
    await screen.findByText('The 29th it is');
  });

  it('never sends what an input method is still composing', async () => {
    const { user, sent } = await inboxWith([chat]);
    const text = await field();
    await user.type(text, 'ni hao');
    fireEvent.keyDown(text, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(text, { key: 'Enter', keyCode: 229 });
    expect(sent('message:send')).toEqual([]);
  });

  it('sends a text message with Ctrl Enter alone, and counts its parts while one types', async () => {
    const { user, sent } = await inboxWith([sms]);
    const text = await field('Tomasz Zielinski');
    await user.type(text, 'Repaired{Enter}');
    expect(sent('message:send')).toEqual([]);
    await screen.findByText('151 left · 1 SMS');
    await user.type(text, '🙏');
    await screen.findByText(/left · 1 SMS · Unicode/);
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(sent('message:send')).toHaveLength(1);
    // The key is the text's: nothing is finished by it.
    expect(screen.queryByRole('tree')).toBeNull();
  });

  it('is stored as one types, and says so', async () => {
    const { user, sent } = await inboxWith([chat]);
    await user.type(await field(), 'Done');
    await screen.findByText(/^Draft saved/);
    expect(sent('message:save-draft').at(-1)).toMatchObject({ request: { interactionId: 'i-chat', composed: { text: 'Done' } } });
  });

  it('is there again after a reload, also what the bridge never got', async () => {
    const first = await inboxWith([chat]);
    await screen.findByRole('article', { name: 'Web chat: Aylin Demir' });
    first.bridge.loseConnection();
    fireEvent.change(await field(), { target: { value: 'Half a sentence' } });
    expect([...first.keptMessages.values()].map((text) => readComposed(text).text)).toEqual(['Half a sentence']);
    await waitFor(() => screen.getByText('Kept on this computer'));
    first.bridge.restoreConnection();
    await screen.findByText(/^Draft saved/);
    expect(first.sent('message:save-draft').at(-1)).toMatchObject({ request: { composed: { text: 'Half a sentence' } } });
  });

  it('waits for the connection, and leaves once, under one name, when it is back', async () => {
    const { user, bridge, sent, keptOutbox } = await inboxWith([chat]);
    const text = await field();
    bridge.loseConnection();
    await user.type(text, 'Are you there?{Enter}');
    await screen.findByText('waits for the connection');
    expect(keptOutbox.size).toBe(1);
    bridge.restoreConnection();
    await waitFor(() => expect(keptOutbox.size).toBe(0));
    expect(sent('message:send')).toHaveLength(1);
  });

  it('keeps Ctrl Enter for itself only while there is something to send; then it finishes the conversation', async () => {
    const { user, sent } = await inboxWith([sms]);
    await user.type(await field('Tomasz Zielinski'), 'On Monday at nine.{Control>}{Enter}{/Control}');
    await waitFor(() => expect(sent('message:send')).toHaveLength(1));
    expect(screen.queryByRole('tree')).toBeNull();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByRole('tree');
  });

  it('gives back what was refused', async () => {
    const { user, bridge } = await inboxWith([chat]);
    bridge.answers['message:send'] = () => ({ ok: false, error: { code: 'forbidden', message: '' } });
    await user.type(await field(), 'No{Enter}');
    const said = await screen.findByRole('alert');
    expect(said.textContent).toContain('Not sent. Your role may not do this.');
    await user.click(within(said).getByRole('button', { name: 'Back to writing' }));
    expect((await field()).value).toBe('No');
  });

  it('puts in a quick reply by a slash, with what is known filled in and what is not marked', async () => {
    const { user } = await inboxWith([chat]);
    const text = await field();
    await user.type(text, '/mov');
    await screen.findByRole('option', { name: /what happens on the day/ });
    await user.keyboard('{Enter}');
    expect(text.value).toContain('Dear Aylin Demir,');
    await waitFor(() => expect(text.value.slice(text.selectionStart, text.selectionEnd)).toBe('{{caseNumber}}'));
  });

  it('is not possible to who wants no more text messages', async () => {
    await inboxWith([{ ...sms, conversation: { ...sms.conversation, isStopped: true } }]);
    await screen.findByText(/They want no more text messages/);
    expect((await field('Tomasz Zielinski')).disabled).toBe(true);
  });
});

describe('writing a mail', () => {
  const mail = workOf('email', now, { interactionId: 'i-mail', name: 'Brook Street Clinic', waitsSince: now - 60_000 });
  const inMail = mail.conversation.conversationId;
  const from = { address: 'reception@brookstreet.example', name: 'Brook Street Clinic' };
  const asked = messageOf(inMail, 1, 'in', 'Can we have a second line?', now, {
    ...{ subject: 'Second line', quoted: 'On Monday we wrote' },
    mail: {
      from,
      to: [{ address: 'care@northline.example', name: null }],
      cc: [{ address: 'it@brookstreet.example', name: null }],
      replyTo: [],
    },
  });

  it('begins with what it is to be, and goes to whom the mail says, words in their layout, once', async () => {
    const { user, sent, stores } = await inboxWith([mail], [], [asked]);
    await user.click(await screen.findByRole('button', { name: 'Reply all' }));
    const to = await screen.findByLabelText<HTMLInputElement>('To');
    expect(to.value).toBe('Brook Street Clinic <reception@brookstreet.example>');
    expect(screen.getByLabelText<HTMLInputElement>('Cc').value).toBe('it@brookstreet.example');
    expect(screen.getByLabelText<HTMLInputElement>('Subject').value).toBe('Re: Second line');
    stores.inbox.setState({ templates: stageTemplates });
    await user.click(screen.getByRole('button', { name: 'Quick replies' }));
    await user.click(await screen.findByRole('option', { name: /Add a second contact/ }));
    await screen.findByText(/What is the name and the number of the second contact/);
    await user.click(screen.getByRole('button', { name: /^Send/ }));
    expect(sent('message:send')).toMatchObject([
      {
        request: {
          interactionId: 'i-mail',
          composed: {
            ...{ kind: 'replyAll', about: asked.messageId, to: [from], subject: 'Re: Second line' },
            html: '<p>Of course. What is the name and the number of the second contact?</p>',
          },
        },
      },
    ]);
  });

  it('waits to be begun until what it answers is there, and which addresses are ours', async () => {
    const { user, bridge, stores } = await inboxWith([mail], [], [asked]);
    stores.inbox.setState({ sources: null });
    const late = Promise.withResolvers<void>();
    const { command } = bridge;
    bridge.command = (async (name: string, request: never) => {
      if (name === 'sources:list') await late.promise;
      return command.call(bridge, name as never, request);
    }) as typeof bridge.command;
    await user.click(await screen.findByRole('button', { name: 'Reply all' }));
    expect(screen.queryByLabelText('To')).toBeNull();
    late.resolve();
    expect((await screen.findByLabelText<HTMLInputElement>('Cc')).value).toBe('it@brookstreet.example');
  });

  it('says before it is sent that the last one to them came back', async () => {
    const bounced = messageOf(inMail, 2, 'event', 'bounced', now, {
      quoted: 'No such user',
      author: { kind: 'system', name: from.address },
    });
    const { user } = await inboxWith([mail], [], [asked, bounced]);
    await user.click(await screen.findByRole('button', { name: 'Reply' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/^A mail to reception@brookstreet.example came back on /);
  });

  it('is answered without a mouse: to whom it is due, reply, words, send, finish', async () => {
    const { user, sent, stores } = await inboxWith([mail], [], [asked]);
    stores.inbox.setState({ templates: stageTemplates });
    await user.keyboard('{Control>}j{/Control}');
    await screen.findByRole('article', { name: 'E-mail: Brook Street Clinic' });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Reply' })));
    await user.keyboard('{Enter}');
    const words = await screen.findByRole('textbox', { name: 'Text of the mail' });
    await waitFor(() => expect(document.activeElement).toBe(words));
    await user.keyboard('{Control>}q{/Control}');
    await screen.findByRole('option', { name: /Add a second contact/ });
    await user.keyboard('second{Enter}');
    await screen.findByText(/What is the name and the number of the second contact/);
    await waitFor(() => expect(document.activeElement).toBe(words));
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(sent('message:send')).toMatchObject([{ request: { interactionId: 'i-mail', composed: { kind: 'reply', to: [from] } } }]);
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Text of the mail' })).toBeNull());
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(stores.inbox.getState().panel).toMatchObject({ kind: 'finish', interactionId: 'i-mail' }));
  });

  it('goes nowhere while an address is none', async () => {
    const { user, sent } = await inboxWith([mail], [], [asked]);
    await user.click(await screen.findByRole('button', { name: 'Forward' }));
    const to = await screen.findByLabelText('To');
    await user.type(to, 'nobody');
    expect((await screen.findByRole('alert')).textContent).toBe('This is not an e-mail address: nobody');
    expect(sent('message:send')).toEqual([]);
  });

  it('shows what it answers folded', async () => {
    const { user } = await inboxWith([mail], [], [asked]);
    await screen.findByText('Can we have a second line?');
    expect(screen.queryByText('On Monday we wrote')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show what it answers' }));
    await screen.findByText('On Monday we wrote');
  });
});

describe('beside the work in hand', () => {
  it('begins a mail to the person on the screen with Ctrl E, which is then open to be written', async () => {
    const known = workOf('sms', now, { interactionId: 'i-known', name: null });
    const { user, bridge, sent } = await inboxWith([known]);
    const begun = workOf('email', now, { interactionId: 'i-begun', name: 'Margaret Okafor' });
    bridge.answers['conversation:begin'] = () => ({ ok: true, value: begun });
    await field('Margaret Okafor');
    await user.keyboard('{Control>}e{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'New e-mail' });
    const to = within(dialog).getByLabelText<HTMLInputElement>('E-mail address');
    expect(to.value).toBe('m.okafor@harbourvale.example');
    await user.clear(to);
    await user.type(to, 'nobody{Enter}');
    within(dialog).getByText('Type an e-mail address.');
    await user.clear(to);
    const own = await within(dialog).findByLabelText<HTMLSelectElement>('From');
    expect([...own.options].map(({ text }) => text)).toEqual(['Care (care@northline.example)', 'Billing (billing@northline.example)']);
    await user.selectOptions(own, 'billing');
    await user.type(to, 'm.okafor@harbourvale.example{Enter}');
    expect(sent('conversation:begin')).toMatchObject([
      { request: { channel: 'email', sourceId: 'billing', to: 'm.okafor@harbourvale.example', contactId: 'c-okafor' } },
    ]);
    await screen.findByRole('article', { name: 'E-mail: Margaret Okafor' });
    expect((await screen.findByLabelText<HTMLInputElement>('To')).value).toContain('aylin@demir-partners.example');
  });

  it('calls whoever writes with Ctrl B, from their conversation, which says so and stays in hand', async () => {
    const known = workOf('chat', now, { interactionId: 'i-known', name: null });
    const { user, bridge, stores, sent, phone } = await inboxWith([known]);
    stores.desk.setState(({ user: who }) => ({ user: who && { ...who, rights: [...who.rights, 'call:dial-out'] } }));
    bridge.answers['call:dial'] = () => ({ ok: true, value: { isDialled: true, interactionId: 'i-9', reservationId: 'r-9' } });
    await field('Margaret Okafor');
    await user.keyboard('{Control>}b{/Control}');
    await waitFor(() => expect(phone.deeds).toContain('rejoin r-9'));
    const begun = { number: '+44 7700 900142', conversationId: known.conversation.conversationId };
    expect(sent('call:dial')).toEqual([{ name: 'call:dial', request: begun }]);
    const event = (seq: number, text: string, name: string | null, quoted = '') =>
      messageOf(begun.conversationId, seq, 'event', text, now, { author: { kind: 'system', name }, quoted });
    bridge.push('message:changed', event(90, 'called', 'Lena Hartmann', '07700 900142'));
    bridge.push('message:changed', event(91, 'talked 192', null));
    await screen.findByText(/^Lena Hartmann called 07700 900142,/);
    await screen.findByText(/^Talked 3:12 on the phone,/);
    await field('Margaret Okafor');
  });

  it('shows the whole of an earlier conversation from the timeline, and nothing can be sent there', async () => {
    const known = workOf('chat', now, { interactionId: 'i-known', name: null });
    const { match } = known.pop;
    if (match.kind !== 'certain') throw new Error('the customer is known');
    const [first] = match.contact.timeline.items;
    if (!first) throw new Error('there is a timeline');
    const entry = {
      ...first,
      id: 'e-1',
      kind: 'chat' as const,
      title: 'Moving office',
      subject: { kind: 'conversation', id: conversationId },
    };
    const contact = { ...match.contact, timeline: { items: [entry], total: 1, nextBefore: null } };
    const { user } = await inboxWith([{ ...known, pop: { ...known.pop, match: { ...match, contact } } }]);
    await user.click(await screen.findByRole('button', { name: 'Show the whole conversation' }));
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText(/both names are on the account/);
    expect(within(dialog).queryByRole('textbox')).toBeNull();
  });

  it('has what could not be read, as text, for all who handle work; what becomes of it is for who watches the queues', async () => {
    const { user, desk, bridge, stores, sent } = await inboxWith([]);
    const arrival = {
      arrivalId: 'a-1',
      channel: 'email' as const,
      sourceId: 'care',
      receivedAt: now,
      bytes: 136_000,
      why: 'tooDeep',
      from: null,
    };
    bridge.answers['quarantine:list'] = () => ({ ok: true, value: { arrivals: [{ ...arrival, text: '<b>order</b>' }] } });
    desk.inbox.open({ kind: 'quarantine' });
    desk.inbox.loadQuarantine();
    const dialog = await screen.findByRole('dialog', { name: 'Unreadable messages' });
    await within(dialog).findByText('<b>order</b>');
    within(dialog).getByText('Its parts are nested too deeply.');
    within(dialog).getByRole('button', { name: 'Save the original' });
    expect(within(dialog).queryByRole('button', { name: /Read again|Discard/ })).toBeNull();
    act(() => stores.desk.setState(({ user: who }) => ({ user: who && { ...who, rights: [...who.rights, 'queue:watch'] } })));
    await user.click(within(dialog).getByRole('button', { name: 'Read again' }));
    expect(sent('quarantine:settle')).toMatchObject([{ request: { arrivalId: 'a-1', as: 'again' } }]);
    await within(dialog).findByText('Everything that came in could be read.');
  });
});

describe('letters and forms', () => {
  it('are brought in by key: what it is, the files, and what became of each', async () => {
    const { user, bridge } = await inboxWith([]);
    const name = { en: 'Letters', zh: '信函' };
    const sources = [
      { id: 'letters', name, kind: 'letter' },
      { id: 'forms', name: { en: 'Forms', zh: '表单' }, kind: 'form' },
    ];
    const content = new Blob([JSON.stringify({ sources })]);
    Object.assign(bridge, { fetchFile: async () => ({ ok: true, value: { name: null, content } }) });
    const known = new Set<string>();
    bridge.fileAnswers['/api/documents?sourceId=forms'] = ({ name: of }) => {
      const outcome = known.has(of) ? 'known' : 'kept';
      known.add(of);
      return { ok: true, value: { outcome } };
    };
    await user.keyboard('{Control>}u{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Bring in a letter or form' });
    await user.selectOptions(await within(dialog).findByRole('combobox', { name: 'What it is' }), 'Forms');
    const form = new File(['%PDF-1.7'], 'form-7.pdf', { type: 'application/pdf' });
    const field = dialog.querySelector<HTMLInputElement>('input[type=file]');
    if (!field) throw new Error('no place for files');
    await user.upload(field, form);
    await within(dialog).findByText('Brought in');
    await user.upload(field, form);
    await within(dialog).findByText('The same file was brought in before.');
    expect(within(dialog).getAllByText('form-7.pdf')).toHaveLength(2);
  });
});

describe('whose a letter is', () => {
  const hit = {
    kind: 'person' as const,
    subtitle: 'Harbour Vale',
    tier: null,
    isKeyAccount: false,
    matched: 'name' as const,
    detail: null,
  };
  const okafor = { ...hit, id: 'c-okafor', contactId: 'c-okafor', title: 'Margaret Okafor' };

  async function bringingIn() {
    const stage = await inboxWith([]);
    const { bridge } = stage;
    const sources = [{ id: 'letters', name: { en: 'Letters', zh: '信函' }, kind: 'letter' }];
    const content = new Blob([JSON.stringify({ sources })]);
    Object.assign(bridge, { fetchFile: async () => ({ ok: true, value: { name: null, content } }) });
    const company = { ...okafor, kind: 'account' as const, id: 'a-1', contactId: null, title: 'Okafor Ltd' };
    bridge.answers['customer:search'] = () => ({ ok: true, value: { hits: [company, okafor] } });
    const brought: string[] = [];
    for (const whose of ['', '&contactId=c-okafor'])
      bridge.fileAnswers[`/api/documents?sourceId=letters${whose}`] = () => {
        brought.push(whose);
        return { ok: true, value: { outcome: 'kept' } };
      };
    const upload = async (dialog: HTMLElement) => {
      const field = dialog.querySelector<HTMLInputElement>('input[type=file]');
      if (!field) throw new Error('no place for files');
      const before = brought.length;
      await stage.user.upload(field, new File(['%PDF-1.7'], 'lease.pdf', { type: 'application/pdf' }));
      await waitFor(() => expect(brought).toHaveLength(before + 1));
    };
    return { ...stage, brought, upload };
  }

  it('is found by name with the keys alone, and may be left open again', async () => {
    const { user, brought, upload } = await bringingIn();
    await user.keyboard('{Control>}u{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Bring in a letter or form' });
    await within(dialog).findByRole('option', { name: 'Letters' });
    await upload(dialog);
    const field = within(dialog).getByRole('combobox', { name: 'Belongs to' });
    await user.type(field, 'okaf');
    // Companies have no letters of their own.
    await within(dialog).findByRole('option', { name: /^Margaret Okafor/ });
    expect(within(dialog).queryByRole('option', { name: /Okafor Ltd/ })).toBeNull();
    expect((await axe.run(dialog, { rules: { 'color-contrast': { enabled: false } } })).violations).toEqual([]);
    await user.type(field, '{Enter}');
    await within(dialog).findByText('Margaret Okafor');
    await upload(dialog);
    await user.click(within(dialog).getByRole('button', { name: 'Choose somebody else' }));
    await upload(dialog);
    expect(brought).toEqual(['', '&contactId=c-okafor', '']);
    // What was typed is let go first, and only then the dialog.
    await user.type(within(dialog).getByRole('combobox', { name: 'Belongs to' }), 'o{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeNull();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('files of a message', () => {
  it('go up at once, leave with it, and are named when they do not go', async () => {
    const { user, bridge, sent } = await inboxWith([chat]);
    await field();
    const stored = { fileId: 'f-9', name: 'plan.pdf', mediaType: 'application/pdf', bytes: 4, contentId: null, pages: null };
    const path = '/api/message-files?interactionId=i-chat';
    bridge.fileAnswers[path] = (file) =>
      file.name === 'plan.pdf' ? { ok: true, value: stored } : { ok: false, error: { code: 'too_large', message: '' } };
    const chooser = document.querySelector<HTMLInputElement>('.composer input[type=file]');
    if (!chooser) throw new Error('no way to choose a file');
    await user.upload(chooser, [new File(['plan'], 'plan.pdf'), new File(['film'], 'film.mov')]);
    await screen.findByRole('button', { name: 'Remove plan.pdf' });
    await screen.findByText(/film.mov was not attached/);
    await user.type(await field(), 'Here it is{Enter}');
    expect(sent('message:send')).toMatchObject([{ request: { composed: { text: 'Here it is', fileIds: ['f-9'] } } }]);
  });
});

describe('a conversation', () => {
  it('shows what others wrote as text, whatever it is', async () => {
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script> ‮gnp.exe';
    await inboxWith(
      [chat],
      [],
      [
        messageOf(conversationId, 1, 'in', hostile, now, {
          files: [{ fileId: 'f', name: hostile, mediaType: 'text/html', bytes: 9, contentId: null, pages: null }],
        }),
      ],
    );
    expect((await screen.findAllByText((_text, element) => element?.textContent === hostile)).length).toBeGreaterThan(0);
    expect(document.querySelector('.messages script, .messages img')).toBeNull();
  });

  it('tells the bridge that it was seen, once', async () => {
    const { sent } = await inboxWith([chat]);
    await screen.findByText(/both names are on the account/);
    await waitFor(() => expect(sent('conversation:seen')).toMatchObject([{ request: { interactionId: 'i-chat', seq: 7 } }]));
  });

  it('shows a new message, and says it to those who cannot see', async () => {
    const { bridge } = await inboxWith([chat]);
    await screen.findByText(/both names are on the account/);
    bridge.push('message:changed', messageOf(conversationId, 8, 'in', 'One more thing', now));
    expect((await screen.findByRole('log')).textContent).toBe('Aylin Demir: One more thing');
  });

  it('fetches what it missed instead of showing a gap', async () => {
    const { bridge, sent } = await inboxWith([chat]);
    await screen.findByText(/both names are on the account/);
    bridge.push('message:changed', messageOf(conversationId, 10, 'in', 'Later', now));
    await waitFor(() => expect(sent('conversation:messages')).toHaveLength(2));
    expect(screen.queryByText('Later')).toBeNull();
  });

  it('asks what became of a message that may have been sent, and sends it again only when told to', async () => {
    const { user, bridge, sent } = await inboxWith(
      [chat],
      [],
      [messageOf(conversationId, 1, 'out', 'Your code', now, { state: { name: 'mayHaveBeenSent', why: null, at: now } })],
    );
    bridge.answers['message:settle'] = () => ({
      ok: true,
      value: messageOf(conversationId, 1, 'out', 'Your code', now, { state: { name: 'sent', why: null, at: now } }),
    });
    await user.click(await screen.findByRole('button', { name: 'It was sent' }));
    expect(sent('message:settle')).toMatchObject([{ request: { as: 'sent' } }]);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Send once more' })).toBeNull());
  });

  it('takes a note for the team with Alt N, which goes to nobody else', async () => {
    const { user, bridge, sent } = await inboxWith([chat]);
    bridge.answers['message:write-note'] = ({ text }) => ({ ok: true, value: messageOf(conversationId, 8, 'note', text, now) });
    await field();
    await user.keyboard('{Alt>}n{/Alt}');
    const note = await screen.findByRole('textbox', { name: 'Note for the team' });
    await user.type(note, 'Is a friend of Jon{Control>}{Enter}{/Control}');
    expect(sent('message:write-note')).toMatchObject([{ request: { interactionId: 'i-chat', text: 'Is a friend of Jon' } }]);
    expect(sent('message:send')).toEqual([]);
    await screen.findByText('Is a friend of Jon');
  });

  it('is finished with Ctrl Enter, an outcome by its digits, and Ctrl Enter', async () => {
    const { user, bridge, sent, stores } = await inboxWith([chat]);
    await field();
    await user.keyboard('{Control>}{Enter}{/Control}');
    const tree = await screen.findByRole('tree');
    await waitFor(() => expect(document.activeElement).toBe(tree));
    await user.keyboard('51');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(sent('inbox:close')).toMatchObject([{ request: { interactionId: 'i-chat', dispositionCode: 'wrong-number', note: '' } }]);
    bridge.push('inbox:gone', { interactionId: 'i-chat', why: 'closed' });
    await waitFor(() => expect(stores.view.getState().outcomes).toEqual({}));
    await waitFor(() => expect(screen.queryByRole('article', { name: /Web chat/ })).toBeNull());
  });

  it('is put off, handed over, and shared with a colleague, all by keys', async () => {
    const { user, bridge, sent } = await inboxWith([chat]);
    bridge.answers['inbox:snooze'] = ({ until }) => ({ ok: true, value: { ...chat, state: 'snoozed', snoozedUntil: until } });
    bridge.answers['inbox:invite'] = () => ({ ok: true, value: chat });
    bridge.answers['call:find-colleagues'] = () => ({ ok: true, value: { colleagues: [] } });
    await field();
    await user.keyboard('{F9}');
    const snooze = await screen.findByRole('dialog', { name: 'Snooze Aylin Demir' });
    await waitFor(() => expect(snooze.contains(document.activeElement)).toBe(true));
    await user.keyboard('1');
    expect(sent('inbox:snooze')).toHaveLength(1);
    await screen.findByRole('button', { name: /Take up again/ });
    await user.keyboard('{F6}');
    const dialog = await screen.findByRole('dialog', { name: 'Transfer Aylin Demir' });
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('combobox')));
    await user.keyboard('{Enter}');
    expect(sent('inbox:transfer')).toEqual([]);
    await user.keyboard('faults');
    await within(dialog).findByText('Faults');
    await waitFor(() => expect(within(dialog).getAllByRole('option')).toHaveLength(1));
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(sent('inbox:transfer')).toMatchObject([{ request: { interactionId: 'i-chat', to: { kind: 'queue', queueId: 'q-2' } } }]);
    expect(sent('call:transfer')).toEqual([]);
  });

  it('has nothing that axe objects to', async () => {
    await inboxWith([chat, sms]);
    await screen.findByText(/both names are on the account/);
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
});
