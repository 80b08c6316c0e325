import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualNumbers } from '../../../../cti-bridge/media/sdp/codec-lines.ts';
import { answerOffer, makeOffer, numbersAfter, readAnswer } from '../../../../cti-bridge/media/sdp/rtp-negotiation.ts';

const local = { host: '192.0.2.1', port: 40_000, sessionNumber: 77, version: 3 };

function offer(media: readonly string[], session: readonly string[] = ['c=IN IP4 198.51.100.7']): string {
  return ['v=0', 'o=- 1 1 IN IP4 198.51.100.7', 's=-', ...session, 't=0 0', ...media, ''].join('\r\n');
}

function answer(media: readonly string[], session?: readonly string[]) {
  const answered = answerOffer(offer(media, session), local);
  if (!answered.ok) throw new Error(answered.error.message);
  return { ...answered.value, lines: answered.value.sdp.split('\r\n') };
}

const mediaLine = (lines: readonly string[]): string | undefined => lines.find((line) => line.startsWith('m='));

describe('answering an offer', () => {
  it.each([
    ['A-law first', 'm=audio 5000 RTP/AVP 8 0 101', 'm=audio 40000 RTP/AVP 8', 'PCMA'],
    ['mu-law first', 'm=audio 5000 RTP/AVP 0 8', 'm=audio 40000 RTP/AVP 0', 'PCMU'],
    ['other codecs before', 'm=audio 5000 RTP/AVP 18 9 8', 'm=audio 40000 RTP/AVP 8', 'PCMA'],
    ['a profile with feedback', 'm=audio 5000 RTP/AVPF 0', 'm=audio 40000 RTP/AVPF 0', 'PCMU'],
  ])('takes the first G.711 codec: %s', (_, line, wanted, law) => {
    const { lines, audio } = answer([line]);
    expect(mediaLine(lines)).toBe(wanted);
    expect(audio.sends.law).toBe(law);
  });

  it('takes a codec under a number of its own', () => {
    const { audio } = answer(['m=audio 5000 RTP/AVP 97', 'a=rtpmap:97 pcma/8000']);
    expect(audio.sends).toEqual({ payloadType: 97, law: 'PCMA' });
    expect([...audio.receives]).toEqual([[97, 'PCMA']]);
  });

  it('understands every G.711 codec that was offered, though it sends one', () => {
    expect([...answer(['m=audio 5000 RTP/AVP 0 8']).audio.receives]).toEqual([
      [0, 'PCMU'],
      [8, 'PCMA'],
    ]);
  });

  it('keeps the number of telephone events, and takes only those of 8000 Hz', () => {
    const events = ['a=rtpmap:110 telephone-event/48000', 'a=rtpmap:126 telephone-event/8000'];
    const { lines, audio } = answer(['m=audio 5000 RTP/AVP 0 110 126', ...events]);
    expect(audio.eventPayloadType).toBe(126);
    expect(mediaLine(lines)).toBe('m=audio 40000 RTP/AVP 0 126');
    expect(lines).toContain('a=rtpmap:126 telephone-event/8000');
    expect(answer(['m=audio 5000 RTP/AVP 0 110', ...events.slice(0, 1)]).audio.eventPayloadType).toBeNull();
  });

  it.each([
    ['a=sendrecv', 'a=sendrecv', { maySend: true, mayReceive: true, isHeld: false }],
    ['a=sendonly', 'a=recvonly', { maySend: false, mayReceive: true, isHeld: true }],
    ['a=recvonly', 'a=sendonly', { maySend: true, mayReceive: false, isHeld: false }],
    ['a=inactive', 'a=inactive', { maySend: false, mayReceive: false, isHeld: true }],
  ])('answers %s with %s', (offered, wanted, terms) => {
    const { lines, audio } = answer(['m=audio 5000 RTP/AVP 0', offered]);
    expect(lines).toContain(wanted);
    expect(audio).toMatchObject(terms);
  });

  it('takes a direction of the whole session, which one line may overrule', () => {
    expect(answer(['m=audio 5000 RTP/AVP 0'], ['c=IN IP4 198.51.100.7', 'a=sendonly']).audio.isHeld).toBe(true);
    expect(answer(['m=audio 5000 RTP/AVP 0', 'a=sendrecv'], ['c=IN IP4 198.51.100.7', 'a=sendonly']).audio.isHeld).toBe(false);
  });

  it('takes the null address for hold', () => {
    const { lines, audio } = answer(['m=audio 5000 RTP/AVP 0', 'c=IN IP4 0.0.0.0']);
    expect(audio).toMatchObject({ isHeld: true, maySend: false });
    expect(lines).toContain('a=recvonly');
  });

  it('refuses further lines with port 0, each in its place', () => {
    const { lines } = answer(['m=video 6000 RTP/AVP 96', 'm=audio 5000 RTP/AVP 0', 'm=audio 5002 RTP/AVP 8', 'm=image 7000 udptl t38']);
    expect(lines.filter((line) => line.startsWith('m='))).toEqual([
      'm=video 0 RTP/AVP 96',
      'm=audio 40000 RTP/AVP 0',
      'm=audio 0 RTP/AVP 8',
      'm=image 0 udptl t38',
    ]);
  });

  it('takes the address of the line before that of the session', () => {
    expect(answer(['m=audio 5000 RTP/AVP 0', 'c=IN IP4 203.0.113.9']).audio.remoteAddress).toBe('203.0.113.9');
    expect(answer(['m=audio 5000 RTP/AVP 0']).audio).toMatchObject({ remoteAddress: '198.51.100.7', remotePort: 5000 });
  });

  it('ignores keys and candidates on plain lines', () => {
    const extras = ['a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x', 'a=candidate:1 1 UDP 1 198.51.100.7 5000 typ host', 'a=ice-ufrag:x'];
    expect(answer(['m=audio 5000 RTP/AVP 0', ...extras]).sdp).not.toMatch(/crypto|candidate|ice/);
  });

  it('names itself and its version', () => {
    expect(answer(['m=audio 5000 RTP/AVP 0']).lines).toContain('o=crosspoint 77 3 IN IP4 192.0.2.1');
  });

  it.each([
    ['no G.711', ['m=audio 5000 RTP/AVP 18 111', 'a=rtpmap:111 opus/48000/2']],
    ['a number that means another codec here', ['m=audio 5000 RTP/AVP 0', 'a=rtpmap:0 opus/48000/2']],
    ['audio switched off', ['m=audio 0 RTP/AVP 0']],
    ['encrypted audio only', ['m=audio 5000 RTP/SAVP 0']],
    ['no audio', ['m=video 5000 RTP/AVP 96']],
    ['an IPv6 address', ['m=audio 5000 RTP/AVP 0', 'c=IN IP6 2001:db8::1']],
    ['a host name for an address', ['m=audio 5000 RTP/AVP 0', 'c=IN IP4 phone.example']],
  ])('is not possible with %s', (_, media) => {
    expect(answerOffer(offer(media), local)).toMatchObject({ ok: false, error: { code: 'notAcceptable' } });
  });

  it.each([
    ['', 'nothing'],
    ['hello', 'another text'],
    ['v=0\r\nm=audio', 'a media line cut off'],
    ['v=0\r\nm=audio 99999 RTP/AVP 0', 'an impossible port'],
    ['v=0\r\nc=IN IP4', 'a connection without address'],
    [`v=0\r\n${'a=x\r\n'.repeat(2000)}`, 'too many lines'],
  ])('fails as broken for %j (%s)', (text) => {
    expect(answerOffer(text, local)).toMatchObject({ ok: false, error: { code: 'badSdp' } });
  });

  it('never throws, whatever a peer sends', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('v=0', 'm=audio 1 RTP/AVP 0', 'c=IN IP4 1.2.3.4', 'a=rtpmap:0 PCMU/8000', 'a=sendonly'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const answered = answerOffer(['v=0', ...lines].join('\r\n'), local);
        expect(typeof answered.ok).toBe('boolean');
      }),
    );
  });
});

