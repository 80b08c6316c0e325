import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-port.ts';
import { MailDaemon } from './mail-daemon.ts';

const program = '/usr/sbin/dovecot';
/** `nobody`: dovecot gives mail to no process of root's. */
const owner = 65_534;
const limitMs = 110_000;

export interface DovecotOptions {
  /** PEM; offers TLS from the first byte on a port of its own, and STARTTLS. */
  readonly certificate: { readonly cert: string; readonly key: string };
}

/** Debian's dovecot on loopback: IMAP, and LMTP to bring mail in. Every user exists, with one password. */
export class Dovecot {
  readonly password = 'letter-box';
  readonly ports: Readonly<Record<'imap' | 'imaps' | 'lmtp', number>>;
  readonly #folder: string;
  #daemon: MailDaemon | undefined;

  static get isInstalled(): boolean {
    return existsSync(program);
  }

  static async start(options: DovecotOptions): Promise<Dovecot> {
    const dovecot = new Dovecot(await freePorts('imap', 'imaps', 'lmtp'), options);
    await dovecot.run();
    return dovecot;
  }

  private constructor(ports: Dovecot['ports'], { certificate }: DovecotOptions) {
    this.ports = ports;
    this.#folder = mkdtempSync(join(tmpdir(), 'crosspoint-dovecot-'));
    // Its processes are of several users.
    chmodSync(this.#folder, 0o755);
    for (const name of ['run', 'state', 'mail']) mkdirSync(join(this.#folder, name), { mode: 0o755 });
    chownSync(join(this.#folder, 'mail'), owner, owner);
    writeFileSync(join(this.#folder, 'cert.pem'), certificate.cert);
    writeFileSync(join(this.#folder, 'key.pem'), certificate.key, { mode: 0o600 });
    writeFileSync(join(this.#folder, 'dovecot.conf'), this.#configuration());
  }

  /** Starts it, also once more after `kill`, with the mail that is there. */
  async run(): Promise<void> {
    this.#daemon = new MailDaemon('dovecot', program, ['-F', '-c', join(this.#folder, 'dovecot.conf')], { cwd: this.#folder, limitMs });
    await this.#daemon.program.journal.wait(/starting up for/, 10_000).catch(async (error: unknown) => {
      await this.dispose();
      throw error;
    });
  }

  async kill(): Promise<void> {
    await this.#daemon?.kill();
    // Where nobody collects the dead, its process id is still taken and it would refuse to start.
    rmSync(join(this.#folder, 'run/master.pid'), { force: true });
  }

  /** As after a restored backup: the same messages under other numbers (another UIDVALIDITY). */
  forgetNumbers(user: string): void {
    const box = join(this.#folder, 'mail', user);
    // `dovecot-uidvalidity` stays: without it the same second would give the same UIDVALIDITY.
    for (const name of readdirSync(box)) if (/^dovecot(?:\.index|\.list|-uidlist)/.test(name)) rmSync(join(box, name), { recursive: true });
  }

  /** What lies in a folder of a mailbox, with the flags that dovecot writes behind its name (`S`: seen). */
  mailsIn(user: string, folder: string): readonly { readonly flags: string; readonly text: string }[] {
    const box = join(this.#folder, 'mail', user, `.${folder}`, 'cur');
    if (!existsSync(box)) return [];
    return readdirSync(box).map((name) => ({ flags: name.split(':2,')[1] ?? '', text: readFileSync(join(box, name), 'utf8') }));
  }

  async dispose(): Promise<void> {
    await this.#daemon?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #configuration(): string {
    const at = (name: string) => join(this.#folder, name);
    const { imap, imaps, lmtp } = this.ports;
    return `
base_dir = ${at('run')}
state_dir = ${at('state')}
log_path = /dev/stderr
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <${at('cert.pem')}
ssl_key = <${at('key.pem')}
disable_plaintext_auth = no
mail_location = maildir:${at('mail')}/%u
auth_username_format = %Lu
auth_failure_delay = 0
passdb {
  driver = static
  args = password=${this.password}
}
userdb {
  driver = static
  args = uid=${owner} gid=${owner} home=${at('mail')}/%u allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = ${imaps}
  }
}
# One who mistypes a password here is a test, and need not be slowed down.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtp}
  }
}
`;
  }
}
