import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from './free-port.ts';
import { MailDaemon } from './mail-daemon.ts';
import { SmtpTalk } from './smtp-talk.ts';

const program = '/usr/sbin/postfix';
/** Debian's place for what runs behind it. `postfix start-fg` would put its master into a group of its own, where nobody ends it but itself. */
const master = '/usr/lib/postfix/sbin/master';
const limitMs = 110_000;

export interface PostfixOptions {
  /** Mail for `shop.example` is brought there, over LMTP. */
  readonly lmtpPort: number;
  /** Mail for `customer.example` goes there, over SMTP. */
  readonly customerPort: number;
  /** PEM; offers STARTTLS. */
  readonly certificate: { readonly cert: string; readonly key: string };
}

/** Debian's postfix on loopback, with a queue of its own. Its master has to be started by root. */
export class Postfix {
  readonly port: number;
  readonly #folder: string;
  #daemon: MailDaemon | undefined;

  static get isInstalled(): boolean {
    return existsSync(program) && existsSync(master);
  }

  static async start(options: PostfixOptions): Promise<Postfix> {
    const { smtp } = await freePorts('smtp');
    const postfix = new Postfix(smtp, options);
    try {
      await postfix.#run();
    } catch (error) {
      await postfix.dispose();
      throw error;
    }
    return postfix;
  }

  private constructor(port: number, options: PostfixOptions) {
    this.port = port;
    this.#folder = mkdtempSync(join(tmpdir(), 'crosspoint-postfix-'));
    chmodSync(this.#folder, 0o755);
    const at = (name: string) => join(this.#folder, name);
    for (const name of ['etc', 'queue']) mkdirSync(at(name), { mode: 0o755 });
    writeFileSync(at('cert.pem'), options.certificate.cert);
    writeFileSync(at('key.pem'), options.certificate.key, { mode: 0o600 });
    writeFileSync(at('etc/main.cf'), mainOf(this.#folder, options));
    writeFileSync(at('etc/master.cf'), masterOf(port));
  }

  async #run(): Promise<void> {
    const config = join(this.#folder, 'etc');
    // Makes the folders of the queue.
    await promisify(execFile)(program, ['-c', config, 'check'], { timeout: 20_000 });
    this.#daemon = new MailDaemon('postfix', master, ['-c', config, '-d'], { cwd: this.#folder, limitMs });
    await this.#greets(AbortSignal.timeout(10_000));
  }

  /** Its log is a file, so what is waited for is its first word. */
  async #greets(limit: AbortSignal): Promise<void> {
    for (;;) {
      const talk = await SmtpTalk.open(this.port).catch(() => null);
      const said = await talk?.answer();
      talk?.close();
      if (said?.startsWith('220')) return;
      if (limit.aborted) throw new Error(`postfix does not answer\n${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** What it wrote down. */
  get log(): string {
    const path = join(this.#folder, 'mail.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  async dispose(): Promise<void> {
    await this.#daemon?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const mainOf = (folder: string, { lmtpPort, customerPort }: PostfixOptions): string => `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/mail.log
maillog_file_prefixes = ${folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.shop.example
mydestination =
local_transport = error:nobody lives here
alias_maps =
alias_database =
virtual_mailbox_domains = shop.example
virtual_transport = lmtp:inet:127.0.0.1:${lmtpPort}
transport_maps = inline:{ customer.example=smtp:[127.0.0.1]:${customerPort} }
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
smtpd_recipient_restrictions = check_recipient_access inline:{ { gone@customer.example = 550 5.1.1 nobody of that name } }, permit_mynetworks, reject
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${folder}/cert.pem
smtpd_tls_key_file = ${folder}/key.pem
message_size_limit = 20000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
`;

/** No `chroot`: what it needs lies in the folder of the test alone. */
const masterOf = (port: number): string => {
  const services: readonly (readonly [
    name: string,
    type: string,
    isPrivate: string,
    wakeUp: string,
    processes: string,
    command: string,
  ])[] = [
    [`127.0.0.1:${port}`, 'inet', 'n', '-', '-', 'smtpd'],
    ['pickup', 'unix', 'n', '60', '1', 'pickup'],
    ['cleanup', 'unix', 'n', '-', '0', 'cleanup'],
    ['qmgr', 'unix', 'n', '300', '1', 'qmgr'],
    ['tlsmgr', 'unix', '-', '1000?', '1', 'tlsmgr'],
    ['rewrite', 'unix', '-', '-', '-', 'trivial-rewrite'],
    ['bounce', 'unix', '-', '-', '0', 'bounce'],
    ['defer', 'unix', '-', '-', '0', 'bounce'],
    ['trace', 'unix', '-', '-', '0', 'bounce'],
    ['verify', 'unix', '-', '-', '1', 'verify'],
    ['flush', 'unix', 'n', '1000?', '0', 'flush'],
    ['proxymap', 'unix', '-', '-', '-', 'proxymap'],
    ['smtp', 'unix', '-', '-', '-', 'smtp'],
    ['lmtp', 'unix', '-', '-', '-', 'lmtp'],
    ['error', 'unix', '-', '-', '-', 'error'],
    ['retry', 'unix', '-', '-', '-', 'error'],
    ['anvil', 'unix', '-', '-', '1', 'anvil'],
    ['scache', 'unix', '-', '-', '1', 'scache'],
    ['postlog', 'unix-dgram', 'n', '-', '1', 'postlogd'],
  ];
  return services
    .map(([name, type, isPrivate, wakeUp, most, command]) => `${name} ${type} ${isPrivate} - n ${wakeUp} ${most} ${command}\n`)
    .join('');
};
