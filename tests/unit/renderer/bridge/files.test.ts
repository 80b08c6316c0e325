import { describe, expect, it } from 'vitest';
import { fetchFile, sendFile } from '../../../../renderer/bridge/files.ts';

/** A request that the test answers by itself. */
function scriptedRequest() {
  const headers: Record<string, string> = {};
  const request = {
    status: 0,
    responseText: '',
    upload: { onprogress: null as ((event: { loaded: number }) => void) | null },
    onload: null as (() => void) | null,
    onerror: null as (() => void) | null,
    onabort: null as (() => void) | null,
    opened: '',
    sent: null as unknown,
    open(method: string, url: string) {
      request.opened = `${method} ${url}`;
    },
    setRequestHeader(name: string, value: string) {
      headers[name] = value;
    },
    send(body: unknown) {
      request.sent = body;
    },
    abort: () => request.onabort?.(),
  };
  return { request, headers, openRequest: () => request as unknown as XMLHttpRequest };
}
const line = { url: 'http://bridge', bearer: 'secret' };
const file = new File(['abc'], '报价 11-03.pdf');

describe('sending a file', () => {
  it('sends the bytes with the name, tells how far it is, and gives the answer', async () => {
    const { request, headers, openRequest } = scriptedRequest();
    const progress: number[] = [];
    const sending = sendFile({ ...line, openRequest }, '/api/contacts/c-1/attachments', file, (sent) => progress.push(sent));
    request.upload.onprogress?.({ loaded: 2 });
    request.upload.onprogress?.({ loaded: 3 });
    request.status = 201;
    request.responseText = '{"ok":true,"value":{"attachmentId":"a-1"}}';
    request.onload?.();
    expect(await sending).toEqual({ ok: true, value: { attachmentId: 'a-1' } });
    expect(request.opened).toBe('POST http://bridge/api/contacts/c-1/attachments');
    expect(headers).toMatchObject({ authorization: 'Bearer secret', 'x-file-name': encodeURIComponent('报价 11-03.pdf') });
    expect(request.sent).toBe(file);
    expect(progress).toEqual([2, 3]);
  });

  it.each([
    [413, '', 'too_large'],
    [403, '{"code":"forbidden","message":"no"}', 'forbidden'],
    [400, '{"ok":false,"error":{"code":"conflict","message":"no"}}', 'conflict'],
    [502, '<html>', 'internal'],
  ])('says why it was refused: %i %s', async (status, body, code) => {
    const { request, openRequest } = scriptedRequest();
    const sending = sendFile({ ...line, openRequest }, '/x', file);
    Object.assign(request, { status, responseText: body });
    request.onload?.();
    expect(await sending).toMatchObject({ ok: false, error: { code } });
  });

  it('ends when it is given up, and when the line breaks', async () => {
    const given = scriptedRequest();
    const stop = new AbortController();
    const sending = sendFile({ ...line, openRequest: given.openRequest }, '/x', file, undefined, stop.signal);
    stop.abort();
    expect(await sending).toMatchObject({ ok: false, error: { code: 'offline' } });
    const broken = scriptedRequest();
    const lost = sendFile({ ...line, openRequest: broken.openRequest }, '/x', file);
    broken.request.onerror?.();
    expect(await lost).toMatchObject({ ok: false, error: { code: 'offline' } });
  });
});

describe('fetching a file', () => {
  const answering = (response: Response) => fetchFile({ ...line, fetch: async () => response }, '/x');

  it.each([
    ['attachment; filename="x.pdf"; filename*=UTF-8\'\'%E6%8A%A5%E4%BB%B7.pdf', '报价.pdf'],
    ['attachment; filename="x.pdf"', 'x.pdf'],
    ["attachment; filename*=UTF-8''%E6%8", null],
  ])('reads the name from %s', async (disposition, name) => {
    const outcome = await answering(new Response('abc', { headers: { 'content-disposition': disposition } }));
    expect(outcome.ok && outcome.value.name).toBe(name);
    expect(outcome.ok && (await outcome.value.content.text())).toBe('abc');
  });

  it('says why it was refused, and that the bridge cannot be reached', async () => {
    expect(await answering(new Response('{"code":"not_found","message":"gone"}', { status: 404 }))).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    const lost = await fetchFile({ ...line, fetch: () => Promise.reject(new TypeError('failed')) }, '/x');
    expect(lost).toMatchObject({ ok: false, error: { code: 'offline' } });
  });
});
