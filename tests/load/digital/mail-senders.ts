/** Customers' mail servers in one process, started by `mails.ts`: each mail comes over a connection of its own, and what the bridge sends is taken. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { filePart, htmlPart, type MadePart, multipartMail, plainPart } from '../../support/made-mail.ts';
import { serveOrders } from './load-process.ts';
import { clockMs, evenly, stamped, until } from './stamps.ts';

export interface Brought {
  readonly sent: number;
  /** By the number in its subject, when each was acknowledged. */
  readonly acknowledged: readonly (readonly [number: number, atMs: number])[];
  /** From the connection to the 250, in ms. */
  readonly took: readonly number[];
  readonly bytes: number;
  /** The first answers that were none of those that were hoped for. */
  readonly refusals: readonly string[];
  /** How late the mails were begun, at the most: this process's own doing. */
  readonly ownLatenessMs: number;
}

export type MailOrders = typeof orders;

const answerLimitMs = 20_000;
/** People of the demo's record have such addresses; the others nobody knows. */
const knownPeople = 400;

let received = 0;
let lastNumber = 0;

const paragraphs = [
  'the invoice of October is twice as high as the one before, and I cannot find out why.',
  'We moved to the second floor on Monday. Since then the line in the meeting room has been silent, and the technician did not come.',
  'Please send me the contract once more; the copy that I have ends in the middle of page three.',
  '您好，我上个月的话费比平时多了一倍，请帮忙核实一下，谢谢。',
];

const html = (number: number) => `<html><head><style>p{margin:0}</style></head><body>
${paragraphs.map((text) => `<p style="font-family:Calibri,sans-serif;font-size:11pt">${text}</p><p>&nbsp;</p>`).join('\n')}
<table border="1">${Array.from({ length: 12 }, (_, row) => `<tr><td>${row + 1}</td><td>Line ${number}-${row}</td><td align="right">${row * 7}.50</td></tr>`).join('')}</table>
<div style="border-top:1px solid #ccc"><b>From:</b> care@crosspoint.example<br><b>Subject:</b> Your order</div>
<blockquote>${paragraphs.slice(0, 3).join('<br>').repeat(4)}</blockquote><img src="https://track.example/pixel.gif"></body></html>`;

function madeMail(number: number): { readonly from: string; readonly content: Buffer } {
  const isKnown = number % 2 === 0;
  const from = isKnown ? `customer${(number * 7) % knownPeople}@example.com` : `writer.${number}@household.example`;
  const words: MadePart = {
    headers: { kind: 'alternative' },
    body: [plainPart(paragraphs.join('\n\n')), htmlPart(html(number))],
  };
  const files = number % 5 === 0 ? [filePart('invoice.pdf', 'application/pdf', pdfLike(20_000 + (number % 7) * 15_000))] : [];
  const headers = {
    From: `Writer ${number} <${from}>`,
    To: 'Customer care <care@crosspoint.example>',
    Subject: stamped('Question about a bill', number),
    Date: new Date().toUTCString(),
    'Message-ID': `<${number}.${process.pid}@mail.example>`,
  };
  const content = multipartMail('mixed', [words, ...files], headers).toString('latin1');
  return { from, content: Buffer.from(content.replaceAll(/^\./gm, '..'), 'latin1') };
}

const pdfLike = (bytes: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes)]);

/** As a server that brings one mail and goes. Resolves with when it was acknowledged; rejects with the answer that it was not. */
function bring(port: number, number: number, from: string, content: Buffer): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.2.${1 + (number % 20)}` });
  const lines: readonly (readonly [expected: string, next: string | Buffer])[] = [
    ['220', 'EHLO mail.example\r\n'],
    ['250', `MAIL FROM:<${from}> SIZE=${content.length}\r\n`],
    ['250', 'RCPT TO:<care@crosspoint.example>\r\n'],
    ['250', 'DATA\r\n'],
    ['354', Buffer.concat([content, Buffer.from('\r\n.\r\n')])],
  ];
  let step = 0;
  let text = '';
  const end = (settle: () => void) => {
    clearTimeout(limit);
    socket.end('QUIT\r\n');
    settle();
  };
  const limit = setTimeout(() => end(() => reject(new Error(`no answer to step ${step}`))), answerLimitMs);
  socket.on('error', (error) => end(() => reject(error)));
  socket.setEncoding('latin1').on('data', (more: string) => {
    text += more;
    const answer = /^(?:\d{3}-.*\r?\n)*(\d{3})(?: .*)?\r?\n/.exec(text);
    if (!answer) return;
    text = text.slice(answer[0].length);
    const line = lines[step++];
    const expected = line?.[0] ?? '250';
    if (step > lines.length + 1) return;
    if (answer[1] !== expected) return end(() => reject(new Error(answer[0].trim())));
    if (line) socket.write(line[1]);
    else end(() => resolve(clockMs()));
  });
  return promise;
}

const orders = {
  /** A server that takes what the bridge sends; its port. */
  async serve(): Promise<number> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      onData(stream, _session, done) {
        stream.resume().once('end', () => {
          received++;
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.server.address() as AddressInfo).port;
  },

  async bring(port: number, perSecond: number, forMs: number): Promise<Brought> {
    const acknowledged: [number, number][] = [];
    const took: number[] = [];
    const refusals: string[] = [];
    const all: Promise<void>[] = [];
    let bytes = 0;
    let ownLatenessMs = 0;
    const startedAt = performance.now();
    await evenly(perSecond, forMs, (index) => {
      ownLatenessMs = Math.max(ownLatenessMs, performance.now() - startedAt - (index * 1_000) / perSecond);
      const number = ++lastNumber;
      const { from, content } = madeMail(number);
      bytes += content.length;
      const begunAt = clockMs();
      all.push(
        bring(port, number, from, content).then(
          (at) => {
            acknowledged.push([number, at]);
            took.push(at - begunAt);
          },
          (error: unknown) => void refusals.push(String(error)),
        ),
      );
    });
    await Promise.all(all);
    return { sent: all.length, acknowledged, took, bytes, refusals: refusals.slice(0, 5), ownLatenessMs };
  },

  /** How many mails of the bridge's came, once there are so many or it has taken so long. */
  async received(count: number, limitMs: number): Promise<number> {
    await until(() => received >= count, limitMs);
    return received;
  },
};

serveOrders(orders);
