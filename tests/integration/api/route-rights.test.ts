import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildHttpServer } from '../../../cti-bridge/api/http/http-server.ts';
import { OriginGate } from '../../../cti-bridge/api/http/origin-gate.ts';
import { checkRouteRights } from '../../../cti-bridge/api/http/route-rights.ts';
import { defaultLimits } from '../../../cti-bridge/api/limits.ts';
import { silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import type { Role } from '../../../shared/contracts/agent.ts';
import { roles } from '../../../shared/contracts/agent.ts';
import { mayDo } from '../../../shared/contracts/rights.ts';
import { tmfTypes } from '../../../shared/contracts/tmf/index.ts';
import { openApi } from './api-house.ts';
import {
  FakeAdministration,
  fakeAttachments,
  fakeDocuments,
  fakeExchange,
  fakeExports,
  fakeFlows,
  fakeImports,
  fakeListening,
  fakeMessages,
  fakePages,
  noClients,
} from './fake-desk.ts';
import { fakeGuides } from './fake-guides.ts';
import { fakePrompts } from './fake-prompts.ts';

const nameOf: Readonly<Record<Role, string>> = { agent: 'ana', supervisor: 'sun', administrator: 'adam' };

/** The routes without a socket, so that a caller from elsewhere than this machine can be played. */
async function buildRoutes() {
  const house = await openApi();
  const { app, routes } = await buildHttpServer({
    sessions: house.sessions,
    desk: house.desk,
    administration: new FakeAdministration(),
    prompts: fakePrompts(),
    flows: fakeFlows(),
    guides: fakeGuides(),
    messages: fakeMessages,
    messagePages: fakePages,
    documents: fakeDocuments,
    mounts: [],
    attachments: fakeAttachments,
    imports: fakeImports,
    listening: fakeListening,
    certificate: null,
    exchange: fakeExchange,
    exports: fakeExports,
    clients: noClients,
    clock: systemClock,
    gate: new OriginGate({ host: '0.0.0.0', port: () => 8600, names: [], allowedOrigins: [] }),
    phone: { webSocketPath: '/sip', domain: 'crosspoint.invalid' },
    limits: defaultLimits,
    isDraining: () => false,
    metrics: house.metrics,
    health: () => [],
    rendererFolder: house.rendererFolder,
    log: silentLog,
  });
  onTestFinished(() => app.close());
  const ask = async (method: string, url: string, token: string | null) => {
    const headers = { host: '10.0.0.1:8600', ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
    return (await app.inject({ method: method as 'GET', url: url.replace('*', 'board'), headers, remoteAddress: '10.0.0.9' })).statusCode;
  };
  return { house, routes, ask };
}

describe('rights, walked over every HTTP route and every role, from another machine', () => {
  it('are declared by every route', async () => {
    const { routes } = await buildRoutes();
    expect(
      routes
        .map(({ method, url, right }) => `${method} ${url} ${right}`)
        .filter((route) => !route.includes(' /tmf-api/'))
        .toSorted(),
    ).toEqual([
      'GET /* public',
      'GET /api/accounts/:accountId/attachments/:attachmentId contact:read',
      'GET /api/contacts/:contactId/attachments/:attachmentId contact:read',
      'GET /api/contacts/:contactId/dossier record:export',
      'GET /api/documents/sources work:handle',
      'GET /api/exports/customers.csv record:export',
      'GET /api/exports/files/:token public',
      'GET /api/mail-pages/:token public',
      'GET /api/mail-pages/:token/:fileId public',
      'GET /api/message-files/:fileId work:handle',
      'GET /api/message-files/:fileId/pages work:handle',
      'GET /api/message-files/:fileId/pages/:page work:handle',
      'GET /api/messages/:messageId/html work:handle',
      'GET /api/messages/:messageId/raw work:handle',
      'GET /api/prompts/opened/:token public',
      'GET /api/quarantine/:arrivalId session:own',
      'GET /api/recordings/:recordingId recording:listen',
      'GET /api/recordings/opened/:token public',
      'GET /docs public',
      'GET /docs/openapi.json public',
      'GET /docs/style.css public',
      'GET /health public',
      'GET /metrics system:observe',
      'HEAD /* public',
      'HEAD /api/accounts/:accountId/attachments/:attachmentId contact:read',
      'HEAD /api/contacts/:contactId/attachments/:attachmentId contact:read',
      'HEAD /api/contacts/:contactId/dossier record:export',
      'HEAD /api/documents/sources work:handle',
      'HEAD /api/mail-pages/:token public',
      'HEAD /api/mail-pages/:token/:fileId public',
      'HEAD /api/message-files/:fileId work:handle',
      'HEAD /api/message-files/:fileId/pages work:handle',
      'HEAD /api/message-files/:fileId/pages/:page work:handle',
      'HEAD /api/messages/:messageId/html work:handle',
      'HEAD /api/messages/:messageId/raw work:handle',
      'HEAD /api/prompts/opened/:token public',
      'HEAD /api/quarantine/:arrivalId session:own',
      'HEAD /api/recordings/:recordingId recording:listen',
      'HEAD /api/recordings/opened/:token public',
      'HEAD /docs public',
      'HEAD /docs/openapi.json public',
      'HEAD /docs/style.css public',
      'HEAD /health public',
      'HEAD /metrics system:observe',
      'POST /api/accounts/:accountId/attachments account:write',
      'POST /api/agents/me/presence work:handle',
      'POST /api/configuration/check configuration:write',
      'POST /api/configuration/save configuration:write',
      'POST /api/contacts/:contactId/attachments contact:write',
      'POST /api/documents work:handle',
      'POST /api/flows/check configuration:read',
      'POST /api/flows/draft configuration:write',
      'POST /api/flows/simulate configuration:read',
      'POST /api/guides/draft guide:write',
      'POST /api/imports record:import',
      'POST /api/login public',
      'POST /api/logout session:own',
      'POST /api/message-files work:handle',
      'POST /api/prompts/:promptId/:locale/:origin configuration:write',
    ]);
    // Whatever exchanges data with other systems needs one right.
    const exchanging = routes.filter(({ url }) => url.startsWith('/tmf-api/'));
    expect(new Set(exchanging.map(({ right }) => right))).toEqual(new Set(['record:exchange']));
    expect(exchanging.filter(({ method }) => method !== 'HEAD').length).toBe(tmfTypes.length * 4 + 1);
  });

  it.each(['nobody', ...roles] as const)('%s', async (who) => {
    const { house, routes, ask } = await buildRoutes();
    for (const { method, url, right } of routes) {
      const token = who === 'nobody' ? null : (await house.logIn(nameOf[who], true)).token;
      const refusal = right === 'public' || (who !== 'nobody' && mayDo(who, right)) ? null : who === 'nobody' ? 401 : 403;
      const status = await ask(method, url, token);
      expect([method, url, [401, 403].includes(status) ? status : null]).toEqual([method, url, refusal]);
    }
  });

  it('keep a route that declares none from being added', async () => {
    const app = Fastify();
    const house = await openApi();
    checkRouteRights(app, house.sessions, { clients: noClients, clock: systemClock });
    expect(() => app.get('/open', async () => 'open')).toThrow('declares no right');
  });

  it('do not take a token that is no token', async () => {
    const { ask } = await buildRoutes();
    for (const token of ['x', '', 'a b', 'x'.repeat(5_000), '../..', 'null']) expect(await ask('POST', '/api/logout', token)).toBe(401);
  });
});
