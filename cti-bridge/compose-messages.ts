import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Configuration } from '../shared/contracts/configuration.ts';
import { ChatRooms, createChatChannel, createDemoShop, defaultChatLimits, readStaticFile } from './channels/chat/index.ts';
import { createMailIntake, MailLines, Spool } from './channels/email/index.ts';
import { cleanHtml, MailReading } from './channels/email/read/index.ts';
import { SmsLines, smsMount, type WrongSignatures } from './channels/sms/index.ts';
import { surveyMount } from './channels/survey/index.ts';
import { type Config, resolveSecret } from './config/index.ts';
import { messageLimits } from './flows/messages/context.ts';
import { createMessages, type Messages } from './flows/messages/index.ts';
import { AttemptsByAddress } from './identity/index.ts';
import type { Arrivals, LookUps } from './interactions/index.ts';
import type { Certificate, Clock, Log, Mount, Scope } from './kernel/index.ts';
import type { Store } from './store/index.ts';

type Given = Omit<Parameters<typeof createMessages>[0], 'conversations' | 'surveys' | 'files' | 'visitors' | 'digestOf' | 'sanitise'>;
type Parts = Omit<Parameters<typeof createMessages>[1], 'reader' | 'carriers' | 'newToken'>;

/** The written channels of a bridge with their stories, built and not started yet. */
export interface MessageChannels extends Messages {
  readonly mounts: readonly Mount[];
  /** After an administrator changed something. */
  configure(configuration: Configuration): void;
  /** When all that was is back where it stood: from now on mail, texts and chats come in. */
  start(): Promise<void>;
  readonly intakeAddress: string | null;
  readonly problems: readonly string[];
}

/** Builds the channels of written contacts and connects them with their stories; `compose.ts` gives them the rest of the house. */
export async function composeMessages(
  given: Given,
  parts: Parts,
  house: {
    readonly config: Config;
    readonly store: Store;
    readonly lookUps: LookUps;
    readonly certificate: Certificate | null;
    readonly scope: Scope;
    readonly clock: Clock;
    readonly log: Log;
  },
): Promise<MessageChannels> {
  const { config, store, lookUps, certificate, scope, clock, log } = house;
  const arrivals: Arrivals = {
    keep: (arrival) => stories.arrivals.keep(arrival),
    keepText: (text) => stories.arrivals.keepText(text),
    keepReceipt: (receipt) => stories.arrivals.keepReceipt(receipt),
  };
  const spool = new Spool(join(store.folder, 'messages', 'spool'));
  const mail = new MailLines({
    ...{ resolveSecret, arrivals, spool, clock, log: log.child({ part: 'mail' }), mailBytes: messageLimits.mailBytes },
    marks: {
      read: (mailboxId) => store.conversations.readMark(mailboxId),
      write: (mailboxId, mark) => store.conversations.writeMark(mailboxId, mark),
    },
  });
  const sms = new SmsLines({ clock, log: log.child({ part: 'sms' }), arrivals, lookUps, resolveSecret });
  const reader = new MailReading({ clock, log: log.child({ part: 'mailReading' }) });
  const rooms = new ChatRooms(clock, { goneAfterMs: defaultChatLimits.goneAfterMs });
  const stories = createMessages(
    {
      ...given,
      conversations: store.conversations,
      surveys: store.surveys,
      files: store.messageFiles,
      visitors: rooms,
      digestOf: (text) => createHash('sha256').update(text).digest('hex'),
      sanitise: cleanHtml,
    },
    {
      ...parts,
      reader,
      newToken: () => randomBytes(32).toString('base64url'),
      carriers: {
        mail: (mailboxId) => (hasOutgoing(given.configuration(), mailboxId) ? mail : null),
        text: () => sms,
      },
    },
  );
  const chat = createChatChannel({
    house: stories.chat,
    rooms,
    widget: await readStaticFile(widgetFile),
    clock,
    log: log.child({ part: 'chat' }),
  });
  scope.add(() => chat.stop());
  const { intake: where } = config.mail;
  const intake =
    where &&
    (await createMailIntake({
      ...{ ...where, ownName: 'crosspoint', mailboxOf: mail.mailboxOf, arrivals, spool, clock, log: log.child({ part: 'mailIntake' }) },
      ...(certificate ? { certificate } : {}),
    }));
  const attempts = new AttemptsByAddress();
  const wrongSignatures: WrongSignatures = {
    isRefused: (who) => attempts.isRefused(who, clock.now()),
    failed: (who) => attempts.failed(who, clock.now()),
  };
  let intakeAddress: string | null = null;
  let trouble: string | null = null;
  const configure = ({ mailboxes, smsLines }: Configuration) => {
    mail.configure(mailboxes);
    sms.configure(smsLines);
  };

  return {
    ...stories,
    mounts: [
      chat.mount,
      smsMount(sms, wrongSignatures, log),
      surveyMount(stories.surveys, log.child({ part: 'surveys' })),
      ...(config.demo ? [await createDemoShop(shopFolder)] : []),
    ],
    configure,
    async start() {
      scope.add(() => reader.stop());
      scope.add(() => mail.stop());
      scope.add(() => sms.stop());
      configure(given.configuration());
      if (!intake) return;
      try {
        const { host, port } = await intake.start();
        scope.add(() => intake.stop());
        intakeAddress = `${host}:${port}`;
        log.info('mail:intake', { host, port });
      } catch (error) {
        // Calls and all other channels go on without it.
        trouble = `No mail can be brought to ${where.host}:${where.port} (${(error as NodeJS.ErrnoException).code ?? String(error)}).`;
        log.error('mail:intakeFailed', { ...where, error: String(error) });
      }
    },
    get intakeAddress() {
      return intakeAddress;
    },
    get problems() {
      return [
        ...(trouble === null ? [] : [trouble]),
        ...mail.notes(),
        ...[...mail.states(), ...sms.states()].flatMap(({ sourceId, state, why }) => (state === 'down' ? `${sourceId}: ${why}` : [])),
      ];
    },
  };
}

const shopFolder = fileURLToPath(new URL('../assets/demo-shop', import.meta.url));

/** Built beside the bridge. */
const widgetFile = fileURLToPath(
  new URL(import.meta.url.endsWith('.js') ? '../chat/widget.js' : '../dist/chat/widget.js', import.meta.url),
);

function hasOutgoing({ mailboxes }: Configuration, mailboxId: string): boolean {
  return mailboxes.some(({ id, outgoing }) => id === mailboxId && outgoing !== null);
}
