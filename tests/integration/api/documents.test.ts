import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { documentRoutes } from '../../../cti-bridge/api/http/documents.ts';
import { messagePageRoutes } from '../../../cti-bridge/api/http/message-pages.ts';
import { checkRouteRights } from '../../../cti-bridge/api/http/route-rights.ts';
import { DocumentPages } from '../../../cti-bridge/channels/document/index.ts';
import { createDocumentUploads } from '../../../cti-bridge/flows/messages/document-uploads.ts';
import { createMessagePages } from '../../../cti-bridge/flows/messages/message-pages.ts';
import type { RawArrival } from '../../../cti-bridge/interactions/index.ts';
import { createIdSource, err, ok, silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { createMessageFiles } from '../../../cti-bridge/store/message-files.ts';
import { openApi } from './api-house.ts';
import { noClients } from './fake-desk.ts';

/** The routes of documents over real files, without the rest of the house. `hers` is the one file that Ana may open. */
async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-documents-'));
  const files = createMessageFiles(folder);
  const kept: (Omit<RawArrival, 'content'> & { readonly text: string })[] = [];
  let isAway = false;
  const arrivals = {
    async keep({ content, ...arrival }: RawArrival) {
      if (isAway) throw new Error('disk full');
      if (kept.some(({ onceKey }) => onceKey === arrival.onceKey)) return 'known' as const;
      let text = '';
      for await (const chunk of content) text += Buffer.from(chunk).toString();
      kept.push({ ...arrival, text });
      return 'kept' as const;
    },
  };
  const pages = new DocumentPages({ files, folder: join(folder, 'pages'), clock: systemClock, log: silentLog });
  const house = await openApi();
  const app = Fastify();
  checkRouteRights(app, house.sessions, { clients: noClients, clock: systemClock });
  messagePageRoutes(app, {
    messagePages: createMessagePages(pages, async ({ agentId }, fileId) =>
      fileId === 'hers' && agentId === 'agent-of-ana' ? ok({}) : err({ code: 'not_found', message: 'There is nothing here.' }),
    ),
  });
  await documentRoutes(app, {
    documents: createDocumentUploads(
      {
        configuration: () => ({
          documentSources: [{ id: 'letters', name: { en: 'Letters', zh: '信函' }, kind: 'letter', queue: 'mail', folder: '/scans' }],
        }),
        ...{ files, ids: createIdSource(systemClock), clock: systemClock, log: silentLog },
        mayRead: async ({ agentId }, contactId) => agentId === 'agent-of-ana' && contactId === 'margaret',
      },
      arrivals,
    ),
  });
  onTestFinished(async () => {
    await app.close();
    await pages.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const bearer = async (who: string) => ({ authorization: `Bearer ${(await house.logIn(who, true)).token}` });
  const put = async () => {
    await files.write('files', 'other', (async function* () {})(), 1);
    writeFileSync(files.path('files', 'hers'), readFileSync(new URL('../../fixtures/documents/fax-standard-g3.tif', import.meta.url)));
  };
  const upload = async (who: string, query: string, payload: string, name: string | null = 'letter.pdf') =>
    app.inject({
      method: 'POST',
      url: `/api/documents${query}`,
      headers: {
        ...(await bearer(who)),
        'content-type': 'application/octet-stream',
        ...(name === null ? {} : { 'x-file-name': encodeURIComponent(name) }),
      },
      payload,
    });
  const get = async (who: string, url: string) => app.inject({ url, headers: await bearer(who) });
  return { put, upload, get, kept, goAway: () => (isAway = true), left: () => readdirSync(join(folder, 'messages', 'files')) };
}

describe('pages of a document over HTTP', () => {
  it('are told and drawn for whoever may open the file, and for nobody else', async () => {
    const { put, get } = await open();
    await put();
    const told = await get('ana', '/api/message-files/hers/pages');
    expect(told.json()).toEqual({
      pages: [
        { width: 1728, height: 2290 },
        { width: 1728, height: 2290 },
      ],
    });
    const drawn = await get('ana', '/api/message-files/hers/pages/2?width=400');
    expect([drawn.statusCode, drawn.headers['content-type'], drawn.headers['cache-control']]).toEqual([200, 'image/png', 'no-store']);
    expect(await sharp(drawn.rawPayload).metadata()).toMatchObject({ format: 'png', width: 480 });
    for (const path of ['pages', 'pages/1?width=400']) {
      expect((await get('bo', `/api/message-files/hers/${path}`)).statusCode).toBe(404);
      expect((await get('ana', `/api/message-files/other/${path}`)).statusCode).toBe(404);
    }
  });

  it.each([
    'pages/3?width=400',
    'pages/0?width=400',
    'pages/1',
    'pages/1?width=0',
    'pages/1?width=4e3',
    'pages/-1?width=1',
    'pages/1?width=1&width=2',
  ])('are refused where the request makes no sense: %s', async (path) => {
    const { put, get } = await open();
    await put();
    expect([400, 404]).toContain((await get('ana', `/api/message-files/hers/${path}`)).statusCode);
  });
});

describe('a document brought in by hand', () => {
  it('is stored under its digest and name when it is answered, and the same again is known', async () => {
    const { upload, kept, left, get } = await open();
    expect((await get('ana', '/api/documents/sources')).json()).toEqual({
      sources: [{ id: 'letters', name: { en: 'Letters', zh: '信函' }, kind: 'letter' }],
    });
    const first = await upload('ana', '?sourceId=letters', 'we cancel', '解约 函.pdf');
    expect([first.statusCode, first.json()]).toEqual([200, { ok: true, value: { outcome: 'kept' } }]);
    expect((await upload('bo', '?sourceId=letters', 'we cancel')).json()).toEqual({ ok: true, value: { outcome: 'known' } });
    expect(kept).toEqual([
      expect.objectContaining({
        ...{ channel: 'document', sourceId: 'letters', text: 'we cancel' },
        envelope: { from: null, to: [], fileName: '解约 函.pdf' },
      }),
    ]);
    expect(left()).toEqual([]);
  });

  it('is of the person it is said to be of, whom whoever brings it in may see', async () => {
    const { upload, kept, left } = await open();
    for (const [who, contactId] of [
      ['bo', 'margaret'],
      ['ana', 'nobody'],
    ] as const) {
      const refused = await upload(who, `?sourceId=letters&contactId=${contactId}`, 'we cancel');
      expect([refused.statusCode, refused.json().error.code]).toEqual([404, 'not_found']);
    }
    expect(kept).toEqual([]);
    const taken = await upload('ana', '?sourceId=letters&contactId=margaret', 'we cancel');
    expect(taken.json()).toEqual({ ok: true, value: { outcome: 'kept' } });
    expect(kept.map(({ envelope }) => envelope)).toEqual([{ from: null, to: [], fileName: 'letter.pdf', contactId: 'margaret' }]);
    expect(left()).toEqual([]);
  });

  it.each([
    ['of two people at once', '?sourceId=letters&contactId=a&contactId=b', 'x', 'a.pdf', 400],
    ['of a person without a name', '?sourceId=letters&contactId=', 'x', 'a.pdf', 400],
    ['to no place', '', 'x', 'a.pdf', 400],
    ['to a place that is none', '?sourceId=elsewhere', 'x', 'a.pdf', 404],
    ['without a name', '?sourceId=letters', 'x', null, 400],
    ['without a byte', '?sourceId=letters', '', 'a.pdf', 400],
  ])('is refused %s', async (_, query, payload, name, status) => {
    const { upload, kept } = await open();
    expect((await upload('ana', query, payload, name)).statusCode).toBe(status);
    expect(kept).toEqual([]);
  });

  it('is refused for now where the store takes nothing, and nothing of it is left', async () => {
    const { upload, goAway, left } = await open();
    goAway();
    const answer = await upload('ana', '?sourceId=letters', 'we cancel');
    expect([answer.statusCode, answer.json().error?.code ?? answer.json().code]).toEqual([503, 'storage_unavailable']);
    expect(left()).toEqual([]);
  });
});
