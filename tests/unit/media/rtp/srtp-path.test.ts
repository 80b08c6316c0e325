import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { RtpPacket } from '../../../../cti-bridge/media/rtp/rtp-packet.ts';
import { SrtpPath } from '../../../../cti-bridge/media/rtp/srtp-path.ts';
import { newMaster, type SrtpAgreement } from '../../../../cti-bridge/media/sdp/crypto-line.ts';

function agreements(): readonly [SrtpAgreement, SrtpAgreement] {
  const [one, other] = [newMaster('AES_CM_128_HMAC_SHA1_80', randomBytes), newMaster('AES_CM_128_HMAC_SHA1_80', randomBytes)];
  return [
    { tag: 1, ours: one, theirs: other },
    { tag: 1, ours: other, theirs: one },
  ];
}

const packet = (sequence: number): RtpPacket => ({
  payloadType: 8,
  marker: false,
  sequence,
  timestamp: 160 * sequence,
  ssrc: 5,
  payload: Buffer.alloc(160, sequence),
});

it('carries packets and reports both ways, each once', () => {
  const [ours, theirs] = agreements();
  const [here, there] = [new SrtpPath(ours), new SrtpPath(theirs)];
  const bytes = here.close(packet(1));
  expect(bytes.includes(Buffer.alloc(20, 1))).toBe(false);
  expect(there.open(Buffer.from(bytes))).toEqual(packet(1));
  expect(there.open(Buffer.from(bytes))).toBeNull();
  const report = Buffer.from('81c9000100000007', 'hex');
  expect(here.openReports(there.closeReports(report))).toEqual(report);
  expect(here.openReports(report)).toBeNull();
});

it('opens what is under way under the keys of before, until the first packet under the new ones', () => {
  const [ours, theirs] = agreements();
  const [here, there] = [new SrtpPath(ours), new SrtpPath(theirs)];
  there.open(here.close(packet(1)));
  const [late, later] = [here.close(packet(2)), here.close(packet(3))];
  const [newOurs, newTheirs] = agreements();
  here.agree(newOurs);
  there.agree(newTheirs);
  expect(there.open(late)).toEqual(packet(2));
  expect(there.open(here.close(packet(4)))).toEqual(packet(4));
  expect(there.open(later)).toBeNull();
});

it('forgets nothing when the same keys are agreed on again', () => {
  const [ours, theirs] = agreements();
  const [here, there] = [new SrtpPath(ours), new SrtpPath(theirs)];
  const bytes = here.close(packet(1));
  there.open(Buffer.from(bytes));
  there.agree(theirs);
  expect(there.open(Buffer.from(bytes))).toBeNull();
});
