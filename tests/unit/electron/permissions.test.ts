import type { HIDDevice } from 'electron';
import { describe, expect, test } from 'vitest';
import { chooseHeadset, decideDevice, decidePermission, grantPermissions, type PermissionWish } from '../../../electron/security/index.ts';

const ours = 'app://crosspoint/index.html';
const device = (deviceId: string, usagePage: number) =>
  ({ deviceId, name: deviceId, productId: 1, vendorId: 1, collections: [{ usagePage }] }) as unknown as HIDDevice;
const keyboard = device('d-1', 0x01);
const headset = device('d-2', 0x0b);

describe('what a page is granted', () => {
  const table: readonly (readonly [string, PermissionWish, boolean])[] = [
    ['the microphone to our page', { permission: 'media', origin: ours, media: ['audio'] }, true],
    ['notifications to our page', { permission: 'notifications', origin: 'app://crosspoint/', media: [] }, true],
    ...['local-network', 'local-network-access', 'loopback-network'].map(
      (permission) => [`${permission} to our page, to reach the bridge`, { permission, origin: ours, media: [] }, true] as const,
    ),
    ['the headset to our page', { permission: 'hid', origin: ours, media: [] }, true],
    ['the choice of a loudspeaker to our page', { permission: 'speaker-selection', origin: ours, media: [] }, true],
    ['no headset to another site', { permission: 'hid', origin: 'https://example.com/', media: [] }, false],
    ['no loopback to another site', { permission: 'loopback-network', origin: 'https://example.com/', media: [] }, false],
    ['no camera', { permission: 'media', origin: ours, media: ['video'] }, false],
    ['no camera beside the microphone', { permission: 'media', origin: ours, media: ['audio', 'video'] }, false],
    ['no capture of an unnamed kind', { permission: 'media', origin: ours, media: [] }, false],
    ['no microphone to another site', { permission: 'media', origin: 'https://example.com/', media: ['audio'] }, false],
    ['no notifications to another site', { permission: 'notifications', origin: 'https://example.com/', media: [] }, false],
    ['nothing to another host of our scheme', { permission: 'notifications', origin: 'app://crosspoint.example/', media: [] }, false],
    ...[
      'geolocation',
      'midi',
      'clipboard-read',
      'display-capture',
      'fullscreen',
      'openExternal',
      'serial',
      'usb',
      'fileSystem',
      'unknown',
    ].map((permission) => [`no ${permission}`, { permission, origin: ours, media: [] }, false] as const),
  ];
  test.each(table)('%s', (_, wish, expected) => {
    expect(decidePermission(wish)).toBe(expected);
  });

  test('holds for asking, for checking and for devices', () => {
    const handlers: Record<string, (...args: unknown[]) => unknown> = {};
    const keep = (name: string) => (handler: unknown) => void (handlers[name] = handler as (...args: unknown[]) => unknown);
    grantPermissions({
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      on: ((name: string, listener: unknown) => keep(name)(listener)) as never,
    });
    const answers: boolean[] = [];
    const ask = (mediaTypes: string[], requestingUrl: string) =>
      handlers.request?.(null, 'media', (granted: boolean) => answers.push(granted), { mediaTypes, requestingUrl });
    ask(['audio'], ours);
    ask(['video'], ours);
    ask(['audio'], 'https://example.com/');
    expect(answers).toEqual([true, false, false]);
    expect(handlers.check?.(null, 'media', 'app://crosspoint/', { mediaType: 'audio' })).toBe(true);
    expect(handlers.check?.(null, 'media', 'app://crosspoint/', {})).toBe(false);
    expect(handlers.device?.({ deviceType: 'usb' })).toBe(false);
    const chosen: unknown[] = [];
    handlers['select-hid-device']?.(
      { preventDefault: () => chosen.push('ours to choose') },
      { deviceList: [keyboard, headset], frame: { url: ours } },
      (id: unknown) => chosen.push(id),
    );
    expect(chosen).toEqual(['ours to choose', 'd-2']);
  });

  test('is the headset and no other device', () => {
    const ask = (device: HIDDevice, deviceType: 'hid' | 'usb' = 'hid', origin = 'app://crosspoint/') =>
      decideDevice({ device, deviceType, origin });
    expect([ask(headset), ask(keyboard), ask(headset, 'usb'), ask(headset, 'hid', 'https://example.com/')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([chooseHeadset([keyboard], ours), chooseHeadset([headset], null), chooseHeadset([headset], 'https://example.com/')]).toEqual([
      ...[null, null, null],
    ]);
  });
});
