import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Journal } from './scripted-phone/journal.ts';

/** At which word of the sender; `greeting` before the first, `content` when the first bytes of the mail have come, `dot` after the last line. */
export type SmtpMoment = 'greeting' | 'ehlo' | 'auth' | 'mail' | 'rcpt' | 'data' | 'content' | 'dot' | 'quit';
/** A line to say, or what to do instead; after `cut:` the line breaks before it ends. */
export type SmtpAnswer = string | 'drop' | 'silence';

const usual: Record<SmtpMoment, SmtpAnswer> = {
  greeting: '220 test',
  ehlo: '250-test\r\n250 AUTH PLAIN',
  auth: '235 welcome',
  mail: '250 fine',
  rcpt: '250 fine',
  data: '354 go on',
  content: 'silence',
  dot: '250 2.0.0 Ok: queued as 4711',
  quit: '221 bye',
};

export interface ScriptedSmtp {
  readonly port: number;
  /** Everything that was said to it, a line each; `(connected)` for each connection. */
  readonly journal: Journal;
  /** Mails whose final dot arrived, as they were sent. */
  readonly mails: readonly string[];
  /** What it does from now on. The answer to `rcpt` may depend on the line. */
  script: Partial<Record<Exclude<SmtpMoment, 'rcpt'>, SmtpAnswer>> & { readonly rcpt?: SmtpAnswer | ((line: string) => SmtpAnswer) };
  stop(): Promise<void>;
}

/** A mail server that behaves as a test wants it to, down to where it drops the line. */
export async function startScriptedSmtp(script: ScriptedSmtp['script'] = {}): Promise<ScriptedSmtp> {
  const journal = new Journal('scripted smtp');
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => serve(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const scripted: ScriptedSmtp = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    journal,
    mails,
    script,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function serve(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // they may be gone first
    journal.note('(connected)');
    const answer = (moment: SmtpMoment, line = '') => {
      const given = scripted.script[moment];
      const what = (typeof given === 'function' ? given(line) : given) ?? usual[moment];
      if (what === 'drop') socket.destroy();
      else if (what.startsWith('cut:')) socket.end(what.slice(4));
      else if (what !== 'silence') socket.write(`${what}\r\n`);
      return what;
    };
    let rest = '';
    let mail: 'asked' | 'comes' | null = null;
    let accepted = 0;
    let isRefused = false;
    answer('greeting');
    socket.setEncoding('latin1').on('data', (text: string) => {
      rest += text;
      for (;;) {
        if (mail !== null) {
          if (mail === 'asked' && rest !== '' && answer('content') === 'drop') return;
          if (rest !== '') mail = 'comes';
          const end = `\r\n${rest}`.indexOf('\r\n.\r\n');
          if (end < 0) return;
          mails.push(rest.slice(0, end));
          rest = rest.slice(end + 3);
          mail = null;
          journal.note('(dot)');
          answer('dot');
        }
        const [line] = rest.split('\r\n', 1);
        if (line === undefined || line.length === rest.length) return;
        rest = rest.slice(line.length + 2);
        journal.note(line);
        const verb = line.slice(0, 4).toLowerCase();
        const moment = verb === 'helo' ? 'ehlo' : (verb as SmtpMoment);
        if (!(moment in usual)) socket.write('500 what\r\n');
        else if (isRefused || (moment === 'data' && accepted === 0)) socket.write('503 first things first\r\n');
        else {
          const said = answer(moment, line);
          if (moment === 'rcpt' && said.startsWith('250')) accepted++;
          if (moment === 'mail') isRefused = !said.startsWith('250');
          if (said.startsWith('354')) mail = 'asked';
        }
        if (socket.destroyed) return;
      }
    });
  }
  return scripted;
}
