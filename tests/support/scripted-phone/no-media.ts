import { Ears } from './ears.ts';
import type { Journal } from './journal.ts';
import { Mouth } from './mouth.ts';
import type { PhoneMedia } from './phone-media.ts';

/** For phones that only ring: load, and phones that never answer. Its answer names a place where nobody is, so ICE fails behind a 200. */
export class NoMedia implements PhoneMedia {
  readonly ears: Ears;
  readonly mouth = new Mouth();
  readonly connected = new Promise<void>(() => {});

  constructor(journal: Journal) {
    this.ears = new Ears(journal, null);
  }

  static open(journal: Journal): Promise<NoMedia> {
    return Promise.resolve(new NoMedia(journal));
  }

  offer(): Promise<string> {
    return Promise.resolve(sdpOfNobody);
  }

  answer(): Promise<string> {
    return Promise.resolve(sdpOfNobody);
  }

  accept(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const sdpOfNobody = [
  'v=0',
  'o=nobody 1 1 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 0 101',
  'c=IN IP4 127.0.0.1',
  'a=mid:0',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=ice-ufrag:nobody00',
  'a=ice-pwd:nobodynobodynobodynobody',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => '00').join(':')}`,
  'a=setup:active',
  'a=rtcp-mux',
  'a=candidate:1 1 udp 2113937151 127.0.0.1 9 typ host',
  'a=end-of-candidates',
  'a=sendrecv',
  '',
].join('\r\n');
