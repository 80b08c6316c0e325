import { expect, it } from 'vitest';
import { carriedFrom } from '../../../../cti-bridge/channels/voice/carried-on.ts';
import { createOutboundLeg } from '../../../../cti-bridge/channels/voice/outbound-leg.ts';
import { allInClear } from '../../../../cti-bridge/channels/voice/srtp-terms.ts';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { asId, type TrunkId } from '../../../../shared/ids.ts';
import { FakeIncomingLeg, FakeSipStack } from '../../../support/fake-sip.ts';

const leg = (headers: Readonly<Record<string, string>>) =>
  Object.assign(new FakeIncomingLeg({ dialled: '1000' }), { header: (name: string) => headers[name] });

it('a number that is called into a call comes from ours, with what the caller sent along, and one hop less', () => {
  expect(carriedFrom(leg({ 'User-to-User': '00c81030;encoding=hex', 'Referred-By': '<sip:a@x>' }), null)).toEqual({
    maxForwards: 69,
    divertedBy: '1000',
    diversion: [],
    referredBy: '<sip:a@x>',
    userToUser: '00c81030;encoding=hex',
  });
});

it('whoever asked for it last is who asked for it', () => {
  expect(carriedFrom(leg({ 'Referred-By': '<sip:a@x>' }), '<sip:201@y>')).toMatchObject({ referredBy: '<sip:201@y>' });
});

it('a call that we made was for nobody of ours before', () => {
  const sip = new FakeSipStack();
  const customer = { number: '+4420', peer: '192.0.2.7:5060', trunkId: asId<TrunkId>('line'), dialled: '1000' };
  expect(carriedFrom(createOutboundLeg(sip, new VirtualClock(), customer, allInClear.trunk), null)).toMatchObject({
    divertedBy: null,
    userToUser: null,
  });
});
