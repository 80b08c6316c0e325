import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ConfigProblem, ConfigSources } from '../../../cti-bridge/config/index.ts';
import { defaults, describeProblems, loadConfig } from '../../../cti-bridge/config/index.ts';

const load = (sources: ConfigSources) => loadConfig({ env: {}, workingFolder: '/srv/crosspoint', ...sources });
const withFile = (text: string, more: ConfigSources = {}) => load({ file: 'bridge.jsonc', readFile: () => text, ...more });

function problemsOf(sources: ConfigSources): readonly ConfigProblem[] {
  const loaded = load(sources);
  return loaded.ok ? [] : loaded.error;
}

describe('loading the configuration', () => {
  it('starts on loopback with nothing given', () => {
    const loaded = load({});
    expect(loaded).toMatchObject({
      ok: true,
      value: { http: { host: '127.0.0.1', port: 8600 }, data: { folder: '/srv/crosspoint/data' }, demo: true },
    });
  });

  it('lets the file win over defaults, variables over the file, and options over all', () => {
    const loaded = withFile('{ "http": { "port": 1111 }, "sip": { "port": 2222 }, "log": { "level": "debug" } }', {
      env: { CROSSPOINT_HTTP_PORT: '3333', CROSSPOINT_SIP_PORT: '4444', PATH: '/bin' },
      flags: { port: '5555', 'sip-port': undefined },
    });
    expect(loaded).toMatchObject({ ok: true, value: { http: { port: 5555 }, sip: { port: 4444 }, log: { level: 'debug' } } });
  });

  it('reads lists, ranges, objects and yes or no from variables', () => {
    const loaded = load({
      env: {
        CROSSPOINT_ALLOWED_ORIGINS: 'https://a.example, https://b.example',
        CROSSPOINT_MEDIA_PORT_RANGE: '50000-50999',
        CROSSPOINT_SIP_TRUNKS: '[{"trunkId":"t1","sources":["203.0.113.9"]}]',
        CROSSPOINT_SIP_ADVERTISED: '{"host":"203.0.113.7","port":5060}',
        CROSSPOINT_DEMO: 'no',
      },
    });
    expect(loaded).toMatchObject({
      ok: true,
      value: {
        allowedOrigins: ['https://a.example', 'https://b.example'],
        media: { portRange: [50_000, 50_999] },
        sip: { trunks: [{ trunkId: 't1', sources: ['203.0.113.9'] }], advertised: { host: '203.0.113.7', port: 5060 } },
        demo: false,
      },
    });
  });

  it('has an example file that shows every setting with its default', () => {
    const loaded = load({ file: 'cti-bridge/config/example.jsonc', readFile: (path) => readFileSync(path, 'utf8') });
    const expected = { ...defaults, data: { folder: '/srv/crosspoint/data' }, renderer: { folder: '/srv/crosspoint/dist/renderer' } };
    expect(loaded).toEqual({ ok: true, value: expected });
  });
});

describe('a TURN server', () => {
  const relay = { urls: ['turn:turn.example.com', 'turns:[2001:db8::1]:5349?transport=tcp'], secret: { file: 'turn.secret' } };
  const turn = (more: object) =>
    load({ env: { CROSSPOINT_TURN: JSON.stringify({ ...relay, lifeSeconds: 3_600, relayOnly: true, ...more }) } });

  it('is read whole, from a variable too', () => {
    expect(turn({})).toMatchObject({ ok: true, value: { turn: { ...relay, lifeSeconds: 3_600, relayOnly: true } } });
  });

  it.each([
    ['an address that is none of a TURN server', { urls: ['stun:turn.example.com'] }],
    ['no address', { urls: [] }],
    ['a secret written down in the configuration', { secret: 'north' }],
    ['a secret in a variable that sets something else', { secret: { env: 'CROSSPOINT_TURN_SECRET' } }],
    ['a life too short for a call', { lifeSeconds: 60 }],
  ])('is refused with %s', (_what, more) => {
    const loaded = turn(more);
    expect(loaded.ok ? [] : loaded.error.map(({ setting, source }) => `${setting}, ${source}`)).toEqual(['turn, variable CROSSPOINT_TURN']);
  });
});

describe('TLS and listeners', () => {
  const tls = '"tls": { "certificateFile": "tls/cert.pem", "keyFile": "/etc/key.pem" }';
  const listeners = '"sip": { "listeners": [{ "transport": "TLS", "host": "::1", "port": 5061 }] }';

  it('are read from a file, the paths from the working folder on', () => {
    expect(withFile(`{ ${tls}, ${listeners} }`)).toMatchObject({
      ok: true,
      value: {
        tls: { certificateFile: '/srv/crosspoint/tls/cert.pem', keyFile: '/etc/key.pem' },
        sip: { port: 5060, listeners: [{ transport: 'TLS', host: '::1', port: 5061 }] },
      },
    });
  });

  it('are told of when a TLS listener has no certificate, or the demo would be heard from outside', () => {
    const loaded = withFile('{ "sip": { "listeners": [{ "transport": "TLS", "host": "0.0.0.0", "port": 5061 }] } }');
    expect(loaded.ok ? [] : loaded.error.map(({ setting, found }) => `${setting}: ${found}`)).toEqual([
      'sip.listeners: a listener of transport TLS, but no certificate',
      'sip.listeners: "0.0.0.0"',
    ]);
  });
});

