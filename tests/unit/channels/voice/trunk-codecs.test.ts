import { expect, it } from 'vitest';
import { inTrunksCodecs, takenOnly } from '../../../../cti-bridge/channels/voice/trunk-codecs.ts';
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
