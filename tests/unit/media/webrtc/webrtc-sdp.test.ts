import { describe, expect, it } from 'vitest';
import { usualNumbers } from '../../../../cti-bridge/media/sdp/codec-lines.ts';
import { dressOwnSdp, tidyFarSdp, withAgreedOpus, withCodecs } from '../../../../cti-bridge/media/webrtc/sdp-rewriting.ts';
import { readWebRtcTerms } from '../../../../cti-bridge/media/webrtc/webrtc-terms.ts';

const browserOffer = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  'c=IN IP4 0.0.0.0',
  'a=candidate:1 1 udp 1 abc.local 5000 typ host',
  'a=candidate:2 1 udp 1 192.0.2.2 5001 typ host',
  'a=ice-ufrag:u',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:110 telephone-event/48000',
  'a=fmtp:110 0-15',
  'a=rtpmap:126 telephone-event/8000',
  'a=sendonly',
  '',
].join('\r\n');

describe('what a browser wrote', () => {
  it('loses its candidates, Opus and the key presses on the clock of Opus before werift sees it', () => {
    const lines = tidyFarSdp(browserOffer).split('\r\n');
    expect(lines).toContain('m=audio 9 UDP/TLS/RTP/SAVPF 63 9 0 8 13 126');
    expect(lines.filter((line) => line.includes('candidate'))).toEqual([]);
    expect(lines.filter((line) => /11[01]/.test(line))).toEqual([]);
    expect(lines).toContain('a=rtpmap:126 telephone-event/8000');
  });

  it('says how the leg runs; the null address is no hold here', () => {
    const held = readWebRtcTerms(browserOffer);
    expect(held).toMatchObject({ ok: true, value: { eventPayloadType: 126, isHeld: true, maySend: false, sends: { payloadType: 0 } } });
    expect(readWebRtcTerms(browserOffer.replace('sendonly', 'sendrecv'))).toMatchObject({
      ok: true,
      value: { isHeld: false, maySend: true },
    });
  });

  it('is refused without G.711 or without encryption', () => {
    expect(readWebRtcTerms(browserOffer.replace(' 0 8 ', ' '))).toMatchObject({ ok: false, error: { code: 'notAcceptable' } });
    expect(readWebRtcTerms(browserOffer.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP'))).toMatchObject({
      ok: false,
      error: { code: 'notAcceptable' },
    });
    expect(readWebRtcTerms('hello')).toMatchObject({ ok: false, error: { code: 'badSdp' } });
  });
});

const ours = [
  'v=0',
  'o=crosspoint 4 2 IN IP4 192.0.2.1',
  's=-',
  't=0 0',
  'm=audio 40000 UDP/TLS/RTP/SAVPF 0 8 101',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:u',
  'a=setup:passive',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-15',
  'a=sendrecv',
  '',
].join('\r\n');

describe('the codecs in a description of ours', () => {
  it.each([
    ['g711', 'SAVPF 8 0 101'],
    ['withOpus', 'SAVPF 8 0 111 101 110'],
    ['opusFirst', 'SAVPF 111 8 0 101 110'],
  ] as const)('are %s: all that is said of them is new, and nothing else', (codecs, formats) => {
    const written = withCodecs(ours, usualNumbers, codecs).split('\r\n');
    expect(written.find((line) => line.startsWith('m='))).toMatch(new RegExp(`${formats}$`));
    expect(written.filter((line) => line === 'a=rtpmap:111 opus/48000/2')).toHaveLength(codecs === 'g711' ? 0 : 1);
    expect(written.filter((line) => line === 'a=rtpmap:101 telephone-event/8000')).toHaveLength(1);
    expect(written).toContain('a=ice-ufrag:u');
    expect(written).toContain('a=setup:actpass');
    expect(written.indexOf('c=IN IP4 0.0.0.0')).toBe(5);
    expect(written.at(-1)).toBe('');
  });

  it('have the Opus that was agreed on beside what werift answered, after it', () => {
    const written = withAgreedOpus(ours, { payloadType: 96, eventPayloadType: null });
    expect(written).toContain('m=audio 40000 UDP/TLS/RTP/SAVPF 0 8 101 96\r\n');
    expect(written).toContain('a=setup:passive');
    expect(readWebRtcTerms(written)).toMatchObject({ ok: true, value: { opus: { payloadType: 96, eventPayloadType: null } } });
    expect(withAgreedOpus(ours, null)).toBe(ours);
  });
});

describe('what we write', () => {
  it('has a version that grows and candidates of our own address only', () => {
    const own = [
      'v=0',
      'o=- 5 0 IN IP4 0.0.0.0',
      'a=candidate:1 1 udp 9 127.0.0.1 40000 typ host',
      'a=candidate:2 1 udp 9 192.0.2.2 40000 typ host',
      '',
    ];
    expect(dressOwnSdp(own.join('\r\n'), { host: '127.0.0.1', sessionNumber: 4, version: 2 }).split('\r\n')).toEqual([
      'v=0',
      'o=crosspoint 4 2 IN IP4 127.0.0.1',
      'a=candidate:1 1 udp 9 127.0.0.1 40000 typ host',
      '',
    ]);
  });

  it('tells the address that others know us by, and none but the one we are bound to under it', () => {
    const own = [
      'o=- 1 0 IN IP4 0.0.0.0',
      'a=candidate:1 1 udp 9 10.0.0.5 40000 typ host',
      'a=candidate:2 1 udp 9 192.0.2.2 40000 typ host',
    ];
    const dressed = dressOwnSdp(own.join('\r\n'), { host: '203.0.113.7', sessionNumber: 4, version: 2 }, '10.0.0.5');
    expect(dressed.split('\r\n')).toEqual(['o=crosspoint 4 2 IN IP4 203.0.113.7', 'a=candidate:1 1 udp 9 203.0.113.7 40000 typ host']);
  });
});
