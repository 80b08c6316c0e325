import type { Result } from '../../kernel/index.ts';
import { err, ok } from '../../kernel/index.ts';
import type { Header, SipMessage } from './message.ts';
import { isToken } from './params.ts';

/**
 * Bytes of a message; Content-Length is counted here, in bytes. A line break in any header, URI or reason is refused: it would let a name, a
 * number or a transfer target add a header of its own.
 */
export function serializeMessage(message: SipMessage): Result<Buffer, string> {
  const startLine = message.kind === 'request' ? `${message.method} ${message.uri} SIP/2.0` : `SIP/2.0 ${message.status} ${message.reason}`;
  if (hasLineBreak(startLine) || (message.kind === 'request' && /\s/.test(message.uri))) return err('bad start line');
  let text = `${startLine}\r\n`;
  for (const header of message.headers) {
    if (header.name.toLowerCase() === 'content-length') continue;
    const problem = headerProblem(header);
    if (problem !== null) return err(problem);
    text += `${header.name}: ${header.value}\r\n`;
  }
  const head = Buffer.from(`${text}Content-Length: ${message.body.length}\r\n\r\n`, 'utf8');
  return ok(message.body.length === 0 ? head : Buffer.concat([head, message.body]));
}

/** Null when the header may go on the wire. */
function headerProblem(header: Header): string | null {
  if (!isToken(header.name)) return 'header name is not a token';
  return hasLineBreak(header.value) ? `line break in ${header.name}` : null;
}

const hasLineBreak = (text: string): boolean => /[\r\n]/.test(text);
