import type { Config } from './schema.ts';

/** What a bridge is without a file, a variable or an option: one machine, loopback only, with the demo organisation. */
export const defaults: Config = {
  tls: null,
  http: { host: '127.0.0.1', port: 8600, names: [] },
  allowedOrigins: [],
  sip: {
    host: '127.0.0.1',
    port: 5060,
    listeners: [],
    advertised: null,
    domain: 'crosspoint.invalid',
    trunks: [{ trunkId: 'loopback', sources: ['127.0.0.1'] }],
    edges: [],
    inviteRateLimit: 300,
  },
  media: { host: '127.0.0.1', advertisedHost: null, portRange: [16_384, 32_767], workers: 1, callsPerWorker: 100, rtpTimeoutMs: 30_000 },
  turn: null,
  data: { folder: 'data' },
  intake: { folder: null },
  mail: { intake: null },
  ivr: { lookups: { allowedHosts: [] } },
  speech: { command: null },
  renderer: { folder: 'dist/renderer' },
  log: { level: 'info' },
  demo: true,
};