describe('our own offer', () => {
  it('has both laws and telephone events, and an answer to it is understood', () => {
    const sdp = makeOffer(local);
    expect(sdp).toContain('m=audio 40000 RTP/AVP 8 0 101\r\n');
    const far = answerOffer(sdp, { ...local, host: '203.0.113.5', port: 50_000 });
    expect(far.ok && readAnswer(far.value.sdp)).toMatchObject({
      ok: true,
      value: { remoteAddress: '203.0.113.5', remotePort: 50_000, sends: { law: 'PCMA' }, eventPayloadType: 101, isHeld: false },
    });
  });

  it('is refused by an answer with port 0', () => {
    expect(readAnswer(offer(['m=audio 0 RTP/AVP 8']))).toMatchObject({ ok: false, error: { code: 'notAcceptable' } });
  });
});

describe('Opus beside G.711', () => {
  const wide = ['a=rtpmap:111 opus/48000/2', 'a=rtpmap:110 telephone-event/48000', 'a=rtpmap:101 telephone-event/8000'];
  const offered = offer(['m=audio 5000 RTP/AVP 111 0 110 101', ...wide]);
  const lineOf = (sdp: string) => mediaLine(sdp.split('\r\n'));

  it('is answered after G.711 where it may be, under the numbers of the offer', () => {
    const answered = answerOffer(offered, local, undefined, true);
    if (!answered.ok) throw new Error(answered.error.message);
    expect(lineOf(answered.value.sdp)).toBe('m=audio 40000 RTP/AVP 0 111 101 110');
    expect(answered.value.sdp).toContain('a=rtpmap:111 opus/48000/2\r\n');
    expect(answered.value.sdp).toContain('a=rtpmap:110 telephone-event/48000\r\n');
    expect(answered.value.audio).toMatchObject({
      sends: { law: 'PCMU' },
      eventPayloadType: 101,
      opus: { payloadType: 111, eventPayloadType: 110 },
    });
  });

  it('is not answered where it may not be, nor to who offers none, nor in one channel, and never alone', () => {
    const plain = answerOffer(offered, local);
    expect(plain.ok && lineOf(plain.value.sdp)).toBe('m=audio 40000 RTP/AVP 0 101');
    expect(plain.ok && plain.value.audio.opus).toBeNull();
    for (const other of [
      ['m=audio 5000 RTP/AVP 0'],
      ['m=audio 5000 RTP/AVP 0 111', 'a=rtpmap:111 opus/48000'],
      ['m=audio 5000 RTP/AVP 0 111', 'a=rtpmap:111 opus/16000/2'],
    ]) {
      const answered = answerOffer(offer(other), local, undefined, true);
      expect(answered.ok && answered.value.audio.opus).toBeNull();
    }
    const alone = answerOffer(offer(['m=audio 5000 RTP/AVP 111', ...wide.slice(0, 1)]), local, undefined, true);
    expect(alone).toMatchObject({ ok: false, error: { code: 'notAcceptable' } });
  });

  it('stands in an offer of ours after G.711, or before it, or not at all', () => {
    expect(lineOf(makeOffer(local))).toBe('m=audio 40000 RTP/AVP 8 0 101');
    expect(lineOf(makeOffer(local, [], 'withOpus'))).toBe('m=audio 40000 RTP/AVP 8 0 111 101 110');
    expect(lineOf(makeOffer(local, [], 'opusFirst'))).toBe('m=audio 40000 RTP/AVP 111 8 0 101 110');
  });

  it('is agreed on by an answer only if it was offered', () => {
    expect(readAnswer(offered, 'never', [], true)).toMatchObject({ ok: true, value: { opus: { payloadType: 111 } } });
    expect(readAnswer(offered)).toMatchObject({ ok: true, value: { opus: null } });
  });

  it('keeps its numbers in later offers of the call, also when an agreement between had none', () => {
    const first = readAnswer(offered.replaceAll('111', '96').replaceAll('110', '97'), 'never', [], true);
    if (!first.ok) throw new Error(first.error.message);
    const numbers = numbersAfter(numbersAfter(usualNumbers, first.value), { ...first.value, opus: null });
    expect(lineOf(makeOffer(local, [], 'opusFirst', numbers))).toBe('m=audio 40000 RTP/AVP 96 8 0 101 97');
  });
});
