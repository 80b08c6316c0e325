import type { Configuration } from '../../shared/contracts/configuration.ts';
import { type ServedSmsc, serveSmsc } from '../../tools/sms/serve-smsc.ts';
import { bringMail } from './bring-mail.ts';
import { type ScriptedSmtp, startScriptedSmtp } from './scripted-smtp.ts';

const secret = 'CUSTOMER_SIDE_SMSC_PASSWORD';

/** What customers of the demo write with besides a browser: the mail server that takes our mails for them, and the network of their telephones. */
export class CustomerSide {
  /** Has what was mailed to them. */
  readonly mails: ScriptedSmtp;
  readonly network: ServedSmsc;

  private constructor(mails: ScriptedSmtp, network: ServedSmsc) {
    this.mails = mails;
    this.network = network;
  }

  static async open(): Promise<CustomerSide> {
    process.env[secret] = 'sesame';
    const mails = await startScriptedSmtp();
    return new CustomerSide(mails, await serveSmsc({ host: '127.0.0.1', port: 0, phonesPort: null, deliveredAfterMs: 20 }));
  }

  /** The demo with its mailboxes and its line at these servers; the chat asks for an e-mail address, nobody is answered by a program. */
  readonly setUp = (configuration: Configuration): Configuration => ({
    ...configuration,
    mailboxes: configuration.mailboxes.map((mailbox) => ({
      ...{ ...mailbox, autoReply: null },
      outgoing: { host: '127.0.0.1', port: this.mails.port, security: 'none' as const, username: null, password: null },
    })),
    smsLines: [
      {
        ...{ id: 'service-number', name: { en: 'Service number', zh: '短信服务号' }, number: '10655901', queue: 'texts' },
        carrier: {
          ...{ kind: 'smpp', host: '127.0.0.1', port: this.network.port, tls: false, systemId: 'test', password: { env: secret } },
          ...{ systemType: '', window: 10, perSecond: 100 },
        },
        ...{ stopped: { en: '', zh: '' }, resumed: { en: '', zh: '' } },
      },
    ],
    chatSites: configuration.chatSites.map((site) => ({ ...site, asks: { ...site.asks, email: true, phone: false } })),
  });

  /** To a mailbox of the demo, as bytes (`made-mail.ts`). */
  mail(mailAddress: string | null, from: string, mail: Uint8Array, to = 'care@crosspoint.example'): Promise<void> {
    const all = Buffer.from(mail).toString('utf8');
    const end = all.indexOf('\r\n\r\n');
    const [head, text] = [all.slice(0, end).split('\r\n'), all.slice(end + 4)];
    return bringMail(mailAddress, { from, to, head, text });
  }

  async stop(): Promise<void> {
    await Promise.all([this.mails.stop(), this.network.stop()]);
  }
}