describe('problems of the configuration', () => {
  it('are all told at once, from every source, each with what to do', () => {
    const loaded = withFile('{ "http": { "port": "eighty" }, "sip": { "domain": "not a domain!" }, "medja": {} }', {
      env: { CROSSPOINT_MEDIA_WORKERS: '0', CROSSPOINT_HTTP_PROT: '8600' },
      flags: { 'sip-port': '70000', 'log-level': 'loud' },
    });
    if (loaded.ok) throw new Error('a wrong configuration was accepted');
    const bySetting = Object.fromEntries(loaded.error.map((problem) => [problem.setting || problem.source, problem]));
    expect(Object.keys(bySetting).sort()).toEqual(
      ['http.port', 'log.level', 'media.workers', 'medja', 'sip.domain', 'sip.port', 'variable CROSSPOINT_HTTP_PROT'].sort(),
    );
    expect(bySetting['http.port']).toMatchObject({
      source: 'file bridge.jsonc',
      found: '"eighty"',
      advice: expect.stringContaining('8600'),
    });
    expect(bySetting['media.workers']).toMatchObject({ source: 'variable CROSSPOINT_MEDIA_WORKERS', found: '0' });
    expect(bySetting['sip.port']).toMatchObject({
      source: 'option --sip-port',
      found: '70000',
      expected: expect.stringContaining('0 to 65535'),
    });
    expect(bySetting['variable CROSSPOINT_HTTP_PROT']?.advice).toContain('CROSSPOINT_HTTP_PORT');
    const message = describeProblems(loaded.error);
    expect(message).toContain('The configuration has 7 problems');
    for (const problem of loaded.error) expect(message).toContain(problem.advice);
  });

  it.each([
    ['http.host', { CROSSPOINT_HTTP_HOST: '0.0.0.0' }],
    ['http.host', { CROSSPOINT_HTTP_HOST: '192.168.1.20' }],
    ['http.host', { CROSSPOINT_HTTP_HOST: '127.evil.example' }],
    ['sip.host', { CROSSPOINT_SIP_HOST: '::' }],
  ])('refuse the demo accounts when %s is reachable by others', (setting, env) => {
    expect(problemsOf({ env })).toMatchObject([{ setting, expected: expect.stringContaining('loopback') }]);
    expect(problemsOf({ env: { ...env, CROSSPOINT_DEMO: 'false' } })).toEqual([]);
  });

  it.each(['127.0.0.1', '127.8.9.10', 'localhost', '::1'])('accept the demo accounts on %s', (host) => {
    expect(problemsOf({ flags: { host } })).toEqual([]);
  });

  it('name a file that is missing, is not JSON, or is not an object', () => {
    const missing = () => {
      throw Object.assign(new Error('gone'), { code: 'ENOENT' });
    };
    expect(problemsOf({ file: 'a.json', readFile: missing })).toMatchObject([{ source: 'file a.json', found: 'no such file' }]);
    expect(problemsOf({ file: 'a.json', readFile: () => '{ "http": ' })).toMatchObject([{ found: expect.stringContaining('not JSON') }]);
    expect(problemsOf({ file: 'a.json', readFile: () => '[1]' })).toMatchObject([{ found: '[1]' }]);
    expect(problemsOf({ env: { CROSSPOINT_CONFIG: 'b.json' }, readFile: missing })).toMatchObject([{ source: 'file b.json' }]);
  });

  it('refuse a port range that is upside down or too small for its calls', () => {
    const portsAndCalls = (range: string, calls: string) =>
      problemsOf({ env: { CROSSPOINT_MEDIA_PORT_RANGE: range, CROSSPOINT_MEDIA_CALLS_PER_WORKER: calls } });
    expect(portsAndCalls('41000-40000', '1')).toMatchObject([{ setting: 'media.portRange' }]);
    expect(portsAndCalls('40000-40398', '100')).toMatchObject([
      { setting: 'media.portRange', expected: expect.stringContaining('100 calls: 400') },
    ]);
    expect(portsAndCalls('40000-40399', '100')).toEqual([]);
  });

  it('do not let a file reach the prototype of anything', () => {
    const loaded = withFile('{ "__proto__": { "polluted": true }, "http": { "constructor": { "prototype": { "polluted": true } } } }');
    expect(loaded.ok).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
