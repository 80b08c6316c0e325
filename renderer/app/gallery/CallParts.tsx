import { Mic, MicOff, Phone, PhoneIncoming } from 'lucide-react';
import {
  type Action,
  Bars,
  CallControl,
  CallSlot,
  Halo,
  HangUp,
  Keys,
  PauseBars,
  RingingHalo,
  TimerRing,
  type Tone,
} from '../../ui/index.ts';
import { Part } from './Part.tsx';
import { useSay } from './say.ts';

const action = (label: string, shortcut: string | null, isEnabled = true): Action => ({
  id: label,
  label,
  shortcut,
  isEnabled,
  perform: () => undefined,
});
export const tones: readonly Tone[] = ['ready', 'waiting', 'talking', 'finishing', 'away', 'broken'];

export function CallParts() {
  const say = useSay();
  const [mute, unmute, resume] = [say('Mute', '静音'), say('Unmute', '取消静音'), say('Resume', '恢复')];
  const [answer, end, decline] = [say('Answer', '接听'), say('End', '挂断'), say('Decline', '拒接')];
  return (
    <>
      <Part name="CallControl">
        <CallControl icon={Mic} action={action(mute, 'F3', false)} />
        <CallControl icon={Mic} action={action(mute, 'F3')} />
        <CallControl icon={MicOff} action={action(unmute, 'F3')} state="on" />
        <CallControl icon={PauseBars} action={action(resume, 'F4')} state="held" />
        <CallControl icon={Keys} action={action(say('Keypad', '拨号盘'), 'F8')} />
      </Part>
      <Part name="CallSlot">
        <CallSlot kind="answer" icon={Phone} action={action(answer, 'F2', false)} state="empty" />
        <CallSlot kind="answer" icon={Phone} action={action(answer, 'F2')} state="solid" />
        <CallSlot kind="answer" icon={Phone} action={action(say('Swap', '切换'), 'F2')} state="soft" />
        <CallSlot kind="end" icon={HangUp} action={action(end, 'F12', false)} state="empty" />
        <CallSlot kind="end" icon={HangUp} action={action(decline, 'F12')} state="soft" />
        <CallSlot kind="end" icon={HangUp} action={action(end, 'F12')} state="solid" />
        <CallSlot kind="end" icon={HangUp} action={action(say('Done', '完成'), 'F12')} state="quiet" />
      </Part>
      <Part name="Halo, RingingHalo, TimerRing, Bars">
        {tones.map((tone) => (
          <Halo key={tone} tone={tone} />
        ))}
        <RingingHalo icon={PhoneIncoming} />
        {[1, 0.62, 0.1].map((part) => (
          <TimerRing key={part} part={part} />
        ))}
        {([0, 1, 2, 3, 4] as const).map((level) => (
          <Bars key={level} level={level} />
        ))}
      </Part>
    </>
  );
}
