import { createMessages, type Messages } from '../../../../cti-bridge/flows/messages/index.ts';
import { createRecorder } from '../../../../cti-bridge/flows/recorder.ts';
import { recover } from '../../../../cti-bridge/flows/recover.ts';
import type {
  BusinessEvent,
  MailReader,
  MessageCarrier,
  OutgoingMail,
  OutgoingText,
  ReadMail,
} from '../../../../cti-bridge/interactions/index.ts';
import { createIdSource, silentLog, type VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { demoWrittenContacts } from '../../../../cti-bridge/store/seed/written-contacts.ts';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { queueOf } from '../../../unit/acd/floor.ts';
import { buildHouse, FakeDesktops, lena, users } from '../../../unit/flows/fakes.ts';
import { flowOf } from '../../../unit/ivr/flows.ts';
import type { Lasting } from './lasting.ts';
import type { Mortal } from './mortal.ts';

export const asker = { userId: users[0]?.userId as never, name: 'Lena Hartmann', agentId: lena, may: () => true };
export const outcomeCode = 'explained';

const queue = queueOf('mail', { channel: 'email' });
const flow = flowOf({ bye: { kind: 'hangUp', prompts: [], exits: {} } }, 'bye', {
  flowId: 'main',
  fallback: { queueId: 'mail', prompt: 'x' },
});

const sections = demoWrittenContacts(false);
const configuration = {
  ...sections,
  organisation: { name: { en: 'Northline', zh: '东海通信' }, homeCountry: 'CN', timeZone: 'Asia/Shanghai' },
  mailboxes: sections.mailboxes.map((each) => ({ ...each, queue: 'mail' })),
  smsLines: sections.smsLines.map((each) => ({ ...each, queue: 'mail' })),
  chatSites: sections.chatSites.map((each) => ({ ...each, queue: 'mail' })),
  documentSources: sections.documentSources.map((each) => ({ ...each, queue: 'mail' })),
  messageRules: [],
  queues: [queue],
  dispositions: [{ code: outcomeCode, name: { en: 'Explained', zh: '已解释' }, parent: null }],
} as unknown as Configuration;

export const lineId = configuration.smsLines[0]?.id ?? '';

/** A mail as the network carries it: what a reader will find in it, and what its files say. */
export interface CarriedMail {
  readonly mail: Partial<ReadMail>;
  readonly file: string | null;
}

const emptyMail: ReadMail = {
  ...{ internetMessageId: null, inReplyTo: [], references: [], subject: '', date: null, replyTo: [], to: [], cc: [], text: '', quoted: '' },
  ...{ from: null, html: null, hasRemoteContent: false, automatic: null, bounce: null, files: [], leftOut: [] },
};

export interface Life {
  readonly mortal: Mortal;
  readonly messages: Messages;
  readonly offered: () => readonly string[];
  end(): void;
}

/** A start of the stories of written contacts over what lasts, as compose does it; the agent's desktop comes back. */
export async function startLife(
  lasting: Lasting,
  mortal: Mortal,
  clock: VirtualClock,
  carrier: MessageCarrier<OutgoingMail | OutgoingText>,
): Promise<Life> {
  await lasting.loose(true);
  const desktops = new FakeDesktops();
  const house = buildHouse({ clock, desktops, users, queue, flow });
  // Nobody is known: whose a contact is, is no matter here.
  house.contacts.found = [];
  const ids = createIdSource(clock);
  const append = (events: readonly BusinessEvent[]) => mortal.step(() => lasting.appendEvents(events));
  const recorder = createRecorder({
    journal: { commit: append, note: append, isDegraded: false },
    clock,
    ids,
    log: silentLog,
    listeners: [(event) => messages.surveys.listener(event)],
  });
  const interactions = mortal.wrap(lasting.interactions);
  const files = { ...mortal.wrap(lasting.files), path: lasting.files.path };
  const reader: MailReader = {
    async read(rawFile, into) {
      const { mail, file } = JSON.parse(Buffer.from(lasting.bytes.get(rawFile) ?? '').toString()) as CarriedMail;
      if (file !== null) lasting.bytes.set(`${into}/1`, Buffer.from(file));
      const found = {
        fileName: '1',
        name: 'bill.txt',
        mediaType: 'text/plain',
        bytes: file?.length ?? 0,
        contentId: null,
        isInline: false,
      };
      return mortal.step(async () => ({ ok: true as const, mail: { ...emptyMail, ...mail, files: file === null ? [] : [found] } }));
    },
  };
  const sending = mortal.wrap(carrier);
  let tokens = 0;
  const messages = createMessages(
    {
      ...{ ...house.context, ids, recorder, interactions, files },
      conversations: mortal.wrap(lasting.conversations),
      surveys: mortal.wrap(lasting.surveys),
      visitors: { tell: () => {}, isThere: () => false },
      configuration: () => configuration,
      digestOf: (text: string) => Buffer.from(text).toString('hex'),
      sanitise: async (html: string) => html,
    } as Parameters<typeof createMessages>[0],
    {
      reader,
      carriers: { mail: () => sending, text: () => sending },
      newToken: () => `token-${clock.now()}-${++tokens}`,
      isOpen: () => true,
      mayRead: async () => true,
      chooses: () => ({}) as never,
    },
  );
  const desk = messages.withWritten(house.desk);
  const start = async () => {
    const goingOn = await messages.goingOn();
    await recover({ interactions, ledger: house.ledger, recorder, clock, log: silentLog, defaultDisposition: outcomeCode, goingOn });
    await messages.resume();
    house.phones.register('6012');
    desktops.onOffer = (agentId, offer) => void desk.popDelivered(agentId, { reservationId: offer.reservationId, popId: offer.pop.popId });
    desk.desktopConnected(lena, clock.now());
    await clock.run(0);
    await desk.setPresence(lena, { presence: 'available' });
  };
  void start();
  await clock.run(10);
  const over = new Set<string>();
  return {
    mortal,
    messages,
    offered() {
      for (const { reservationId } of desktops.of('reservation:ended', lena)) over.add(reservationId);
      return desktops.of('reservation:offered', lena).flatMap(({ reservationId }) => (over.has(reservationId) ? [] : reservationId));
    },
    end() {
      mortal.die();
      void house.scope.end('killed');
    },
  };
}
