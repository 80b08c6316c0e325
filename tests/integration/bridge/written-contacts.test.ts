import { once } from 'node:events';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { plainTrunk } from '../../../shared/contracts/calling.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import { chatWireVersion } from '../../../shared/contracts/messages/chat-limits.ts';
import type { FromVisitor, ToVisitor } from '../../../shared/contracts/messages/chat-widget.ts';
import type { Composed } from '../../../shared/contracts/messages/conversation.ts';
import { type ServedSmsc, serveSmsc } from '../../../tools/sms/serve-smsc.ts';
import { bringMail } from '../../support/bring-mail.ts';
import { giveFlow } from '../../support/give-flow.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { ScriptedPhone } from '../../support/scripted-phone/index.ts';
import { BridgeStage } from './bridge-stage.ts';

/** Written contacts through a whole bridge: its own mail server, the chat's socket, the router, agents' desktops, and the disk after a restart. */

let stage: BridgeStage;
const config = { mail: { intake: { host: '127.0.0.1', port: 0 } } };

let network: ServedSmsc;
const secret = 'WRITTEN_CONTACTS_TEST_PASSWORD';

beforeEach(async () => {
  process.env[secret] = 'sesame';
  network = await serveSmsc({ host: '127.0.0.1', port: 0, phonesPort: null, deliveredAfterMs: 20 });
  stage = await BridgeStage.open({ config, setUp: withTexts });
});

/** The demo's line of text messages, at the simulated network. */
const withTexts = (configuration: Configuration): Configuration => ({
  ...configuration,
  smsLines: [
    {
      ...{ id: 'service-number', name: { en: 'Service number', zh: '短信服务号' }, number: '10655901', queue: 'texts' },
      carrier: {
        ...{ kind: 'smpp', host: '127.0.0.1', port: network.port, tls: false, systemId: 'test', password: { env: secret } },
        ...{ systemType: '', window: 10, perSecond: 100 },
      },
      stopped: { en: 'You will get no more.', zh: '您已退订。' },
      resumed: { en: 'You will get messages again.', zh: '您已恢复。' },
    },
  ],
  surveys: configuration.surveys.map((survey) => ({
    ...{ ...survey, address: 'https://care.example', afterMinutes: 0, notAgainWithinDays: 0 },
    by: { ...survey.by, email: 'email', sms: 'sms' },
  })),
});

/** What stands in the link of the mail that asks. */
function linkOf(folder: string): string {
  const sqlite = new Sqlite(join(folder, 'crosspoint.db'), { readonly: true });
  try {
    const row = sqlite.prepare("select token from survey where sent_by = 'email' and state = 'sent'").get() as
      | { token: string }
      | undefined;
    return row?.token ?? '';
  } finally {
    sqlite.close();
  }
}

afterEach(async () => {
  await stage.close();
  await network.stop();
  expect(stage.bridge.bugs).toEqual([]);
});

const composed = (text: string, more: Partial<Composed> = {}): Composed => ({
  ...{ kind: 'reply', about: null, to: [], cc: [], bcc: [], subject: '', text, html: null, fileIds: [] },
  ...more,
});

function mail(id: string, subject: string, text: string, from = 'm.okafor@harbourvale.example'): Promise<void> {
  const to = 'care@crosspoint.example';
  const head = [`From: Margaret Okafor <${from}>`, `To: ${to}`, `Message-ID: <${id}@harbourvale.example>`, `Subject: ${subject}`];
  return bringMail(stage.bridge.mailAddress, { from, to, head, text });
}

/** Sends a text and hangs up. */
const linkByText: Flow = {
  format: 1,
  flowId: 'link-by-text',
  name: { en: 'Link by text', zh: '短信链接' },
  start: 'language',
  fallback: { queueId: 'general', prompt: 'please-wait' },
  nodes: {
    language: { kind: 'setLanguage', to: 'en', exits: { next: 'answer' } },
    answer: { kind: 'answer', exits: { next: 'send' } },
    send: {
      ...{ kind: 'sms', to: null, text: { en: 'Your link: https://shop.example/move', zh: '链接：https://shop.example/move' } },
      exits: { sent: 'bye', notSent: 'sorry' },
    },
    bye: { kind: 'hangUp', prompts: ['goodbye'], exits: {} },
    sorry: { kind: 'hangUp', prompts: [], exits: {} },
  },
  layout: {},
  tests: [],
};

