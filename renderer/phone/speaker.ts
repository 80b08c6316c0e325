/** What plays through a device of its own: an element, or all that is made in a page. */
export type Playing = HTMLMediaElement | AudioContext;

/** `deviceId` `''`: where the computer plays everything. A device that went a moment ago leaves it where it was. */
export function playOn(playing: Playing, deviceId: string): void {
  // Not every browser lets a page choose; it then plays where the computer does.
  if (!('setSinkId' in playing) || playing.sinkId === deviceId) return;
  (playing as { setSinkId(id: string): Promise<void> }).setSinkId(deviceId).catch(() => undefined);
}

export function hearOn(element: HTMLMediaElement, deviceId: string, volume: number): void {
  element.volume = volume;
  playOn(element, deviceId);
}
