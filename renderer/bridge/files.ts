import { type ErrorCode, wireErrorSchema } from '../../shared/contracts/errors.ts';
import type { CommandOutcome, Refusal } from './bridge.ts';

/**
 * Files go over HTTP, with the bearer of the log-in: up as the raw bytes with the name in `x-file-name` (percent-encoded UTF-8), down as a
 * blob with the name that the bridge gave it.
 */
export interface FileLine {
  readonly url: string;
  readonly bearer: string;
  /** Tests play the outside. */
  readonly fetch?: typeof fetch;
  readonly openRequest?: () => XMLHttpRequest;
}

export interface FetchedFile {
  readonly name: string | null;
  readonly content: Blob;
}

const unreachable: Refusal = { code: 'offline', message: 'The bridge cannot be reached.' };
const fetchLimitMs = 60_000;

/** The JSON of the answer. `progressed` is told the bytes sent so far, often. Aborting `signal` ends it as `offline`. */
export function sendFile(
  line: FileLine,
  path: string,
  file: File,
  progressed?: (sentBytes: number) => void,
  signal?: AbortSignal,
): Promise<CommandOutcome<unknown>> {
  return new Promise((resolve) => {
    // `fetch` does not tell how much of a body has been sent.
    const request = (line.openRequest ?? (() => new XMLHttpRequest()))();
    request.open('POST', `${line.url}${path}`);
    request.setRequestHeader('authorization', `Bearer ${line.bearer}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.upload.onprogress = (event) => progressed?.(event.loaded);
    request.onload = () => resolve(readReply(request.status, request.responseText));
    request.onerror = () => resolve({ ok: false, error: unreachable });
    request.onabort = () => resolve({ ok: false, error: unreachable });
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

export async function fetchFile(line: FileLine, path: string): Promise<CommandOutcome<FetchedFile>> {
  try {
    const response = await (line.fetch ?? fetch)(`${line.url}${path}`, {
      headers: { authorization: `Bearer ${line.bearer}` },
      signal: AbortSignal.timeout(fetchLimitMs),
    });
    if (!response.ok) return readReply(response.status, await response.text()) as CommandOutcome<FetchedFile>;
    return { ok: true, value: { name: nameIn(response.headers.get('content-disposition')), content: await response.blob() } };
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === 'TimeoutError';
    return { ok: false, error: isLate ? { code: 'no_answer', message: 'The bridge did not answer.' } : unreachable };
  }
}

/** An `Ack`, or its bare value, or its bare error. */
function readReply(status: number, text: string): CommandOutcome<unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  if (status >= 200 && status < 300) {
    if (typeof body === 'object' && body !== null && 'ok' in body && 'value' in body) return { ok: true, value: body.value };
    return { ok: true, value: body };
  }
  const refused = wireErrorSchema.safeParse(typeof body === 'object' && body !== null && 'error' in body ? body.error : body);
  if (refused.success) return { ok: false, error: refused.data };
  return { ok: false, error: { code: codeOf(status), message: `The bridge answered ${status}.` } };
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'not_found';
    case 409:
      return 'conflict';
    case 413:
      return 'too_large';
    case 429:
      return 'too_many_requests';
    default:
      return status >= 400 && status < 500 ? 'bad_request' : 'internal';
  }
}

/** RFC 6266: `filename*` is the whole name, `filename` what is left of it in ASCII. */
function nameIn(disposition: string | null): string | null {
  const whole = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (whole) {
    try {
      return decodeURIComponent(whole);
    } catch {
      return null;
    }
  }
  return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1] ?? null;
}
