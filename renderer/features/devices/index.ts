/**
 * What the agent speaks into, hears from and is rung on. Two things to know: what is chosen belongs to this computer and is found again by its
 * name, and everything can be changed in the middle of a call.
 */

export type { DeviceDeeds } from './deeds.ts';
export { LevelBar } from './LevelBar.tsx';
export { DeviceChoices, SoundDevices, type SoundDevicesProps } from './SoundDevices.tsx';
