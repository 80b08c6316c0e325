import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Journal } from './scripted-phone/journal.ts';

export interface ScriptedImap {
  readonly port: number;
  /** Everything that was said to it, a line each, without its tag; `(connected)` for each connection. */
  readonly journal: Journal;
  /** It takes what is said and answers nothing, as a connection that only one side believes in. */
  isSilent: boolean;
  capabilities: string;
  stop(): Promise<void>;
}

/** An empty mailbox on a server that can fall silent. */
export async function startScriptedImap(): Promise<ScriptedImap> {
  const journal = new Journal('scripted imap');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => serve(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const scripted: ScriptedImap = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    journal,
    isSilent: false,
    capabilities: 'IMAP4rev1 IDLE',
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  const untagged = (command: string): string => {
    if (command.startsWith('CAPABILITY')) return `* CAPABILITY ${scripted.capabilities}\r\n`;
    if (/^L(IST|SUB)/.test(command)) return '* LIST (\\HasNoChildren) "/" INBOX\r\n';
    if (command.startsWith('SELECT')) return '* 0 EXISTS\r\n* OK [UIDVALIDITY 1] fine\r\n* OK [UIDNEXT 1] fine\r\n';
    if (/^UID SEARCH/.test(command)) return '* SEARCH\r\n';
    return '';
  };

  function serve(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // they may be gone first
    journal.note('(connected)');
    const say = (text: string) => !scripted.isSilent && socket.write(text);
    say(`* OK [CAPABILITY ${scripted.capabilities}] test\r\n`);
    let rest = '';
    let idleTag = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      const lines = (rest + text).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [tag = '', ...words] = line.split(' ');
        const command = words.join(' ');
        journal.note(command || line);
        if (line === 'DONE') say(`${idleTag} OK done\r\n`);
        else if (command === 'IDLE') {
          idleTag = tag;
          say('+ idling\r\n');
        } else say(`${untagged(command)}${tag} OK done\r\n`);
      }
    });
  }
  return scripted;
}
