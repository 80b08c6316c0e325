import { expect, it } from 'vitest';
import { offerOnly } from '../../../../cti-bridge/channels/voice/routes.ts';
import { codecsOf, inTrunksCodecs, takenOnly } from '../../../../cti-bridge/channels/voice/trunk-codecs.ts';
import type { IncomingLeg } from '../../../../cti-bridge/sip/index.ts';

const sdp = (formats: string) => `v=0\r\nm=audio 40000 RTP/AVP ${formats}\r\na=sendrecv\r\n`;

it.each([
  ['0 8 101', ['PCMA', 'PCMU'], '0 8 101'],
  ['0 8 101', ['PCMA'], '8 101'],
  ['18 0 101', ['PCMU'], '18 0 101'],
  ['96 101', ['PCMA'], '96 101'],
  ['0 101', ['PCMA'], null],
  ['0', ['PCMA'], null],
] as const)('of %s a trunk that may %j takes %s', (formats, codecs, taken) => {
  expect(takenOnly(sdp(formats), codecs)).toBe(taken === null ? null : sdp(taken));
});

it('of two lines the one with nothing left is not answered', () => {
  const two = 'm=audio 40000 RTP/SAVP 0\r\nm=audio 40002 RTP/AVP 8 101\r\n';
  expect(takenOnly(two, ['PCMA'])).toBe('m=audio 0 RTP/SAVP 0\r\nm=audio 40002 RTP/AVP 8 101\r\n');
});

const wide = (formats: string) =>
  `${sdp(formats)}a=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10\r\na=rtpmap:101 telephone-event/8000\r\na=rtpmap:110 telephone-event/48000\r\n`;

it.each([
  ['8 0 111 101 110', ['PCMU', 'PCMA', 'opus'], '0 8 111 101 110'],
  ['8 0 111 101 110', ['opus', 'PCMU'], '0 111 101 110'],
  ['111 8 0 101 110', ['PCMA', 'opus'], '111 8 101 110'],
] as const)('of %s a trunk that may %j is offered %s: Opus where it stood', (formats, codecs, offered) => {
  expect(offerOnly(wide(formats), codecs)).toBe(wide(offered));
});

it('a trunk that may not use Opus is not told of it, nor of keys on its clock', () => {
  expect(offerOnly(wide('8 0 111 101 110'), ['PCMU', 'PCMA'])).toBe(`${sdp('0 8 101')}a=rtpmap:101 telephone-event/8000\r\n`);
});

/** A leg as far as codecs matter. */
function leg(offer: string | null) {
  const said: string[] = [];
  let offered: Parameters<IncomingLeg['onOffer']>[0] = async () => ({ status: 500 });
  const made = {
    offer,
    trunk: 'line',
    answer: async (answer: string) => {
      said.push(answer);
      return { acked: true, sdp: null };
    },
    refuse: (status: number, _text?: string, headers: object = {}) => said.push(`${status} ${Object.values(headers).join()}`),
    onOffer: (handler: typeof offered) => {
      offered = handler;
    },
  };
  return { leg: made as unknown as IncomingLeg, said, offers: (next: string) => offered(next) };
}
const trunks = (refusals: string[] = []) => ({ of: () => ['PCMA'] as const, refused: (trunkId: string) => refusals.push(trunkId) });

it('a call in with none of its codecs is refused 488 with the reason, and counted', () => {
  const refusals: string[] = [];
  const { leg: arrived, said } = leg(sdp('0'));
  expect(inTrunksCodecs(arrived, trunks(refusals))).toBeNull();
  expect([said, refusals]).toEqual([['488 Q.850;cause=88;text="Incompatible destination"'], ['line']]);
});

it('a call in without an offer is offered its codecs alone, and later offers hold to them too', async () => {
  const { leg: arrived, said, offers } = leg(null);
  const call = inTrunksCodecs(arrived, trunks());
  await call?.answer(sdp('0 8 101'));
  expect(said).toEqual([sdp('8 101')]);
  call?.onOffer(async (offer) => ({ sdp: offer }));
  expect(await offers(sdp('0 8'))).toEqual({ sdp: sdp('8') });
  expect(await offers(sdp('0'))).toEqual({ status: 488 });
});

it.each([
  [['PCMA'], 'g711'],
  [['PCMA', 'opus'], 'withOpus'],
] as const)('a call in over a trunk that may %j is answered %s', (codecs, wanted) => {
  const { leg: arrived } = leg(sdp('8'));
  const call = inTrunksCodecs(arrived, { of: () => codecs, refused: () => {} });
  expect(call && codecsOf(call)).toBe(wanted);
  expect(codecsOf(arrived)).toBe('g711');
});
