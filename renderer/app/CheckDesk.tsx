import { ShiftCheck } from '../features/check/index.ts';
import { DeviceChoices, LevelBar } from '../features/devices/index.ts';
import type { Desk } from './desk.ts';

/** The check before a shift, with the devices in it. */
export function CheckDesk({ desk }: { readonly desk: Desk }) {
  const { stores } = desk;
  return (
    <ShiftCheck
      stores={stores}
      deeds={desk.check}
      level={(label, level) => <LevelBar label={label} level={level} />}
      choices={<DeviceChoices stores={stores} deeds={desk.devices} />}
    />
  );
}
