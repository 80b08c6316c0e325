import { createMessages } from '../../../../cti-bridge/flows/messages/index.ts';
import type {
  ConversationRepository,
  MailRead,
  MailReader,
  MessageFiles,
  OutgoingMail,
  OutgoingText,
  ReadMail,
  SendOutcome,
} from '../../../../cti-bridge/interactions/index.ts';
import { demoWrittenContacts } from '../../../../cti-bridge/store/seed/written-contacts.ts';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { queueOf } from '../../acd/floor.ts';
import { newHouse } from '../fakes.ts';
import { FakeConversations } from './fake-conversations.ts';
import { FakeSurveys } from './fake-surveys.ts';

/** A mail as a person writes it, for a test to say what is different about it. */
export const plainMail: ReadMail = {
  ...{ internetMessageId: '<in-1@example.cn>', inReplyTo: [], references: [], subject: 'Bill', date: null },
  ...{ from: { address: 'wang@example.cn', name: 'Wang' }, replyTo: [], to: [], cc: [], text: 'Why 39?', quoted: '', html: null },
  ...{ hasRemoteContent: false, automatic: null, bounce: null, files: [], leftOut: [] },
};

const organisation = { name: { en: 'Northline', zh: '东海通信' }, timeZone: 'Asia/Shanghai' };

/** The stories of written contacts over a store in memory. Mails arrive as what a reader would make of them; what is sent, the test decides. */
export function writtenHouse({ smsLines = [] }: Partial<Pick<Configuration, 'smsLines'>> = {}) {
  const house = newHouse(queueOf('mail', { channel: 'email' }));
  const { clock, context, scope, desktops } = house;
  const store = new FakeConversations();
  const surveys = new FakeSurveys();
  const bytes = new Map<string, string>();
  const files: Partial<MessageFiles> = {
    async write(_kind, id, content) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      const whole = Buffer.concat(chunks);
      bytes.set(id, whole.toString());
      return { bytes: whole.length, digest: whole.toString(), head: whole };
    },
    adopt: async () => ({ bytes: 1_000, digest: 'digest' }),
    path: (_kind, id) => id,
    workFolder: async () => ({ folder: '/nowhere', done: async () => {} }),
    remove: async () => {},
  };
  /** What the reader says instead, the next times. */
  const readings: MailRead[] = [];
  const reader: MailReader = {
    read: async (rawFile) => readings.shift() ?? { ok: true, mail: { ...plainMail, ...JSON.parse(bytes.get(rawFile) ?? '{}') } },
  };
  const configuration = { ...demoWrittenContacts(true), smsLines, queues: [queueOf('mail')], organisation } as unknown as Configuration;
  const sent: (OutgoingMail | OutgoingText)[] = [];
  /** How sending ends, for a test to set. */
  const carrier: { outcome: SendOutcome } = { outcome: { kind: 'taken', providerIds: [] } };
  const send = async (message: OutgoingMail | OutgoingText): Promise<SendOutcome> => {
    sent.push(message);
    return carrier.outcome;
  };
  /** What tabs with the chat were told. */
  const told: unknown[] = [];
  const messages = createMessages(
    {
      ...context,
      conversations: store as unknown as ConversationRepository,
      surveys,
      files: files as MessageFiles,
      visitors: { tell: (_conversationId, what) => told.push(what), isThere: () => false },
      configuration: () => configuration,
      digestOf: (text: string) => text,
      sanitise: async (html: string) => html,
    },
    {
      reader,
      carriers: { mail: () => ({ send }), text: () => ({ send }) },
      newToken: () => 'token',
      pagesOf: async () => 3,
      isOpen: () => true,
      mayRead: async () => true,
      chooses: () => ({}) as never,
    },
  );
  let arrived = 0;
  return {
    ...house,
    store,
    surveys,
    messages,
    sent,
    files,
    told,
    carrier,
    readings,
    desktops,
    scope,
    clock,
    configuration,
    /** It comes in, as a server would bring it, and all that follows from it at once happens. */
    async mail(mail: Partial<ReadMail>, envelopeFrom: string | null = 'wang@example.cn', sourceId = 'care') {
      const content = [Buffer.from(JSON.stringify(mail))];
      const envelope = { from: envelopeFrom, to: ['care@crosspoint.example'], fileName: null };
      const onceKey = `once-${++arrived}`;
      const stream = (async function* () {
        yield* content;
      })();
      await messages.arrivals.keep({ channel: 'email', sourceId, onceKey, receivedAt: clock.now(), envelope, content: stream });
      await clock.run(0);
      return store.arrivals.at(-1);
    },
  };
}

export type WrittenHouse = ReturnType<typeof writtenHouse>;