/** A tab with the chat. */
class Visitor {
  readonly told: ToVisitor[] = [];
  readonly #socket: WebSocket;
  #woken = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.told.push(JSON.parse(String(data)) as ToVisitor);
      this.#woken();
    });
  }

  static async open(token: string | null, lastSeq = 0, email: string | null = null): Promise<Visitor> {
    const socket = new WebSocket(`${stage.bridge.httpAddress.replace('http', 'ws')}/chat/sites/shop/socket`, {
      origin: 'https://shop.example',
    });
    await once(socket, 'open');
    const visitor = new Visitor(socket);
    const form = { name: 'Aylin Demir', email, phone: null, topic: 'Moving office' };
    const page = { url: 'https://shop.example/move', title: 'Move your lines' };
    visitor.send({ kind: 'open', version: chatWireVersion, token, lastSeq, locale: 'en', form, page });
    return visitor;
  }

  send(frame: FromVisitor): void {
    this.#socket.send(JSON.stringify(frame));
  }

  async until<Kind extends ToVisitor['kind']>(
    kind: Kind,
    fits: (told: Extract<ToVisitor, { kind: Kind }>) => boolean = () => true,
  ): Promise<Extract<ToVisitor, { kind: Kind }>> {
    const limit = AbortSignal.timeout(5_000);
    for (;;) {
      const found = this.told.find((each): each is Extract<ToVisitor, { kind: Kind }> => each.kind === kind && fits(each as never));
      if (found) return found;
      if (limit.aborted) throw new Error(`no ${kind}; told ${JSON.stringify(this.told)}`);
      await new Promise<void>((resolve) => {
        this.#woken = resolve;
        limit.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  close(): void {
    this.#socket.close();
  }
}

async function take(desktop: ScriptedDesktop, channel: string) {
  const offer = await desktop.push('reservation:offered', (each) => each.channel === channel);
  const work = await desktop.ask('reservation:accept', { reservationId: offer.reservationId });
  return { offer, work };
}

describe('a mail', () => {
  it('reaches an agent with the record of whoever wrote, is answered, and its answer comes back to the same conversation', async () => {
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    await mail('m1', 'Invoice doubled', 'Our invoice of October is twice as high.');
    const { offer, work } = await take(desktop, 'email');
    expect(offer.pop.match).toMatchObject({ kind: 'certain', contact: { name: 'Margaret Okafor' } });
    expect(offer.pop.written).toMatchObject({ channel: 'email', subject: 'Invoice doubled' });
    expect(offer.pop.why.length).toBeGreaterThan(0);
    expect(work).toMatchObject({ state: 'open', unread: 1, preview: 'Our invoice of October is twice as high.' });

    const { messages } = await desktop.ask('conversation:messages', {
      conversationId: work.conversation.conversationId,
      beforeSeq: null,
      limit: 10,
    });
    const received = messages.find(({ kind }) => kind === 'in');
    expect(received).toMatchObject({
      text: 'Our invoice of October is twice as high.',
      mail: { from: { address: 'm.okafor@harbourvale.example' } },
    });
    const draft = composed('We look into it.', {
      about: received?.messageId ?? null,
      to: [{ address: 'm.okafor@harbourvale.example', name: null }],
      subject: 'Re: Invoice doubled',
    });
    await desktop.ask('message:save-draft', { interactionId: work.interactionId, composed: draft, revision: 1 });
    const sending = { interactionId: work.interactionId, clientId: 'client-1', composed: draft };
    const sent = await desktop.ask('message:send', sending);
    expect(sent).toMatchObject({ kind: 'out', state: { name: 'queued' }, text: 'We look into it.' });
    expect((await desktop.ask('message:send', sending)).messageId).toBe(sent.messageId);
    expect(sent.subject).toMatch(/^Re: Invoice doubled \[#[0-9A-Z]{4}-[0-9A-Z]{4}\]$/);

    // Their program keeps the subject and drops every reference.
    await mail('m2', `RE: ${sent.subject}`, 'Thank you.');
    const again = await desktop.push('message:changed', ({ kind, text }) => kind === 'in' && text === 'Thank you.');
    expect(again.conversationId).toBe(work.conversation.conversationId);
    await desktop.ask('inbox:close', { interactionId: work.interactionId, dispositionCode: 'billExplained', note: 'Invoice explained.' });
    await desktop.push('inbox:gone', ({ why }) => why === 'closed');
    const ended = await stage.bridge.event('interaction:completed');
    expect(ended).toMatchObject({ interactionId: work.interactionId, dispositionCode: 'billExplained' });
    const contactId = offer.pop.match.kind === 'certain' ? offer.pop.match.contact.contactId : '';
    const { timeline } = await desktop.ask('contact:read', { contactId });
    expect(timeline.items[0]).toMatchObject({ kind: 'email', title: 'E-mail: Invoice doubled', outcome: 'Lena Hartmann' });
  });

  it('that came before the bridge was stopped waits after its start as it did, and what an agent had in hand is theirs', async () => {
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    await mail('m1', 'First', 'In hand.');
    const { offer, work } = await take(desktop, 'email');
    await desktop.ask('agent:set-presence', { presence: 'notReady', reason: 'meal' });
    await mail('m2', 'Second', 'Waiting.');
    const second = await stage.bridge.event('workItem:queued', ({ interactionId }) => interactionId !== work.interactionId);
    // Nothing in a letter says whose it is, but whoever brought it in.
    const contactId = offer.pop.match.kind === 'certain' ? offer.pop.match.contact.contactId : '';
    const bringIn = (whose: string) =>
      fetch(`${stage.bridge.httpAddress}/api/documents?sourceId=letters&contactId=${whose}`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/pdf', 'x-file-name': 'lease.pdf', authorization: `Bearer ${desktop.login.token}` },
        },
        body: '%PDF-1.7',
      });
    expect((await bringIn('nobody')).status).toBe(404);
    expect(await (await bringIn(contactId)).json()).toEqual({ ok: true, value: { outcome: 'kept' } });
    const known = [work.interactionId, second.interactionId];
    await stage.bridge.event('workItem:queued', ({ interactionId }) => !known.includes(interactionId));
    const { timeline } = await desktop.ask('contact:read', { contactId });
    expect(timeline.items[0]).toMatchObject({ kind: 'document', subject: { kind: 'conversation' } });
    await desktop.close();
    await stage.caller.close();
    await stage.bridge.stop();
    stage = await BridgeStage.open({ config, folder: stage.bridge.folder });
    const back = await stage.signIn();
    const { inbox } = back.snapshot;
    expect(inbox.mine.map(({ interactionId, preview, state }) => [interactionId, preview, state])).toEqual([
      [work.interactionId, 'In hand.', 'open'],
    ]);
    expect(inbox.waiting.map(({ preview }) => preview)).toEqual(['Waiting.', 'lease.pdf']);
    const told = () => [...inbox.waiting, ...back.pushes.flatMap((push) => (push.name === 'inbox:waiting' ? [push.payload] : []))];
    const letters = () => told().filter(({ preview }) => preview === 'lease.pdf');
    await vi.waitFor(() => expect(letters().at(-1)?.name).toBe('Margaret Okafor'), { timeout: 5_000, interval: 10 });
  });
});

describe('a text message', () => {
  it('is answered, the answer is received by the phone, and whoever writes STOP is written to no more', async () => {
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    network.smsc.text('+447700900142', '10655901', 'No signal since the storm.');
    const { offer, work } = await take(desktop, 'sms');
    expect(offer.pop.match).toMatchObject({ kind: 'certain', contact: { name: 'Margaret Okafor' } });
    const taken = new Promise<string>((resolve) => network.smsc.onTaken(({ text }) => resolve(text)));
    const answer = { interactionId: work.interactionId, clientId: 'answer-1', composed: composed('The mast is repaired. 已修复。') };
    await desktop.ask('message:send', answer);
    expect(await taken).toBe('The mast is repaired. 已修复。');
    await desktop.push('message:changed', ({ state }) => state?.name === 'delivered');

    network.smsc.text('+447700900142', '10655901', ' stop. ');
    await desktop.push('message:changed', ({ text, author }) => author.kind === 'system' && text === 'You will get no more.');
    const refused = await desktop.command('message:send', { ...answer, clientId: 'answer-2' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'bad_request' } });
  });
});

describe('a survey', () => {
  it('asks after a text and after a mail: a number that comes back, and the button behind a link, are on the timeline and on the board', async () => {
    const desktop = await stage.signIn();
    await desktop.becomeAvailable();
    const done = async (channel: string) => {
      const { offer, work } = await take(desktop, channel);
      await desktop.ask('inbox:close', { interactionId: work.interactionId, dispositionCode: 'billExplained', note: '' });
      return offer.pop.match.kind === 'certain' ? offer.pop.match.contact.contactId : '';
    };
    const asked = new Promise<void>((resolve) => network.smsc.onTaken(() => resolve()));
    network.smsc.text('+447700900142', '10655901', 'No signal since the storm.');
    const contactId = await done('sms');
    await asked;
    network.smsc.text('+447700900142', '10655901', '4');
    expect(await stage.bridge.event('survey:answered')).toMatchObject({ by: 'sms', score: 4, queueId: 'texts' });

    // Margaret's record says that she wants no mails of this kind.
    await mail('m1', 'Opening hours', 'When?', 'reader@elsewhere.example');
    await done('email');
    await vi.waitFor(() => expect(linkOf(stage.bridge.folder)).not.toBe(''), { timeout: 5_000, interval: 20 });
    const token = linkOf(stage.bridge.folder);
    const page = `${stage.bridge.httpAddress}/s/${token}`;
    expect(await (await fetch(`${page}/5`)).text()).toContain('value="5" required checked');
    const answered = await fetch(page, { method: 'POST', body: new URLSearchParams({ score: '5', text: 'Quick.' }) });
    expect(answered.status).toBe(200);
    expect(await stage.bridge.event('survey:answered', ({ by }) => by === 'email')).toMatchObject({ score: 5, queueId: 'mail' });
    const { timeline } = await desktop.ask('contact:read', { contactId });
    const rated = timeline.items.flatMap(({ kind, rating }) => (rating ? [[kind, rating.score, rating.text]] : []));
    expect(rated).toEqual([['sms', 4, '']]);
  });
});

describe('a flow', () => {
  it('sends its caller a text message: it is on their phone, and stands in the conversation with them', async () => {
    const { folder } = stage.bridge;
    await stage.caller.close();
    await stage.bridge.stop();
    await giveFlow(folder, '1099', linkByText);
    stage = await BridgeStage.open({ config, folder });
    const texts = network.smsc.taken;
    const taken = new Promise<void>((resolve) => network.smsc.onTaken(() => resolve()));
    const call = await stage.caller.call({ to: '1099', from: '+447700900142' });
    await call.answered();
    await call.ended();
    await taken;
    expect(texts.map(({ to, text }) => [to.replace('+', ''), text])).toEqual([['447700900142', 'Your link: https://shop.example/move']]);
  });
});

describe('a chat', () => {
  it('is answered by an agent, handed to a colleague with all that was said, and goes on where it was after the network was away', async () => {
    const [lena, wei] = [await stage.signIn(), await stage.signIn('lin.wei')];
    await lena.becomeAvailable();
    const visitor = await Visitor.open(null);
    const { token } = await visitor.until('opened');
    visitor.send({ kind: 'write', clientId: 'line-0001', text: 'Can the two lines come with us?' });
    const { work } = await take(lena, 'chat');
    await visitor.until('state', ({ state }) => state.state === 'withAgent');
    await lena.ask('message:send', {
      interactionId: work.interactionId,
      clientId: 'answer-1',
      composed: composed('Yes, the numbers stay.'),
    });
    await visitor.until('line', ({ line }) => line.text === 'Yes, the numbers stay.' && line.by === 'agent');

    // Two at one conversation: who was asked in sees who writes, is heard by colleagues alone, and sends nothing.
    const { interactionId } = work;
    await lena.ask('inbox:invite', { interactionId, agentId: wei.agentId });
    expect(await wei.push('inbox:changed')).toMatchObject({ interactionId, isGuest: true });
    await lena.ask('conversation:typing', { interactionId });
    expect(await wei.push('conversation:typing-seen')).toMatchObject({ colleague: 'Lena Hartmann' });
    await wei.ask('conversation:typing', { interactionId });
    expect(await lena.push('conversation:typing-seen')).toMatchObject({ colleague: '林薇' });
    await wei.ask('message:write-note', { interactionId, clientId: 'note-1', text: 'The 29th is free.' });
    await lena.push('message:changed', ({ kind, text }) => kind === 'note' && text === 'The 29th is free.');
    const refused = await wei.command('message:send', { interactionId, clientId: 'answer-0', composed: composed('Hello') });
    expect(refused).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(visitor.told.filter(({ kind }) => kind === 'typing')).toMatchObject([{ name: 'Lena Hartmann' }]);

    await wei.becomeAvailable();
    await lena.ask('inbox:transfer', {
      interactionId: work.interactionId,
      to: { kind: 'agent', agentId: wei.agentId },
      reason: 'Engineer',
      note: 'Wants the 29th.',
    });
    const { offer, work: taken } = await take(wei, 'chat');
    expect(offer.pop.transfer).toMatchObject({ fromName: 'Lena Hartmann', reason: 'Engineer', note: 'Wants the 29th.' });
    visitor.close();
    await wei.ask('message:send', { interactionId: taken.interactionId, clientId: 'answer-2', composed: composed('The 29th works.') });
    const returned = await Visitor.open(token, 1);
    const { lines } = await returned.until('opened');
    expect(lines.filter(({ by }) => by === 'agent').map(({ text }) => text)).toEqual(['Yes, the numbers stay.', 'The 29th works.']);

    // To a queue, and whoever takes it from there has the words of whoever gave it.
    await wei.ask('agent:set-presence', { presence: 'notReady', reason: 'meal' });
    const toQueue = { kind: 'queue', queueId: 'chats' } as const;
    await wei.ask('inbox:transfer', { interactionId, to: toQueue, reason: 'Contract', note: 'Date is settled.' });
    const back = await lena.push('reservation:offered', ({ pop }) => pop.transfer?.reason === 'Contract');
    expect(back.pop.transfer).toMatchObject({ fromName: '林薇', note: 'Date is settled.' });

    // A supervisor gives it to somebody by name, out of the hands it was offered to; it is theirs while they wait for the customer.
    const dana = await stage.signIn('dana.whitlock', { phoneMedia: null });
    await dana.ask('supervisor:give-work', { interactionId, agentId: wei.agentId, note: 'He asks for you.' });
    expect(await lena.push('reservation:ended', ({ reservationId }) => reservationId === back.reservationId)).toMatchObject({
      cause: 'released',
    });
    const given = await wei.push('reservation:offered', ({ pop }) => pop.transfer?.note === 'He asks for you.');
    expect(given.pop).toMatchObject({ transfer: { fromName: 'Dana Whitlock' }, why: [{ code: 'supervisorGave' }] });
    const acted = { type: 'supervisor:acted', what: 'given', to: wei.agentId } as const;
    expect(await stage.bridge.event('supervisor:acted')).toMatchObject(acted);
    await wei.ask('reservation:accept', { reservationId: given.reservationId });
    await wei.ask('inbox:wait', { interactionId });
    const { contacts } = await dana.ask('board:contacts', { queueId: 'chats', figure: 'forCustomer' });
    expect(contacts).toMatchObject([{ interactionId, agentId: wei.agentId, channel: 'chat' }]);
    const { now } = await dana.ask('why:item', { workItemId: contacts[0]?.workItemId ?? '' });
    expect(now).toMatchObject([{ code: 'itemForCustomer', facts: { agent: '林薇' } }]);
    const { agentId } = lena;
    expect(await wei.command('supervisor:give-work', { interactionId, agentId, note: '' })).toMatchObject({ error: { code: 'forbidden' } });
    returned.close();
  });

  it('is turned into a call to whoever writes: theirs by the chat and not by the number, told in it, and open from it on their timeline', async () => {
    const provider = await ScriptedPhone.onTrunk({ sip: null, name: 'provider' });
    onTestFinished(() => provider.close());
    const admin = await stage.signIn('admin', { phoneMedia: null });
    const { configuration, revision } = await admin.ask('configuration:read', {});
    const port = Number(provider.sentBy.slice(provider.sentBy.lastIndexOf(':') + 1));
    const carrier = { ...plainTrunk(), id: 'carrier', name: { en: 'Carrier', zh: '运营商' }, host: '127.0.0.1', port, pingSeconds: null };
    const trunks = [{ ...carrier, transport: 'udp' as const, username: null, password: null, direction: 'out' as const }];
    await admin.upload('configuration:save', { configuration: { ...configuration, trunks }, basedOn: revision, note: 'carrier' });
    const [lena, wei] = [await stage.signIn(), await stage.signIn('lin.wei')];
    await lena.becomeAvailable();
    const visitor = await Visitor.open(null, 0, 'm.okafor@harbourvale.example');
    const { token } = await visitor.until('opened');
    visitor.send({ kind: 'write', clientId: 'line-0001', text: 'Call me on my colleague’s phone, please.' });
    const { work } = await take(lena, 'chat');
    const { conversationId } = work.conversation;
    // Somebody else's number, by the record.
    const begun = { number: '13900004126', conversationId };
    expect(await wei.command('call:dial', begun)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    const dialled = await lena.ask('call:dial', begun);
    if (!dialled.isDialled) throw new Error(dialled.why);
    await lena.answer(dialled.reservationId);
    const customer = await provider.nextCall(6_000);
    await customer.answer();
    const assigned = await lena.push('interaction:assigned', ({ call }) => call.state === 'talking');
    const { match } = assigned.pop;
    expect(match).toMatchObject({ kind: 'certain', contact: { name: 'Margaret Okafor' } });
    visitor.send({ kind: 'write', clientId: 'line-0002', text: 'I hear you.' });
    await lena.push('message:changed', ({ kind, text }) => kind === 'in' && text === 'I hear you.');
    await customer.hangUp();
    await stage.bridge.event('wrapUp:started', ({ interactionId }) => interactionId === dialled.interactionId);
    const done = { interactionId: dialled.interactionId, dispositionCode: 'billExplained', note: 'Called.', then: 'available' } as const;
    await lena.ask('interaction:complete', done);
    await lena.push('message:changed', ({ text }) => /^talked \d+$/.test(text));
    const { messages } = await lena.ask('conversation:messages', { conversationId, beforeSeq: null, limit: 10 });
    expect(messages.filter(({ kind }) => kind === 'event').map(({ text, quoted }) => [text.replace(/\d+/, 'N'), quoted])).toEqual([
      ['talked N', ''],
      ['called', '139 0000 4126'],
      ['joined', ''],
    ]);
    const contactId = match.kind === 'certain' ? match.contact.contactId : '';
    const { timeline } = await lena.ask('contact:read', { contactId });
    expect(timeline.items.slice(0, 2).map(({ kind, subject }) => [kind, subject])).toEqual([
      ['call', { kind: 'conversation', id: conversationId }],
      ['chat', { kind: 'conversation', id: conversationId }],
    ]);
    visitor.close();
    const returned = await Visitor.open(token, 0);
    const { lines } = await returned.until('opened');
    expect(lines.map(({ text }) => text)).toEqual(['Call me on my colleague’s phone, please.', 'joined', 'I hear you.']);
    returned.close();
  });

  it('that its visitor leaves while it waits is abandoned; a message left for later waits to be answered', async () => {
    const desktop = await stage.signIn();
    const visitor = await Visitor.open(null);
    visitor.send({ kind: 'write', clientId: 'line-0001', text: 'Is anybody there?' });
    const { workItemId } = await desktop.push('inbox:waiting', ({ channel }) => channel === 'chat');
    visitor.send({ kind: 'leave' });
    await visitor.until('state', ({ state }) => state.state === 'closed' && !state.mayRate);
    visitor.close();
    await desktop.push('inbox:waiting-gone', (gone) => gone.workItemId === workItemId);
    const ended = await stage.bridge.event('interaction:ended');
    expect(ended).toMatchObject({ end: { by: 'caller', reason: 'abandoned', fault: 'caller' } });

    const left = { clientId: 'left-0001', locale: 'en', name: 'Aylin Demir', email: 'aylin@demir.example', text: 'Call me tomorrow.' };
    const address = `${stage.bridge.httpAddress}/chat/sites/shop/messages`;
    const headers = { 'content-type': 'application/json', origin: 'https://shop.example' };
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(left) });
    expect(answer.ok).toBe(true);
    await desktop.push('inbox:waiting', ({ preview, name }) => preview === 'Call me tomorrow.' && name === 'Aylin Demir');
  });
});
