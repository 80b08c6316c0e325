import { PhoneIncoming, PhoneOutgoing, Voicemail } from 'lucide-react';
import { describe, expect, it } from 'vitest';
import { callSign } from '../../../../renderer/i18n/index.ts';

const left = { recordingId: 'r-9', leftAt: 0, durationMs: 38_000 };
const ringing = { progress: 'ringing', unreached: null } as const;

describe('the sign of a call', () => {
  it('tells who called whom', () => {
    expect(callSign({}, null)).toBe(PhoneIncoming);
    expect(callSign({}, {})).toBe(PhoneIncoming);
    expect(callSign({}, { dialled: ringing })).toBe(PhoneOutgoing);
  });

  it('tells that a message waits, before and after it is taken, and that its call back is a call out', () => {
    expect(callSign({ message: left }, null)).toBe(Voicemail);
    expect(callSign({ message: left }, { message: { canCallBack: true } })).toBe(Voicemail);
    expect(callSign({ message: left }, { message: null, dialled: ringing })).toBe(PhoneOutgoing);
  });
});
